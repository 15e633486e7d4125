"""Lists of feeds: OPML 1.0 to 2.0 (http://opml.org/spec2.opml), and plain lists of URLs.

Lists are written by hand and by programs that escape nothing, so they are read tag by tag: a bad line is told and costs
nothing but itself.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

from schemas.errors import FeedError
from wirespin.feed.encoding import decoded
from wirespin.feed.entry import shortened
from wirespin.feed.screen import refuse_entities
from wirespin.feed.urls import absolute

WHERE = "list of feeds"
MOST_FEEDS = 100_000
"""Feeds of one list; the largest collectors poll 180,000 from a database, not from a list."""

DEEPEST = 20
"""Folders inside one another that become labels."""

LABEL = 100
"""Characters of a label or a title that are kept."""

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_OUTLINE = re.compile(r"<(/?)outline\b((?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+)>", re.IGNORECASE | re.DOTALL)
_ATTRIBUTE = re.compile(r"([A-Za-z_:][\w.:-]*)\s*+=\s*+(?:\"([^\"<]*)\"|'([^'<]*)')", re.ASCII)
_CONTROL = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_TAG = re.compile(r"<(?:opml|outline|body|head)\b", re.IGNORECASE)


@dataclass(frozen=True)
class OpmlFeed:
    """A feed of a list.

    Attributes:
        url: of the feed.
        title: what the list calls it; empty where it has no name for it.
        labels: the folders and categories that it stands in, outer ones first.
    """

    url: str
    title: str = ""
    labels: tuple[str, ...] = ()


@dataclass
class _List:
    feeds: dict[str, OpmlFeed] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def add(self, url: str, title: str, labels: tuple[str, ...], line: int) -> None:
        """Add a feed; one that stands there twice gets the labels of both."""
        address = absolute("", _schemed(url))
        if address is None:
            self.problems.append(f"line {line}: {url[:80]!r} is no http(s) URL")
            return
        before = self.feeds.get(address, OpmlFeed(address))
        if before.url in self.feeds:
            self.problems.append(f"line {line}: {address} is there twice; its labels were joined")
        elif len(self.feeds) >= MOST_FEEDS:
            self.problems.append(f"line {line}: over {MOST_FEEDS:,} feeds; this one was left out")
            return
        joined = tuple(dict.fromkeys((*before.labels, *labels)))
        self.feeds[address] = OpmlFeed(address, before.title or title, joined)


def read_opml(data: bytes) -> tuple[list[OpmlFeed], list[str]]:
    """The feeds of a list, and what was wrong with the lines that were passed over.

    Args:
        data: OPML, or a text with a URL a line (and, behind white space, a title; ``#`` begins a comment).

    Raises:
        FeedError: it is empty, too large, declares entities, or holds no feed at all.
    """
    text, problems = decoded(data, {}, WHERE)
    refuse_entities(text, WHERE)
    found = _List(problems=problems)
    if _TAG.search(text):
        last = text.rfind("-->") + 3  # so that no comment without an end is looked for again and again
        _read_outlines(_COMMENT.sub(_blank, text[:last]) + text[last:] if last > 2 else text, found)
    else:
        _read_lines(text, found)
    if not found.feeds:
        told = f": {found.problems[0]}" if found.problems else ""
        raise FeedError(f"names no feed{told}", where=WHERE, remedy="hand in OPML, or a text with a URL a line")
    return list(found.feeds.values()), shortened(found.problems)


def write_opml(feeds: Iterable[OpmlFeed]) -> bytes:
    """OPML 2.0 of a list: a feed an outline, its labels as categories, and in the folder of its first one."""
    folders: dict[str, list[OpmlFeed]] = {}
    for feed in feeds:
        folders.setdefault(feed.labels[0] if feed.labels else "", []).append(feed)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">']
    lines += ["  <head><title>wirespin feeds</title></head>", "  <body>"]
    for folder in sorted(folders):
        entries = [_outline(feed) for feed in folders[folder]]
        if folder:
            name = _quoted(folder)
            entries = [
                f"    <outline text={name} title={name}>",
                *(f"  {entry}" for entry in entries),
                "    </outline>",
            ]
        lines += entries
    return "\n".join([*lines, "  </body>", "</opml>", ""]).encode()


def _outline(feed: OpmlFeed) -> str:
    labels = ",".join(label.replace(",", " ") for label in feed.labels)
    category = f" category={_quoted(labels)}" if labels else ""
    name = _quoted(feed.title or feed.url)
    return f'    <outline type="rss" text={name} title={name} xmlUrl={_quoted(feed.url)}{category}/>'


def _quoted(text: str) -> str:
    return quoteattr(" ".join(_CONTROL.sub(" ", text).split()), {'"': "&quot;"})


def _read_outlines(text: str, found: _List) -> None:
    folders: list[str] = []
    line, at = 1, 0
    for tag in _OUTLINE.finditer(text):
        line, at = line + text.count("\n", at, tag.start()), tag.start()
        if tag[1]:
            folders[-1:] = []
            continue
        given = {name.lower(): _value(first or second) for name, first, second in _ATTRIBUTE.findall(tag[2])}
        url, name = _url(given), (given.get("title") or given.get("text") or "")[:LABEL]
        labels = tuple(label for label in folders[:DEEPEST] if label)
        if url:
            found.add(url, "" if name == url else name, (*labels, *_categories(given)), line)
        elif tag[2].rstrip().endswith("/"):
            found.problems.append(f"line {line}: the outline {name!r} has no xmlUrl")
        if not tag[2].rstrip().endswith("/"):
            folders.append("" if url else name)


def _blank(comment: re.Match[str]) -> str:
    """The lines of a comment, which are counted."""
    return "\n" * comment[0].count("\n")


def _url(given: dict[str, str]) -> str:
    """The feed's URL; some programs write ``url``."""
    kind = given.get("type", "").lower()
    return given.get("xmlurl") or (given.get("url", "") if kind in {"rss", "atom", "feed"} else "")


def _categories(given: dict[str, str]) -> Iterator[str]:
    """Labels of the attribute ``category``: by commas, slashes part the steps of a path."""
    for category in given.get("category", "").split(",")[:DEEPEST]:
        if label := category.strip().strip("/").strip()[:LABEL]:
            yield label


def _read_lines(text: str, found: _List) -> None:
    for number, line in enumerate(text.splitlines(), 1):
        words = line.split(None, 1)
        if words and not words[0].startswith("#"):
            found.add(words[0], words[1].strip()[:LABEL] if len(words) > 1 else "", (), number)


def _schemed(url: str) -> str:
    """A URL with http(s) for what readers call ``feed:``."""
    url = url.strip()
    if url[:5].lower() == "feed:":
        rest = url[5:].lstrip("/")
        return rest if rest[:4].lower() == "http" else f"https://{rest}"
    return url


def _value(text: str) -> str:
    return " ".join(html.unescape(text).split())
