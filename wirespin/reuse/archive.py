"""The older part of the index: segments that are complete, behind one filter for all of them.

Most of what is asked for stands in none of them, and one filter says so at the cost of one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from wirespin.reuse.keyfilter import KeyFilter, Keys
from wirespin.reuse.runs import Numbers
from wirespin.reuse.segment import Ranges, Segment


class Archive:
    """Complete segments, in order of arrival. Their filter is made by the first look-up after a change."""

    def __init__(self) -> None:
        self._segments: list[Segment] = []
        self._made: KeyFilter | None = None

    def __iter__(self) -> Iterator[Segment]:
        return iter(self._segments)

    @property
    def nbytes(self) -> int:
        """Bytes of its filter; the segments count their own."""
        return self.ready().nbytes

    def ready(self) -> KeyFilter:
        """The filter, made where it is not yet."""
        if self._made is None:
            self._made = KeyFilter(*(segment.keys() for segment in self._segments))
        return self._made

    def add(self, segment: Segment) -> None:
        """Take a complete segment in."""
        self._segments.append(segment)
        self._made = None

    def drop(self, ended: Callable[[Segment], bool]) -> list[Segment]:
        """Let the segments go that have ended, and return them."""
        gone = [segment for segment in self._segments if ended(segment)]
        if gone:
            self._segments = [segment for segment in self._segments if segment not in gone]
            self._made = None
        return gone

    def find(self, keys: Keys, among: Numbers) -> list[tuple[Segment, Ranges]]:
        """Where the postings of some keys stand; see `Segment.find`."""
        maybe = among[self.ready().select(keys[among])]
        return [(segment, segment.find(keys, maybe)) for segment in self._segments]
