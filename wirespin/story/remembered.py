"""What was worked out lately, kept within bounds by weight: one text may be a thousand times as long as another."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Remembered(Generic[Key, Value]):
    """Values made once while they are among the last used ones.

    Args:
        limit: what they may weigh together; the newest is kept whatever its weight.
        weigh: weight of a value.
    """

    def __init__(self, limit: int, weigh: Callable[[Value], int] = lambda _: 1) -> None:
        self._limit, self._weigh = limit, weigh
        self._values: dict[Key, tuple[Value, int]] = {}
        self._weight = 0

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: Key, make: Callable[[], Value]) -> Value:
        """The value of a key, made where it is not remembered."""
        if key in self._values:
            value, weight = self._values.pop(key)
        else:
            value = make()
            weight = self._weigh(value)
            self._weight += weight
        self._values[key] = value, weight
        while self._weight > self._limit and len(self._values) > 1:
            oldest = next(iter(self._values))
            self._weight -= self._values.pop(oldest)[1]
        return value
