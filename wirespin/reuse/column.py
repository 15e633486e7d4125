"""A growing array whose front is cut off: one value for each article of the index, by its number."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt

Scalar = TypeVar("Scalar", bound=np.generic)

SPARE = 1 / 2
"""Share of the array that may lie unused before it is made anew: constant time an article, at most twice the memory."""

FEWEST = 1_024
"""Values for which there is always room, so that small arrays are not made anew all the time."""


class Column(Generic[Scalar]):
    """Values of articles numbered without gaps.

    Args:
        dtype: of the values.
    """

    def __init__(self, dtype: type[Scalar]) -> None:
        self._values: npt.NDArray[Scalar] = np.empty(FEWEST, dtype=dtype)
        self._first = self._start = self._end = 0

    def __len__(self) -> int:
        return self._end - self._start

    @property
    def nbytes(self) -> int:
        """Bytes of the array, room included."""
        return int(self._values.nbytes)

    def append(self, values: npt.ArrayLike) -> None:
        """Add the values of the next articles."""
        more = np.asarray(values, dtype=self._values.dtype)
        if self._end + len(more) > len(self._values):
            self._move(len(more))
        self._values[self._end : self._end + len(more)] = more
        self._end += len(more)

    def take(self, numbers: npt.NDArray[np.int64]) -> npt.NDArray[Scalar]:
        """Values of some articles."""
        taken: npt.NDArray[Scalar] = self._values[numbers - (self._first - self._start)]
        return taken

    def set(self, number: int, value: Any) -> None:
        """Change the value of one article."""
        self._values[number - self._first + self._start] = value

    def drop_before(self, number: int) -> None:
        """Forget the articles before one."""
        cut = min(max(0, number - self._first), len(self))
        self._first += cut
        self._start += cut

    def _move(self, more: int) -> None:
        """Make room, leaving out what was cut off."""
        count = len(self)
        values = np.empty(max(FEWEST, int((count + more) * (1 + SPARE))), dtype=self._values.dtype)
        values[:count] = self._values[self._start : self._end]
        self._values, self._start, self._end = values, 0, count
