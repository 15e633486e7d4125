"""Google News sitemaps: headlines, dates and links of the last two days, without texts.

Format: https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from schemas.errors import FeedError
from wirespin.feed.raw import RawEntry, RawFeed, RawText
from wirespin.feed.screen import LONGEST_TAG, MOST_ENTRIES, refuse_entities

ROOTS = frozenset({"urlset", "sitemapindex"})

NEWS = frozenset({"http://www.google.com/schemas/sitemap-news/0.9", "https://www.google.com/schemas/sitemap-news/0.9"})
"""Namespaces of the tags of news."""

SHOWN = 3
"""Sitemaps of an index that an error names."""


def read_sitemap(text: str, url: str) -> RawFeed:
    """The entries of a news sitemap.

    Raises:
        FeedError: it is no XML, an index of sitemaps, or a sitemap of pages that are not marked as news.
    """
    root = _tree(text, url)
    if _local(root) == "sitemapindex":
        found = [loc for child in root if (loc := _of(child, "loc"))]
        raise FeedError(
            f"an index of {len(found):,} sitemaps, not a sitemap",
            where=url,
            remedy="add the one of news among them: " + (", ".join(found[:SHOWN]) or "it names none"),
        )
    pages = [child for child in root if _local(child) == "url"]
    entries = [entry for page in pages[: 25 * MOST_ENTRIES] for entry in _entries(page)]
    if not entries:
        raise FeedError(
            f"a sitemap of {len(pages):,} pages, none with news tags", where=url, remedy="add the site's news sitemap"
        )
    problems = []
    if len(entries) > MOST_ENTRIES:
        problems.append(f"has {len(entries):,} entries; all but {MOST_ENTRIES:,} were left out")
    return RawFeed(entries=tuple(entries[:MOST_ENTRIES]), problems=tuple(problems))


def _tree(text: str, url: str) -> Element:
    refuse_entities(text, url)
    if any(len(tag) > LONGEST_TAG and tag.partition(">")[0].count("=") > 1_000 for tag in text.split("<")):
        raise FeedError("has a tag of thousands of attributes", where=url)
    try:
        root: Element = ElementTree.fromstring(text.encode(), forbid_dtd=False)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError) as error:
        raise FeedError(f"a sitemap that is not well-formed XML: {error}", where=url) from error
    return root


def _entries(page: Element) -> Iterator[RawEntry]:
    news = next((child for child in page if child.tag.strip("{").partition("}")[0] in NEWS), None)
    link = _of(page, "loc")
    if news is None or not link:
        return
    outlet = next((child for child in news if _local(child) == "publication"), None)
    date, changed = _of(news, "publication_date"), _of(page, "lastmod")
    yield RawEntry(
        link=link,
        title=RawText(_of(news, "title") or ""),
        date=date or changed,
        date_source="news:publication_date" if date else "lastmod",
        language=None if outlet is None else _of(outlet, "language"),
        publisher=None if outlet is None else _of(outlet, "name"),
    )


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2].lower()


def _of(element: Element, name: str) -> str | None:
    """Text of the child of a local name."""
    child = next((child for child in element if _local(child) == name), None)
    return (child.text or "").strip() or None if child is not None else None
