"""A stretch of time of the index: posting lists of the articles published in it, dropped whole when it ages out."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from wirespin.reuse.shingles import Hashes

Documents = npt.NDArray[np.uint32]
Tenths = npt.NDArray[np.uint8]

FRESH_ARTICLES = 64
"""Articles kept unsorted before they become a run: sorting each arrival into the arrays would be quadratic."""

RUN_GROWTH = 4
"""A run is merged into the one before it when that is less than so many times larger: about log4(n) runs a segment."""

Hits = tuple[npt.NDArray[np.intp], Documents, Tenths]
"""For each posting found: index into the query, document, tenth of the document."""


class Run:
    """Sorted postings: hash, document, and the tenth of the document in which the shingle stands."""

    __slots__ = ("documents", "hashes", "tenths")

    def __init__(self, hashes: Hashes, documents: Documents, tenths: Tenths) -> None:
        order = np.argsort(hashes, kind="stable")
        self.hashes, self.documents, self.tenths = hashes[order], documents[order], tenths[order]

    def find(self, query: Hashes) -> Hits:
        """All postings of the query's hashes, in one vectorised look-up."""
        low = np.searchsorted(self.hashes, query, side="left")
        count = np.searchsorted(self.hashes, query, side="right") - low
        hit = np.flatnonzero(count)
        which = np.repeat(hit, count[hit])
        if not len(which):
            return which, self.documents[:0], self.tenths[:0]
        starts = np.repeat(low[hit] - np.concatenate(([0], np.cumsum(count[hit])[:-1])), count[hit])
        at = starts + np.arange(len(which))
        return which, self.documents[at], self.tenths[at]


class Segment:
    """Postings of one stretch of time; grows by appending, never deletes."""

    def __init__(self) -> None:
        self.documents: list[int] = []
        self._fresh: list[tuple[Hashes, int, Tenths]] = []
        self._runs: list[Run] = []

    @property
    def newest(self) -> int:
        """Number of the article that came last, -1 where there is none."""
        return self.documents[-1] if self.documents else -1

    def add(self, hashes: Hashes, document: int, tenths: Tenths) -> None:
        """Append one article's kept hashes."""
        self.documents.append(document)
        self._fresh.append((hashes, document, tenths))
        if len(self._fresh) >= FRESH_ARTICLES:
            self._settle()

    def find(self, query: Hashes) -> list[Hits]:
        """Postings of the query's hashes, run by run."""
        self._settle()
        return [run.find(query) for run in self._runs]

    def postings(self) -> int:
        """How many postings it holds."""
        return sum(len(run.hashes) for run in self._runs) + sum(len(hashes) for hashes, _, _ in self._fresh)

    def _settle(self) -> None:
        """Make the fresh articles a run, merging runs of like size."""
        if not self._fresh:
            return
        run = Run(
            np.concatenate([hashes for hashes, _, _ in self._fresh]),
            np.concatenate([np.full(len(h), document, dtype=np.uint32) for h, document, _ in self._fresh]),
            np.concatenate([tenths for _, _, tenths in self._fresh]),
        )
        self._fresh.clear()
        while self._runs and len(self._runs[-1].hashes) < RUN_GROWTH * len(run.hashes):
            run = _merge(self._runs.pop(), run)
        self._runs.append(run)


def _merge(left: Run, right: Run) -> Run:
    return Run(
        np.concatenate((left.hashes, right.hashes)),
        np.concatenate((left.documents, right.documents)),
        np.concatenate((left.tenths, right.tenths)),
    )
