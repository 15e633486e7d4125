"""The whole article from its page, for feeds that carry only a summary.

The text is what trafilatura finds. Its own removal of repeated text is off: it remembers texts from page to page, so
what it returned would depend on what was read before (adbar/trafilatura#778). Paragraphs that a page prints twice are
dropped here.
"""

from __future__ import annotations

from collections.abc import Mapping
from configparser import ConfigParser
from datetime import datetime

import trafilatura
from trafilatura.settings import DEFAULT_CONFIG

from schemas.article import MAX_BODY, MAX_FIELD, Article
from schemas.errors import FeedError
from wirespin.dates import iso, published
from wirespin.feed.encoding import decoded
from wirespin.feed.entry import LANGUAGE
from wirespin.feed.head import Head, head_of
from wirespin.feed.schema_org import SchemaOrg, schema_org
from wirespin.feed.text import WHOLE_WORDS
from wirespin.feed.urls import absolute, named
from wirespin.feed.wrong import is_wall
from wirespin.identity import article_id

LARGEST_PAGE = 3_000_000
"""Characters; the heaviest article pages, scripts included, stay under 2 million."""

MOST_ELEMENTS = 30_000
"""Elements of a page that a text is looked for in; article pages have some thousands."""

REPEATED_WORDS = 8
"""Words from which on a paragraph that stands on a page twice is the page's doing; shorter ones are refrains."""

LOCKED_WORDS = 150
"""Words up to which the text of a page that calls itself locked is the part shown to everybody."""

EXTRACTOR = f"trafilatura {trafilatura.__version__}"
"""What found the text; its output changes between releases."""

_TROUBLES = (ValueError, TypeError, AttributeError, LookupError, RecursionError, AssertionError)


def page_article(data: bytes, headers: Mapping[str, str], url: str, entry: Article, received: datetime) -> Article:
    """The whole article of an entry: the page's text, its byline, canonical URL, dates and publisher.

    What the feed states stands where it can be relied on: the headline, and a time of publication to the minute. The
    field `extractor` names what found the text, `modified_at` has the page's own words for when it was changed.

    Args:
        data: the page, decompressed.
        headers: of its response, names in lower case.
        url: that answered.
        entry: the article as the feed has it.
        received: when the page was fetched.

    Raises:
        FeedError: the page holds no article, or less of it than the feed; the entry stands as it is.
    """
    page, _ = decoded(data, headers, url)
    if len(page) > LARGEST_PAGE:
        raise FeedError(f"a page of over {LARGEST_PAGE:,} characters", where=url)
    head, stated = head_of(page, url), schema_org(page)
    canonical = _canonical(head, stated, url, entry)
    body = _body(page, stated, url)
    _check(body, head, stated, url, entry)
    date, words, source = _date(head, stated, entry, received)
    found = {
        "id": article_id(entry),
        "url": canonical,
        "publisher": stated.publisher or entry.publisher or head.meta.get("og:site_name"),
        "headline": entry.headline or stated.headline or head.meta.get("og:title"),
        "body": body[:MAX_BODY],
        "byline": entry.byline or ", ".join(stated.authors) or _author(head),
        "credit": entry.credit or stated.credit,
        "language": entry.language or _language(stated.language or head.language),
        "published_at": date,
        "raw_date": words,
        "date_source": source,
        "fetched_at": iso(received),
        "modified_at": stated.modified or head.meta.get("article:modified_time"),
        "extractor": EXTRACTOR,
    }
    cut = {name: value if name == "body" else value[:MAX_FIELD] for name, value in found.items() if value}
    return Article.from_data(entry.model_dump(exclude_none=True) | cut, where=url)


def _body(page: str, stated: SchemaOrg, url: str) -> str:
    """The text as trafilatura finds it, or where it finds none as the page states it; paragraphs once each."""
    try:
        found = trafilatura.bare_extraction(
            page, url=url, include_comments=False, include_tables=False, deduplicate=False, config=_settings()
        )
    except _TROUBLES as error:
        raise FeedError(f"a page that cannot be read: {type(error).__name__}: {error}", where=url) from error
    text = (getattr(found, "text", None) or "") if found is not None else ""
    if len(text.split(None, WHOLE_WORDS)) < WHOLE_WORDS and stated.text:
        text = stated.text
    return "\n\n".join(once(text.split("\n")))


def _settings() -> ConfigParser:
    """Trafilatura's own settings with a bound on the tree."""
    config = ConfigParser()
    config.read_dict({"DEFAULT": dict(DEFAULT_CONFIG["DEFAULT"])})
    config["DEFAULT"]["MAX_TREE_SIZE"] = str(MOST_ELEMENTS)
    return config


def once(paragraphs: list[str]) -> list[str]:
    """Paragraphs without the long ones that stand there a second time, and without empty ones.

    >>> once(["Yes.", "", "Yes."])
    ['Yes.', 'Yes.']
    """
    seen: set[str] = set()
    kept = []
    for paragraph in paragraphs:
        words = paragraph.split()
        line = " ".join(words)
        if not words or (line in seen and len(words) >= REPEATED_WORDS):
            continue
        seen.add(line)
        kept.append(paragraph.strip())
    return kept


def _check(body: str, head: Head, stated: SchemaOrg, url: str, entry: Article) -> None:
    """Raises FeedError where a page's text is not the article."""
    words = len(body.split())
    if is_wall(head.title) or (words < WHOLE_WORDS and is_wall(body)):
        raise FeedError("a wall against bots", where=url, remedy="ask the outlet for access")
    if stated.locked and words < LOCKED_WORDS:
        raise FeedError(f"behind a paywall: {words} words are shown", where=url)
    if words < WHOLE_WORDS:
        raise FeedError(f"holds no article: {words} words were found", where=url)
    if len(body) <= len(entry.body):
        raise FeedError("holds no more text than the feed", where=url)


def _canonical(head: Head, stated: SchemaOrg, url: str, entry: Article) -> str:
    """The page's own URL, where it is one of the same site; raises FeedError where it is the site's front page."""
    own = head.canonical or absolute(url, stated.url) or url
    host, rest = named(own)
    if rest == "/" and entry.url and named(entry.url)[1] != "/":
        raise FeedError("leads to the site's front page, not to the article", where=url)
    return own if _site(host) == _site(named(url)[0]) else url


def _site(host: str) -> str:
    """The last two labels of a host."""
    return ".".join(host.rsplit(".", 2)[-2:])


def _date(
    head: Head, stated: SchemaOrg, entry: Article, received: datetime
) -> tuple[str | None, str | None, str | None]:
    """The date, its words and the field it stands in: the feed's, unless the page's can be better relied on."""
    if published(entry.published_at, received, entry.date_source).exact:
        return entry.published_at, entry.raw_date, entry.date_source
    named_tag = "article:published_time"
    for words, source in ((stated.published, "datePublished"), (head.meta.get(named_tag), named_tag)):
        if words and published(words, received).exact:
            return words, words, source
    return entry.published_at, entry.raw_date, entry.date_source


def _author(head: Head) -> str | None:
    """The author by the meta tags; some sites put a URL there."""
    for name in ("author", "article:author", "dc.creator", "parsely-author"):
        value = head.meta.get(name)
        if value and "://" not in value:
            return value
    return None


def _language(tag: str | None) -> str | None:
    return tag.replace("_", "-") if tag and len(tag) <= LANGUAGE else None
