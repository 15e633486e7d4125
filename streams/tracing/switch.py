"""Whether there are traces at all: what is imported only where they are."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from agents.trace import UNTRACED, Tracer
from schemas.errors import SettingsError
from streams.settings import Settings
from streams.topics import declared

Tracers = Callable[[str, str], Tracer]
"""The tracer of a stage, by its name and consumer group."""


@asynccontextmanager
async def tracing(settings: Settings) -> AsyncIterator[Tracers]:
    """What traces stages; on leaving, the last spans are sent for two seconds at most.

    Raises:
        SettingsError: an endpoint is set, but not what is needed to send to it.
    """
    endpoint = settings.otel_endpoint
    if endpoint is None:
        yield lambda _stage, _group: UNTRACED
        return
    try:
        from streams.tracing.causes import Causes  # noqa: PLC0415 (nothing of OpenTelemetry where it is off)
        from streams.tracing.export import end, provider  # noqa: PLC0415
        from streams.tracing.stage import StageTracer  # noqa: PLC0415
    except ModuleNotFoundError as error:
        remedy = "install it with 'pip install wirespin[otel]', or leave WIRESPIN_OTEL_ENDPOINT unset"
        raise SettingsError(f"needs a package: {error.name}", where="--otel-endpoint", remedy=remedy) from error
    topics = {role: topic.name for role, topic in declared(settings).items()}
    made = provider(settings, endpoint)

    def tracer(stage: str, group: str) -> Tracer:
        causes = Causes() if stage == "judge" else None
        return StageTracer(made.get_tracer("wirespin"), stage, group, topics, causes)

    try:
        yield tracer
    finally:
        await asyncio.to_thread(end, made)
