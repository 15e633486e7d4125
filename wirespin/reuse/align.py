"""Matched passages of two texts: which words of the one stand, in the same order, in the other.

Greedy tiling in the manner of Wise's Running Karp-Rabin Greedy String Tiling (1993), seeded by shingles (word 4-grams)
and extended both ways: left to right through the copy, always the longest match, no copy word used twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wirespin.reuse.shingles import WORDS_A_SHINGLE, shingle_length
from wirespin.text.tokens import Token

SEED_WORDS = WORDS_A_SHINGLE
"""Words that must match in a row; shorter runs are grammar, not reuse. Of scripts without spaces, a shingle's
characters must: four Thai letters are not one word."""

STRIDE = 16
"""Words compared at once at first; doubled while they are equal, halved where they are not."""

MOST_PLACES = 16
"""Places of the original that one 4-gram is followed to: bounds the work on a text that repeats one line."""

Run = tuple[str, ...]
"""Words in a row."""


@dataclass(frozen=True)
class Tile:
    """A run of equal words: `words` of them from token `original` of the one and token `copy` of the other."""

    original: int
    copy: int
    words: int


def tiles(original: Sequence[Token], copy: Sequence[Token], seed: int | None = None) -> list[Tile]:
    """Matched runs of at least `seed` words (where None, as many as a shingle has), in order of the copy.

    Among matches of equal length the one that continues where the last ended wins, so that a passage does not jump.
    """
    size = max(shingle_length(original), shingle_length(copy)) if seed is None else seed
    left, right = [token.norm for token in original], [token.norm for token in copy]
    runs = _runs(right, size)
    first, several = _places(_runs(left, size))
    found: list[Tile] = []
    at, expected = 0, 0
    while at < len(runs):
        start = first.get(runs[at])
        if start is None:
            at += 1
            continue
        best = _longest(left, right, at, several.get(runs[at], (start,)), expected)
        found.append(best)
        at, expected = best.copy + best.words, best.original + best.words
    return found


def _runs(words: list[str], seed: int) -> list[Run]:
    """Every `seed` words in a row."""
    return list(zip(*(words[step:] for step in range(seed)), strict=False))


def _places(runs: list[Run]) -> tuple[dict[Run, int], dict[Run, list[int]]]:
    """Where each run begins first, and of those that come again, which are few, at most `MOST_PLACES` of their places.

    An original is laid beside each of its copies: this is quicker to make anew than it would be small to keep.
    """
    first = dict(zip(reversed(runs), range(len(runs) - 1, -1, -1), strict=True))
    several: dict[Run, list[int]] = {}
    for start, run in enumerate(runs) if len(first) < len(runs) else ():
        if first[run] != start:
            known = several.setdefault(run, [first[run]])
            if len(known) < MOST_PLACES:
                known.append(start)
    return first, several


def _longest(left: list[str], right: list[str], at: int, starts: Sequence[int], expected: int) -> Tile:
    """The longest match that begins at `at` of the copy and at one of some places of the original."""
    best = Tile(starts[0], at, _run(left, right, starts[0], at))
    for start in starts[1:]:
        words = _run(left, right, start, at)
        if (words, start == expected) > (best.words, best.original == expected):
            best = Tile(start, at, words)
    return best


def _run(left: list[str], right: list[str], i: int, j: int) -> int:
    """How many words match from i and j on."""
    length, stride = 0, STRIDE
    limit = min(len(left) - i, len(right) - j)
    while stride:
        stop = length + stride
        if stop <= limit and left[i + length : i + stop] == right[j + length : j + stop]:
            length, stride = stop, stride * 2
        else:
            stride //= 2
    return length
