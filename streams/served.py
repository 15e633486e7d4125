"""The health port that every process has: ``/live``, ``/ready`` and ``/status`` as JSON, ``/metrics`` for Prometheus.

It answers from what is at hand, on the event loop that the work runs on: a loop that does not turn does not answer.
"""

from __future__ import annotations

import contextlib
import os
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import orjson
from aiohttp import web

from streams import process
from streams.exposition import CONTENT_TYPE, Family, gauge, text_of
from streams.listen import serving
from streams.pulse import Pulse
from streams.settings import Settings

Answer = tuple[bool, dict[str, Any]]
"""Whether all is well (200, else 503), and what is said."""


def _alive() -> Answer:
    return True, {"live": True}


def _ready() -> Answer:
    return True, {"ready": True, "problems": []}


def _nothing() -> dict[str, Any]:
    return {}


def _no_families() -> Iterable[Family]:
    return ()


@dataclass(frozen=True)
class Health:
    """What the answers of a process are made of. All are called on each request, on the event loop: none may wait.

    Attributes:
        live: whether the process is worth keeping; where it is not, it should be started again.
        ready: whether it does its work, with ``ready`` and the list of ``problems`` (`streams.health.Problem`).
        status: what else is known, with ``stages`` where `wirespin status` is to show it.
        families: the metrics of its own; those of every process are added.
        silent: seconds since the broker last answered (`streams.pulse.Pulse`); None where nobody asks it.
        started: when the process began its work.
    """

    live: Callable[[], Answer] = _alive
    ready: Callable[[], Answer] = _ready
    status: Callable[[], dict[str, Any]] = _nothing
    families: Callable[[], Iterable[Family]] = _no_families
    silent: Callable[[], float] | None = None
    started: datetime = field(default_factory=lambda: datetime.now(UTC))

    def everything(self) -> Answer:
        """The answer of ``/status``, which is never red."""
        said = {
            **self.ready()[1],
            "worker": {"pid": os.getpid(), "started": self.started.isoformat(timespec="seconds")},
            "stages": {},
            **self.status(),
        }
        return True, said if self.silent is None else said | {"broker": {"answered_s": round(self.silent(), 1)}}

    def metrics(self) -> str:
        """The page that Prometheus fetches."""
        return text_of([*self.own(), *self.families(), *process.families()])

    def own(self) -> Iterator[Family]:
        """What is true of every process that serves this."""
        ready, said = self.ready()
        yield gauge("wirespin_ready", "Whether the process does its work, 1 or 0.", ready)
        found = Counter(str(problem["reason"]).replace(" ", "_") for problem in said.get("problems", ()))
        yield gauge("wirespin_problems", "What keeps it from that, by reason; none where it is ready.", found, "reason")
        if self.silent is not None:
            yield gauge("wirespin_broker_silence_seconds", "Since the broker last answered.", self.silent())


def routes(health: Health) -> list[web.RouteDef]:
    """The four paths, for an application that has others beside."""

    def answering(path: str, answer: Callable[[], Answer]) -> web.RouteDef:
        async def handle(_: web.Request) -> web.Response:
            good, said = answer()
            return web.Response(status=200 if good else 503, body=orjson.dumps(said), content_type="application/json")

        return web.get(path, handle)

    async def metrics(_: web.Request) -> web.Response:
        return web.Response(body=health.metrics().encode(), headers={"Content-Type": CONTENT_TYPE})

    return [
        answering("/live", health.live),
        answering("/ready", health.ready),
        answering("/status", health.everything),
        web.get("/metrics", metrics),
    ]


def application(health: Health) -> web.Application:
    """The four paths alone."""
    app = web.Application()
    app.add_routes(routes(health))
    return app


@contextlib.asynccontextmanager
async def health_port(settings: Settings, health: Health) -> AsyncIterator[int | None]:
    """The port, listening, which is yielded; None, and nothing listens, where no port is set.

    Raises:
        SettingsError: it cannot listen there.
    """
    if not settings.health_port:
        yield None
        return
    app, host, port = application(health), settings.health_host, settings.health_port
    async with serving(app, host, port, what="health endpoint", flag="--health-port") as chosen:
        yield chosen


@contextlib.asynccontextmanager
async def watched_port(settings: Settings, health: Callable[[Pulse], Health]) -> AsyncIterator[None]:
    """The port, listening, with somebody who asks the broker; neither where no port is set.

    Args:
        settings: all settings.
        health: the answers, given who asks the broker.

    Raises:
        SettingsError: it cannot listen there.
    """
    if not settings.health_port:
        yield
        return
    async with Pulse(settings) as pulse, health_port(settings, health(pulse)):
        yield
