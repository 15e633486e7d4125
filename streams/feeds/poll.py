"""One poll of one feed: fetch, parse, send what is new, and only then remember that it was sent."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Protocol

import orjson

from schemas.errors import FeedError, FetchError, InputError
from schemas.feed import MAX_SEEN
from streams.client import REQUEST_BYTES
from streams.feeds.book import Book, Feed, packed, unpacked
from streams.feeds.frames import Message
from streams.feeds.schedule import JITTER, Answered, Failed, Policy, answered, failed, wants_whole
from streams.feeds.tally import Tally
from streams.feeds.websub.plan import delivered, polled, relaxed
from streams.web.types import Ask, Fetched, Validators
from streams.web.words import printable

log = logging.getLogger(__name__)

CHUNK = 20
"""Articles sent before they are remembered, where each costs a page: what a crash makes us fetch once more."""

PROBLEM = 500
"""Characters of a failure that are remembered."""

LARGEST = REQUEST_BYTES - 65_536
"""Bytes of an article that a broker takes, with room for its envelope."""


class Fetches(Protocol):
    """What asks the web; see `streams.web.fetch.Fetcher`."""

    async def get(self, url: str, *, validators: Validators | None = None) -> Fetched:
        """Ask for a URL; raise `FetchError` where there is no answer to use."""


class Pages(Protocol):
    """What asks for pages that robots.txt allows; see `streams.web.robots.Robots`."""

    async def page(self, ask: Ask) -> Fetched:
        """Ask for a page; raise `FetchError` where it may not or cannot be had."""


class Parses(Protocol):
    """What parses; see `streams.feeds.parsers.Parsers`."""

    async def ask(self, said: dict[str, Any], blobs: Sequence[bytes], where: str) -> Message:
        """Have something parsed; raise `FeedError` where it cannot be."""


class Writes(Protocol):
    """What is written to; see `streams.feeds.outbox.Outbox`."""

    async def send(self, book: Book, articles: Sequence[tuple[str, bytes]]) -> None:
        """Send articles by id."""

    async def remember(self, book: Book, feed: Feed) -> None:
        """Write how polling stands."""

    async def remember_seen(self, book: Book, feed: Feed) -> None:
        """Write what a feed has had."""

    async def remember_push(self, book: Book, feed: Feed) -> None:
        """Write how its subscription stands."""


@dataclass
class Tools:
    """What polling needs.

    Attributes:
        fetcher: asks the web, politely.
        robots: asks for the pages that may be asked for.
        parsers: parse.
        outbox: sends and remembers.
        policy: how feeds are scheduled.
        full_text: whether pages are fetched where a feed does not say.
        worker: name of this worker.
        tally: counts.
        clock: seconds since 1970.
        dice: random numbers in [0, 1).
    """

    fetcher: Fetches
    robots: Pages
    parsers: Parses
    outbox: Writes
    policy: Policy
    full_text: bool = False
    worker: str = ""
    tally: Tally = field(default_factory=Tally)
    clock: Callable[[], float] = time.time
    dice: Callable[[], float] = random.random


@dataclass(frozen=True)
class Found:
    """An article that is new or changed.

    Attributes:
        key: of its entry in the feed.
        id: what it goes by.
        url: of its page, if any.
        full: whether the feed has its whole text.
        value: the article's record.
    """

    key: str
    id: str
    url: str | None
    full: bool
    value: bytes


async def poll(book: Book, feed: Feed, tools: Tools) -> None:
    """Fetch a feed, send what is new, remember it, and give it the time of its next fetch.

    Raises:
        LostError: its partition was taken away meanwhile.
        SendError: something was not confirmed; nothing of it is remembered.
    """
    began = tools.clock()
    whole = wants_whole(feed.state, feed.config, tools.policy, began)
    validators = None if whole else Validators(feed.state.etag, feed.state.modified)
    try:
        fetched = await tools.fetcher.get(feed.url, validators=validators)
        outcome = await _read(book, feed, fetched, tools)
    except (FetchError, FeedError) as error:
        fail(feed, error, tools, began)
    else:
        outcome = replace(outcome, began=began, whole=whole)
        feed.state = answered(feed.state, feed.config, outcome, tools.policy, tools.clock(), tools.dice())
        _lean_on_hub(feed, outcome.fresh, tools)
    feed.state = feed.state.model_copy(update={"worker": tools.worker})
    await tools.outbox.remember(book, feed)


async def deliver(book: Book, feed: Feed, fetched: Fetched, tools: Tools) -> None:
    """Take in what a hub has delivered of a feed, all of it or what is new only; the next poll stays when it is.

    What is no feed, or nothing at all, is a hub's way to say that there is something: it is polled at once.

    Raises: as `poll`.
    """
    now = tools.clock()
    try:
        outcome = await _read(book, feed, fetched, tools, pushed=True)
    except FeedError as error:
        log.info("%s: delivered what cannot be read, so it is polled: %s", feed.url, error.problem)
        tools.tally.pushes["unreadable"] += 1
        changes: dict[str, Any] = {"due": min(feed.state.due, now)}
    else:
        changed = now if outcome.fresh else feed.state.changed
        changes = {"changed": changed, "sent": feed.state.sent + outcome.fresh}
    feed.state = feed.state.model_copy(update={**changes, "worker": tools.worker})
    await tools.outbox.remember(book, feed)
    if feed.push is not None:
        feed.push = delivered(feed.push, now)
        await tools.outbox.remember_push(book, feed)


def _lean_on_hub(feed: Feed, fresh: int, tools: Tools) -> None:
    """Poll a feed more slowly whose hub delivers; what this poll found that it had not delivered counts against it."""
    if feed.push is None:
        return
    feed.push = polled(feed.push, fresh)
    now = tools.clock()
    due = relaxed(feed.state.due, now, feed.push, (1 + JITTER) * tools.policy.most)
    feed.state = feed.state.model_copy(update={"due": due})


def fail(feed: Feed, error: Exception, tools: Tools, began: float) -> None:
    """Give a feed the state of one that failed."""
    trouble = error.trouble if isinstance(error, FetchError) else "feed" if isinstance(error, FeedError) else "internal"
    problem = error.problem if isinstance(error, InputError) else repr(error)
    status, retry_after = (error.status, error.retry_after) if isinstance(error, FetchError) else (None, None)
    problem = printable(problem)
    outcome = Failed(trouble, problem[:PROBLEM], status, retry_after, began)
    feed.state = failed(feed.state, outcome, tools.policy, tools.clock(), tools.dice())
    tools.tally.polls["failed"] += 1
    tools.tally.troubles[trouble] += 1
    log.info("%s: %s", feed.url, problem)


async def _read(book: Book, feed: Feed, fetched: Fetched, tools: Tools, *, pushed: bool = False) -> Answered:
    """What an answer, or a delivery, has that is new is sent; raises `FeedError` where it is no feed."""
    counts = tools.tally.pushes if pushed else tools.tally.polls
    outcome = Answered(
        status=fetched.status,
        etag=fetched.validators.etag,
        modified=fetched.validators.modified,
        asked=fetched.asked,
        permanent=fetched.permanent,
        fresh_for=fetched.fresh_for,
    )
    if fetched.body is None:
        counts["not_modified"] += 1
        return outcome
    tools.tally.received += len(fetched.body)
    body_hash = hashlib.blake2b(fetched.body, digest_size=16).hexdigest()
    if body_hash == feed.state.body_hash:
        counts["same"] += 1
        return outcome
    said, remembered, found = await _parsed(feed, fetched, tools, pushed)
    await _hand_on(book, feed, found, remembered, tools)
    counts["new" if found else "known"] += 1
    tools.tally.left_out += said["left_out"]
    return replace(
        outcome, body_hash=body_hash, entries=said["entries"], known=said["known"], fresh=len(found),
        every=said["every"], about=said["about"],
    )  # fmt: skip


async def _parsed(
    feed: Feed, fetched: Fetched, tools: Tools, partial: bool
) -> tuple[dict[str, Any], bytes, list[Found]]:
    """What was said of a document, what to remember, and its new articles."""
    question = {
        "kind": "feed",
        "headers": dict(fetched.headers),
        "url": fetched.final,
        "feed": feed.config.url,
        "partial": partial,
        "received": _now(tools),
        "largest": LARGEST,
    }
    assert fetched.body is not None
    said, (remembered, *values) = await tools.parsers.ask(question, [fetched.body, unpacked(feed.seen)], feed.url)
    for problem in said["problems"]:
        log.info("%s: %s", feed.url, printable(problem))
    return said, remembered, [Found(value=value, **told) for told, value in zip(said["found"], values, strict=True)]


async def _hand_on(book: Book, feed: Feed, found: list[Found], remembered: bytes, tools: Tools) -> None:
    """Send articles, those with a page to fetch by chunks, and remember them."""
    pages = tools.full_text if feed.config.full_text is None else feed.config.full_text
    size = CHUNK if pages else max(1, len(found))
    for start in range(0, len(found), size):
        chunk = found[start : start + size]
        ready = await asyncio.gather(*(_whole(one, tools) for one in chunk)) if pages else chunk
        await tools.outbox.send(book, [(one.id, one.value) for one in ready])
        tools.tally.articles += len(ready)
        if start + size < len(found):
            feed.seen = packed(_with(unpacked(feed.seen), remembered, chunk))
            await tools.outbox.remember_seen(book, feed)
    feed.seen = packed(remembered)
    if found:
        await tools.outbox.remember_seen(book, feed)


def _with(before: bytes, after: bytes, sent: Sequence[Found]) -> bytes:
    """What is remembered when only some of what is new was sent yet."""
    entries: dict[str, str] = orjson.loads(before)
    will_be: dict[str, str] = orjson.loads(after)
    for one in sent:
        if one.key in will_be:
            entries.pop(one.key, None)
            entries[one.key] = will_be[one.key]
    return orjson.dumps(dict(list(entries.items())[-MAX_SEEN:]))


async def _whole(found: Found, tools: Tools) -> Found:
    """An article with the text of its page; as the feed has it where that cannot be had."""
    if found.full or not (found.url or "").startswith(("http://", "https://")):
        return found
    assert found.url
    try:
        page = await tools.robots.page(Ask(found.url))
        question = {
            "kind": "page",
            "headers": dict(page.headers),
            "url": page.final,
            "received": _now(tools),
            "largest": LARGEST,
        }
        said, (value,) = await tools.parsers.ask(question, [page.body or b"", found.value], found.url)
    except (FetchError, FeedError) as error:
        tools.tally.pages["failed"] += 1
        log.info("%s: the feed's summary is taken: %s", found.url, printable(error.problem))
        return found
    tools.tally.pages["read"] += 1
    return replace(found, id=said["id"], value=value)


def _now(tools: Tools) -> str:
    return datetime.fromtimestamp(tools.clock(), UTC).isoformat()
