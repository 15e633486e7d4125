"""Texts for a window of any size: real ones as far as they go, then texts made of their words.

All articles, real and made, have lengths drawn from one distribution, so that a larger window differs in nothing but
its size. Real texts are read as one stream of words in a shuffled order of the texts, and cut to those lengths.
"""

from __future__ import annotations

import lzma
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import orjson

from benchmarks.window.articles import Article, Symbols, Vocabulary, from_text
from benchmarks.window.chain import Chain

SHORTEST, MEDIAN, LONGEST = 150, 340, 600
"""Words of an article: agency copy and news sites' stories (the 3,800 full articles measured had a median of 430)."""

SPREAD = 0.35
"""Standard deviation of the logarithm of the lengths."""

BATCH = 1_024
"""Articles made in one go."""


def lengths(dice: np.random.Generator, count: int) -> npt.NDArray[np.int64]:
    """Words of so many articles."""
    drawn = np.exp(dice.normal(np.log(MEDIAN), SPREAD, count))
    return np.clip(drawn, SHORTEST, LONGEST).astype(np.int64)


def read_lines(path: Path) -> Iterator[bytes]:
    """Lines of a file, packed (.xz) or not."""
    with lzma.open(path) if path.suffix == ".xz" else path.open("rb") as lines:
        yield from lines


def read_texts(path: Path) -> Iterator[str]:
    """The `body` or `text` of each line of a .jsonl or .jsonl.xz file.

    Raises:
        KeyError: a line has neither.
    """
    for line in read_lines(path):
        record = orjson.loads(line)
        yield record["body"] if "body" in record else record["text"]


class Corpus:
    """Articles cut from real texts, and made ones like them.

    Args:
        vocabulary: what the symbols mean.
        symbols: the words of all real texts.
        live: words of real articles that come after the window, of which no made one may know.
        chain: what articles are made with.
        seed: of lengths and of made articles.
    """

    def __init__(self, vocabulary: Vocabulary, symbols: Symbols, live: Symbols, chain: Chain, seed: int) -> None:
        self.vocabulary, self._symbols, self._live, self._chain, self._seed = vocabulary, symbols, live, chain, seed

    @classmethod
    def of(cls, texts: Iterable[str], live: int, seed: int) -> Corpus:
        """Take texts apart, shuffle them, and set words for so many live articles aside."""
        vocabulary = Vocabulary()
        taken = [vocabulary.encode(from_text(text)) for text in texts]
        dice = np.random.default_rng(seed)
        symbols = np.concatenate([taken[at] for at in dice.permutation(len(taken))])
        aside = int(lengths(np.random.default_rng(seed), live).sum())
        if aside > len(symbols) // 2:
            aside = 0
        return cls(vocabulary, symbols[aside:], symbols[:aside], Chain.of(symbols[aside:]), seed)

    @classmethod
    def load(cls, folder: Path, seed: int) -> Corpus:
        """What `save` wrote. Large arrays stay in their files, so that they are no memory of this process."""
        vocabulary = Vocabulary(orjson.loads((folder / "words.json").read_bytes()))
        symbols, live = (np.load(folder / f"{name}.npy", mmap_mode="r") for name in ("symbols", "live"))
        return cls(vocabulary, symbols, live, Chain.load(folder, symbols), seed)

    def save(self, folder: Path) -> None:
        """Write it for other processes, which then need not take the texts apart again."""
        np.save(folder / "symbols.npy", self._symbols)
        np.save(folder / "live.npy", self._live)
        (folder / "words.json").write_bytes(orjson.dumps(self.vocabulary.words()))
        self._chain.save(folder)

    @property
    def words(self) -> int:
        """Words of the real texts, those set aside left out."""
        return len(self._symbols)

    def real(self) -> Iterator[Article]:
        """Real articles, as many as there are."""
        yield from self._cut(self._symbols)

    def live(self) -> Iterator[Article]:
        """Real articles that were set aside."""
        yield from self._cut(self._live)

    def made(self, stream: int = 0) -> Iterator[Article]:
        """Made articles without end; the same ones for the same seed and stream."""
        batch = 0
        while True:
            dice = np.random.default_rng((self._seed, stream, batch))
            for symbols in self._chain.batch(dice, lengths(dice, BATCH)):
                yield self.vocabulary.decode(symbols)
            batch += 1

    def _cut(self, symbols: Symbols) -> Iterator[Article]:
        ends = np.cumsum(lengths(np.random.default_rng(self._seed), len(symbols) // SHORTEST + 1))
        begin = 0
        for end in ends[ends <= len(symbols)].tolist():
            yield self.vocabulary.decode(symbols[begin:end])
            begin = end
