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

_STORY_BITS = 40
"""A key's index and a story's number in one: a window has fewer stories than that by far."""

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
        many = (counts > CROWDED).nonzero()[0]
        many = many[~np.isin(keys[many], quoted) | (counts[many] > CROWDED_QUOTED)]
        common = many[_stories_of(many, counts[many], found, stories) > CROWDED_STORIES]
        known = [at for at in many.tolist() if int(keys[at]) in self._new]
        self._new.update(keys[common].tolist())
        self._take_in()
        keep = np.ones(len(keys), dtype=bool)
        keep[common] = keep[known] = False
        return found if keep.all() else [(segment, ranges.where(keep[ranges.which])) for segment, ranges in found]

    def _take_in(self) -> None:
        """Make the new keys part of the sorted array, when they are many."""
        if len(self._new) > max(NEW_KEYS, len(self._keys) // 8):
            self._keys = np.union1d(self._keys, np.fromiter(self._new, dtype=np.uint32))
            self._filter = KeyFilter(self._keys)
            self._new.clear()


def _stories_of(which: Numbers, counts: Numbers, found: Found, stories: Column[np.int64]) -> Numbers:
    """Distinct stories among the postings of some keys: of all, or of about `CROWDED` evenly spaced ones of each.

    Args:
        which: indices of the keys, ascending.
        counts: how many postings each has, over all segments.
        found: where the postings stand.
        stories: the story of each article.
    """
    steps = np.maximum(1, counts // CROWDED)
    pairs = [np.empty(0, dtype=np.int64)]
    for segment, ranges in found:
        chosen = ranges.where(np.isin(ranges.which, which))
        key = np.searchsorted(which, chosen.which)
        step = steps[key]
        size = -(-chosen.count // step)
        place = np.repeat(chosen.start, size) + expand(np.zeros_like(size), size) * np.repeat(step, size)
        story = stories.take(segment.read(place)[0])
        pairs.append(np.repeat(key, size) << _STORY_BITS | (story & (1 << _STORY_BITS) - 1))
    return np.bincount(np.unique(np.concatenate(pairs)) >> _STORY_BITS, minlength=len(which))
