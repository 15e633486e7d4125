"""A filter that tells of most keys that they are not in a set."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from wirespin.reuse.runs import Numbers, groups

Keys = npt.NDArray[np.uint32]

FILTER_BITS = 6
"""Bits a key at least: of the keys that are not in the set, 6 of 7 are told so."""

CHUNK = 1 << 20
"""Keys that are taken in at once where they are many, so that what that needs stays under 50 MB."""


class KeyFilter:
    """A Bloom filter (Bloom 1970) with one function: the key's own high bits, which are well spread.

    Args:
        keys: the set, in parts that are ascending each.
    """

    __slots__ = ("_bits", "_shift")

    def __init__(self, *keys: Keys) -> None:
        count = sum(map(len, keys))
        bits = min(32, max(3, (count * FILTER_BITS).bit_length()))
        self._shift = np.uint32(32 - bits)
        if count <= CHUNK:
            flags = np.zeros(1 << bits, dtype=bool)
            for part in keys:
                flags[part >> self._shift] = True
            self._bits = np.packbits(flags, bitorder="little")
            return
        self._bits = np.zeros(1 << (bits - 3), dtype=np.uint8)
        for part in keys:
            for start in range(0, len(part), CHUNK):
                self._set(part[start : start + CHUNK] >> self._shift)

    @property
    def nbytes(self) -> int:
        """Bytes of its array."""
        return int(self._bits.nbytes)

    def select(self, keys: Keys) -> Numbers:
        """Indices of the keys that may be in the set."""
        bit = keys >> self._shift
        held = self._bits.take((bit >> np.uint32(3)).astype(np.intp)) >> (bit & np.uint32(7)).astype(np.uint8)
        result: Numbers = (held & np.uint8(1)).nonzero()[0]
        return result

    def _set(self, bit: Keys) -> None:
        """Set some ascending bits."""
        places = bit >> np.uint32(3)
        begin = groups(places)
        values = np.uint8(1) << (bit & np.uint32(7)).astype(np.uint8)
        self._bits[places[begin]] |= np.bitwise_or.reduceat(values, begin)
