"""The rolling index: which earlier articles of the window share kept shingles with these.

A queue of segments, each the sorted postings of a stretch of arrivals. Small ones are merged as in a log-structured
merge tree (O'Neil et al. 1996) until they span a slice of the window and go to the archive; expiry drops whole
segments, so memory stays flat and nothing is deleted piece by piece. Whether two articles are within the window of
each other is decided for the pair, from their own times, so that the moment of an expiry cannot change an answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import floor, nan

import numpy as np
import numpy.typing as npt

from wirespin.reuse.archive import Archive
from wirespin.reuse.column import Column
from wirespin.reuse.common import Common
from wirespin.reuse.keyfilter import Keys
from wirespin.reuse.matches import Hits, Match, count
from wirespin.reuse.query import Asked
from wirespin.reuse.runs import Numbers
from wirespin.reuse.segment import Packed, Segment, merged, pack, quoted_keys
from wirespin.reuse.sketch import Sample

SLICES = 8
"""Archived segments a window: memory reaches an eighth of a window beyond the window."""

SMALL = 1 << 20
"""Postings (10 MB) up to which segments are merged whatever time they span: too little for expiry to matter."""

GROWTH = 4
"""A segment is merged with the one before it when that is less than so many times larger: log4(n) open segments."""

KEPT_ARRIVALS = 50_000
"""Articles that are kept whatever their age, counted from the newest arrival. Partitions of a fast replay race ahead
of each other by months of event time, and one article with a wrong date may too; neither must empty the window."""

NOWHERE = -1
"""Story of an article that has just come and is not placed yet."""


@dataclass(frozen=True)
class IndexStatistics:
    """What an index holds.

    Attributes:
        articles: in it.
        postings: kept shingles of them.
        segments: in which they stand.
        common: shingles that are not looked up since they stand in too many stories.
        bytes: of all arrays.
        oldest: event time, in seconds since 1970, of the oldest dated article; None where there is none.
        newest: of the newest.
    """

    articles: int
    postings: int
    segments: int
    common: int
    bytes: int
    oldest: float | None
    newest: float | None


class RollingIndex:
    """Kept shingles of the articles of a window of event time.

    Args:
        window: seconds of event time over which two articles are compared.
        kept_arrivals: articles that are kept whatever their age.

    Attributes:
        watermark: the newest event time seen, None before the first dated article.
    """

    def __init__(self, window: float, kept_arrivals: int = KEPT_ARRIVALS) -> None:
        self.window = window
        self.watermark: float | None = None
        self._kept = kept_arrivals
        self._width = window / SLICES
        self._archive = Archive()
        self._open: list[Segment] = []
        self._times, self._stories = Column(np.float64), Column(np.int64)
        self._common = Common()
        self._next = 0

    def __len__(self) -> int:
        return sum(segment.articles for segment in self._segments())

    def take(self, samples: Sequence[Sample], times: Sequence[float | None]) -> list[list[Match]]:
        """Look a batch up and take it in: each article meets the earlier ones and those before it in the batch.

        Args:
            samples: their kept hashes.
            times: their event times, seconds since 1970; None for an undated one, which may meet any.

        Returns:
            For each article its matches, the closest first. The articles are numbered on from those before, and
            `settle` says later where they live.
        """
        if not samples:
            return []
        packed = pack(samples)
        segment = self._append(packed, times)
        before = np.arange(segment.first, segment.end)
        found = self._look_up(packed, quoted_keys(samples), times, before, segment)
        self._push(segment)
        return found

    def find(self, sample: Sample, time: float | None, before: int | None = None) -> list[Match]:
        """Articles that share at least two kept shingles, the closest first; takes nothing in.

        Args:
            sample: the article's kept hashes.
            time: its event time.
            before: only articles of a lower number (those that came before it in the log); all where None.
        """
        earlier = np.array([self._next if before is None else before])
        return self._look_up(pack([sample]), quoted_keys([sample]), [time], earlier, None)[0]

    def add(self, sample: Sample, time: float | None, story: int) -> int:
        """Take one article in without looking it up, and return its number."""
        return self.extend([sample], [time], [story])

    def extend(self, samples: Sequence[Sample], times: Sequence[float | None], stories: Sequence[int]) -> int:
        """Take articles in without looking them up, and return the number of the first.

        An undated article ages as if it were of the watermark's time, and never moves the watermark.
        """
        segment = self._append(pack(samples), times, stories)
        self._push(segment)
        return segment.first

    def readying(self) -> Iterator[None]:
        """Make what look-ups need, as the first one would, with pauses for others to work."""
        for segment in self._segments():
            segment.ready()
            yield
        self._archive.ready()

    def settle(self, document: int, story: int) -> None:
        """Say in which story an article lives, by the story's number."""
        self._stories.set(document, story)

    def expire(self) -> list[int]:
        """Drop the segments that aged out, and return the articles that went.

        A segment ages out when all of it lies more than a window before the watermark and none of its articles is
        among the last `kept_arrivals`.
        """
        if self.watermark is None:
            return []
        gone = self._archive.drop(self._has_ended) + [segment for segment in self._open if self._has_ended(segment)]
        if not gone:
            return []
        self._open = [segment for segment in self._open if segment not in gone]
        first = min((segment.first for segment in self._segments()), default=self._next)
        self._times.drop_before(first)
        self._stories.drop_before(first)
        self._common = Common()  # what was boilerplate may be so no longer
        return [document for segment in gone for document in range(segment.first, segment.end)]

    def statistics(self) -> IndexStatistics:
        """What it holds."""
        segments = self._segments()
        arrays = sum(part.nbytes for part in segments) + self._archive.nbytes + self._common.nbytes
        times = [self._times.take(np.arange(segment.first, segment.end)) for segment in segments]
        dated = np.concatenate([*times, np.empty(0)])
        dated = dated[~np.isnan(dated)]
        return IndexStatistics(
            articles=len(self),
            postings=sum(map(len, segments)),
            segments=len(segments),
            common=len(self._common),
            bytes=arrays + self._times.nbytes + self._stories.nbytes,
            oldest=float(dated.min()) if len(dated) else None,
            newest=float(dated.max()) if len(dated) else None,
        )

    def _append(self, packed: Packed, times: Sequence[float | None], stories: Sequence[int] | None = None) -> Segment:
        """Number articles and make them a segment."""
        first = self._next
        self._next += len(times)
        dated = [time for time in times if time is not None]
        if self.watermark is None and dated:  # what came before there was a watermark begins to age now
            for segment in self._segments():
                segment.begins = segment.newest = dated[0]
        ages = dated if None not in times or self.watermark is None else [*dated, self.watermark]
        self.watermark = max([*dated, *([] if self.watermark is None else [self.watermark])], default=None)
        self._times.append([nan if time is None else time for time in times])
        self._stories.append([NOWHERE] * len(times) if stories is None else stories)
        return Segment(first, len(times), packed, self.watermark or 0.0, max(ages, default=0.0))

    def _segments(self) -> list[Segment]:
        return [*self._archive, *self._open]

    def _has_ended(self, segment: Segment) -> bool:
        """Whether all of a segment aged out."""
        assert self.watermark is not None
        return segment.newest < self.watermark - self.window and segment.end <= self._next - self._kept

    def _push(self, segment: Segment) -> None:
        """Put a segment behind the others, merging those of like size."""
        if self._open and self._slice(self._open[0]) != self._slice(segment) and sum(map(len, self._open)) > SMALL:
            self._seal()
        while self._open and len(self._open[-1]) < GROWTH * len(segment) and self._open[-1].end == segment.first:
            segment = merged(self._open.pop(), segment)
        self._open.append(segment)

    def _seal(self) -> None:
        """Archive what is open as one segment, or as several where one that expired left a gap."""
        while self._open:
            segment = self._open.pop()
            while self._open and self._open[-1].end == segment.first:
                segment = merged(self._open.pop(), segment)
            self._archive.add(segment)

    def _slice(self, segment: Segment) -> int:
        return floor(segment.begins / self._width)

    def _look_up(
        self, packed: Packed, quoted: Keys, times: Sequence[float | None], before: Numbers, own: Segment | None
    ) -> list[list[Match]]:
        """Matches of some articles, whose postings are packed and sorted, among those before them.

        Args:
            packed: the postings of those who ask, numbered from 0.
            quoted: those of their keys that stand in quotations.
            times: their event times.
            before: for each of them the number below which an article is before it.
            own: the segment that they make, where they are to meet each other.
        """
        asked = Asked(packed)
        wanted = self._common.without(asked.keys)
        found = self._archive.find(asked.keys, wanted)
        found += [(segment, segment.find(asked.keys, wanted)) for segment in self._open]
        if own is not None:
            found.append((own, asked.shared()))
        sifted = self._common.sift(found, asked.keys, quoted, self._stories)
        hits = [asked.join(segment, ranges) for segment, ranges in sifted if len(ranges.which)]
        if not hits:
            return [[] for _ in times]
        asking, here, document, there = (np.concatenate(column) for column in zip(*hits, strict=True))
        rows = Hits(asking, here, document, there)
        return count(rows.where(self._admissible(rows, times, before)), len(times))

    def _admissible(self, rows: Hits, times: Sequence[float | None], before: Numbers) -> npt.NDArray[np.bool_]:
        """Which hits are of articles before the asking one and within the window of it."""
        asking = np.array([nan if time is None else time for time in times])[rows.asking]
        apart = np.abs(self._times.take(rows.document) - asking)
        keep: npt.NDArray[np.bool_] = (rows.document < before[rows.asking]) & ~(apart > self.window)
        return keep  # an undated one is apart by nan, which is not beyond the window
