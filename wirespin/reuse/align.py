"""Matched passages of two texts: which words of the one stand, in the same order, in the other.

Greedy tiling in the manner of Wise's Running Karp-Rabin Greedy String Tiling (1993), seeded by word 4-grams and
extended both ways: left to right through the copy, always the longest match, no copy word used twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from wirespin.text.tokens import Token

SEED_WORDS = 4
"""Words that must match in a row; shorter runs are grammar, not reuse."""

MOST_PLACES = 16
"""Places of the original that one 4-gram is followed to: bounds the work on a text that repeats one line."""


@dataclass(frozen=True)
class Tile:
    """A run of equal words: `words` of them from token `original` of the one and token `copy` of the other."""

    original: int
    copy: int
    words: int


def tiles(original: Sequence[Token], copy: Sequence[Token], seed: int = SEED_WORDS) -> list[Tile]:
    """Matched runs of at least `seed` words, in order of the copy.

    Among matches of equal length the one that continues where the last ended wins, so that a passage does not jump.
    """
    left, right = [token.norm for token in original], [token.norm for token in copy]
    places = _places(left, seed)
    found: list[Tile] = []
    at, expected = 0, 0
    while at + seed <= len(right):
        best = _longest(left, right, at, places.get(tuple(right[at : at + seed]), ()), expected)
        if best is None:
            at += 1
            continue
        found.append(best)
        at, expected = best.copy + best.words, best.original + best.words
    return found


def _places(words: list[str], seed: int) -> dict[tuple[str, ...], list[int]]:
    """Where each run of `seed` words begins, at most `MOST_PLACES` of them."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for start in range(len(words) - seed + 1):
        known = places[tuple(words[start : start + seed])]
        if len(known) < MOST_PLACES:
            known.append(start)
    return places


def _longest(left: list[str], right: list[str], at: int, starts: Sequence[int], expected: int) -> Tile | None:
    """The longest match that begins at `at` of the copy, or None where no seed does."""
    best: Tile | None = None
    for start in starts:
        words = _run(left, right, start, at)
        if best is None or (words, start == expected) > (best.words, best.original == expected):
            best = Tile(start, at, words)
    return best


def _run(left: list[str], right: list[str], i: int, j: int) -> int:
    """How many words match from i and j on."""
    length = 0
    limit = min(len(left) - i, len(right) - j)
    while length < limit and left[i + length] == right[j + length]:
        length += 1
    return length
