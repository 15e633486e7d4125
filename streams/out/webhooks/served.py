"""The health port of the process that tells webhooks."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from dataclasses import asdict

from streams.out.webhooks.metrics import families, problems, status
from streams.out.webhooks.run import Running
from streams.pulse import Pulse
from streams.served import Answer, Health, health_port
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


@contextlib.asynccontextmanager
async def served(settings: Settings, running: Running) -> AsyncIterator[None]:
    """The port, listening; nothing where none is set.

    Raises:
        SettingsError: it cannot listen there.
    """
    if not settings.health_port:
        yield
        return
    async with Pulse(settings) as pulse, health_port(settings, health_of(running, pulse)):
        yield
