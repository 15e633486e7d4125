"""What the processes that parse do with a document: pure, bytes in and bytes out."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import orjson

from schemas.article import Article
from streams.feeds.frames import Message
from wirespin.dates import iso
from wirespin.feed.page import page_article
from wirespin.feed.parse import parse_feed
from wirespin.feed.seen import MOST_REMEMBERED, Decision, decide
from wirespin.feed.types import Entry, ParsedFeed
from wirespin.identity import article_id

FIRST_SEEN = "first_seen"
"""`date_source` of an article whose feed gives no date. `fetched_at` tells when it was first seen, and `published_at`
stays empty: that time is only the latest at which it can have been published, and must not decide who was first."""

PROBLEMS = 5
"""Problems of a document that are handed on; the others are counted."""


def read_feed(said: dict[str, Any], blobs: list[bytes]) -> Message:
    """A document becomes the articles that are new or changed, and what to remember.

    Args:
        said: ``headers`` of the answer, ``url`` that answered, ``feed`` that articles are to carry, when it was
            ``received``, whether it is ``partial`` (only what is new), and the bytes of the ``largest`` article that a
            broker takes.
        blobs: the body, and what the feed has had as JSON.

    Returns:
        ``about`` the feed, how many ``entries`` it has and how many are ``known``, ``every``, ``problems``, and of
        each article its ``key``, ``id``, ``url`` and whether its text is ``full``; as blobs what to
        remember, and the articles.

    Raises:
        FeedError: it is no feed.
    """
    received = datetime.fromisoformat(said["received"])
    parsed = parse_feed(blobs[0], said["headers"], said["url"], received)
    entries = tuple(replace(one, article=stamped(one.article, said["feed"], received)) for one in parsed.entries)
    parsed = replace(parsed, entries=entries)
    remembered: dict[str, str] = orjson.loads(blobs[1])
    decided = (
        _decided_in_part(remembered, parsed, received) if said.get("partial") else decide(remembered, parsed, received)
    )
    found, articles, problems = [], [], [*parsed.problems, *decided.problems]
    for entry in (*decided.new, *decided.changed):
        data = entry.article.to_bytes()
        if len(data) > said["largest"]:
            problems.append(f"an entry of {len(data):,} bytes is larger than the broker takes: {entry.article.url}")
            continue
        found.append(_told(entry))
        articles.append(data)
    reply = {
        "about": _about(parsed),
        "entries": len(parsed.entries),
        "known": decided.same,
        "every": parsed.every,
        "problems": problems[:PROBLEMS],
        "left_out": len(problems),
        "found": found,
    }
    return reply, [orjson.dumps(decided.remember), *articles]


def _decided_in_part(remembered: dict[str, str], parsed: ParsedFeed, received: datetime) -> Decision:
    """What is new of a document that may hold only what is new.

    What is missing in it has not left the feed: none of it is forgotten, nor known again under another guid.
    """
    here = {entry.key for entry in parsed.entries}
    decided = decide({key: text for key, text in remembered.items() if key in here}, parsed, received)
    others = {key: text for key, text in remembered.items() if key not in here}
    kept = [*others.items(), *decided.remember.items()][-MOST_REMEMBERED:]
    return replace(decided, remember=dict(kept))


def read_page(said: dict[str, Any], blobs: list[bytes]) -> Message:
    """An article with a summary becomes one with the text of its page.

    Args:
        said: ``headers`` of the answer, ``url`` that answered, ``received``, ``largest``.
        blobs: the page, and the article as the feed has it.

    Raises:
        FeedError: no text was found in the page.
    """
    received = datetime.fromisoformat(said["received"])
    entry = Article.from_bytes(blobs[1], where=said["url"])
    article = page_article(blobs[0], said["headers"], said["url"], entry, received)
    # the page may name itself otherwise, or say when it was published; it stays the same article of the same feed
    kept = {"id": article_id(entry), "guid": entry.guid, "feed": entry.feed, "fetched_at": entry.fetched_at}
    data = article.model_copy(update=kept).to_bytes()
    return {"id": article_id(entry)}, [data if len(data) <= said["largest"] else blobs[1]]


def stamped(article: Article, feed: str, received: datetime) -> Article:
    """An entry with the feed it is of and the time it was read, which is all that is known where it has no date."""
    changes: dict[str, Any] = {"feed": feed, "fetched_at": iso(received)}
    if article.published_at is None:
        changes["date_source"] = FIRST_SEEN
    return article.model_copy(update=changes)


def _told(entry: Entry) -> dict[str, Any]:
    return {"key": entry.key, "full": entry.full, "id": article_id(entry.article), "url": entry.article.url}


def _about(parsed: ParsedFeed) -> dict[str, str | None]:
    return {"title": parsed.title, "home": parsed.home, "hub": parsed.hub, "self_url": parsed.self_url}
