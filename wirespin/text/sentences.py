"""Paragraphs and sentences, as spans of the original text."""

from __future__ import annotations

import re

from wirespin.text.tokens import Span

_BLANK_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+|\r\n[^\S\n]*(?:\r\n[^\S\n]*)+")
_LINE = re.compile(r"[\r\n\u2028\u2029]+")

ABBREVIATIONS = frozenset(
    # titles and ranks
    "mr mrs ms dr prof sen rep gov gen lt col sgt capt cmdr adm maj brig rev hon st fr jr sr messrs pres sec supt insp "
    # months, as agencies write them
    "jan feb mar apr jun jul aug sep sept oct nov dec "
    # companies, places, numbers
    "inc corp co ltd plc llc vs no nos vol fig approx dept est ave blvd rd mt ft al etc cf viz pp ca "
    # German, French, Spanish, Portuguese
    "bzw ca dr hr fr nr str usw vgl sog zb mme mlle sra srta dra ud uds av art núm ex "
    # clock
    "a.m p.m e.g i.e u.s u.k u.n d.c".split()
)
"""Words after which a full stop rarely ends a sentence."""

_WIDE = "。！？"
_BOUNDARY = re.compile(  # a set of signs, which are quick to look for
    rf"[.!?…؟۔।{_WIDE}](?:"
    rf"(?<![{_WIDE}])(?<![.!?…؟۔।].)[.!?…؟۔।]*+[\"'”’»)\]]*"
    r"(?=\s+[\"'“‘«„(\[]*[^\W_a-zß-öø-ÿ])"  # a stop, then a capital, digit or other script
    rf"|(?<=[{_WIDE}])[{_WIDE}]*+[」』”’）]*)"  # full-width stops need no space
)
_LAST_WORD = re.compile(r"(?<![\w.])[\w.]++(?<=\w)$")
_MONTH = re.compile(
    r"\s+(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Jahrhundert)\b"
)
"""Words before which a number with a full stop is an ordinal one ("am 3. März"), in German."""

WORD_BEFORE = 24
"""Characters looked back from a full stop for the word before it; no abbreviation is longer."""


LONGEST_TEXT = 200_000
"""Characters of a body that are analysed. The longest feature on a wire is under 100,000; what is longer is a book or a
data file, of which the beginning says enough, and which must not hold up the articles behind it."""

_CUT_WITHIN = 200
"""Characters before that end among which a gap between words is looked for."""


def analysed(text: str) -> int:
    """Where the part of a text that is analysed ends: its own end, or between two words before `LONGEST_TEXT`.

    >>> analysed("Rates rose.")
    11
    """
    if len(text) <= LONGEST_TEXT:
        return len(text)
    gap = max(text.rfind(sign, LONGEST_TEXT - _CUT_WITHIN, LONGEST_TEXT) for sign in " \n")
    return gap if gap >= 0 else LONGEST_TEXT


def split_paragraphs(text: str, spans: list[Span] | None = None) -> list[Span]:
    """Spans of the paragraphs: parted by blank lines, or by single line breaks where there is no blank line.

    Args:
        text: the text.
        spans: regions to look at; the whole text where None.
    """
    blocks = spans if spans is not None else [(0, len(text))]
    splitter = _BLANK_LINES if _BLANK_LINES.search(text.strip()) else _LINE
    found = []
    for start, end in blocks:
        at = start
        for gap in splitter.finditer(text, start, end):
            found.append(_strip(text, at, gap.start()))
            at = gap.end()
        found.append(_strip(text, at, end))
    return [span for span in found if span[0] < span[1]]


def split_sentences(text: str, paragraph: Span) -> list[Span]:
    """Spans of the sentences of one paragraph, without the white space between them."""
    start, end = paragraph
    found, at = [], start
    for stop in _BOUNDARY.finditer(text, start, end):
        if stop[0] == "." and (_is_abbreviation(text, start, stop.start()) or _is_ordinal(text, stop)):
            continue
        found.append(_strip(text, at, stop.end()))
        at = stop.end()
    found.append(_strip(text, at, end))
    return [span for span in found if span[0] < span[1]]


def _is_abbreviation(text: str, floor: int, at: int) -> bool:
    """Whether the full stop at `at` belongs to the word before it ("Mr.", "U.S.", an initial)."""
    word = _LAST_WORD.search(text[max(floor, at - WORD_BEFORE) : at])
    if word is None:
        return False
    last = word.group().lower()
    initial = len(last) == 1 and last.isalpha()
    return initial or last in ABBREVIATIONS


def _is_ordinal(text: str, stop: re.Match[str]) -> bool:
    """Whether a full stop makes the number before it the day of the German month behind it."""
    if _MONTH.match(text, stop.end()) is None:
        return False
    number = _LAST_WORD.search(text[max(0, stop.start() - WORD_BEFORE) : stop.start()])
    return number is not None and number.group().isdecimal() and len(number.group()) <= 2


def _strip(text: str, start: int, end: int) -> Span:
    """Narrow a span so that it neither begins nor ends with white space."""
    if start < end and not text[start].isspace() and not text[end - 1].isspace():
        return start, end
    piece = text[start:end]
    first = start + len(piece) - len(piece.lstrip())
    return first, max(first, start + len(piece.rstrip()))
