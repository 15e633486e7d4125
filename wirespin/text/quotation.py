"""Where the quotation marks are: the spans of quoted text of a paragraph.

Who speaks is the business of `wirespin.framing`; this module only knows marks.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache

from wirespin.text.tokens import Span

CLOSING = {"“": "”", "„": "“”", "«": "»", "»": "«", "‹": "›", "「": "」", "『": "』"}
"""Opening mark to the marks that may close it; "»…«" is the German, "«…»" the French way."""

_MARK = re.compile(r"[\"“”„«»‹›「」『』]|``|''")
_SINGLE_OPEN = re.compile(
    r"(?<![\w'])['‘](?=\w)"
    r"(?!(?:\d0s|em|tis|twas|til|till|cause|round|bout|n)\b)",  # letters left out: '90s, 'em, 'til, rock 'n' roll
    re.IGNORECASE,
)
_SINGLE_CLOSE = re.compile(r"(?<=[\w.,!?…])['’](?![\w'])")

LONGEST_SINGLE = 400
"""Characters that a quotation in single marks may span; the closing mark is also the apostrophe."""


def quotations(text: str, paragraphs: list[Span]) -> list[Span]:
    """Spans between quotation marks in successive paragraphs, marks excluded, outermost only, in order.

    A mark that a paragraph never closes quotes to its end. The next paragraph goes on with it where it does not open
    a quotation of its own but closes one: sites that print each sentence as a paragraph break quotations so.
    """
    found: list[Span] = []
    carried = ""
    for paragraph in paragraphs:
        doubles, carried = _double_quoted(text, paragraph, carried)
        found += _outermost(sorted(doubles + _single_quoted(text, paragraph, doubles)))
    return found


def _outermost(spans: list[Span]) -> list[Span]:
    """Spans in order, those that lie in one another made one."""
    apart: list[Span] = []
    for start, end in spans:
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart


def _double_quoted(text: str, paragraph: Span, carried: str) -> tuple[list[Span], str]:
    """Spans in double marks, and what would close the one that is left open.

    Args:
        text: the text.
        paragraph: where to look.
        carried: what would close the quotation that the paragraph before left open, or nothing.
    """
    start, end = paragraph
    mark = _MARK.search(text, start, end)
    goes_on = bool(carried) and mark is not None and mark.start() > start and mark.group() in carried
    if goes_on and mark is not None and mark.group() == '"':
        goes_on = text.count('"', start, end) % 2 == 1
    opened, closers = (start, carried) if goes_on else (-1, "")
    found: list[Span] = []
    while mark is not None:
        if opened < 0:
            opened, closers = mark.end(), _closers(mark.group())
            mark = _any_of(closers).search(text, opened, end)
        else:
            found.append((opened, mark.start()))
            opened, mark = -1, _MARK.search(text, mark.end(), end)
    if opened >= 0:
        found.append((opened, end))
    return [span for span in found if span[0] < span[1]], closers if opened >= 0 else ""


def _closers(sign: str) -> str:
    """Marks that close what `sign` opens; a stray closing mark opens nothing sensible and closes at the next one."""
    return CLOSING.get(sign, "\"”''" if sign in '"”``' else sign)


@lru_cache(maxsize=32)
def _any_of(closers: str) -> re.Pattern[str]:
    """What finds the next of some closing marks; two apostrophes are one mark."""
    single = closers.replace("''", "")
    return re.compile("|".join(["''"] * ("''" in closers) + [f"[{single}]"] * bool(single)))


def _single_quoted(text: str, paragraph: Span, doubles: list[Span]) -> list[Span]:
    """Spans in single quotation marks that stand outside the double ones."""
    start, end = paragraph
    if _SINGLE_OPEN.search(text, start, end) is None:
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


def _within(spans: list[Span], begins: list[int], at: int) -> bool:
    """Whether a place lies in one of the spans, which are in order and begin at `begins`."""
    before = bisect_right(begins, at)
    return before > 0 and at < spans[before - 1][1]


LOOK_BACK = 600
"""Characters looked back for the mark that opens a quotation."""


def in_quotation(text: str, at: int) -> bool:
    """Whether a place lies between double quotation marks, by the last mark before it on its line.

    A mark opens a quotation where it stands behind white space, a dash or a bracket.
    """
    start = max(text.rfind("\n", 0, at) + 1, at - LOOK_BACK)
    last = max(text.rfind(mark, start, at) for mark in '"“”„«»')
    return last >= 0 and (last == 0 or text[last - 1].isspace() or text[last - 1] in "([–—-")
