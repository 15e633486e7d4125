"""XML that was sent by somebody else: read without entities, without anything fetched, within bounds.

Tags and attributes lose their namespaces: agencies put the same elements into different ones, or into none.
"""

from __future__ import annotations

import html.entities
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from schemas.errors import FeedError

DEEPEST = 200
"""Elements within each other: NITF tables in NewsML-G2 in a message come to 25."""

MOST_ELEMENTS = 300_000
"""Elements of a document: a message with a thousand items has some 60,000; as objects this many take 50 MB."""

MOST_ATTRIBUTES = 500
"""Attributes of one element: NewsML-G2 defines about 30 for its richest."""

MULTIBYTE = frozenset(
    "gb2312 gbk gb18030 big5 big5-hkscs shift_jis shift-jis sjis cp932 euc-jp euc-kr cp949 ks_c_5601-1987".split()
)
"""Encodings of East Asian wires that expat does not know; Python reads them."""

_DECLARED = re.compile(rb"\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"'][^>]{0,200}\?>")
_NAMED = {name.rstrip(";"): value for name, value in html.entities.html5.items() if len(value) == 1}
"""HTML's names (``&nbsp;``) stand in many agencies' XML, whose DTD defines them and is never read."""


class _Bounded:
    """A tree builder that counts, and strips namespaces."""

    def __init__(self, where: str) -> None:
        self._tree, self._where = TreeBuilder(), where
        self._depth = self._count = 0

    def start(self, tag: str, attributes: dict[str, str]) -> Element:
        self._depth += 1
        self._count += 1
        if self._depth > DEEPEST:
            raise self._too_much(f"elements nested over {DEEPEST} deep")
        if self._count > MOST_ELEMENTS:
            raise self._too_much(f"over {MOST_ELEMENTS:,} elements")
        if len(attributes) > MOST_ATTRIBUTES:
            raise self._too_much(f"over {MOST_ATTRIBUTES} attributes in one element")
        return self._tree.start(local(tag), {local(name): value for name, value in attributes.items()})

    def end(self, tag: str) -> Element:
        self._depth -= 1
        return self._tree.end(local(tag))

    def data(self, data: str) -> None:
        self._tree.data(data)

    def close(self) -> Element:
        return self._tree.close()

    def _too_much(self, problem: str) -> FeedError:
        return FeedError(problem, where=self._where, remedy="no agency sends that; look at the file")


def parse_xml(data: bytes, where: str) -> Element:
    """The root of a document, all tags without namespaces.

    A DOCTYPE is passed over, entity declarations are refused, and no external entity, DTD or schema is read.

    Raises:
        FeedError: not well-formed (with line and column), entities declared, or beyond the bounds.
    """
    parser: Any = DefusedXMLParser(target=_Bounded(where), forbid_dtd=False)
    parser.entity.update(_NAMED)
    try:
        parser.feed(_readable(data, where))
        root: Element = parser.close()
    except DefusedXmlException as error:
        remedy = "send it without entity declarations"
        raise FeedError("declares an entity, which is refused", where=where, remedy=remedy) from error
    except ParseError as error:
        raise FeedError(f"not well-formed XML: {error}", where=where, remedy="was it cut short?") from error
    except (ValueError, LookupError) as error:
        if isinstance(error, FeedError):
            raise
        raise FeedError(f"cannot be read as XML: {error}", where=where) from error
    return root


def _readable(data: bytes, where: str) -> bytes:
    """The document in an encoding that expat knows."""
    declared = _DECLARED.match(data)
    if declared is None or declared[1].decode().lower() not in MULTIBYTE:
        return data
    name = declared[1].decode()
    try:
        return data[declared.end() :].decode(name).encode()
    except UnicodeDecodeError as error:
        raise FeedError(f"not {name} at byte {declared.end() + error.start}", where=where) from error


@lru_cache(maxsize=4_096)
def local(tag: str) -> str:
    """A name without its namespace.

    >>> local("{http://iptc.org/std/nar/2006-10-01/}newsItem")
    'newsItem'
    """
    return tag.rpartition("}")[2]


def first(element: Element | None, *paths: str) -> Element | None:
    """The first element that one of some paths leads to, tried in order."""
    if element is None:
        return None
    found = (element.find(path) for path in paths)
    return next((one for one in found if one is not None), None)


def words(element: Element | None) -> str:
    """All text of an element on one line."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def said(element: Element | None, *paths: str) -> str:
    """The text of the first of some paths that holds any."""
    if element is None:
        return ""
    return next((text for one in each(element, *paths) if (text := words(one))), "")


def attribute(element: Element | None, path: str, name: str) -> str:
    """An attribute of the first element at a path that has it."""
    if element is None:
        return ""
    return next((value.strip() for one in element.findall(path) if (value := one.get(name, "")).strip()), "")


def each(element: Element, *paths: str) -> Iterator[Element]:
    """All elements of some paths, path by path."""
    for path in paths:
        yield from element.findall(path)
