"""Finding out all about one feed: asks for it twice, reads it, and asks whether its pages may be read."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import orjson
from yarl import URL

from schemas.article import Article
from schemas.errors import FeedError, FetchError
from streams.feeds.document import body_facts, shared_guids
from streams.feeds.facts import Again, Answer, EntryFacts, Facts, FeedFacts, Refusal
from streams.feeds.sources import file_bytes, is_url
from streams.web.types import LARGEST, Ask, Before, Fetched, Validators
from wirespin.dates import iso, published
from wirespin.feed.parse import parse_feed
from wirespin.feed.types import Entry, ParsedFeed


class Asks(Protocol):
    """What asks the web; see `streams.web.fetch.Fetcher`."""

    async def ask(self, ask: Ask) -> Fetched:
        """The answer; raises FetchError."""


class Permits(Protocol):
    """Who says whether a page may be fetched; see `streams.web.robots.Robots`."""

    async def allowed(self, url: str) -> bool:
        """Whether robots.txt allows it."""


async def check(
    source: str, fetcher: Asks, robots: Permits, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> Facts:
    """All about a feed; what is wrong with it is part of that, so nothing is raised.

    Args:
        source: URL, or path of a file.
        fetcher: asks the web.
        robots: says which pages may be asked for.
        now: the time.
    """
    facts = Facts(source, now())
    if not is_url(source):
        return await asyncio.to_thread(_file, facts)
    hops: list[str] = []
    try:
        fetched = await fetcher.ask(Ask(source, before=_noting(hops)))
    except FetchError as error:
        return replace(facts, refusal=_refusal(error, tuple(hops)))
    facts = replace(facts, answer=_answer(fetched, tuple(hops)))
    facts = await asyncio.to_thread(_read, facts, fetched.body or b"", dict(fetched.headers), fetched.final)
    facts = replace(facts, again=await _again(fetched, fetcher))
    return await _pages(facts, robots)


def _noting(hops: list[str]) -> Before:
    async def before(url: URL) -> float:
        hops.append(str(url))
        return 0.0

    return before


def _refusal(error: FetchError, hops: tuple[str, ...]) -> Refusal:
    return Refusal(error.trouble, error.problem, error.remedy, error.status, error.retry_after, hops)


def _answer(fetched: Fetched, hops: tuple[str, ...]) -> Answer:
    headers = fetched.headers
    return Answer(
        hops=hops or (fetched.asked,),
        permanent=fetched.permanent,
        downgraded=fetched.downgraded,
        status=fetched.status,
        content_type=headers.get("content-type"),
        cache_control=headers.get("cache-control"),
        expires=headers.get("expires"),
        etag=fetched.validators.etag,
        modified=fetched.validators.modified,
        fresh_for=fetched.fresh_for,
        took=fetched.took,
    )


async def _again(fetched: Fetched, fetcher: Asks) -> Again:
    """What comes of asking a second time, as a poll does."""
    if fetched.validators == Validators():
        return "not_asked"
    try:
        second = await fetcher.ask(Ask(fetched.final, validators=fetched.validators))
    except FetchError:
        return "failed"
    if second.status == 304:
        return "not_modified"
    return "same" if second.body == fetched.body else "changed"


def _file(facts: Facts) -> Facts:
    try:
        data = file_bytes(Path(facts.source), LARGEST)
    except FeedError as error:
        return replace(facts, refusal=Refusal(None, error.problem))
    except OSError as error:
        return replace(facts, refusal=Refusal(None, f"cannot be read: {error.strerror}"))
    return _read(facts, data, {}, facts.source)


def _read(facts: Facts, data: bytes, headers: dict[str, str], url: str) -> Facts:
    """What the body is, and the feed in it. The parser bounds its own time, so a thread will do."""
    body = body_facts(data, headers.get("content-type"), url)
    try:
        parsed = parse_feed(data, headers, url, facts.at)
    except FeedError as error:
        advice = f"; {error.remedy}" if error.remedy and not body.links else ""
        return replace(facts, body=body, not_feed=f"{error.problem}{advice}")
    first = parsed.entries[0].article if parsed.entries else None
    sent = None if first is None else orjson.loads(_stamped(first, facts).to_bytes())
    return replace(facts, body=body, feed=replace(_feed(parsed, facts.at), shared=shared_guids(data)), first=sent)


def _stamped(article: Article, facts: Facts) -> Article:
    """An article with the feed's address as it was given, which is what polling sends."""
    return article.model_copy(update={"feed": facts.source, "fetched_at": iso(facts.at)})


def _feed(parsed: ParsedFeed, at: datetime) -> FeedFacts:
    return FeedFacts(
        kind=parsed.kind,
        title=parsed.title,
        home=parsed.home,
        language=parsed.language,
        every=parsed.every,
        hub=parsed.hub,
        self_url=parsed.self_url,
        problems=parsed.problems,
        entries=tuple(_entry(entry, at) for entry in parsed.entries),
    )


def _entry(entry: Entry, at: datetime) -> EntryFacts:
    article = entry.article
    given = article.raw_date or article.published_at
    judged = published(given, at)
    return EntryFacts(
        name=article.headline or article.url or entry.key,
        guid=None if article.guid == entry.key else article.guid,  # the parser's own name for it
        url=article.url,
        full=entry.full,
        characters=len(article.body),
        raw_date=given,
        date=judged.source,
        time=judged.time,
        language=article.language,
    )


async def _pages(facts: Facts, robots: Permits) -> Facts:
    """Whether the page of the first entry without its text may be read."""
    entries = facts.feed.entries if facts.feed else ()
    pages = (entry.url for entry in entries if not entry.full and (entry.url or "").startswith("http"))
    page = next(pages, None)
    return facts if page is None else replace(facts, page=page, robots=await robots.allowed(page))
