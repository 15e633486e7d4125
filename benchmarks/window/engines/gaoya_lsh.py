"""gaoya's MinHash index (Rust). It makes the signature inside each call, for a look-up and an insertion again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from gaoya.minhash import MinHashStringIndex

from benchmarks.window.articles import Article
from benchmarks.window.engines.base import shingles
from benchmarks.window.settings import Banding

Tokens = list[str]


class Gaoya:
    """Banded MinHash whose candidates are filtered by their estimated similarity."""

    def __init__(self, banding: Banding) -> None:
        made = MinHashStringIndex(32, banding.threshold, banding.bands, banding.rows, analyzer=str.split)
        self._index = made.minhash_index

    def sketch(self, articles: Sequence[Article]) -> list[Tokens]:
        """Shingles as strings of eight ASCII characters, the fastest form that it takes."""
        return [_strings(shingles(article)) for article in articles]

    def fill(self, first: int, sketches: list[Tokens]) -> None:
        """Insert."""
        self._index.bulk_insert_tokens(list(range(first, first + len(sketches))), sketches)

    def take(self, first: int, sketches: list[Tokens]) -> list[list[int]]:
        """Ask, then insert."""
        candidates = []
        for number, tokens in enumerate(sketches, first):
            candidates.append(self._index.query_tokens(tokens))
            self._index.insert_tokens(number, tokens)
        return candidates

    def ask(self, sketches: list[Tokens]) -> list[list[int]]:
        """Candidates of each."""
        return [self._index.query_tokens(tokens) for tokens in sketches]

    def own_bytes(self) -> None:
        """It does not say."""


def _strings(hashes: np.ndarray[tuple[int, ...], np.dtype[np.uint64]]) -> Tokens:
    """48 of the 64 bits, as characters from 32 to 127: nothing that UTF-8 would lengthen, no NUL to be cut off."""
    characters = (hashes.view(np.uint8) & 0x7F | 0x20).astype(np.uint32)
    strings: Tokens = characters.view("U8").tolist()
    return strings
