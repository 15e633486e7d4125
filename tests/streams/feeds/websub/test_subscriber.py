"""Subscriptions at a hub on loopback: asked for, verified, denied, renewed, ended; and what it delivers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from typing import Any

import aiohttp
import pytest

from schemas.errors import FetchError, SendError, SettingsError
from schemas.push import FeedPush
from streams.feeds.book import Feed
from streams.feeds.poller import Poller
from streams.feeds.websub.hub import Hubs
from streams.feeds.websub.plan import DENIED, LEASE
from streams.feeds.websub.receiver import listening
from streams.feeds.websub.signature import signature
from streams.feeds.websub.subscriber import WAITING, Callbacks, Subscriber
from streams.web.hosts import Hosts
from streams.web.types import Web
from tests.streams.feeds.fakes import NOW, URL, Bench, fetched, rss
from tests.streams.feeds.websub.hub import LocalHub
from tests.support.pipeline import free_port

LARGEST = 100_000
SELF = "https://wire.example/own"


class Desk:
    """A feed, a hub, and a subscriber between them, whose callbacks listen on loopback."""

    def __init__(self, hub: LocalHub, bench: Bench) -> None:
        self.hub, self.bench = hub, bench
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}/hooks"
        self.failed: list[BaseException] = []
        self.names_its_hub(due=NOW + 1e6)

    def names_its_hub(self, **changes: object) -> None:
        """As the feed's own words would."""
        about = {"hub": self.hub.url, "self_url": SELF}
        self.bench.feed.state = self.bench.feed.state.model_copy(update=about | changes)

    async def __aenter__(self) -> Desk:
        self._stack = AsyncExitStack()
        web = Web(allow=(self.hub.address,), total=5, connect=1)
        self.hubs = await self._stack.enter_async_context(Hubs(web, Hosts(99, 0)))
        self.poller = await self._stack.enter_async_context(Poller(self.bench.tools, 4, 4, self.failed.append))
        self.poller.enter(self.bench.book, self.feed)
        self.subscriber = Subscriber(
            Callbacks(self.base, LARGEST), lambda: [self.bench.book], self.hubs, self.poller, self.bench.outbox,
            self.failed.append, self.bench.clock,
        )  # fmt: skip
        self._stack.push_async_exit(self.subscriber)  # it looks when it is told to
        await self._stack.enter_async_context(listening(self.subscriber, "127.0.0.1", self.port))
        self.subscriber._task = asyncio.ensure_future(asyncio.sleep(0))
        return self

    async def __aexit__(self, *details: Any) -> None:
        await self._stack.__aexit__(*details)

    @property
    def feed(self) -> Feed:
        return self.bench.feed

    @property
    def push(self) -> FeedPush:
        assert self.feed.push
        return self.feed.push

    async def look(self) -> None:
        """Let it do what is to be done, and everybody answer."""
        self.subscriber.look()
        await self.settled()

    async def settled(self) -> None:
        while self.subscriber._tasks or self.poller._polls:
            await asyncio.sleep(0.005)

    async def subscribed(self) -> None:
        await self.look()
        await until(lambda: self.push.status == "active")
        await self.settled()


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not true():
            await asyncio.sleep(0.005)


@pytest.fixture
async def hub() -> AsyncIterator[LocalHub]:
    async with LocalHub() as running:
        yield running


@pytest.fixture
async def desk(hub: LocalHub) -> AsyncIterator[Desk]:
    async with Desk(hub, Bench(fetched(rss(("a", "One."))))) as running:
        yield running


async def test_a_subscription_is_asked_for_and_verified(desk: Desk) -> None:
    await desk.subscribed()
    (form,) = desk.hub.asked
    assert form == {
        "hub.mode": "subscribe", "hub.topic": SELF, "hub.callback": desk.push.callback,
        "hub.lease_seconds": str(int(LEASE)), "hub.secret": desk.push.secret,
    }  # fmt: skip
    assert desk.hub.answers == [(200, "c-123")]
    assert desk.push.expires == NOW + LEASE
    assert [one.status for one in desk.bench.outbox.pushes if one] == ["asked", "active"]
    assert desk.failed == []


async def test_a_hub_may_come_back_before_it_has_answered(desk: Desk) -> None:
    desk.hub.early = True
    await desk.look()
    assert desk.push.status == "active"


async def test_nothing_is_asked_twice(desk: Desk) -> None:
    desk.hub.verifies = False
    desk.subscriber.look()
    await desk.look()
    await desk.look()
    assert len(desk.hub.asked) == 1
    assert desk.push.status == "asked"


async def test_it_is_renewed_with_the_same_callback_and_secret(desk: Desk) -> None:
    await desk.subscribed()
    desk.bench.clock.now += 0.9 * LEASE
    await desk.look()
    await until(lambda: desk.push.expires > NOW + LEASE)
    first, second = desk.hub.asked
    assert first == second


