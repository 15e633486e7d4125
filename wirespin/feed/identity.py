"""Which entry of a feed is which, from one fetch to the next, and what makes a new version of it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from schemas.article import MAX_FIELD
from wirespin.feed.raw import RawEntry
from wirespin.feed.urls import is_web, named
from wirespin.identity import digest

PATH_DIGITS, HOST_DIGITS = 18, 6
"""Hex digits of a key that stand for what names the entry, and for the host it was on: a feed that moves to another
host keeps the first, and so its entries."""

TEXT_DIGITS, REST_DIGITS = 16, 6
"""Hex digits of a digest for headline and text, and for date, byline and credit: 2,000 are remembered of each feed."""

_COUNTS = re.compile(
    r"\(?\d[\d,.]*\)?\s*(?:comments?|replies|likes?|shares?|views?|votes?|points?|commentaires?|kommentare?|comentarios?|"
    r"comentários?|commenti|reacties)|(?:comments?|kommentare?|commentaires?|comentarios?|commenti)\s*:?\s*\(?\d[\d,.]*\)?",
    re.IGNORECASE,
)
"""A line that counts what readers did: it changes by itself."""


@dataclass(frozen=True)
class Identity:
    """What an entry is told by.

    Attributes:
        key: the same at every fetch.
        id: the article's id where a URL names the entry, which is then the same in all feeds of an outlet; else None.
        guid: the identifier to hand on: the feed's own, or made unique where the feed uses one for several entries.
    """

    key: str
    id: str | None
    guid: str | None


def identities(entries: list[RawEntry], contents: list[str]) -> list[Identity]:
    """Identity of each entry: its guid, else its link, else its content.

    A guid that several entries of one document share is joined with their links, and where these are the same too with
    their content; entries alike in all of it have one key.

    Args:
        entries: of one document.
        contents: headline and text of each.
    """
    names = [_name(entry) for entry in entries]
    shared = {name for name, count in Counter(names).items() if count > 1 and name[1]}
    linked = Counter((name, entry.link) for name, entry in zip(names, entries, strict=True) if name in shared)
    found = []
    for name, entry, content in zip(names, entries, contents, strict=True):
        if name in shared:
            told_by_link = entry.guid is not None and entry.link is not None and linked[name, entry.link] == 1
            found.append(_joined(entry, name, entry.link if told_by_link else content))
        elif name[1]:
            host, rest = name
            found.append(Identity(_key(*name), f"url-{digest(f'https://{host}{rest}')}" if host else None, entry.guid))
        else:
            found.append(Identity(_key("", "content", content), None, f"content-{digest(content)}"))
    return found


def _joined(entry: RawEntry, name: tuple[str, str], unlike: str | None) -> Identity:
    """Identity of an entry whose name others have too, with what it does not share with them."""
    mark = unlike if unlike and is_web(unlike) else digest(unlike or "")
    shared = entry.guid or entry.link or ""
    return Identity(_key(*name, unlike or ""), None, f"{shared}|{mark}"[:MAX_FIELD])


def _name(entry: RawEntry) -> tuple[str, str]:
    """Host and name of an entry by its guid or its link; both empty where it has neither."""
    text = entry.guid or entry.link or ""
    return named(text.strip()) if is_web(text.strip()) else ("", text.strip())


def _key(host: str, *parts: str) -> str:
    return digest(*parts)[:PATH_DIGITS] + digest(host)[:HOST_DIGITS]


def version_digest(headline: str, body: str, *rest: str | None) -> str:
    """Digest of a version: of headline and text, a point, and of the rest (date, byline, credit).

    White space and lines that merely count comments do not make a version.
    """
    lines = (" ".join(line.split()) for line in body.splitlines())
    text = "\n".join(line for line in lines if line and not (len(line) < 40 and _COUNTS.fullmatch(line)))
    words = digest(" ".join(headline.split()), text)[:TEXT_DIGITS]
    return f"{words}.{digest(*(part or '' for part in rest))[:REST_DIGITS]}"
