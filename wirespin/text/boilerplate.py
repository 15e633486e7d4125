"""An outlet's boilerplate: lines that it prints under many stories, whatever they are worded like.

It is learned from a log by an explicit step (`wirespin.text.boilerplate_learn`), never on the stream: the table is an
input of ingest, so that the same articles with the same table give the same answer in any order and on any number of
workers. It changes which spans of a body count as the article, and with them the sketch and the comparison; it does not
change what an article or a version is, since those are hashes of the text as it was handed in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Self

from schemas.article import Article
from schemas.boilerplate import BoilerplateLine, BoilerplateTable
from wirespin.text.pieces import KEY_WORDS, Piece, Pieces
from wirespin.text.tokens import Span
from wirespin.wire.publisher import outlet

MOST = 0.6
"""Share of a body's words up to which boilerplate is cut. Above it the whole article is a template: nothing is cut."""

LEADING = "([{<*#_@-–—•·|>»“„¿¡"
"""Signs that belong to the word behind them."""

Words = tuple[str, ...]


class _Lines:
    """The table's lines of one outlet, to look pieces up in."""

    def __init__(self, lines: Iterable[BoilerplateLine]) -> None:
        self.whole: dict[Words, bool] = {}
        self.openings: dict[Words, list[Words]] = defaultdict(list)
        self.endings: dict[Words, list[Words]] = defaultdict(list)
        for line in lines:
            words = tuple(Pieces(line.text).norms)
            if line.form == "opening" and len(words) >= KEY_WORDS:
                self.openings[words[:KEY_WORDS]].append(words)
            elif line.form == "ending" and len(words) >= KEY_WORDS:
                self.endings[words[-KEY_WORDS:]].append(words)
            elif words:
                self.whole[words] = self.whole.get(words, False) or line.form != "line"
        for runs in (*self.openings.values(), *self.endings.values()):
            runs.sort(key=len, reverse=True)
        self.longest = max(map(len, self.whole), default=0)

    def cut(self, pieces: Pieces, piece: Piece) -> list[Span]:
        """What is to be cut of a piece, as slices of words."""
        words = piece.last - piece.first
        if words <= self.longest:
            anywhere = self.whole.get(tuple(pieces.norms[piece.first : piece.last]))
            if anywhere or (anywhere is not None and piece.line):
                return [(piece.first, piece.last)]
        return [*self._opening(pieces, piece), *self._ending(pieces, piece)] if piece.runs else []

    def _opening(self, pieces: Pieces, piece: Piece) -> list[Span]:
        for run in self.openings.get(tuple(pieces.norms[piece.first : piece.first + KEY_WORDS]), ()):
            last = piece.first + len(run)
            same = last < piece.last and tuple(pieces.norms[piece.first : last]) == run
            if same and pieces.may_break_behind(last - 1, piece.last):
                return [(piece.first, last)]
        return []

    def _ending(self, pieces: Pieces, piece: Piece) -> list[Span]:
        for run in self.endings.get(tuple(pieces.norms[piece.last - KEY_WORDS : piece.last]), ()):
            first = piece.last - len(run)
            if (
                first > piece.first
                and tuple(pieces.norms[first : piece.last]) == run
                and pieces.may_break_before(first)
            ):
                return [(first, piece.last)]
        return []


class Boilerplate:
    """A table of boilerplate, ready to be applied."""

    def __init__(self, table: BoilerplateTable) -> None:
        lines: dict[str, list[BoilerplateLine]] = defaultdict(list)
        for line in table.lines:
            lines[line.outlet].append(line)
        self._outlets = {name: _Lines(rows) for name, rows in lines.items()}

    @classmethod
    def from_bytes(cls, data: bytes, *, where: str = "") -> Self:
        """Read a table.

        Raises:
            RecordError: it is not the JSON of a table.
        """
        return cls(BoilerplateTable.from_bytes(data, where=where))

    def spans(self, article: Article) -> list[Span]:
        """Regions of an article's body that are its outlet's boilerplate.

        Returns:
            [start, end) spans of the body in order, not overlapping. None at all where they would make more than
            `MOST` of it.
        """
        name = outlet(article.publisher, article.url)
        lines = self._outlets.get(name) if name else None
        if lines is None:
            return []
        pieces = Pieces(article.body)
        cut = _merged(slice_ for piece in pieces.all for slice_ in lines.cut(pieces, piece))
        if sum(last - first for first, last in cut) > MOST * len(pieces.norms):
            return []
        return [_span(pieces, first, last) for first, last in cut]


def _merged(slices: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for first, last in sorted(slices):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def _span(pieces: Pieces, first: int, last: int) -> Span:
    """The span of a slice of words, with the marks that lead it and what closes it."""
    start, end = pieces.starts[first], pieces.chunk_end(last - 1)
    floor = pieces.ends[first - 1] if first else 0
    while start > floor and pieces.body[start - 1] in LEADING:
        start -= 1
    return start, end
