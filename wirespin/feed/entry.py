"""From what an entry states to the article that is handed in."""

from __future__ import annotations

import html
import re
from datetime import datetime

from schemas.article import MAX_BODY, MAX_FIELD, Article
from schemas.errors import ArticleError
from wirespin.dates import iso
from wirespin.feed.identity import Identity, identities, version_digest
from wirespin.feed.raw import RawEntry, RawFeed
from wirespin.feed.text import Words
from wirespin.feed.types import Entry
from wirespin.feed.urls import absolute

_ADDRESS = re.compile(
    r"(?P<before>[^@<>()]{0,100}?)[\s<(]*[^\s@<>()]{1,64}@[^\s@<>()]{1,255}[\s>)]*(?:\((?P<beside>[^()]*)\))?"
)

LANGUAGE = 35
"""Characters of a language tag (RFC 5646, 4.4.1)."""

MOST_TOLD = 20
"""Problems of single entries that are told; a feed that is all wrong says the same thing 2,000 times."""


def entries_of(feed: RawFeed, url: str, received: datetime) -> tuple[list[Entry], list[str]]:
    """The entries of a feed, and what was wrong with those that are none.

    Args:
        feed: as its format's reader made it.
        url: of the feed.
        received: when the document was fetched.
    """
    words = Words()
    headlines = [words.headline(raw.title) for raw in feed.entries]
    bodies = [words.longest(raw.texts) for raw in feed.entries]
    contents = [f"{headline}\n{body}" for headline, (body, _) in zip(headlines, bodies, strict=True)]
    found: dict[str, Entry] = {}
    problems: list[str] = []
    told = identities(list(feed.entries), contents)
    for number, (raw, identity) in enumerate(zip(feed.entries, told, strict=True)):
        body, full = bodies[number]
        try:
            article = _article(raw, identity, feed, url, headlines[number], body, received)
        except ArticleError as error:
            problems.append(f"entry {number + 1}: {error.problem}")
            continue
        version = version_digest(article.headline, article.body, raw.date, article.byline, article.credit)
        found.setdefault(identity.key, Entry(identity.key, version, article, full))
    if words.spent:
        problems.append("has more markup than is read with care; some texts were read tag by tag")
    return list(found.values()), shortened(problems)


def _article(
    raw: RawEntry, identity: Identity, feed: RawFeed, url: str, headline: str, body: str, received: datetime
) -> Article:
    """Raises ArticleError where there is no headline and no text."""
    link = absolute(url, raw.link)
    language = raw.language or feed.language
    found = {
        "id": identity.id,
        "url": link,
        "guid": identity.guid or (None if link else identity.key),
        "publisher": raw.publisher or feed.title,
        "headline": headline,
        "body": body[:MAX_BODY],
        "published_at": raw.date,
        "raw_date": raw.date,
        "date_source": raw.date_source if raw.date else None,
        "byline": ", ".join(dict.fromkeys(filter(None, map(_line, raw.authors)))),
        "credit": raw.credit,
        "language": language.replace("_", "-") if language and len(language) <= LANGUAGE else None,
        "feed": url,
        "fetched_at": iso(received),
    }
    cut = {name: value if name == "body" else value[:MAX_FIELD] for name, value in found.items() if value}
    return Article.from_data(cut, where=url)


def _line(name: str) -> str:
    """A name without the address that RSS writes beside it: ``desk@example.org (Ana Ruiz)``."""
    name = " ".join(html.unescape(name).split())
    address = _ADDRESS.fullmatch(name)
    return (address["beside"] or address["before"] or "").strip(" <>()") if address else name


def shortened(problems: list[str]) -> list[str]:
    """The first of many problems, and how many more there are."""
    more = len(problems) - MOST_TOLD
    return problems if more <= 0 else [*problems[:MOST_TOLD], f"and {more:,} more problems like these"]
