"""JSON: an article or ninjs a line, or one document of one or many; the lines that are neither are told by number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

import orjson

from schemas.article import Article
from schemas.errors import ArticleError, FeedError, InputError
from wirespin.formats.ninjs import is_ninjs, ninjs
from wirespin.formats.types import Finds, Found

LONGEST_LINE = 16 * 1024 * 1024
"""Bytes of a line: a body of 2 million characters, four bytes each, and as much beside it."""

DEEPEST = 64
"""Objects and lists within each other: a ninjs package with associations comes to 12."""

LISTS = ("items", "newsItems", "newsitems", "articles")
"""Names under which services deliver many items in one object."""


class Lines(Protocol):
    """What lines are read from."""

    def readline(self, size: int, /) -> bytes:
        """The next line, or its first `size` bytes."""
        ...


def json_lines(stream: Lines, where: str) -> Finds:
    """The articles of a stream with one object a line; empty lines are passed over."""
    for number, line in enumerate(_lines(stream), 1):
        place = f"{where} line {number}"
        if line is None:
            yield FeedError(f"over {LONGEST_LINE:,} bytes", where=place, remedy="one article a line")
        elif line.strip():
            try:
                yield _article(_decoded(line, place), place)
            except InputError as error:
                yield error


def _lines(stream: Lines) -> Iterator[bytes | None]:
    """Lines, None in place of one that is too long."""
    while line := stream.readline(LONGEST_LINE):
        if line.endswith(b"\n") or len(line) < LONGEST_LINE:
            yield line.removeprefix(b"\xef\xbb\xbf")
            continue
        while (more := stream.readline(LONGEST_LINE)) and not more.endswith(b"\n"):
            pass
        yield None


def json_document(data: bytes, where: str) -> Finds:
    """The articles of one JSON document: an object, a list, or an object that holds a list (`LISTS`).

    Raises:
        FeedError: no JSON, or nested too deep.
    """
    decoded = _decoded(data.removeprefix(b"\xef\xbb\xbf"), where)
    if isinstance(decoded, dict) and not is_ninjs(decoded):
        decoded = next((decoded[name] for name in LISTS if isinstance(decoded.get(name), list)), decoded)
    items = decoded if isinstance(decoded, list) else [decoded]
    for number, item in enumerate(items, 1):
        place = where if len(items) == 1 else f"{where} item {number}"
        try:
            yield _article(item, place)
        except InputError as error:
            yield error


def _article(data: Any, where: str) -> Found:
    if isinstance(data, dict) and is_ninjs(data):
        return ninjs(data, where)
    if not isinstance(data, dict):
        raise ArticleError(f"not an object but {type(data).__name__}", where=where, remedy="give one object an article")
    return Article.from_data(data, where=where)


def _decoded(data: bytes, where: str) -> Any:
    try:
        decoded = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise FeedError(f"not JSON: {error} (byte {error.pos + 1})", where=where, remedy="was it cut short?") from error
    if _depth(decoded) > DEEPEST:
        raise FeedError(f"nested over {DEEPEST} deep", where=where)
    return decoded


def _depth(data: Any) -> int:
    """How deep lists and objects are nested, without recursion."""
    level, depth = [data], 0
    while level := [one for one in level if isinstance(one, (dict, list))]:
        depth += 1
        if depth > DEEPEST:
            break
        level = [part for one in level for part in (one.values() if isinstance(one, dict) else one)]
    return depth


def is_lines(head: bytes) -> bool:
    """Whether a JSON text has an object on its first line and more below it, or ends there.

    Args:
        head: its first line.
    """
    try:
        return isinstance(orjson.loads(head.removeprefix(b"\xef\xbb\xbf")), dict)
    except orjson.JSONDecodeError:
        return False
