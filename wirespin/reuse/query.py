"""A batch that asks: its postings by distinct key, and their join with the postings found."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from wirespin.reuse.runs import expand, groups, lengths
from wirespin.reuse.segment import Packed, Ranges, Segment


class Asked:
    """The postings of those who ask, by distinct key.

    Args:
        packed: their sorted postings, see `wirespin.reuse.segment.pack`; they are numbered from 0.

    Attributes:
        keys: distinct, ascending.
    """

    def __init__(self, packed: Packed) -> None:
        self._packed = packed
        keys = (packed >> np.uint64(32)).astype(np.uint32)
        self._begin = groups(keys)
        self._count = lengths(self._begin, len(keys))
        self.keys = keys[self._begin]

    def shared(self) -> Ranges:
        """The keys that several who ask have, as ranges of their own segment."""
        which = (self._count > 1).nonzero()[0]
        return Ranges(which, self._begin[which], self._count[which])

    def join(self, segment: Segment, ranges: Ranges) -> tuple[npt.NDArray[np.generic], ...]:
        """Columns of hits: each posting found, beside each asking one of the same key."""
        place, which = expand(ranges.start, ranges.count), np.repeat(ranges.which, ranges.count)
        document, there = segment.read(place)
        times = self._count[which]
        asking = self._packed[expand(self._begin[which], times)].astype(np.uint32)
        return (
            (asking >> np.uint32(4)).astype(np.int64),
            (asking & np.uint32(15)).astype(np.uint8),
            np.repeat(document, times),
            np.repeat(there, times),
        )
