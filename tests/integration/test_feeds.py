"""Polling over a real broker: what is sent once, what a killed poller leaves behind, and how workers share."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
import uuid
from collections import Counter
from collections.abc import AsyncIterator

import orjson
import pytest

from schemas.accepted import Accepted
from schemas.article import Article
from streams.embedded import EmbeddedBroker
from streams.events import messages
from streams.feeds.book import Feed
from streams.feeds.desk import add, all_feeds, configure
from streams.feeds.run import Running, polling
from streams.feeds.sources import named
from streams.settings import Settings, as_environment
from streams.topics import create_missing
from tests.support.newsstand import Newsstand
from tests.support.pipeline import LIMIT, ROOT, stages, until

pytestmark = pytest.mark.integration


@pytest.fixture
async def stand() -> AsyncIterator[Newsstand]:
    async with Newsstand() as server:
        yield server


@pytest.fixture
def quick(settings: Settings) -> Settings:
    """Feeds every half second, of the machine itself."""
    return settings.model_copy(
        update={
            "feed_allow": "127.0.0.0/8",
            "feed_interval": 0.5,
            "feed_min_interval": 0.5,
            "feed_max_interval": 1.0,
            "feed_host_spacing": 0.0,
            "feed_host_concurrency": 8,
            "feed_parsers": 1,
        }
    )


async def added(settings: Settings, *urls: str) -> None:
    await create_missing(settings)
    await add(settings, named(urls).feeds)


async def articles(settings: Settings) -> list[Article]:
    return [Article.from_bytes(message.value) for message in await messages(settings, "articles")]


async def feeds(settings: Settings) -> dict[str, Feed]:
    """Feeds by the last part of their URL."""
    return {feed.config.url.rpartition("/")[2]: feed for feed in (await all_feeds(settings)).values()}


async def test_each_version_is_sent_once_and_a_restart_keeps_the_validators(quick: Settings, stand: Newsstand) -> None:
    await added(quick, stand.stand("/a", one="First.", two="Second."))
    async with polling(quick):
        await until(lambda: stand.stands["/a"].unchanged >= 1)
        stand.stand("/a", two="Second, corrected.", three="Third.")
        await until(lambda: stand.stands["/a"].whole == 2 and stand.stands["/a"].unchanged >= 2)
    whole = stand.stands["/a"].whole
    unchanged = stand.stands["/a"].unchanged
    async with polling(quick):
        await until(lambda: stand.stands["/a"].unchanged > unchanged + 1)
    assert stand.stands["/a"].whole == whole == 2
    sent = Counter((article.guid, article.body) for article in await articles(quick))
    assert sent == {
        ("one", "First."): 1,
        ("two", "Second."): 1,
        ("two", "Second, corrected."): 1,
        ("three", "Third."): 1,
    }
    state = (await feeds(quick))["a"].state
    assert (state.sent, state.title, state.failures) == (4, "Stand", 0)


async def test_what_a_person_changes_is_seen_within_seconds(quick: Settings, stand: Newsstand) -> None:
    await added(quick, stand.stand("/a", one="First."))
    async with polling(quick) as running:
        await until(lambda: stand.stands["/a"].asked)
        await added(quick, stand.stand("/b", two="Second."))
        await until(lambda: stand.stands["/b"].asked)
        known = await feeds(quick)
        paused = known["a"].config.model_copy(update={"paused": True})
        await configure(quick, {known["a"].id: paused, known["b"].id: None})
        await until(
            lambda: [feed.runs for book in running.member.books.values() for feed in book.feeds.values()] == [False]
        )
        await until(lambda: not running.tools.tally.in_flight)
        counts = [len(stand.stands[path].asked) for path in ("/a", "/b")]
        await asyncio.sleep(2)
        assert [len(stand.stands[path].asked) for path in ("/a", "/b")] == counts
        resumed = paused.model_copy(update={"paused": False, "resumed": time.time()})
        await configure(quick, {known["a"].id: resumed})
        await until(lambda: len(stand.stands["/a"].asked) > counts[0])
    left = {message.key.decode() for message in await messages(quick, "feeds") if message.value is None}
    assert left == {f"{known['b'].id}/{piece}" for piece in ("config", "state", "seen", "push")}


async def test_two_workers_share_the_feeds_and_one_takes_over(quick: Settings, stand: Newsstand) -> None:
    paths = [f"/f{number}" for number in range(24)]
    await added(quick, *(stand.stand(path, **{f"g{path[1:]}": "Text."}) for path in paths))

    def held(*workers: Running) -> list[set[int]]:
        return [{number for number, book in one.member.books.items() if book.ready} for one in workers]

    async with polling(quick) as first:
        await until(lambda: held(first) == [{0, 1, 2, 3}])
        await until(lambda: all(stand.stands[path].unchanged for path in paths))  # so all are remembered
        async with polling(quick) as second:
            await until(lambda: all(len(one) == 2 for one in held(first, second)))
            mine, others = held(first, second)
            assert mine | others == {0, 1, 2, 3}
            began = time.time()
            await until(lambda: all(any(at > began for at, _ in stand.stands[path].asked) for path in paths))
            assert second.tools.tally.polls["not_modified"] > 0
            assert second.tools.tally.articles + first.tools.tally.articles == len(paths)
        await until(lambda: held(first) == [{0, 1, 2, 3}])
        began = time.time()
        await until(lambda: all(any(at > began for at, _ in stand.stands[path].asked) for path in paths))
    assert Counter(article.guid for article in await articles(quick)) == {f"g{path[1:]}": 1 for path in paths}
    assert all(stand.stands[path].whole == 1 for path in paths)


class PollerProcess:
    """``wirespin feeds run`` as a process of its own."""

    def __init__(self, settings: Settings, *sources: str) -> None:
        self._settings, self._sources = settings, sources
        self.lines: list[str] = []

    async def __aenter__(self) -> PollerProcess:
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "streams", "feeds", "run", *self._sources,
            env={**os.environ, **as_environment(self._settings)}, cwd=ROOT, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        self._reader = asyncio.ensure_future(self._read())
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.end(signal.SIGTERM)

    async def end(self, number: signal.Signals) -> int:
        """Send a signal and wait for the end; the exit code."""
        if self.process.returncode is None:
            self.process.send_signal(number)
        code = await asyncio.wait_for(self.process.wait(), LIMIT)
        await self._reader
        return code

    async def _read(self) -> None:
        assert self.process.stderr
        async for line in self.process.stderr:
            self.lines.append(line.decode(errors="replace").rstrip())


def standing(accepted: list[Accepted]) -> dict[str, str]:
    """The version of each article that was accepted last."""
    return {one.article.id or "": one.digest for one in accepted}


async def accepted_count(settings: Settings) -> int:
    return len(await messages(settings, "accepted"))


async def test_a_killed_poller_loses_nothing_and_what_stands_is_the_same(quick: Settings, stand: Newsstand) -> None:
    paths = [f"/f{number}" for number in range(12)]
    urls = [stand.stand(path, **{f"{path[1:]}-{n}": f"Text {n} of {path}." for n in range(20)}) for path in paths]
    for path in paths:
        stand.stands[path].slow = 0.3  # so that the kill meets some before, some in and some behind their sending
    one_at_a_time = quick.model_copy(update={"feed_concurrency": 3})
    async with stages(quick, ["ingest"]):
        async with PollerProcess(one_at_a_time, *urls) as killed:
            await until(lambda: sum(stand.stands[path].whole for path in paths) >= 5)
            await killed.end(signal.SIGKILL)
        before = len(await articles(quick))
        assert before < 240, "killed too late to show anything"
        for path in paths[:6]:
            stand.stand(path, **{f"{path[1:]}-0": "Corrected."})
        async with PollerProcess(one_at_a_time) as again:
            await until(lambda: all(stand.stands[path].unchanged >= 1 for path in paths))
            began = time.monotonic()
            assert await again.end(signal.SIGTERM) == 0, again.lines
            assert time.monotonic() - began < 10
        sent = await articles(quick)
        while await accepted_count(quick) < len(sent):
            await asyncio.sleep(0.1)
        accepted = [Accepted.from_bytes(message.value) for message in await messages(quick, "accepted")]
    stands = {
        (one.article.guid, one.article.body)
        for one in accepted
        if standing(accepted)[one.article.id or ""] == one.digest
    }
    assert stands == {(guid, text) for path in paths for guid, text in stand.stands[path].items.items()}
    versions = {(article.guid, article.body) for article in sent}
    assert len(sent) - len(versions) <= 20 * 3, "more was sent twice than was under way at the kill"


async def test_a_poller_that_stood_still_writes_no_more_when_it_wakes(quick: Settings, stand: Newsstand) -> None:
    path = "/a"
    url = stand.stand(path, one="First.")
    async with PollerProcess(quick, url) as frozen:
        await until(lambda: stand.stands[path].unchanged)
        frozen.process.send_signal(signal.SIGSTOP)
        async with PollerProcess(quick) as other:
            asked = len(stand.stands[path].asked)
            await until(lambda: len(stand.stands[path].asked) > asked + 2)
            frozen.process.send_signal(signal.SIGCONT)
            assert await asyncio.wait_for(frozen.process.wait(), LIMIT) == 70, frozen.lines
            await frozen.end(signal.SIGTERM)
            assert any("stood still" in line for line in frozen.lines)
            asked = len(stand.stands[path].asked)
            await until(lambda: len(stand.stands[path].asked) > asked + 1)
            assert other.process.returncode is None
    assert [article.guid for article in await articles(quick)] == ["one"]


@pytest.mark.parametrize("gone", [False, True])
async def test_it_stops_within_ten_seconds_also_without_its_broker(stand: Newsstand, *, gone: bool) -> None:
    with EmbeddedBroker() as broker:  # a broker of the test's own: it is paused
        settings = Settings(
            broker=broker.url, prefix=f"t-{uuid.uuid4().hex[:12]}", session_timeout=6, feed_allow="127.0.0.0/8",
            feed_interval=0.5, feed_min_interval=0.5, feed_max_interval=0.5, feed_host_spacing=0.0,
        )  # fmt: skip
        slow = stand.stand("/slow", one="First.")
        async with PollerProcess(settings, stand.stand("/a", one="First."), slow) as poller:
            await until(lambda: stand.stands["/a"].unchanged)
            stand.stands["/slow"].slow = 60.0
            await asyncio.sleep(1)
            try:
                if gone:
                    os.kill(broker.pid, signal.SIGSTOP)
                began = time.monotonic()
                assert await poller.end(signal.SIGTERM) == 0, poller.lines
                assert time.monotonic() - began < 10
            finally:
                os.kill(broker.pid, signal.SIGCONT)


async def test_run_adds_what_it_is_given_and_list_tells_how_it_is(quick: Settings, stand: Newsstand) -> None:
    good, bad = stand.stand("/good", one="First."), stand.stand("/bad", one="x")
    stand.stands["/bad"].status = "503 Service Unavailable"
    async with PollerProcess(quick, good, bad, "http://10.0.0.1/private"):
        await until(lambda: stand.stands["/good"].unchanged and len(stand.stands["/bad"].asked) >= 2)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "streams", "feeds", "list", "--json",
        env={**os.environ, **as_environment(quick)}, cwd=ROOT, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, _ = await asyncio.wait_for(process.communicate(), LIMIT)
    told = {row["config"]["url"]: row for row in map(orjson.loads, out.splitlines())}
    assert told[good]["health"] == ["ok"]
    assert told[bad]["state"]["status"] == 503
    assert told["http://10.0.0.1/private"]["state"]["trouble"] == "address"
