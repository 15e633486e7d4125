"""The health port of a worker that polls: live, ready and status as other workers have them, and metrics."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import AsyncIterator
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import orjson
from aiohttp import web

from streams.exposition import CONTENT_TYPE, text_of
from streams.feeds.metrics import STAGE, Reading, as_stage, families, problems
from streams.feeds.run import Running
from streams.listen import serving
from streams.pulse import Pulse
from streams.settings import Settings


class Station:
    """What the answers are made of.

    Args:
        running: the worker.
        pulse: asks the broker for a sign of life.
    """

    def __init__(self, running: Running, pulse: Pulse) -> None:
        self._running, self._pulse = running, pulse
        self._started, self._began = datetime.now(UTC), time.monotonic()

    def reading(self) -> Reading:
        """The worker as it stands."""
        running = self._running
        ending = repr(running.failed.result()) if running.failed.done() else None
        return Reading(
            books=tuple(running.member.at_hand()),
            tally=running.tools.tally,
            overdue=running.poller.overdue,
            now=time.time(),
            broker=self._pulse.silent,
            ending=ending,
            counts=running.subscriber.counts if running.subscriber else None,
        )

    def live(self) -> tuple[bool, dict[str, Any]]:
        """Whether the process is worth keeping: it answers, and is not about to end."""
        alive = not self._running.failed.done()
        return alive, {"live": alive}

    def ready(self) -> tuple[bool, dict[str, Any]]:
        """Whether all partitions at hand are polled, and what is wrong where not."""
        found = problems(self.reading())
        return not found, {"ready": not found, "problems": [asdict(problem) for problem in found]}

    def status(self) -> tuple[bool, dict[str, Any]]:
        """Everything that is known, in the form of other workers."""
        reading = self.reading()
        rate = reading.tally.begun / max(1.0, time.monotonic() - self._began)
        return True, {
            **self.ready()[1],
            "worker": {"pid": os.getpid(), "started": self._started.isoformat(timespec="seconds")},
            "broker": {"answered_s": round(self._pulse.silent, 1)},
            "stages": {STAGE: {**as_stage(reading), "rate": round(rate, 2)}},
        }

    def metrics(self) -> str:
        """What Prometheus fetches."""
        return text_of(families(self.reading()))


def application(station: Station) -> web.Application:
    """The four paths."""

    def answering(path: str) -> web.RouteDef:
        async def handle(_: web.Request) -> web.Response:
            good, content = {"/live": station.live, "/ready": station.ready, "/status": station.status}[path]()
            body = orjson.dumps(content)
            return web.Response(status=200 if good else 503, body=body, content_type="application/json")

        return web.get(path, handle)

    async def metrics(_: web.Request) -> web.Response:
        return web.Response(body=station.metrics().encode(), headers={"Content-Type": CONTENT_TYPE})

    app = web.Application()
    app.add_routes([answering("/live"), answering("/ready"), answering("/status"), web.get("/metrics", metrics)])
    return app


@contextlib.asynccontextmanager
async def health_port(settings: Settings, running: Running) -> AsyncIterator[None]:
    """The port, listening; nothing where none is set.

    Raises:
        SettingsError: it cannot listen there.
    """
    if not settings.health_port:
        yield
        return
    async with Pulse(settings) as pulse:
        app, host, port = application(Station(running, pulse)), settings.health_host, settings.health_port
        async with serving(app, host, port, what="health endpoint", flag="--health-port"):
            yield
