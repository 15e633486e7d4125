"""Ways in which sites break quotation marks, and never a word."""

from __future__ import annotations

import re
from collections.abc import Iterator

_PAIR = re.compile(r"\"([^\"\n]+)\"|“([^“”\n]+)”")
_GAP = re.compile(r"(?<=[.,;:]) (?=\w)|(?<=\w) (?=\w)")
_NUMBER = re.compile(r"(?<=\d)(?= [a-z])")


def damaged(body: str) -> Iterator[tuple[str, str]]:
    """The body with its marks broken in one place, for each place and way: (name of the way, body).

    Every pair of marks is broken once in each way; inch signs and dashes are put into every paragraph once.
    """
    pairs = list(_PAIR.finditer(body))
    for pair in pairs:
        yield from _broken(body, pair.start(), pair.end() - 1)
    for paragraph in re.finditer(r"[^\n]+", body):
        start, end = paragraph.span()
        number = _NUMBER.search(body, start, end)
        if number:
            yield "inch", _put(body, number.start(), number.start(), '"')
        gaps = list(_GAP.finditer(body, start, end))
        if gaps:
            gap = gaps[len(gaps) // 2]
            yield "dash", _put(body, *gap.span(), ' " ')
            yield "dash, no space before", _put(body, *gap.span(), '" ')
            yield "dash, no space", _put(body, *gap.span(), '"')
    yield from joined(body)
    if pairs:
        yield "all curly", _PAIR.sub(lambda found: f"“{found.group()[1:-1]}”", body)


def joined(body: str) -> Iterator[tuple[str, str]]:
    """The body in one line, or a line a paragraph, whole and with each of its closing marks gone."""
    for name, gap in (("one line", " "), ("single breaks", "\n")):
        line = re.sub(r"\n+", gap, body)
        yield name, line
        for pair in _PAIR.finditer(line):
            yield f"{name}, closing mark gone", _put(line, pair.end() - 1, pair.end(), "")


def _broken(body: str, opening: int, closing: int) -> Iterator[tuple[str, str]]:
    """One pair of marks, which stand at these places, broken in each way."""
    yield "closing mark gone", _put(body, closing, closing + 1, "")
    yield "opening mark gone", _put(body, opening, opening + 1, "")
    yield "opening mark curly", _put(body, opening, opening + 1, "“")
    yield "closing mark curly", _put(body, closing, closing + 1, "”")
    yield "both curly", _put(_put(body, closing, closing + 1, "”"), opening, opening + 1, "“")
    gaps = list(_GAP.finditer(body, opening, closing))
    if gaps:
        middle = gaps[len(gaps) // 2].span()
        yield "split over two lines", _put(body, *middle, "\n")
        yield "split over two paragraphs", _put(body, *middle, "\n\n")
        yield "split, opened anew", _put(body, *middle, '\n\n"')
        yield "split, opened anew on the next line", _put(body, *middle, '\n"')


def _put(body: str, start: int, end: int, sign: str) -> str:
    return body[:start] + sign + body[end:]
