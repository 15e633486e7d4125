"""Fakes at the seams of polling: a web of canned answers, parsers in this process, an outbox that keeps everything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson

from schemas.article import Article
from schemas.errors import FeedError, FetchError, LostError, SendError
from schemas.feed import FeedConfig
from schemas.push import FeedPush
from streams.feeds.book import Book, Feed, feed_id, unpacked
from streams.feeds.frames import Message
from streams.feeds.parser_process import answer
from streams.feeds.poll import Tools
from streams.feeds.schedule import Policy, first
from streams.web.types import Ask, Fetched, Validators

NOW = 1_800_000_000.0
URL = "https://wire.example/rss"

Answer = Fetched | FetchError


def rss(*items: tuple[str, str], date: bool = True) -> bytes:
    """A feed of (guid, text) pairs."""
    when = "<pubDate>Sun, 22 Nov 2026 08:00:00 +0100</pubDate>" if date else ""
    body = "".join(
        f"<item><title>Headline {guid}</title><link>https://wire.example/{guid}</link><guid>{guid}</guid>{when}"
        f"<description>{text}</description></item>"
        for guid, text in items
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Wire</title>'
        f"<link>https://wire.example/</link>{body}</channel></rss>"
    ).encode()


def fetched(body: bytes | None, url: str = URL, **changes: Any) -> Fetched:
    """An answer."""
    given: dict[str, Any] = {
        "asked": url, "final": url, "permanent": None, "status": 304 if body is None else 200, "headers": {},
        "body": body, "validators": Validators(), "fresh_for": None, "took": 0.1,
    }  # fmt: skip
    return Fetched(**(given | changes))


class FakeWeb:
    """Answers by URL, the last for ever; keeps what was asked."""

    def __init__(self, **answers: Sequence[Answer]) -> None:
        self.answers: dict[str, list[Answer]] = {url: list(given) for url, given in answers.items()}
        self.asked: list[tuple[str, Validators | None]] = []

    async def get(self, url: str, *, validators: Validators | None = None) -> Fetched:
        self.asked.append((url, validators))
        given = self.answers[url]
        one = given.pop(0) if len(given) > 1 else given[0]
        if isinstance(one, FetchError):
            raise one
        return one


class FakeRobots:
    """Asks a web for what is not forbidden."""

    def __init__(self, web: FakeWeb, *forbidden: str) -> None:
        self._web, self._forbidden = web, forbidden

    async def page(self, ask: Ask) -> Fetched:
        if ask.url in self._forbidden:
            raise FetchError("forbidden by robots.txt", trouble="robots", where=ask.url)
        return await self._web.get(ask.url)


class InProcess:
    """Parses here."""

    def __init__(self) -> None:
        self.asked = 0

    async def ask(self, said: dict[str, Any], blobs: Sequence[bytes], where: str) -> Message:
        self.asked += 1
        reply, parts = answer(orjson.loads(orjson.dumps(said)), list(blobs))
        if "error" in reply:
            raise FeedError(reply["error"], where=where)
        return reply, parts


class KeepingOutbox:
    """Keeps what is written, in order; fails from the `fails`-th write on."""

    def __init__(self, fails: int | None = None) -> None:
        self.articles: list[Article] = []
        self.states: list[Feed] = []
        self.seen: list[dict[str, str]] = []
        self.pushes: list[FeedPush | None] = []
        self.order: list[str] = []
        self.fails = fails

    async def send(self, book: Book, articles: Sequence[tuple[str, bytes]]) -> None:
        self._write(book, "articles")
        self.articles += [Article.from_bytes(value) for _, value in articles]

    async def remember(self, book: Book, feed: Feed) -> None:
        self._write(book, "state")
        self.states.append(Feed(feed.id, feed.config, feed.state))

    async def remember_seen(self, book: Book, feed: Feed) -> None:
        self._write(book, "seen")
        self.seen.append(orjson.loads(unpacked(feed.seen)))

    async def remember_push(self, book: Book, feed: Feed) -> None:
        self._write(book, "push")
        self.pushes.append(feed.push)

    def _write(self, book: Book, what: str) -> None:
        if book.lost:
            raise LostError("gone")
        if self.fails is not None:
            self.fails -= 1
            if self.fails < 0:
                raise SendError("not delivered", where="fake")
        self.order.append(what)


class Clock:
    """A time that only a test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        return self.now


class Bench:
    """A feed on a desk with all tools, and a web to be polled."""

    def __init__(self, *answers: Answer, outbox: KeepingOutbox | None = None, **config: Any) -> None:
        self.web = FakeWeb(**{URL: answers})
        self.outbox, self.parsers, self.clock = outbox or KeepingOutbox(), InProcess(), Clock()
        self.tools = Tools(
            self.web,
            FakeRobots(self.web),
            self.parsers,
            self.outbox,
            Policy(),
            worker="w",
            clock=self.clock,
            dice=_no_luck,
        )
        self.feed = Feed(feed_id(URL), FeedConfig(url=URL, **config), first(Policy(), NOW))
        self.book = Book(0, {self.feed.id: self.feed}, ready=True)


def _no_luck() -> float:
    return 0.0
