"""The health port of the process that tells webhooks."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from dataclasses import asdict

from streams.out.webhooks.metrics import families, problems, status
from streams.out.webhooks.run import Running
from streams.pulse import Pulse
from streams.served import Answer, Health, watched_port
from streams.settings import Settings


def health_of(running: Running, pulse: Pulse) -> Health:
    """What the answers are made of."""

    def live() -> Answer:
        alive = not running.failed.done()
        return alive, {"live": alive}

    def ready() -> Answer:
        found = problems(pulse.silent, running.failed.result() if running.failed.done() else None)
        return not found, {"ready": not found, "problems": [asdict(problem) for problem in found]}

    return Health(
        live,
        ready,
        status=lambda: status(running.feeders),
        families=lambda: families(running.feeders),
        silent=lambda: pulse.silent,
    )


def served(settings: Settings, running: Running) -> AbstractAsyncContextManager[None]:
    """The port, listening; nothing where none is set; raises as `watched_port`."""
    return watched_port(settings, lambda pulse: health_of(running, pulse))
