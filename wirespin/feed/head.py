"""What the head of a page says of it: canonical URL, language, and the tags of Open Graph and the like."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from wirespin.feed.urls import absolute

READ = 500_000
"""Characters in which tags of the head are looked for; heads with their scripts reach 200,000."""

MOST_TAGS = 2_000

_TAG = re.compile(
    r"<(?P<name>meta|link|html)\b(?P<rest>(?:[^<>\"']|\"[^\"]{0,4000}\"|'[^']{0,4000}'){0,500}+)>", re.IGNORECASE
)
_ATTRIBUTE = re.compile(r"([A-Za-z][\w:.-]*)\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))", re.ASCII)
_TITLE = re.compile(r"<title\b[^>]{0,200}>([^<]{0,500})", re.IGNORECASE)


@dataclass(frozen=True)
class Head:
    """The head of a page.

    Attributes:
        title: its title.
        canonical: the URL that it calls its own.
        language: of the root element.
        meta: content of the meta tags by name or property, in lower case; the first of each.
    """

    title: str
    canonical: str | None
    language: str | None
    meta: dict[str, str]


def head_of(page: str, url: str) -> Head:
    """Read the tags of a page's head."""
    canonical, language, meta = None, None, dict[str, str]()
    for number, tag in enumerate(_TAG.finditer(page[:READ])):
        if number >= MOST_TAGS:
            break
        given = {name.lower(): html.unescape(a or b or c).strip() for name, a, b, c in _ATTRIBUTE.findall(tag["rest"])}
        kind = tag["name"].lower()
        if kind == "html":
            language = language or given.get("lang") or None
        elif kind == "link" and "canonical" in given.get("rel", "").lower().split():
            canonical = canonical or absolute(url, given.get("href"))
        elif kind == "meta" and given.get("content"):
            name = given.get("property") or given.get("name") or given.get("itemprop") or ""
            meta.setdefault(name.lower(), given["content"])
    title = _TITLE.search(page[:READ])
    return Head(" ".join(html.unescape(title[1]).split()) if title else "", canonical, language, meta)
