"""datasketch's MinHashLSH, held in memory."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from typing import Any

import numpy as np
from datasketch import MinHash, MinHashLSH

from benchmarks.window.articles import Article
from benchmarks.window.engines.base import shingles
from benchmarks.window.settings import Banding


class Datasketch:
    """Banded MinHash over 32-bit hashes, which it takes as they are: its own SHA-1 would be slower."""

    def __init__(self, banding: Banding) -> None:
        self._permutations = banding.permutations
        self._index = MinHashLSH(num_perm=banding.permutations, params=(banding.bands, banding.rows))

    def sketch(self, articles: Sequence[Article]) -> list[Any]:
        """A MinHash of each article."""
        hashes = [(shingles(article) >> np.uint64(32)).tolist() for article in articles]
        return list(MinHash.bulk(hashes, num_perm=self._permutations, hashfunc=operator.index))

    def fill(self, first: int, sketches: list[Any]) -> None:
        """Insert, without its check for known keys."""
        for number, taken in enumerate(sketches, first):
            self._index.insert(number, taken, check_duplication=False)

    def take(self, first: int, sketches: list[Any]) -> list[list[int]]:
        """Ask, then insert."""
        candidates = []
        for number, taken in enumerate(sketches, first):
            candidates.append(self._index.query(taken))
            self._index.insert(number, taken, check_duplication=False)
        return candidates

    def ask(self, sketches: list[Any]) -> list[list[int]]:
        """Candidates of each."""
        return [self._index.query(taken) for taken in sketches]

    def own_bytes(self) -> None:
        """It does not say."""
