"""Where an article was placed before a restart, read from the log of stories only as far as match needs it.

A restart reads a window of records. To check each field of each of them takes ten times as long as to decode it, and
was done when the record was written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from wirespin.dates import seconds
from wirespin.identity import story_number
from wirespin.reuse.sketch import Sample, unpacked
from wirespin.story.register import Placed


@dataclass(frozen=True, slots=True)
class Residence:
    """An article that was placed before a restart.

    Attributes:
        placed: what match remembers of it.
        time: its event time.
        sample: its kept hashes.
        lives: whether the first of its homes is where it lives; else that one is not known yet.
    """

    placed: Placed
    time: float | None
    sample: Sample
    lives: bool

    def merged(self, other: Residence) -> Residence:
        """The same article, as it was sent to one more story; it lives in the first."""
        first, second = (other, self) if other.lives else (self, other)
        homes = tuple(dict.fromkeys((*first.placed.homes, *second.placed.homes)))
        return replace(self, placed=replace(self.placed, homes=homes), lives=first.lives)

    def __reduce__(self) -> tuple[Any, ...]:
        """Its fields as plain values: arrays take ten times as long to go from a process to another."""
        placed, sample = self.placed, self.sample
        arrays = sample.hashes.tobytes(), sample.tenths.tobytes()
        what = placed.id, placed.digest, placed.offset, placed.rank, placed.homes
        return _remade, (what, self.time, *arrays, sample.shingles, sample.scale, self.lives)


def _remade(
    what: tuple[str, str, int, int, tuple[int, ...]],
    time: float | None,
    hashes: bytes,
    tenths: bytes,
    shingles: int,
    scale: int,
    lives: bool,
) -> Residence:
    sample = Sample(np.frombuffer(hashes, np.uint64), np.frombuffer(tenths, np.uint8), shingles, scale)
    return Residence(Placed(*what), time, sample, lives)


def residence(item: Mapping[str, Any]) -> Residence:
    """What an item that was sent to a story tells of its article.

    Args:
        item: the JSON object of a `StoryItem`.

    Raises:
        LookupError, TypeError, ValueError: it is none.
    """
    accepted = item["accepted"]
    identity, digest, offset = accepted["article"]["id"], accepted["digest"], item["offset"]
    if not (isinstance(identity, str) and isinstance(digest, str) and isinstance(offset, int)):
        raise TypeError(f"not an article's identity: {identity!r}, {digest!r}, {offset!r}")
    placed = Placed(identity, digest, offset, _rank(accepted), (_home(item),))
    sketch = accepted["sketch"]
    sample = unpacked(sketch["hashes"], sketch["tenths"], sketch["shingles"], sketch["scale"])
    return Residence(placed, seconds(accepted.get("published")), sample, bool(item["lives"]))


def _home(item: Mapping[str, Any]) -> int:
    """Number of the story; the index holds it in 63 bits."""
    number = story_number(item["story"])
    if not 0 <= number < 1 << 63:
        raise ValueError(f"no story: {item['story']!r}")
    return number


def _rank(accepted: Mapping[str, Any]) -> int:
    """As `wirespin.story.place.rank`."""
    return 2 if accepted.get("agency") else 1 if accepted.get("credits") else 0
