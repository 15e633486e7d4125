"""The health endpoint of a worker: ``/live``, ``/ready`` and ``/status``, as JSON over HTTP.

It answers from what was last seen, on the event loop that the stages run on: a loop that does not turn does not answer.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

import orjson
from aiohttp import web

from streams.health import PartitionReading, Problem, broker_problems
from streams.listen import serving
from streams.monitor import Monitor, Watched
from streams.settings import Settings


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


def live(sources: Sources) -> tuple[bool, dict[str, Any]]:
    """Whether the process is worth keeping: it answers, and its watchdog is content."""
    standing = sources.standing()
    alive = standing <= sources.limit
    return alive, {"live": alive, "standing_s": round(standing, 1), "limit_s": sources.limit}


def ready(sources: Sources) -> tuple[bool, dict[str, Any]]:
    """Whether all partitions at hand are rebuilt and flow, and what is wrong where not."""
    problems = sources.problems()
    return not problems, {"ready": not problems, "problems": _rows(problems)}


def status(sources: Sources) -> tuple[bool, dict[str, Any]]:
    """Everything that is known."""
    problems = sources.problems()
    return True, {
        "ready": not problems,
        "problems": _rows(problems),
        "worker": {"pid": os.getpid(), "started": sources.started.isoformat(timespec="seconds")},
        "broker": {"answered_s": round(sources.broker(), 1)},
        "watchdog": live(sources)[1],
        "stages": {one.stage.name: _stage(one, problems) for one in sources.monitor.watched},
    }


@contextlib.asynccontextmanager
async def served(settings: Settings, sources: Sources) -> AsyncIterator[int]:
    """The endpoint, listening; yields its port.

    Raises:
        SettingsError: it cannot listen there.
    """
    app, host, port = application(sources), settings.health_host, settings.health_port
    async with serving(app, host, port, what="health endpoint", flag="--health-port") as chosen:
        yield chosen


def application(sources: Sources) -> web.Application:
    """The three paths."""

    def answering(path: str, answer: Callable[[Sources], tuple[bool, dict[str, Any]]]) -> web.RouteDef:
        async def handle(_: web.Request) -> web.Response:
            good, content = answer(sources)
            return web.Response(
                status=200 if good else 503, body=orjson.dumps(content), content_type="application/json"
            )

        return web.get(path, handle)

    app = web.Application()
    app.add_routes([answering("/live", live), answering("/ready", ready), answering("/status", status)])
    return app


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


def _rows(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    return [asdict(problem) for problem in problems]