@pytest.mark.parametrize(
    "changes",
    [{"topic": "https://evil.example/"}, {"mode": "unsubscribe"}, {"mode": "publish"}, {"challenge": ""},
     {"challenge": "x" * 2_000}],
)  # fmt: skip
async def test_what_was_not_asked_for_is_not_verified(desk: Desk, changes: dict[str, str]) -> None:
    desk.hub.verifies = False
    await desk.look()
    status, text = await desk.hub.verify(desk.hub.asked[0], **changes)
    assert status == 404
    assert "c-123" not in text
    assert desk.push.status == "asked"


@pytest.mark.parametrize("end", ["/nothing", "/feed-1/x", "/", "/../../feed"])
async def test_nothing_else_is_verified_or_taken(desk: Desk, end: str) -> None:
    await desk.subscribed()
    form = desk.hub.asked[0]
    for callback in (desk.base + end, f"{desk.base}/{desk.feed.id}/guess", form["hub.callback"] + "x"):
        assert (await desk.hub.verify({**form, "hub.callback": callback}))[0] == 404
        desk.hub.asked.append({**form, "hub.callback": callback})
        assert await desk.hub.deliver(rss(("b", "Two."))) == 404
    assert desk.bench.outbox.articles == []


async def test_a_challenge_is_sent_back_as_plain_text(desk: Desk) -> None:
    desk.hub.verifies = False
    await desk.look()
    callback = desk.push.callback
    query = {"hub.mode": "subscribe", "hub.topic": SELF, "hub.challenge": "<script>"}
    async with aiohttp.ClientSession() as http, http.get(callback, params=query) as response:
        assert response.content_type == "text/plain"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert await response.text() == "<script>"


async def test_a_denial_is_remembered(desk: Desk) -> None:
    desk.hub.denies = "not\x07 for you"
    await desk.look()
    await until(lambda: desk.push.status == "denied")
    assert desk.push.reason == "not for you"
    await desk.look()
    assert len(desk.hub.asked) == 1
    desk.hub.denies = ""
    desk.bench.clock.now += DENIED + 1
    await desk.subscribed()


@pytest.mark.parametrize("status", [400, 403, 500])
async def test_a_hub_that_says_no(desk: Desk, status: int) -> None:
    desk.hub.status = status
    await desk.look()
    assert (desk.push.status, desk.push.reason) == ("failed", f"answered {status} not [31m here")
    await desk.look()
    assert len(desk.hub.asked) == 1


async def test_a_hub_that_is_not_there(desk: Desk) -> None:
    state = {"hub": f"http://127.0.0.1:{free_port()}/"}
    desk.feed.state = desk.feed.state.model_copy(update=state)
    await desk.look()
    assert desk.push.status == "failed"
    assert desk.failed == []


@pytest.mark.parametrize("url", ["http://10.0.0.1/", "http://169.254.169.254/", "http://localhost/", "http://0x7f.1/"])
async def test_no_hub_leads_into_this_network(desk: Desk, url: str) -> None:
    desk.feed.state = desk.feed.state.model_copy(update={"hub": url})
    await desk.look()
    assert desk.push.status == "failed"
    assert desk.push.reason
    assert "not asked" in desk.push.reason


@pytest.mark.parametrize("status", [307, 308])
async def test_a_hub_that_has_moved_is_followed(desk: Desk, status: int) -> None:
    desk.hub.status, desk.hub.location = status, "/moved"
    await desk.subscribed()
    assert len(desk.hub.asked) == 2


async def test_a_hub_is_not_followed_for_ever_nor_into_this_network(desk: Desk) -> None:
    desk.hub.status, desk.hub.location = 307, "/on"
    push = FeedPush(hub=desk.hub.url, topic=SELF, callback=desk.base, secret="s")
    with pytest.raises(FetchError, match="redirected over"):
        await desk.hubs.ask(push, "subscribe")
    desk.hub.location = "http://10.0.0.1/"
    with pytest.raises(FetchError, match="private"):
        await desk.hubs.ask(push, "subscribe")


async def test_what_is_delivered_is_sent(desk: Desk) -> None:
    await desk.subscribed()
    assert await desk.hub.deliver(rss(("b", "Two."), ("c", "Three."))) == 202
    await desk.settled()
    assert [article.guid for article in desk.bench.outbox.articles] == ["b", "c"]
    assert {article.feed for article in desk.bench.outbox.articles} == {URL}
    assert (desk.push.deliveries, desk.push.delivered) == (1, NOW)
    assert (desk.feed.state.sent, desk.feed.state.changed, desk.feed.state.due) == (2, NOW, NOW + 1e6)
    assert desk.poller.waiting == 1  # and it is polled when it is due, as before


async def test_what_was_polled_or_delivered_before_is_not_sent_again(desk: Desk) -> None:
    desk.feed.state = desk.feed.state.model_copy(update={"due": NOW})
    desk.poller.enter(desk.bench.book, desk.feed)
    await until(lambda: bool(desk.bench.outbox.articles))
    await desk.settled()
    desk.names_its_hub()
    await desk.subscribed()
    for body in (
        rss(("a", "One.")),
        rss(("b", "Two.")),
        rss(("b", "Two.")),
        rss(("a", "One."), ("b", "Two, changed.")),
    ):
        assert await desk.hub.deliver(body) == 202
        await desk.settled()
    assert [article.body for article in desk.bench.outbox.articles] == ["One.", "Two.", "Two, changed."]


