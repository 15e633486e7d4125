"""The rolling index: which earlier articles of the window share kept shingles with this one.

A ring of time segments (each a set of sorted posting arrays). Expiry drops whole segments, so memory stays flat and
nothing is deleted piece by piece. Whether two articles are within the window of each other is decided for the pair,
from their own times, so that the moment of an expiry cannot change an answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, nan

import numpy as np
import numpy.typing as npt

from wirespin.reuse.segment import Documents, Hits, Segment, Tenths
from wirespin.reuse.sketch import TENTHS, Sample

SEGMENTS_A_WINDOW = 28
"""Six hours each for a window of seven days: at most 4 % of the memory is beyond the window."""

KEPT_ARRIVALS = 50_000
"""Articles that are kept whatever their age, counted from the newest arrival. Partitions of a fast replay race ahead
of each other by months of event time, and one article with a wrong date may too; neither must empty the window."""

FEWEST_SHARED = 2
"""Kept shingles that make a candidate: one is chance, two found every derived article of the labelled stories."""

CROWDED = 256
"""Documents that share one hash before it is asked whether they are of few stories (see `_uncrowded`)."""

CROWDED_STORIES = 32
"""Different stories in which one hash stands before it counts as boilerplate and finds nothing any more."""


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


class RollingIndex:
    """Kept shingles of the articles of a window of event time.

    Args:
        window: seconds of event time over which two articles are compared.

    Attributes:
        watermark: the newest event time seen, None before the first dated article.
    """

    def __init__(self, window: float) -> None:
        self.window = window
        self.watermark: float | None = None
        self._width = window / SEGMENTS_A_WINDOW
        self._dated: dict[int, Segment] = {}
        self._undated: dict[int | None, Segment] = {}
        self._times: dict[int, float] = {}
        self._stories: dict[int, int] = {}
        self._next = 0

    def __len__(self) -> int:
        return len(self._times)

    def find(self, sample: Sample, time: float | None, before: int | None = None) -> list[Match]:
        """Articles that share at least two kept shingles, the closest first.

        Args:
            sample: the article's kept hashes.
            time: its event time, seconds since 1970; None for an undated one, which may meet any.
            before: only documents of a lower number (those that came before it in the log); all where None.
        """
        hits = [found for segment in self._near(time) for found in segment.find(sample.hashes) if len(found[0])]
        if not hits:
            return []
        which, documents, tenths = (np.concatenate(column) for column in zip(*hits, strict=True))
        keep = self._admissible(documents, time, before)
        return self._count(sample, (which[keep], documents[keep], tenths[keep]))

    def add(self, sample: Sample, time: float | None, story: int) -> int:
        """Take an article in and return its number; `story` is the number of the story it lives in.

        An undated article ages as if it were of the watermark's time, and never moves the watermark.
        """
        document, self._next = self._next, self._next + 1
        self._times[document] = nan if time is None else time
        self._stories[document] = story
        if time is None:
            segment = self._undated.setdefault(self._slot(self.watermark), Segment())
        else:
            self._advance(time)
            segment = self._dated.setdefault(floor(time / self._width), Segment())
        segment.add(sample.hashes, document, sample.tenths)
        return document

    def expire(self) -> list[int]:
        """Drop the segments that aged out, and return the documents that went.

        A segment ages out when it lies wholly more than a window before the watermark and none of its articles is
        among the last `KEPT_ARRIVALS`.
        """
        if self.watermark is None:
            return []
        last = floor((self.watermark - self.window) / self._width)
        recent = self._next - KEPT_ARRIVALS
        gone: list[int] = []
        for slot in [slot for slot, segment in self._dated.items() if slot < last and segment.newest < recent]:
            gone += self._dated.pop(slot).documents
        for age in [age for age, segment in self._undated.items() if age is not None and age < last]:
            if self._undated[age].newest < recent:
                gone += self._undated.pop(age).documents
        for document in gone:
            del self._times[document], self._stories[document]
        return gone

    def postings(self) -> int:
        """Postings held."""
        return sum(segment.postings() for segment in (*self._dated.values(), *self._undated.values()))

    def _slot(self, time: float | None) -> int | None:
        return None if time is None else floor(time / self._width)

    def _advance(self, time: float) -> None:
        """Move the watermark; what came before there was one begins to age now."""
        if self.watermark is None and None in self._undated:
            self._undated[floor(time / self._width)] = self._undated.pop(None)
        self.watermark = time if self.watermark is None else max(self.watermark, time)

    def _near(self, time: float | None) -> list[Segment]:
        """Segments that may hold an article within the window of `time`."""
        undated = list(self._undated.values())
        if time is None:
            return undated + list(self._dated.values())
        reach = self.window + self._width
        return undated + [s for slot, s in self._dated.items() if abs((slot + 0.5) * self._width - time) <= reach]

    def _admissible(self, documents: Documents, time: float | None, before: int | None) -> npt.NDArray[np.bool_]:
        """Which postings are of documents within the window of `time` and before the asking one."""
        keep = np.ones(len(documents), dtype=bool) if before is None else documents < before
        if time is None:
            return keep
        times = np.array([self._times[document] for document in documents.tolist()])
        return keep & ~(np.abs(times - time) > self.window)  # an undated one compares as not beyond the window

    def _count(self, sample: Sample, hits: Hits) -> list[Match]:
        """Shared shingles and touched tenths by document."""
        which, documents, tenths = self._uncrowded(hits)
        names, shared = np.unique(documents, return_counts=True)
        here, there = _touched(documents, sample.tenths[which]), _touched(documents, tenths)
        columns = (column[shared >= FEWEST_SHARED].tolist() for column in (names, shared, here, there))
        found = [Match(*row) for row in zip(*columns, strict=True)]
        return sorted(found, key=lambda match: (-match.shared, match.document))

    def _uncrowded(self, hits: Hits) -> Hits:
        """Leave out hashes that stand in many stories.

        Copies of one big story are one story, so its 501st copy still finds it.
        """
        which, documents, tenths = hits
        counts = np.bincount(which)
        keep = np.ones(len(which), dtype=bool)
        for crowded in np.flatnonzero(counts > CROWDED):
            mine = which == crowded
            stories = {self._stories[document] for document in documents[mine].tolist()}
            if len(stories) > CROWDED_STORIES:
                keep &= ~mine
        return which[keep], documents[keep], tenths[keep]


def _touched(documents: Documents, tenths: Tenths) -> npt.NDArray[np.intp]:
    """For each document, ascending, how many different tenths stand beside it."""
    pairs = np.unique(documents.astype(np.uint64) * np.uint64(TENTHS) + tenths)
    return np.unique(pairs // np.uint64(TENTHS), return_counts=True)[1]
