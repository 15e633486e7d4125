"""rensa's RMinHashLSH (Rust)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rensa import RMinHash, RMinHashLSH

from benchmarks.window.articles import Article
from benchmarks.window.engines.base import shingles
from benchmarks.window.settings import Banding

SEED = 42


class Rensa:
    """Banded MinHash in its calls for many at once. Bytes are the fastest form of a shingle that it takes."""

    def __init__(self, banding: Banding) -> None:
        self._permutations = banding.permutations
        self._index = RMinHashLSH(threshold=0.5, num_perm=banding.permutations, num_bands=banding.bands)

    def sketch(self, articles: Sequence[Article]) -> list[Any]:
        """A MinHash of each article."""
        tokens = [shingles(article).view("V8").tolist() for article in articles]
        signatures: list[Any] = RMinHash.from_token_sets(tokens, self._permutations, SEED)
        return signatures

    def fill(self, first: int, sketches: list[Any]) -> None:
        """Insert with numbers in a row."""
        self._index.insert_many(sketches, first)

    def take(self, first: int, sketches: list[Any]) -> list[list[int]]:
        """Insert all, then ask for all, so that articles of one micro-batch see each other."""
        self._index.insert_many(sketches, first)
        return self.ask(sketches)

    def ask(self, sketches: list[Any]) -> list[list[int]]:
        """Candidates of each."""
        found: list[list[int]] = self._index.query_all(sketches)
        return found

    def own_bytes(self) -> None:
        """It does not say."""
