"""The older part of the index: segments that are complete, behind one filter for all of them.

Most of what is asked for stands in none of them, and one filter says so at the cost of one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from wirespin.reuse.keyfilter import KeyFilter, Keys
from wirespin.reuse.runs import Numbers
from wirespin.reuse.segment import Ranges, Segment


class Archive:
    """Complete segments, in order of arrival."""

    def __init__(self) -> None:
        self._segments: list[Segment] = []
        self._filter = _filter_of([])

    def __iter__(self) -> Iterator[Segment]:
        return iter(self._segments)

    @property
    def nbytes(self) -> int:
        """Bytes of its filter; the segments count their own."""
        return self._filter.nbytes

    def add(self, segment: Segment) -> None:
        """Take a complete segment in."""
        self._segments.append(segment)
        self._filter = _filter_of(self._segments)

    def drop(self, ended: Callable[[Segment], bool]) -> list[Segment]:
        """Let the segments go that have ended, and return them."""
        gone = [segment for segment in self._segments if ended(segment)]
        if gone:
            self._segments = [segment for segment in self._segments if segment not in gone]
            self._filter = _filter_of(self._segments)
        return gone

    def find(self, keys: Keys, among: Numbers) -> list[tuple[Segment, Ranges]]:
        """Where the postings of some keys stand; see `Segment.find`."""
        maybe = among[self._filter.select(keys[among])]
        return [(segment, segment.find(keys, maybe)) for segment in self._segments]


def _filter_of(segments: Iterable[Segment]) -> KeyFilter:
    return KeyFilter(*(segment.keys() for segment in segments))
