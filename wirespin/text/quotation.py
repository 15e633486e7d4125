"""Where the quotation marks are: the spans of quoted text of a paragraph.

Who speaks is the business of `wirespin.framing`; which way a mark faces that of `wirespin.text.marks`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from wirespin.text.marks import SIGNS, QuoteMark, closes, find_marks, in_family, own, role
from wirespin.text.tokens import Span

_SINGLE_OPEN = re.compile(
    r"(?<![\w'])['‘](?=\w)"
    r"(?!(?:\d0s|em|tis|twas|til|till|cause|round|bout|n)\b)",  # letters left out: '90s, 'em, 'til, rock 'n' roll
    re.IGNORECASE,
)
_SINGLE_CLOSE = re.compile(r"(?<=[\w.,!?…])['’](?![\w'])")

LONGEST_SINGLE = 400
"""Characters that a quotation in single marks may span; the closing mark is also the apostrophe."""

LONGEST = 1_500
"""Characters that a quotation in double marks may span within a paragraph: 1 of 10,441 quotations of 924 news
articles is longer (PolNeAR, 2026-11-22). A mark that nothing closes so far on is a stray."""

NEXT = 300
"""Characters, a sentence or two, in which a closing mark shows that the one before it closed nothing (6' 2" tall")."""


@dataclass(frozen=True)
class Quotations:
    """Quoted text of successive paragraphs.

    Attributes:
        spans: between the marks, marks excluded, outermost only, in order.
        unbalanced: indices of paragraphs whose marks do not come in pairs (a stray one, one that is closed in the next
            paragraph or never): where quotations begin and end there is a guess.
    """

    spans: list[Span]
    unbalanced: frozenset[int]


def quotations(text: str, paragraphs: list[Span]) -> list[Span]:
    """Spans between quotation marks in successive paragraphs, marks excluded, outermost only, in order.

    A mark that a paragraph never closes quotes to its end, or to the next opening mark. The next paragraph goes on with
    it where it closes a quotation before it opens one: sites that print each sentence as a paragraph break quotations
    so.
    """
    return pair_marks(text, paragraphs).spans


def pair_marks(text: str, paragraphs: list[Span]) -> Quotations:
    """Quotations as in `quotations`, and where the marks do not come in pairs."""
    found: list[Span] = []
    unbalanced: set[int] = set()
    carried = ""
    for number, paragraph in enumerate(paragraphs):
        pairing = _Pairing(text, paragraph, carried).run()
        if pairing.faulty:
            unbalanced.add(number)
        doubles = outermost(sorted(pairing.spans))
        found += outermost(sorted(doubles + _single_quoted(text, paragraph, doubles)))
        carried = pairing.left_open
    return Quotations(found, frozenset(unbalanced))


def outermost(spans: list[Span]) -> list[Span]:
    """Spans in order, those that lie in one another made one."""
    apart: list[Span] = []
    for start, end in spans:
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart


@dataclass
class _Opened:
    """An opening mark that nothing has closed yet; `until` is where the next one like it opens."""

    mark: QuoteMark
    until: int | None = None


@dataclass
class _Pairing:
    """The double marks of one paragraph in pairs.

    Attributes:
        text: the text.
        paragraph: where to look.
        carried: sign that opened the quotation that the paragraph before left open, or nothing.
        spans: quotations found.
        faulty: whether a mark is a stray or lacks its partner within the paragraph.
        left_open: sign of the quotation that runs to the paragraph's end, or nothing.
    """

    text: str
    paragraph: Span
    carried: str = ""
    spans: list[Span] = field(default_factory=list)
    faulty: bool = False
    left_open: str = ""
    _stack: list[_Opened] = field(default_factory=list)

    def run(self) -> _Pairing:
        """Take the marks one by one; done once."""
        marks = find_marks(self.text, *self.paragraph)
        for number, mark in enumerate(marks):
            part = role(mark, [one.mark.sign for one in self._stack])
            if mark.doubtful and mark.sign == '"':
                closed_next = number + 1 < len(marks) and _closes_soon(mark, marks[number + 1])
                self.faulty = True
                if closed_next != (part == "open"):
                    continue
            if part == "open":
                self._open(mark)
            elif part == "close":
                self._close(mark, first=number == 0)
            else:
                self.faulty = True
        for opened in self._stack:
            self._give_up(opened)
        return self

    def _open(self, mark: QuoteMark) -> None:
        """Begin a quotation; one of the same sign that is open was never closed."""
        for opened in self._stack:
            if opened.until is None and in_family(mark.sign, opened.mark.sign):
                opened.until = mark.start
        for opened in [one for one in self._stack if one.mark.sign == mark.sign]:
            self._stack.remove(opened)
            self._give_up(opened)
        self._stack.append(_Opened(mark))

    def _close(self, mark: QuoteMark, *, first: bool) -> None:
        """End the quotation that a mark is the closing one of, and forget what was opened within it."""
        at = self._partner(mark.sign)
        if at is not None:
            self.faulty = self.faulty or at < len(self._stack) - 1
            self._note(self._stack[at].mark.end, mark.start)
            del self._stack[at:]
            return
        self.faulty = True
        if first and self.carried and closes(mark.sign, self.carried):
            self._note(self.paragraph[0], mark.start)

    def _partner(self, sign: str) -> int | None:
        """Place in the stack of what a mark closes: the last of its own kind, or else of its family."""
        if self._stack and own(sign, self._stack[-1].mark.sign):
            return len(self._stack) - 1
        places = range(len(self._stack) - 1, -1, -1)
        mine = (at for at in places if own(sign, self._stack[at].mark.sign))
        alike = (at for at in places if closes(sign, self._stack[at].mark.sign))
        return next(mine, next(alike, None))

    def _give_up(self, opened: _Opened) -> None:
        """A quotation that nothing closed: it ends with its paragraph, or before the next one."""
        self.faulty = True
        end = self.paragraph[1] if opened.until is None else opened.until
        guessed = opened.mark.place == "either" and opened.mark.sign == '"'
        if not guessed and self._note(opened.mark.end, end) and opened.until is None:
            self.left_open = opened.mark.sign

    def _note(self, start: int, end: int) -> bool:
        """Keep a quotation that is not too long to be one."""
        fits = end - start <= LONGEST
        if fits and start < end:
            self.spans.append((start, end))
        self.faulty = self.faulty or not fits
        return fits


def _closes_soon(mark: QuoteMark, following: QuoteMark) -> bool:
    return following.place == "close" and following.start - mark.end <= NEXT


def _single_quoted(text: str, paragraph: Span, doubles: list[Span]) -> list[Span]:
    """Spans in single quotation marks that stand outside the double ones."""
    start, end = paragraph
    if not _has_single(text, start, end) or _SINGLE_OPEN.search(text, start, end) is None:
        return []
    closings = [mark.start() for mark in _SINGLE_CLOSE.finditer(text, start, end)]
    begins = [first for first, _ in doubles]
    found: list[Span] = []
    at = start
    for opening in _SINGLE_OPEN.finditer(text, start, end):
        if opening.start() < at or _within(doubles, begins, opening.start()):
            continue
        closing = bisect_left(closings, opening.end())
        if closing < len(closings) and closings[closing] < opening.end() + LONGEST_SINGLE:
            found.append((opening.end(), closings[closing]))
            at = closings[closing] + 1
    return found


def _has_single(text: str, start: int, end: int) -> bool:
    """Whether there is any sign that may open a quotation in single marks; far quicker than to look which does."""
    return text.find("'", start, end) >= 0 or text.find("‘", start, end) >= 0


def _within(spans: list[Span], begins: list[int], at: int) -> bool:
    """Whether a place lies in one of the spans, which are in order and begin at `begins`."""
    before = bisect_right(begins, at)
    return before > 0 and at < spans[before - 1][1]


def in_quotation(text: str, at: int) -> bool:
    """Whether a place lies between double quotation marks of its line, as `quotations` pairs them.

    No more of the line is looked at than a quotation can span on either side.
    """
    start = max(text.rfind("\n", 0, at) + 1, at - LONGEST)
    if not any(text.find(sign, start, at) >= 0 for sign in SIGNS):
        return False
    stop = text.find("\n", at, at + LONGEST)
    pairing = _Pairing(text, (start, stop if stop >= 0 else min(len(text), at + LONGEST))).run()
    return any(first <= at < last for first, last in pairing.spans)
