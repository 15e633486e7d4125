"""The lines of a body, and how much prose stands before and after each: where credits may be looked for."""

from __future__ import annotations

import re
from typing import NamedTuple

from wirespin.text.tokens import Span

WINDOW = 40_000
"""Characters looked at on either end of a body. Credits stand at the ends; no article has more clutter than that."""

MOST_LINES = 1_000
"""Lines looked at on either end, for bodies that are not articles."""

PROSE = 140
"""Characters from which a line counts as prose: a sentence and a half of news English. Captions stay below, mostly."""

CHARACTER_WEIGHT = 3
"""Letters that a Chinese, Japanese or Korean character counts for: two dozen words are some 45 Chinese characters."""

HEAD_LINES = 14
"""Lines, empty ones not counted, among which datelines and bylines are looked for: clutter may stand above them."""

TAIL_PROSE = 3
"""Lines of prose that may follow a closing credit; with more behind it, it closes nothing."""

_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_LINE = re.compile(r"\S[^\r\n\u2028\u2029]*")


class Line(NamedTuple):
    """A line of a body.

    Attributes:
        start: offset of its first visible character.
        end: offset behind its last.
        number: its place among the lines that are not empty.
        before: lines of prose before it.
        after: lines of prose after it.
    """

    start: int
    end: int
    number: int
    before: int
    after: int

    @property
    def head(self) -> bool:
        """Whether a dateline or a byline may stand here."""
        return self.number < HEAD_LINES and self.before <= TAIL_PROSE

    @property
    def tail(self) -> bool:
        """Whether a closing credit may stand here."""
        return self.after < TAIL_PROSE


def lines(body: str) -> list[Line]:
    """Lines of the head and the tail of a body, empty ones left out; all of it where it is no longer than both."""
    spans = _spans(body)
    prose = [_is_prose(body, start, end) for start, end in spans]
    total, before, found = sum(prose), 0, []
    for number, (start, end) in enumerate(spans):
        found.append(Line(start, end, number, before, total - before - prose[number]))
        before += prose[number]
    return found


def _is_prose(body: str, start: int, end: int) -> bool:
    length = end - start
    if length >= PROSE or length * CHARACTER_WEIGHT < PROSE:
        return length >= PROSE
    return length + (CHARACTER_WEIGHT - 1) * len(_WIDE.findall(body, start, end)) >= PROSE


def _spans(body: str) -> list[Span]:
    size = len(body)
    if size <= 2 * WINDOW:
        spans = _lines_of(body, 0, size)
    else:
        spans = [span for span in _lines_of(body, 0, WINDOW) if span[1] < WINDOW]
        spans += _lines_of(body, max(body.rfind("\n", WINDOW, size - WINDOW), size - WINDOW), size)
    return spans if len(spans) <= 2 * MOST_LINES else spans[:MOST_LINES] + spans[-MOST_LINES:]


def _lines_of(body: str, start: int, end: int) -> list[Span]:
    found = ((line.start(), line.start() + len(line.group().rstrip())) for line in _LINE.finditer(body, start, end))
    return list(found)
