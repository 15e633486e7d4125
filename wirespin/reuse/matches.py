"""From postings found to matches: which earlier articles share how many kept shingles, and where."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from wirespin.reuse.runs import Numbers, groups, lengths

Tenths = npt.NDArray[np.uint8]

FEWEST_SHARED = 2
"""Kept shingles that make a candidate: one is chance, two found every derived article of the labelled stories."""

_HERE_BITS, _ASKING_BITS = 8, 24
"""A hit is packed into 64 bits for one sort: 24 of who asks, 32 of the article, 8 of both tenths."""

_TOUCHED = np.array([number.bit_count() for number in range(1 << 10)], dtype=np.uint8)


@dataclass(frozen=True)
class Match:
    """An earlier article that shares kept shingles.

    Attributes:
        document: its number in the index.
        shared: kept shingles that both have.
        here: tenths of the new article that they touch, 1..10.
        there: tenths of the earlier article that they touch.
    """

    document: int
    shared: int
    here: int
    there: int


@dataclass(frozen=True)
class Hits:
    """Postings found, a row each.

    Attributes:
        asking: index of the article that asks.
        here: tenth of the asking article.
        document: number of the article found.
        there: tenth of the article found.
    """

    asking: Numbers
    here: Tenths
    document: Numbers
    there: Tenths

    def where(self, keep: npt.NDArray[np.bool_]) -> Hits:
        """Some of the rows."""
        return Hits(self.asking[keep], self.here[keep], self.document[keep], self.there[keep])


def count(hits: Hits, asking: int) -> list[list[Match]]:
    """Matches of each of so many asking articles, the closest first and of equal ones the earlier."""
    found: list[list[Match]] = [[] for _ in range(asking)]
    packed = _sorted(hits)
    pair = packed >> np.uint64(_HERE_BITS)
    begin = groups(pair)
    shared = lengths(begin, len(pair))
    enough = shared >= FEWEST_SHARED
    if not enough.any():
        return found
    rows = np.repeat(enough, shared)
    starts = np.cumsum(shared[enough]) - shared[enough]
    tenths = packed[rows]
    here = _touched((tenths >> np.uint64(4)) & np.uint64(15), starts)
    there = _touched(tenths & np.uint64(15), starts)
    pairs = pair[begin[enough]]
    who = (pairs >> np.uint64(32)).astype(np.int64)
    documents = (pairs & np.uint64(0xFFFFFFFF)).astype(np.int64)
    order = np.lexsort((documents, -shared[enough], who))
    columns = (column[order].tolist() for column in (who, documents, shared[enough], here, there))
    for asks, *match in zip(*columns, strict=True):
        found[asks].append(Match(*match))
    return found


def _sorted(hits: Hits) -> npt.NDArray[np.uint64]:
    """Rows packed and sorted by who asks and the article found."""
    packed: npt.NDArray[np.uint64] = (
        hits.asking.astype(np.uint64) << np.uint64(32 + _HERE_BITS)
        | hits.document.astype(np.uint64) << np.uint64(_HERE_BITS)
        | hits.here.astype(np.uint64) << np.uint64(4)
        | hits.there.astype(np.uint64)
    )
    packed.sort()
    return packed


def _touched(tenths: npt.NDArray[np.uint64], starts: Numbers) -> npt.NDArray[np.uint8]:
    """How many different tenths each group of rows has."""
    masks = np.bitwise_or.reduceat(np.uint64(1) << tenths, starts)
    touched: npt.NDArray[np.uint8] = _TOUCHED[masks.astype(np.int64)]
    return touched
