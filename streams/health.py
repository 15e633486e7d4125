"""What is wrong with a worker, told from readings alone: nothing here asks a broker or a clock.

A problem makes a worker unready (`/ready` answers 503). Only standing still for the stall timeout ends it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

BROKER_GONE = 15.0
"""Seconds without an answer from any broker: three questions. A Kafka cluster names a new leader in less."""

FETCH_SILENCE = 30.0
"""Seconds without an answer to a fetch of a partition of which all is read; a broker answers within half a second
even where there is nothing new, and a change of leader takes seconds."""

Phase = Literal["starting", "rebalancing", "rebuilding", "stopped", "flowing"]
"""What a stage is at; ``stopped`` is Faust's flow, held since a rebalance that it never finished."""

_WAITING = {
    "starting": "has no partitions assigned yet",
    "rebalancing": "its consumer group shares out the partitions",
    "stopped": "the flow was not resumed after a rebalance",
}


@dataclass(frozen=True)
class Rebuild:
    """How far a rebuild is.

    Attributes:
        done: records read.
        total: records to read, None where unknown.
        left: seconds it will still take, None where nobody can say.
    """

    done: int
    total: int | None = None
    left: float | None = None


@dataclass(frozen=True)
class PartitionReading:
    """A partition as it stands.

    Attributes:
        partition: its number.
        rebuilt: whether its state is complete.
        position: offset of the first record that is not acknowledged, None before the first fetch.
        end: offset behind its last record as the last fetch told it, None before that.
        silent: seconds since a fetch of it was answered.
    """

    partition: int
    rebuilt: bool
    position: int | None = None
    end: int | None = None
    silent: float = 0.0

    @property
    def lag(self) -> int | None:
        """Records that wait, None where unknown."""
        return None if self.position is None or self.end is None else max(0, self.end - self.position)


@dataclass(frozen=True)
class StageReading:
    """A stage as it stands.

    Attributes:
        stage: its name.
        phase: what it is at.
        partitions: those it holds, or waits to have rebuilt.
        worked: grows with whatever it gets done.
        rebuild: how far its rebuild is, None where there is none or it does not say.
    """

    stage: str
    phase: Phase
    partitions: tuple[PartitionReading, ...] = ()
    worked: int = 0
    rebuild: Rebuild | None = None

    @property
    def lag(self) -> int:
        """Records that wait, as far as known."""
        return sum(one.lag or 0 for one in self.partitions)

    @property
    def idle(self) -> bool:
        """Whether there is nothing to do, and nothing in the way of doing it."""
        return self.phase == "flowing" and self.lag == 0 and all(one.rebuilt for one in self.partitions)

    @property
    def progress(self) -> object:
        """Something that differs when the stage has moved on; None where it can only wait."""
        if self.phase == "rebuilding":
            return self.rebuild and ("rebuilt", self.rebuild.done)
        if self.phase == "flowing" and all(one.rebuilt for one in self.partitions):
            return (*(one.position for one in self.partitions), self.worked)
        return None


@dataclass(frozen=True)
class Problem:
    """Why a worker is not ready.

    Attributes:
        reason: in a word or two, always the same for the same thing.
        detail: what is known about it.
        stage: which stage, None where it concerns all.
        partition: which partition of the stage's topic.
    """

    reason: str
    detail: str
    stage: str | None = None
    partition: int | None = None

    def __str__(self) -> str:
        place = "" if self.stage is None else self.stage + ("" if self.partition is None else f"[{self.partition}]")
        return f"{place}{': ' if place else ''}{self.reason} ({self.detail})"


class Standstill:
    """How long something has stood still while it had something to do."""

    def __init__(self, now: float) -> None:
        self._since, self._progress = now, object()

    def update(self, now: float, progress: object, *, idle: bool) -> float:
        """Seconds since it last moved or had nothing to do.

        Args:
            now: seconds of any clock.
            progress: differs from last time when it has moved on; None tells nothing.
            idle: there is nothing to do.
        """
        if idle or (progress is not None and progress != self._progress):
            self._since = now
        if progress is not None:
            self._progress = progress
        return now - self._since


def stage_problems(reading: StageReading, standing: Mapping[int, float], lag_timeout: float) -> Iterator[Problem]:
    """What is wrong with a stage.

    Args:
        reading: the stage.
        standing: seconds that each partition has stood still with records waiting.
        lag_timeout: seconds of that which are too many.
    """
    if reading.phase in _WAITING:
        yield Problem(reading.phase, _WAITING[reading.phase], reading.stage)
        return
    for one in reading.partitions:
        if not one.rebuilt:
            yield Problem("rebuilding", _rebuild(reading.rebuild), reading.stage, one.partition)
        elif one.lag and standing.get(one.partition, 0.0) > lag_timeout:
            detail = f"{one.lag:,} records wait, none was acknowledged for {standing[one.partition]:.0f} s"
            yield Problem("lag grows", detail, reading.stage, one.partition)
        elif not one.lag and one.silent > FETCH_SILENCE:
            detail = f"no fetch was answered for {one.silent:.0f} s"
            yield Problem("silent", detail, reading.stage, one.partition)


def broker_problems(silent: float | None) -> Iterator[Problem]:
    """What is wrong with the broker, which last answered so many seconds ago; None where nobody asks it."""
    if silent is not None and silent > BROKER_GONE:
        yield Problem("broker gone", f"no answer for {silent:.0f} s")


def _rebuild(rebuild: Rebuild | None) -> str:
    if rebuild is None:
        return "its state is not complete"
    total = "" if rebuild.total is None else f" of {rebuild.total:,}"
    left = "" if rebuild.left is None else f", about {rebuild.left:.0f} s left"
    return f"{rebuild.done:,}{total} records read{left}"
