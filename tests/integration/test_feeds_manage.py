"""Lists of feeds and subscriptions at hubs over a real broker."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from schemas.article import Article
from streams.cli.feeds_lists import gathered
from streams.events import messages
from streams.feeds.book import Feed
from streams.feeds.desk import add, all_feeds, configure
from streams.feeds.lists import exported
from streams.feeds.run import Running, polling
from streams.feeds.sources import named
from streams.settings import Settings
from streams.topics import create_missing
from tests.streams.feeds.fakes import rss
from tests.streams.feeds.websub.hub import LocalHub
from tests.support.hostile import Hostile, answer
from tests.support.pipeline import free_port, until

pytestmark = pytest.mark.integration


@pytest.fixture
async def hub() -> AsyncIterator[LocalHub]:
    async with LocalHub() as running:
        yield running


@pytest.fixture
async def site(hub: LocalHub) -> AsyncIterator[Hostile]:
    async with Hostile() as server:
        named_hub = f'<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="hub" href="{hub.url}"/><item>'
        server.routes["/rss"] = answer(rss(("a", "One.")).replace(b"<item>", named_hub.encode(), 1))
        yield server


def at_hand(running: Running) -> list[Feed]:
    return [feed for book in running.member.at_hand() for feed in book.feeds.values()]


async def sent(settings: Settings) -> list[str | None]:
    return [Article.from_bytes(message.value).guid for message in await messages(settings, "articles")]


async def test_what_is_imported_is_exported_and_known_when_it_comes_again(settings: Settings, tmp_path: Path) -> None:
    await create_missing(settings)
    first = gathered((), True, ("first",))
    assert len(await add(settings, first.feeds)) == len(first.feeds)
    known = await all_feeds(settings)
    path = tmp_path / "out.opml"
    path.write_bytes(exported(known.values()))
    again = gathered((str(path),), False, ())
    assert await add(settings, again.feeds) == []
    assert {name: config.labels for name, config in again.feeds.items()} == {
        name: config.labels for name, config in first.feeds.items()
    }


async def test_a_hub_delivers_across_a_restart_until_the_feed_is_removed(
    settings: Settings, hub: LocalHub, site: Hostile
) -> None:
    port = free_port()
    given = settings.model_copy(
        update={
            "feed_allow": "127.0.0.0/8", "feed_host_spacing": 0.0, "feed_parsers": 1,
            "feed_callback": f"http://127.0.0.1:{port}/hooks", "feed_callback_port": port,
        }
    )  # fmt: skip
    await create_missing(given)
    names = await add(given, named((site.url("/rss"),)).feeds)
    async with polling(given) as running:
        await until(lambda: any(feed.push and feed.push.status == "active" for feed in at_hand(running)))
        assert await hub.deliver(rss(("b", "Two."))) == 202
        await until(lambda: running.tools.tally.articles == 2)
    async with polling(given) as running:
        await until(lambda: at_hand(running))
        await asyncio.sleep(0.5)
        assert len(hub.asked) == 1  # the subscription is still there
        assert await hub.deliver(rss(("b", "Two."), ("c", "Three."))) == 202
        await until(lambda: running.tools.tally.articles == 1)
        await configure(given, dict.fromkeys(names))
        await until(lambda: len(hub.answers) == 2)
    assert [form["hub.mode"] for form in hub.asked] == ["subscribe", "unsubscribe"]
    assert hub.answers[1][0] == 200
    assert sorted(map(str, await sent(given))) == ["a", "b", "c"]
    assert await all_feeds(given) == {}
