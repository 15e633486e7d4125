"""Shingles that stand in so many stories that they find nothing any more: boilerplate and stock phrases.

Stories are counted, not articles, so the copies of one big story hide nothing: its 501st copy still finds its source.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from wirespin.reuse.column import Column
from wirespin.reuse.keyfilter import KeyFilter, Keys
from wirespin.reuse.runs import Numbers, expand
from wirespin.reuse.segment import Ranges, Segment

CROWDED = 64
"""Postings of one key before it is asked whether they are of few stories. Stock phrases are what costs: with 256, a
look-up among 100,000 articles takes twice the time."""

CROWDED_QUOTED = 256
"""The same for what ordinary texts keep only inside quotation marks: that is what a rewrite leaves of its source, and
in a story that all the world reports it stands in many reports of their own."""

CROWDED_STORIES = 32
"""Different stories, among `CROWDED` of the postings, from which a key counts as common."""

NEW_KEYS = 1_024
"""Keys that are newly common before the sorted array is made anew; until then they are looked up in vain."""

Found = Sequence[tuple[Segment, Ranges]]


class Common:
    """The common keys that were met so far."""

    def __init__(self) -> None:
        self._keys: Keys = np.empty(0, dtype=np.uint32)
        self._filter = KeyFilter(self._keys)
        self._new: set[int] = set()

    def __len__(self) -> int:
        return len(self._keys) + len(self._new)

    @property
    def nbytes(self) -> int:
        """Bytes of its arrays."""
        return int(self._keys.nbytes) + self._filter.nbytes

    def without(self, keys: Keys) -> Numbers:
        """Indices of the keys that are not known to be common."""
        keep = np.ones(len(keys), dtype=bool)
        maybe = self._filter.select(keys)
        if not len(maybe):
            return np.arange(len(keys))
        place = np.searchsorted(self._keys, keys[maybe])
        keep[maybe[self._keys[np.minimum(place, len(self._keys) - 1)] == keys[maybe]]] = False
        result: Numbers = keep.nonzero()[0]
        return result

    def sift(self, found: Found, keys: Keys, quoted: Keys, stories: Column[np.int64]) -> Found:
        """Leave out what was found by common keys, learning which those are.

        Args:
            found: where the keys' postings stand, by segment.
            keys: the keys asked for.
            quoted: those of which ordinary texts keep only what stands inside quotation marks.
            stories: the story of each article.
        """
        counts = np.zeros(len(keys), dtype=np.int64)
        for _, ranges in found:
            counts[ranges.which] += ranges.count
        keep = np.ones(len(keys), dtype=bool)
        many = (counts > CROWDED).nonzero()[0]
        for crowded in many[~np.isin(keys[many], quoted) | (counts[many] > CROWDED_QUOTED)].tolist():
            key = int(keys[crowded])
            if key in self._new or _stories_of(crowded, found, stories) > CROWDED_STORIES:
                self._new.add(key)
                keep[crowded] = False
        self._take_in()
        return found if keep.all() else [(segment, ranges.where(keep[ranges.which])) for segment, ranges in found]

    def _take_in(self) -> None:
        """Make the new keys part of the sorted array, when they are many."""
        if len(self._new) > max(NEW_KEYS, len(self._keys) // 8):
            self._keys = np.union1d(self._keys, np.fromiter(self._new, dtype=np.uint32))
            self._filter = KeyFilter(self._keys)
            self._new.clear()


def _stories_of(which: int, found: Found, stories: Column[np.int64]) -> int:
    """Distinct stories among the postings of one key: of all, or of `CROWDED` evenly spaced ones."""
    places = [(segment, _places(ranges, which)) for segment, ranges in found]
    step = max(1, sum(len(place) for _, place in places) // CROWDED)
    names = [stories.take(segment.read(place[::step])[0]) for segment, place in places if len(place)]
    return len(np.unique(np.concatenate(names)))


def _places(ranges: Ranges, which: int) -> Numbers:
    at = np.searchsorted(ranges.which, [which, which + 1])
    return expand(ranges.start[at[0] : at[1]], ranges.count[at[0] : at[1]])
