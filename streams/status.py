"""What a worker says of itself on its health port: see `streams.served`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from streams.health import PartitionReading, Problem, broker_problems
from streams.metrics import families
from streams.monitor import Monitor, Watched
from streams.served import Answer, Health


@dataclass
class Sources:
    """Where the answers come from.

    Attributes:
        monitor: the readings of the stages.
        broker: seconds since the broker last answered.
        standing: seconds that the worker has stood still, as its watchdog sees it.
        limit: of those, how many end the worker.
        started: when the worker began.
    """

    monitor: Monitor
    broker: Callable[[], float]
    standing: Callable[[], float]
    limit: float
    started: datetime = field(default_factory=lambda: datetime.now(UTC))

    def problems(self) -> list[Problem]:
        """All that keeps the worker from being ready."""
        return [*broker_problems(self.broker()), *self.monitor.problems()]


def health(sources: Sources) -> Health:
    """The answers of a worker."""
    return Health(
        live=lambda: live(sources),
        ready=lambda: ready(sources),
        status=lambda: status(sources),
        families=lambda: families(sources.monitor.watched, sources.standing(), sources.limit),
        silent=sources.broker,
        started=sources.started,
    )


def live(sources: Sources) -> Answer:
    """Whether the process is worth keeping: it answers, and its watchdog is content."""
    standing = sources.standing()
    alive = standing <= sources.limit
    return alive, {"live": alive, "standing_s": round(standing, 1), "limit_s": sources.limit}


def ready(sources: Sources) -> Answer:
    """Whether all partitions at hand are rebuilt and flow, and what is wrong where not."""
    problems = sources.problems()
    return not problems, {"ready": not problems, "problems": [asdict(problem) for problem in problems]}


def status(sources: Sources) -> dict[str, Any]:
    """How the stages are."""
    problems = sources.problems()
    return {
        "watchdog": live(sources)[1],
        "stages": {one.stage.name: _stage(one, problems) for one in sources.monitor.watched},
    }


def _stage(one: Watched, problems: Iterable[Problem]) -> dict[str, Any]:
    reading = one.reading
    return {
        "ready": all(problem.stage != reading.stage for problem in problems),
        "phase": reading.phase,
        "lag": reading.lag,
        "partitions": [_partition(part) for part in reading.partitions],
        "rebuild": None if reading.rebuild is None else asdict(reading.rebuild),
        "records": one.tally.acknowledged,
        "rate": round(one.rate, 2),
        "sent": dict(one.tally.sent),
        "relations": dict(one.tally.relations),
        **one.sizes,
    }


def _partition(part: PartitionReading) -> dict[str, Any]:
    return {
        "partition": part.partition,
        "rebuilt": part.rebuilt,
        "position": part.position,
        "end": part.end,
        "lag": part.lag,
        "fetched_s": round(part.silent, 1),
    }
