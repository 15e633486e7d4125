"""A segment of the index: the sorted postings of articles that arrived one after the other; dropped whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from wirespin.reuse.keyfilter import KeyFilter, Keys
from wirespin.reuse.runs import Numbers, expand, groups, lengths
from wirespin.reuse.shingles import Hashes
from wirespin.reuse.sketch import ORDINARY_SCALE, Sample

Packed = npt.NDArray[np.uint64]

TENTH_BITS = 4
"""A posting is 32 bits of key, 28 of the article's number within its segment, 4 of the tenth: 8 bytes, one look."""

BUCKET = 8
"""Postings to an entry of the directory at most: 1 byte a posting, and a look-up reads one cache line behind it."""

_SPREAD = np.uint64(0x9E3779B97F4A7C15)  # 2**64 / golden ratio (Knuth, TAOCP 6.4): sampling chose by the low bits
_HALF = np.uint64(32)


@dataclass(frozen=True)
class Ranges:
    """Where the postings of some keys stand in a segment.

    Attributes:
        which: index of the key asked for, ascending.
        start: index of its first posting.
        count: how many there are, one at least.
    """

    which: Numbers
    start: Numbers
    count: Numbers

    def where(self, keep: npt.NDArray[np.bool_]) -> Ranges:
        """Some of them."""
        return Ranges(self.which[keep], self.start[keep], self.count[keep])


def keys_of(hashes: Hashes) -> Keys:
    """32-bit keys of shingle hashes, a function of the hash alone, so that no answer depends on what else is there.

    Among 10**8 postings one key in 40 meets a stranger's; a chance candidate needs two of one stranger.
    """
    return ((hashes * _SPREAD) >> _HALF).astype(np.uint32)


class Segment:
    """Immutable postings, with the stretch of arrivals and of event time that they cover.

    What look-ups need beside them is made by the first one: after a restart most segments are merged before any.

    Args:
        first: number of its first article.
        articles: how many articles it covers.
        packed: sorted postings, the number of the article relative to `first`.
        begins: watermark when its first article arrived.
        newest: newest event time of its articles, an undated one counting as of the watermark.
    """

    __slots__ = ("_bits", "_made", "_shift", "articles", "begins", "first", "newest", "packed")

    def __init__(self, first: int, articles: int, packed: Packed, begins: float, newest: float) -> None:
        self.first, self.articles, self.packed = first, articles, packed
        self.begins, self.newest = begins, newest
        self._bits = max(1, (len(packed) // BUCKET).bit_length())
        self._shift = np.uint32(32 - self._bits)
        self._made: tuple[Keys, KeyFilter] | None = None

    def __len__(self) -> int:
        return len(self.packed)

    @property
    def end(self) -> int:
        """Number behind that of its last article."""
        return self.first + self.articles

    @property
    def nbytes(self) -> int:
        """Bytes of its arrays."""
        directory, sieve = self.ready()
        return int(self.packed.nbytes + directory.nbytes) + sieve.nbytes

    def ready(self) -> tuple[Keys, KeyFilter]:
        """Its directory and its filter, made where they are not yet."""
        if self._made is None:
            keys = self.keys()
            directory = np.zeros((1 << self._bits) + 1, dtype=np.uint32)
            np.cumsum(np.bincount(keys >> self._shift, minlength=1 << self._bits), out=directory[1:])
            self._made = directory, KeyFilter(keys)
        return self._made

    def keys(self) -> Keys:
        """Key of each posting, ascending."""
        return (self.packed >> _HALF).astype(np.uint32)

    def find(self, keys: Keys, among: Numbers) -> Ranges:
        """Where the postings of some of distinct, ascending keys stand; `among` are the indices of those asked for."""
        directory, sieve = self.ready()
        maybe = among[sieve.select(keys[among])]
        wanted = keys[maybe]
        bucket = (wanted >> self._shift).astype(np.intp)
        low = directory.take(bucket).astype(np.int64)
        size = directory.take(bucket + 1) - low
        place = expand(low, size)
        hit = ((self.packed.take(place) >> _HALF) == wanted.repeat(size)).nonzero()[0]
        owner = np.arange(len(wanted)).repeat(size)[hit]
        begin = groups(owner)
        return Ranges(maybe[owner[begin]], place[hit[begin]], lengths(begin, len(owner)))

    def read(self, places: Numbers) -> tuple[Numbers, npt.NDArray[np.uint8]]:
        """Article numbers and tenths of postings."""
        low = self.packed.take(places).astype(np.uint32)
        return (low >> np.uint32(TENTH_BITS)).astype(np.int64) + self.first, (low & np.uint32(15)).astype(np.uint8)


def pack(samples: Sequence[Sample]) -> Packed:
    """Sorted postings of some articles, which are numbered from 0."""
    keys = keys_of(np.concatenate([sample.hashes for sample in samples])).astype(np.uint64)
    numbers = np.repeat(np.arange(len(samples), dtype=np.uint64), [len(sample.hashes) for sample in samples])
    tenths = np.concatenate([sample.tenths for sample in samples]).astype(np.uint64)
    packed: Packed = keys << _HALF | numbers << np.uint64(TENTH_BITS) | tenths
    packed.sort()
    return packed


def quoted_keys(samples: Sequence[Sample]) -> Keys:
    """Keys of the hashes that a text of ordinary length keeps only where they stand inside quotation marks.

    By the hash alone, so that a key is the same whoever asks; one quoted hash in `ORDINARY_SCALE` is not told.
    """
    hashes = np.concatenate([sample.hashes for sample in samples])
    return keys_of(hashes[hashes % np.uint64(ORDINARY_SCALE) != 0])


def merged(left: Segment, right: Segment) -> Segment:
    """One segment of two neighbours, the left one the earlier."""
    shift = np.uint64((right.first - left.first) << TENTH_BITS)
    packed = np.concatenate((left.packed, right.packed + shift))
    packed.sort()
    return Segment(left.first, right.end - left.first, packed, left.begins, max(left.newest, right.newest))
