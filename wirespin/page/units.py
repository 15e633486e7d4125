"""A body cut into pieces that can be laid beside another's: sentences, and the lines that are no article."""

from __future__ import annotations

import re
from dataclasses import dataclass

from wirespin.framing.view import FramingView
from wirespin.text.tokens import Span

_LINE_END = re.compile(r"[\n\r\x0b\x0c\x85\u2028\u2029]")
_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")


@dataclass(frozen=True)
class Unit:
    """A piece of a body.

    Attributes:
        start: offset of its first character. The first unit of a body starts at 0.
        end: offset behind its last one, white space included: the units of a body are all of it.
        sentence: index of its sentence; None for lines that are no article, and text beyond what is compared.
        paragraph: number of its paragraph from 1, counted over those that hold a sentence.
        begins: whether it begins a line.
    """

    start: int
    end: int
    sentence: int | None
    paragraph: int
    begins: bool


def units(view: FramingView) -> list[Unit]:
    """The units of a body, in order and without gaps."""
    body = view.document.body
    cuts = _cuts(view)
    found: list[Unit] = []
    paragraph, counted = 0, False
    ends = [start for start, _ in cuts[1:]] + [len(body)]
    for (start, sentence), end in zip(cuts, ends, strict=True):
        begins = not found or _breaks(body, (found[-1].start, start))
        counted = counted and not begins
        if sentence is not None and not counted:
            paragraph, counted = paragraph + 1, True
        found.append(Unit(start, end, sentence, max(1, paragraph), begins))
    return found


def _cuts(view: FramingView) -> list[tuple[int, int | None]]:
    """Where units start, with their sentences. A dateline goes with the sentence behind it."""
    body = view.document.body
    cuts: list[tuple[int, int | None]] = []
    at = 0
    for number, sentence in enumerate(view.sentences):
        pieces = _loose(body, (at, sentence.start), after_sentence=number > 0)
        leads = bool(pieces) and not _LINE_END.search(body, pieces[-1][1], sentence.start)
        cuts += [(start, None) for start, _ in (pieces[:-1] if leads else pieces)]
        cuts.append((pieces[-1][0] if leads else sentence.start, number))
        at = sentence.end
    cuts += [(start, None) for start, _ in _loose(body, (at, len(body)), after_sentence=bool(view.sentences))]
    return [(0, cuts[0][1]), *cuts[1:]] if cuts else [(0, None)]


def _loose(body: str, gap: Span, *, after_sentence: bool) -> list[Span]:
    """Lines with something in them between two sentences; what ends the line of the first belongs to that."""
    found = []
    for line in _LINE.finditer(body, *gap):
        piece = line.group()
        if piece.strip() and not (after_sentence and line.start() == gap[0]):
            start = line.start() + len(piece) - len(piece.lstrip())
            found.append((start, line.start() + len(piece.rstrip())))
    return found


def _breaks(body: str, span: Span) -> bool:
    """Whether a line ends between the text of one unit and the start of the next."""
    text = body[span[0] : span[1]]
    return _LINE_END.search(text, len(text.rstrip())) is not None
