"""Looking at the stages of a worker once a second: what is wrong, what stands still, how fast it goes.

Everybody else (the health endpoint, the watchdog, the log) is given what was last seen; nobody's question costs more.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from streams.app import Stage
from streams.background import Background
from streams.health import Problem, StageReading, Standstill, stage_problems
from streams.observe import observe, statistics
from streams.tally import Tally

log = logging.getLogger(__name__)

LOOK_EVERY = 1.0
"""Seconds between two readings; one of three stages with full buffers takes 2 ms."""

MEASURE_EVERY = 10
"""Readings between two measurements of the state's size, which look at every segment and story."""

RATE_OVER = 60
"""Readings over which a rate is taken, so seconds."""

SAY_EVERY = 60
"""Readings between two lines of the log for each stage."""

UNSEEN = 10.0
"""Seconds without a reading after which nobody knows how the stages are."""


@dataclass
class Watched:
    """A stage, and what is remembered of it between two readings.

    Attributes:
        stage: the stage.
        reading: as it was last seen.
        standing: seconds since it last got anything done or had nothing to do.
        by_partition: the same of each partition that flows.
        sizes: of its state, as last measured.
    """

    stage: Stage
    reading: StageReading
    since: Standstill
    standing: float = 0.0
    by_partition: Mapping[int, float] = field(default_factory=dict)
    sizes: Mapping[str, Any] = field(default_factory=dict)
    clocks: dict[int, Standstill] = field(default_factory=dict)
    counts: deque[tuple[float, int]] = field(default_factory=lambda: deque(maxlen=RATE_OVER + 1))

    @property
    def tally(self) -> Tally:
        """What it has done since the start."""
        return self.stage.tally

    @property
    def rate(self) -> float:
        """Records a second over the last minute."""
        (began, first), (ended, last) = self.counts[0], self.counts[-1]
        return (last - first) / (ended - began) if ended > began else 0.0

    def look(self, now: float, reading: StageReading) -> None:
        """Take a reading in."""
        self.reading = reading
        self.standing = self.since.update(now, reading.progress, idle=reading.idle)
        self.counts.append((now, self.tally.acknowledged))
        held = {one.partition: one for one in reading.partitions if reading.phase == "flowing"}
        self.clocks = {number: self.clocks.get(number, Standstill(now)) for number in held}
        self.by_partition = {
            number: self.clocks[number].update(now, one.position, idle=not one.lag) for number, one in held.items()
        }


class Monitor(Background):
    """The readings of a worker's stages, as an async context manager.

    Args:
        lag_timeout: seconds that records may wait without any being acknowledged before that is a problem.
        content: called at each reading with the seconds that the stage which stands still longest has stood still,
            and why.
    """

    def __init__(
        self, lag_timeout: float, content: Callable[[float, str], None] = lambda _standing, _why: None
    ) -> None:
        self._lag_timeout, self._content = lag_timeout, content
        self.watched: list[Watched] = []
        self._looks = 0
        self._seen = time.monotonic()
        self._starting: float | None = self._seen

    def watch(self, stages: Sequence[Stage]) -> None:
        """Look at these stages from now on; at none before they run and when they stop."""
        now, self._starting = time.monotonic(), None
        self.watched = [Watched(stage, observe(stage), Standstill(now)) for stage in stages]
        self.look(now)

    def problems(self) -> list[Problem]:
        """What is wrong with the stages as last seen."""
        if not self.watched:
            return [Problem("not running", "the stages are not started yet, or stopping")]
        unseen = time.monotonic() - self._seen
        found = [Problem("unseen", f"could not be looked at for {unseen:.0f} s")] if unseen > UNSEEN else []
        for one in self.watched:
            found += stage_problems(one.reading, one.by_partition, self._lag_timeout)
        return found

    def look(self, now: float) -> None:
        """Take one reading of every stage."""
        for one in self.watched:
            one.look(now, observe(one.stage))
            if self._looks % MEASURE_EVERY == 0:
                one.sizes = statistics(one.stage)
            if self._looks and self._looks % SAY_EVERY == 0:
                log.info("%s", summary(one))
        self._looks, self._seen = self._looks + 1, now
        starting = 0.0 if self._starting is None else now - self._starting
        standing = max((one.standing for one in self.watched), default=starting)
        self._content(standing, "; ".join(map(str, self.problems())))

    async def _go_on(self) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY)
            try:
                self.look(time.monotonic())
            except Exception:  # what cannot be looked at may still work: it is unready, not ended
                log.exception("the stages could not be looked at")
                self._content(0.0, "")


def summary(one: Watched) -> str:
    """A stage in one line: counts since the start, rate, lag, sizes."""
    rejected = one.tally.sent["rejected"]
    parts = [
        f"{one.reading.phase}, {one.tally.acknowledged:,} records ({rejected:,} rejected), {one.rate:.1f} a second, "
        f"lag {one.reading.lag:,}",
        *(f"{what}: {_listed(sizes)}" for what, sizes in one.sizes.items() if isinstance(sizes, dict)),
    ]
    if one.tally.relations:
        parts.append(f"relations: {_listed(one.tally.relations)}")
    return f"{one.stage.name}: {'; '.join(parts)}"


def _listed(counts: Mapping[str, Any]) -> str:
    return ", ".join(
        f"{name} {count:,}" if isinstance(count, int) else f"{name} {count}" for name, count in counts.items()
    )