async def test_a_delivery_of_one_entry_forgets_none_of_the_others(desk: Desk) -> None:
    await desk.subscribed()
    await desk.hub.deliver(rss(*((f"g{number}", "Text.") for number in range(300))))
    await desk.settled()
    await desk.hub.deliver(rss(("new", "Text.")))
    await desk.settled()
    assert len(desk.bench.outbox.seen[-1]) == 301
    assert len(desk.bench.outbox.articles) == 301


@pytest.mark.parametrize("signed", ["", "sha256=00", "sha1=", signature(rss(("b", "Two.")), "guessed")])
async def test_what_is_not_signed_is_dropped_without_a_word(desk: Desk, signed: str) -> None:
    await desk.subscribed()
    assert await desk.hub.deliver(rss(("b", "Two.")), signed=signed) == 202
    await desk.settled()
    assert desk.bench.outbox.articles == []
    assert (desk.push.deliveries, desk.subscriber.counts.unsigned) == (0, 1)


async def test_sha1_of_old_hubs_is_taken(desk: Desk) -> None:
    await desk.subscribed()
    body = rss(("b", "Two."))
    await desk.hub.deliver(body, signed=signature(body, desk.push.secret, "sha1"))
    await desk.settled()
    assert len(desk.bench.outbox.articles) == 1


async def test_too_large_or_packed_deliveries_are_refused(desk: Desk) -> None:
    await desk.subscribed()
    assert await desk.hub.deliver(b"x" * (LARGEST + 1)) == 413
    assert await desk.hub.deliver(b"\x1f\x8b", packed="gzip") == 415
    assert desk.subscriber.counts.deliveries == 0


@pytest.mark.parametrize("body", [b"", b"ping", b"<html>", b"<rss>"])
async def test_what_cannot_be_read_makes_it_polled(desk: Desk, body: bytes) -> None:
    await desk.subscribed()
    assert await desk.hub.deliver(body) == 202
    await until(lambda: bool(desk.bench.web.asked))
    await desk.settled()
    assert [article.guid for article in desk.bench.outbox.articles] == ["a"]


async def test_who_delivers_too_much_is_told_to_come_back(desk: Desk) -> None:
    await desk.subscribed()
    going = asyncio.Event()
    real = desk.bench.parsers.ask

    async def slow(*given: Any) -> Any:
        await going.wait()
        return await real(*given)

    desk.bench.parsers.ask = slow  # type: ignore[assignment, method-assign]
    statuses = [await desk.hub.deliver(rss((f"g{number}", "Text."))) for number in range(WAITING + 1)]
    assert statuses == [202] * WAITING + [503]
    going.set()
    await desk.settled()
    assert len(desk.bench.outbox.articles) == WAITING
    assert await desk.hub.deliver(rss(("later", "Text."))) == 202
    await desk.settled()
    assert (desk.subscriber._waiting, desk.subscriber._bytes) == ({}, 0)


async def test_a_removed_feed_is_unsubscribed_and_the_hub_may_verify_that(desk: Desk) -> None:
    await desk.subscribed()
    del desk.bench.book.feeds[desk.feed.id]
    desk.subscriber.removed(desk.feed)
    await desk.settled()
    await until(lambda: len(desk.hub.answers) == 2)
    assert desk.hub.asked[1]["hub.mode"] == "unsubscribe"
    assert "hub.secret" not in desk.hub.asked[1]
    assert desk.hub.answers[1] == (200, "c-123")
    assert await desk.hub.deliver(rss(("b", "Two.")), form=0) == 404


async def test_a_paused_feed_is_unsubscribed_and_forgotten(desk: Desk) -> None:
    await desk.subscribed()
    desk.feed.config = desk.feed.config.model_copy(update={"paused": True})
    await desk.look()
    assert desk.feed.push is None
    assert desk.bench.outbox.pushes[-1] is None
    assert [form["hub.mode"] for form in desk.hub.asked] == ["subscribe", "unsubscribe"]


async def test_nobody_else_can_end_a_subscription(desk: Desk) -> None:
    await desk.subscribed()
    status, _ = await desk.hub.verify({**desk.hub.asked[0], "hub.mode": "unsubscribe"})
    assert status == 404
    assert desk.push.status == "active"


async def test_a_partition_that_is_gone_takes_nothing(desk: Desk) -> None:
    await desk.subscribed()
    desk.bench.book.lost = True
    desk.bench.clock.now += LEASE
    await desk.look()
    assert len(desk.hub.asked) == 1
    await desk.hub.deliver(rss(("b", "Two.")))
    await desk.settled()
    assert desk.bench.outbox.articles == []
    assert desk.failed == []


async def test_what_cannot_be_remembered_ends_the_worker(desk: Desk) -> None:
    desk.bench.outbox.fails = 0
    await desk.look()
    (error,) = desk.failed
    assert isinstance(error, SendError)


async def test_a_port_that_is_taken_is_named(desk: Desk) -> None:
    with pytest.raises(SettingsError, match="--feed-callback-port"):
        async with listening(desk.subscriber, "127.0.0.1", desk.port):
            pass
