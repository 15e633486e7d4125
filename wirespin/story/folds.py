"""Records of stories of which nobody has asked since a restart: as bytes, a quarter of the memory of what they say.

Most articles of a window are never compared again, and to read one takes ten times as long as to keep it.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import Any, NamedTuple

import orjson

from schemas.accepted import Sketch

NO_SKETCH = Sketch(scale=1, shingles=0, hashes="", tenths="")
"""What members have instead of their sketch, which nobody asks for here: a third of their memory."""

_NO_SKETCH = NO_SKETCH.model_dump()


class Fold(NamedTuple):
    """A record, unread.

    Attributes:
        value: its JSON, without the sketch.
        offset: its offset.
        aged: event time it ages by: its own, or the watermark at its arrival.
    """

    value: bytes
    offset: int
    aged: float | None


class Folds:
    """Unread records by story, those of a story in order."""

    def __init__(self) -> None:
        self._stories: dict[str, list[Fold]] = {}
        self._oldest = inf

    def __len__(self) -> int:
        return sum(map(len, self._stories.values()))

    def add(self, item: dict[str, Any], offset: int, aged: float | None) -> None:
        """Keep the JSON object of a `StoryItem`, which loses its sketch; raises where it is none."""
        item["accepted"]["sketch"] = _NO_SKETCH
        value = bytes(memoryview(orjson.dumps(item)))  # orjson's own bytes keep 8 KB of room behind them
        self._stories.setdefault(item["story"], []).append(Fold(value, offset, aged))
        self._oldest = min(self._oldest, inf if aged is None else aged)

    def pop(self, story: str) -> Sequence[Fold]:
        """The records of a story, which are let go."""
        return self._stories.pop(story, ())

    def sweep(self, horizon: float, recent: int) -> None:
        """Drop the records that aged out before a time and are older than an offset, undated ones with their story."""
        if self._oldest >= horizon:
            return
        self._oldest = inf
        for name, records in list(self._stories.items()):
            left = [one for one in records if one.aged is None or one.aged >= horizon or one.offset >= recent]
            dated = [one.aged for one in left if one.aged is not None]
            if len(left) < len(records) and not dated:
                del self._stories[name]
            else:
                self._stories[name] = left
                self._oldest = min(self._oldest, *dated, inf)
