"""The lines and sentences of a body by their folded words: what boilerplate is counted and recognised by."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from wirespin.text.sentences import split_sentences
from wirespin.text.tokens import Span, fold

LONGEST_BODY = 200_000
"""Characters. No article comes near; what is longer is a data file and has no boilerplate."""

KEY_WORDS = 6
"""Words of a beginning or an end by which a piece is looked up that has run into a sentence."""

_LINE = re.compile(r"\S[^\r\n\u2028\u2029]*")
_WORD = re.compile(r"[^\W_]+")


class Piece(NamedTuple):
    """A line, or a sentence of a line that holds several.

    Attributes:
        start: offset of its first character.
        end: offset behind its last.
        first: index of its first word.
        last: index behind its last word.
        line: whether it is a whole line.
        sentences: how many it holds.
    """

    start: int
    end: int
    first: int
    last: int
    line: bool
    sentences: int

    @property
    def runs(self) -> bool:
        """Whether something may have run into it: it is one sentence, of more words than a key has."""
        return self.sentences == 1 and self.last - self.first > KEY_WORDS


class Pieces:
    """A body's words and the pieces they make.

    Attributes:
        body: the text; empty where it is too long to be an article.
        norms: its words, folded.
        starts: offset of each.
        ends: offset behind each.
        all: its pieces in order, a line before its sentences.
    """

    def __init__(self, body: str) -> None:
        self.body = body if len(body) <= LONGEST_BODY else ""
        words = list(_WORD.finditer(self.body))
        self.norms = [fold(word.group()) for word in words]
        self.starts = [word.start() for word in words]
        self.ends = [word.end() for word in words]
        self.all = list(self._all())

    def text(self, first: int, last: int) -> str:
        """The folded words of a slice, by single spaces: two pieces of the same wording are equal."""
        return " ".join(self.norms[first:last])

    def opening(self, piece: Piece) -> str | None:
        """The words by which a piece's beginning is looked up, where more words follow them."""
        return self.text(piece.first, piece.first + KEY_WORDS) if piece.runs else None

    def ending(self, piece: Piece) -> str | None:
        """The words by which a piece's end is looked up, where more words precede them."""
        return self.text(piece.last - KEY_WORDS, piece.last) if piece.runs else None

    def chunk_end(self, word: int) -> int:
        """Where the characters without white space end that a word stands in: an address goes with its last word."""
        at = self.ends[word]
        while at < len(self.body) and not self.body[at].isspace():
            at += 1
        return at

    def may_break_behind(self, word: int, last: int) -> bool:
        """Whether something else may begin behind a word: no comma there, and no small letter at the next word."""
        end = self.chunk_end(word)
        following = bisect_left(self.starts, end, word + 1, last)
        return self.body[end - 1] not in ",;" and (following >= last or not self.body[self.starts[following]].islower())

    def may_break_before(self, word: int) -> bool:
        """Whether something else may end before a word: it begins with a capital, and no comma stands there."""
        at = self.starts[word]
        before = at - 1
        while before >= 0 and self.body[before].isspace():
            before -= 1
        return (
            not self.body[at].islower()
            and not self.body[at].isdigit()
            and (before < 0 or self.body[before] not in ",;")
        )

    def _all(self) -> Iterator[Piece]:
        for line in _LINE.finditer(self.body):
            span = (line.start(), line.start() + len(line.group().rstrip()))
            sentences = split_sentences(self.body, span)
            yield from self._piece(span, line=True, sentences=len(sentences))
            if len(sentences) > 1:
                for sentence in sentences:
                    yield from self._piece(sentence, line=False, sentences=1)

    def _piece(self, span: Span, *, line: bool, sentences: int) -> Iterator[Piece]:
        first, last = bisect_left(self.starts, span[0]), bisect_left(self.starts, span[1])
        if first < last:
            yield Piece(*span, first, last, line, sentences)
