"""What a page says of its article in JSON-LD: https://schema.org/NewsArticle."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson

MOST_BLOCKS, LARGEST_BLOCK = 30, 500_000
"""JSON-LD scripts of a page that are read, and the characters of one."""

MOST_NODES, DEEPEST = 5_000, 30
"""Objects that are looked at, and how deep; a page of a graph of everything has hundreds."""

MOST_NAMES = 8

_BLOCK = re.compile(r"<script\b[^>]{0,500}application/ld\+json[^>]{0,500}>(.*?)</script", re.IGNORECASE | re.DOTALL)
_ARTICLE = re.compile(r"(?:\w*Article|Report|(?:Live)?BlogPosting)")


@dataclass(frozen=True)
class SchemaOrg:
    """The statements of a page about its article.

    Attributes:
        headline: its headline.
        published: ``datePublished``, as written.
        modified: ``dateModified``, as written.
        authors: names of authors.
        publisher: name of the publisher.
        credit: name of ``sourceOrganization``, or of what the article ``isBasedOn``.
        language: ``inLanguage``.
        url: its own URL.
        text: ``articleBody``.
        locked: whether it says that it is not free to read.
    """

    headline: str | None = None
    published: str | None = None
    modified: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    credit: str | None = None
    language: str | None = None
    url: str | None = None
    text: str | None = None
    locked: bool = False


def schema_org(page: str) -> SchemaOrg:
    """What JSON-LD says of a page's article; all empty where it says nothing. Never raises."""
    for block in list(_blocks(page))[:MOST_BLOCKS]:
        try:
            data = orjson.loads(block.strip().encode("utf-8", "replace"))
        except (orjson.JSONDecodeError, RecursionError):
            continue
        nodes = list(_nodes(data))
        article = next((node for node in nodes if _is_article(node)), None)
        if article is not None:
            return _read(
                article, {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
            )
    return SchemaOrg()


def _blocks(page: str) -> Iterator[str]:
    """The scripts. An unclosed one would let the expression look to the end of the page for each, so none is tried."""
    if page.count("<script") <= 2 * page.count("</script") + MOST_BLOCKS:
        for found in _BLOCK.finditer(page):
            if len(found[1]) <= LARGEST_BLOCK:
                yield found[1]


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    """Objects of the tree, outer ones first."""
    level, seen = [data], 0
    for _ in range(DEEPEST):
        below: list[Any] = []
        for thing in level:
            if isinstance(thing, dict):
                yield thing
                below += thing.values()
            elif isinstance(thing, list):
                below += thing
        seen += len(below)
        if not below or seen > MOST_NODES:
            return
        level = below


def _is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    found = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and _ARTICLE.fullmatch(kind.rpartition("/")[2]) for kind in found)


def _read(node: dict[str, Any], known: dict[str, dict[str, Any]]) -> SchemaOrg:
    credit = _names(node.get("sourceOrganization"), known) or _names(node.get("isBasedOn"), known)
    return SchemaOrg(
        headline=_text(node.get("headline")),
        published=_text(node.get("datePublished")),
        modified=_text(node.get("dateModified")),
        authors=tuple(_names(node.get("author"), known)),
        publisher=next(iter(_names(node.get("publisher"), known)), None),
        credit=next((name for name in credit if "://" not in name), None),
        language=_text(node.get("inLanguage")),
        url=_text(node.get("url")) or _text(_id(node.get("mainEntityOfPage"))),
        text=_text(node.get("articleBody")),
        locked=str(node.get("isAccessibleForFree")).lower() == "false",
    )


def _names(value: Any, known: dict[str, dict[str, Any]]) -> list[str]:
    """Names of persons, organisations or works, which may stand elsewhere in the graph."""
    found = []
    for thing in (value if isinstance(value, list) else [value])[:MOST_NAMES]:
        if isinstance(thing, dict):
            told = thing if "name" in thing else known.get(str(thing.get("@id")), thing)
            name = _text(told.get("name")) or next(iter(_names(told.get("publisher"), {})), None)
        else:
            name = _text(thing)
        if name and "://" not in name:
            found.append(name)
    return found


def _id(value: Any) -> Any:
    return value.get("@id") if isinstance(value, dict) else value


def _text(value: Any) -> str | None:
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("name") or value.get("alternateName")
    return value.strip() or None if isinstance(value, str) else None
