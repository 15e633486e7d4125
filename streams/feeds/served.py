"""The health port of a worker that polls: live, ready and status as other workers have them, and metrics."""

from __future__ import annotations

import time
from contextlib import AbstractAsyncContextManager
from dataclasses import asdict
from typing import Any

from streams.feeds.metrics import STAGE, Reading, as_stage, families, problems
from streams.feeds.run import Running
from streams.pulse import Pulse
from streams.served import Answer, Health, watched_port
from streams.settings import Settings


class Station:
    """What the answers are made of.

    Args:
        running: the worker.
        pulse: asks the broker for a sign of life.
    """

    def __init__(self, running: Running, pulse: Pulse) -> None:
        self._running, self._pulse = running, pulse
        self._began = time.monotonic()

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

    def live(self) -> Answer:
        """Whether the process is worth keeping: it answers, and is not about to end."""
        alive = not self._running.failed.done()
        return alive, {"live": alive}

    def ready(self) -> Answer:
        """Whether all partitions at hand are polled, and what is wrong where not."""
        found = problems(self.reading())
        return not found, {"ready": not found, "problems": [asdict(problem) for problem in found]}

    def status(self) -> dict[str, Any]:
        """How polling goes, in the form of other workers' stages."""
        reading = self.reading()
        rate = reading.tally.begun / max(1.0, time.monotonic() - self._began)
        return {"stages": {STAGE: {**as_stage(reading), "rate": round(rate, 2)}}}

    def health(self) -> Health:
        """The answers."""
        return Health(
            self.live, self.ready, self.status, lambda: families(self.reading()), silent=lambda: self._pulse.silent
        )


def health_port(settings: Settings, running: Running) -> AbstractAsyncContextManager[None]:
    """The port, listening; nothing where none is set; raises as `watched_port`."""
    return watched_port(settings, lambda pulse: Station(running, pulse).health())
