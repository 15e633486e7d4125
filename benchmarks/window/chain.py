"""Made texts: chains of the words of real ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.window.articles import Symbols

Places = npt.NDArray[np.int32]

LARGE_SOURCE = 1_000_000
"""Words from which on word pairs come often enough to have more than one successor."""

TWO_WORDS = 0.75
"""Chance that the next word is chosen by the last two words instead of by the last one, where the source is large.
Of two real articles of news length in the texts of docs/benchmarks.md 10.8 % of one's word 4-grams stand in another of
5,000; of made ones 3.5 % at 0, 8.9 % at 0.75, 14.7 % at 1, which copies whole sentences (2026-11-22)."""

SMALL_LEAP = 0.5
"""Chance of leaving the chain of a small source for a random word: it has so few successors that whole sentences would
come again and again. With it 8.0 % of the 4-grams of a made text stand in another of 5,000."""


class Chain:
    """Words in the order in which they follow each other in a source (a Markov chain; Shannon 1948).

    Quoted and unquoted words are different words here, so that made texts have quotations of about the real lengths.

    Args:
        symbols: the source.
        groups: its places by word, and by word pair where the source is large.
    """

    def __init__(self, symbols: Symbols, groups: list[Group]) -> None:
        self._symbols, self._groups = symbols, groups
        self._large = len(groups) > 1

    @classmethod
    def of(cls, symbols: Symbols) -> Chain:
        """The chain of a source."""
        keys = [symbols.astype(np.int64)]
        if len(symbols) >= LARGE_SOURCE:
            keys.append(keys[0] + (np.roll(keys[0], 1) << 32))
        return cls(symbols, [Group.by(key) for key in keys])

    @classmethod
    def load(cls, folder: Path, symbols: Symbols) -> Chain:
        """What `save` wrote, left in the files."""
        return cls(symbols, [Group(np.load(file, mmap_mode="r")) for file in sorted(folder.glob("group-*.npy"))])

    def save(self, folder: Path) -> None:
        """Write it for other processes, but for the source."""
        for number, group in enumerate(self._groups):
            np.save(folder / f"group-{number}.npy", group.columns)

    def batch(self, dice: np.random.Generator, wanted: npt.NDArray[np.int64]) -> list[Symbols]:
        """Articles of the wanted lengths, made side by side, a word of each at a time."""
        rows = np.empty((int(wanted.max()), len(wanted)), dtype=np.int32)
        place = self._anywhere(dice, len(wanted))
        for row in rows:
            row[:] = self._symbols[place]
            place = self._next(dice, place)
        columns = np.ascontiguousarray(rows.T)
        return [column[:length] for column, length in zip(columns, wanted.tolist(), strict=True)]

    def _next(self, dice: np.random.Generator, place: Places) -> Places:
        """A place behind one that is like this one."""
        draw = dice.random(len(place))
        alike = self._groups[0].draw(place, draw)
        if self._large:
            alike = np.where(dice.random(len(place)) < TWO_WORDS, self._groups[1].draw(place, draw), alike)
        follow: Places = (alike + 1) % len(self._symbols)
        if not self._large:
            leap = dice.random(len(place)) < SMALL_LEAP
            follow = np.where(leap, self._anywhere(dice, len(place)), follow)
        return follow

    def _anywhere(self, dice: np.random.Generator, count: int) -> Places:
        return dice.integers(0, len(self._symbols), count, dtype=np.int32)


class Group:
    """Places of a source grouped by a key.

    Args:
        columns: int32, three rows: the places in order of the key; for each place, where its group begins in that
            order; and how many it has.
    """

    def __init__(self, columns: npt.NDArray[np.int32]) -> None:
        self.columns = columns

    @classmethod
    def by(cls, key: npt.NDArray[np.int64]) -> Group:
        """Group places by their keys."""
        order = np.argsort(key, kind="stable").astype(np.int32)
        _, begin, which, count = np.unique(key[order], return_index=True, return_inverse=True, return_counts=True)
        columns = np.empty((3, len(key)), dtype=np.int32)
        columns[0], columns[1, order], columns[2, order] = order, begin[which], count[which]
        return cls(columns)

    def draw(self, place: Places, draw: npt.NDArray[np.float64]) -> Places:
        """One of the places of the same group; `draw` is from 0 to below 1."""
        order, begin, count = self.columns
        drawn: Places = order[begin[place] + (draw * count[place]).astype(np.int32)]
        return drawn
