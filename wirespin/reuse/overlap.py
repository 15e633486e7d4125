"""What two texts have in common, measured: the numbers that a verdict on reuse stands on."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, pairwise
from operator import gt, sub

from wirespin.reuse.align import Tile, tiles
from wirespin.reuse.particulars import shared_names, shared_numbers
from wirespin.reuse.shingles import tokens_a_word
from wirespin.text.document import Document
from wirespin.text.tokens import Span

TENTHS = 10
ONE_PLACE = 80
"""Words that count as one place of a text: two paragraphs of an agency; some sites print no paragraphs at all."""

SHORTEST_QUOTE = 3
"""Words; shorter quotations ("no comment") are shared by chance."""

QUOTE_KEPT = 0.6
"""Share of a quotation's words that must be matched for the quotation to count as the same one."""


@dataclass(frozen=True)
class Shared:
    """A matched passage: the words of a tile as spans of both bodies."""

    original: Span
    copy: Span
    words: int


@dataclass(frozen=True)
class Overlap:
    """Two texts compared by wording. Shares are of words, 0..1.

    Attributes:
        passages: matched passages in order of the copy.
        original_share: share of the original's words that are matched.
        copy_share: share of the copy's.
        unquoted_share: share of the copy's words outside quotation marks that are matched.
        unquoted_original: the same of the original.
        unquoted_words: how many they are in the copy; in scripts without spaces, as in all counts of words here, a word
            is as many characters as `tokens_a_word` says.
        unquoted_of_matched: share of the copy's matched words that stand outside quotation marks.
        density: share of the copy's words between its first and its last matched one that are matched: near 1 where it
            was copied in one go, low where phrases stand here and there.
        original_tenths: tenths of the original touched.
        unquoted_tenths: tenths of the original touched by words outside quotation marks.
        copy_tenths: tenths of the copy touched.
        elsewhere: share of the copy's unquoted words that match the original outside its densest 80 words, so that one
            recycled paragraph counts for nothing, however the text is cut into paragraphs.
        quotes: distinct quotations of the copy whose words are the original's.
        quotes_share: share of the copy's distinct quotations that these are.
        numbers: share of the copy's numbers, outside matched passages, that the original has too.
        number_count: how many distinct ones these are.
        names: share of the copy's names, outside matched passages and quotations, that are words of the original too.
        name_count: how many distinct ones these are.
        longest: words of the longest passage.
        longest_unquoted: words outside quotations of the longest such passage.
    """

    passages: tuple[Shared, ...]
    original_share: float
    copy_share: float
    unquoted_share: float
    unquoted_original: float
    unquoted_words: int
    unquoted_of_matched: float
    density: float
    original_tenths: int
    unquoted_tenths: int
    copy_tenths: int
    elsewhere: float
    quotes: int
    quotes_share: float
    numbers: float
    number_count: int
    names: float
    name_count: int
    longest: int
    longest_unquoted: int


def overlap(original: Document, copy: Document) -> Overlap:
    """Compare two texts by wording; either may be empty."""
    found = tiles(original.tokens, copy.tokens)
    left = _covered(len(original.tokens), [(tile.original, tile.words) for tile in found])
    right = _covered(len(copy.tokens), [(tile.copy, tile.words) for tile in found])
    unquoted = _unquoted(copy, right)
    word = tokens_a_word(copy.tokens)
    numbers, number_count = shared_numbers(original, copy, right)
    quotes, quotes_share = _shared_quotes(copy, right, round(SHORTEST_QUOTE * word))
    names, name_count = shared_names(original, copy, right)
    return Overlap(
        passages=tuple(_passage(original, copy, tile) for tile in found),
        original_share=_share(sum(left), len(left)),
        copy_share=_share(sum(right), len(right)),
        unquoted_share=_share(unquoted, len(right) - sum(copy.quoted)),
        elsewhere=min(1.0, _share(_elsewhere(original, left, round(ONE_PLACE * word)), len(right) - sum(copy.quoted))),
        unquoted_original=_share(_unquoted(original, left), len(left) - sum(original.quoted)),
        unquoted_words=round(unquoted / word),
        unquoted_of_matched=_share(unquoted, sum(right)),
        density=_density(right),
        original_tenths=_tenths(left),
        unquoted_tenths=_tenths(list(map(gt, left, original.quoted))),
        copy_tenths=_tenths(right),
        quotes=quotes,
        quotes_share=quotes_share,
        numbers=numbers,
        number_count=number_count,
        names=names,
        name_count=name_count,
        longest=round(max((tile.words for tile in found), default=0) / word),
        longest_unquoted=round(max((_unquoted_words(copy, tile) for tile in found), default=0) / word),
    )


def _passage(original: Document, copy: Document, tile: Tile) -> Shared:
    """A tile as spans of the two bodies."""
    last_left, last_right = tile.original + tile.words - 1, tile.copy + tile.words - 1
    return Shared(
        (original.tokens[tile.original].start, original.tokens[last_left].end),
        (copy.tokens[tile.copy].start, copy.tokens[last_right].end),
        tile.words,
    )


def _covered(length: int, runs: list[tuple[int, int]]) -> list[bool]:
    """For each word whether a run covers it."""
    flags = [False] * length
    for start, words in runs:
        flags[start : start + words] = [True] * words
    return flags


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _unquoted(document: Document, covered: list[bool]) -> int:
    """Covered words outside quotation marks."""
    return sum(map(gt, covered, document.quoted))


def _unquoted_words(copy: Document, tile: Tile) -> int:
    return sum(not quoted for quoted in copy.quoted[tile.copy : tile.copy + tile.words])


def _density(covered: list[bool]) -> float:
    """Share of covered words in the stretch from the first to the last of them."""
    if True not in covered:
        return 0.0
    return _share(sum(covered), len(covered) - covered[::-1].index(True) - covered.index(True))


def _tenths(covered: list[bool]) -> int:
    """Tenths of the text in which at least one word is covered."""
    size = len(covered)  # the first word of a tenth is the first whose place times ten is in it
    edges = [-(-tenth * size // TENTHS) for tenth in range(TENTHS + 1)]
    return sum(True in covered[first:last] for first, last in pairwise(edges))


def _elsewhere(document: Document, covered: list[bool], place: int) -> int:
    """Covered words outside quotation marks and outside the stretch of the text that holds the most of them."""
    before: list[int] = list(accumulate(map(gt, covered, document.quoted), initial=0))
    if place >= len(before):
        return 0
    densest: int = max(map(sub, before[place:], before))
    return before[-1] - densest


def _shared_quotes(copy: Document, covered: list[bool], shortest: int) -> tuple[int, float]:
    """Distinct quotations of the copy that are mostly matched, and which share of all its quotations that is."""
    every: set[tuple[str, ...]] = set()
    kept: set[tuple[str, ...]] = set()
    for span in copy.quotations:
        first, last = copy.token_range(span)
        words = tuple(token.norm for token in copy.tokens[first:last])
        if len(words) >= shortest:
            every.add(words)
            if sum(covered[first:last]) >= QUOTE_KEPT * len(words):
                kept.add(words)
    return len(kept), _share(len(kept), len(every))
