"""Runs of equal values in ordered arrays, and ranges of numbers: the loops of the index, done by numpy."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]


def groups(ordered: npt.NDArray[Any]) -> Numbers:
    """Where each run of equal values begins."""
    begins: Numbers = np.concatenate(([True], ordered[1:] != ordered[:-1])).nonzero()[0]
    return begins[: len(ordered)]


def lengths(begins: Numbers, end: int) -> Numbers:
    """How long each run is, the last one up to `end`."""
    result: Numbers = np.concatenate((begins[1:], [end]))[: len(begins)] - begins
    return result


def expand(starts: Numbers, counts: Numbers) -> Numbers:
    """All numbers of some ranges, range by range."""
    ends = counts.cumsum()
    result: Numbers = np.arange(ends[-1] if len(ends) else 0) + (starts - ends + counts).repeat(counts)
    return result
