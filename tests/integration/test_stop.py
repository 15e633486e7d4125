"""A worker that is told to stop ends in time, also where its broker is no longer there to say good-bye to."""

from __future__ import annotations

import os
import signal
import time
import uuid

import pytest

from streams.embedded import EmbeddedBroker
from streams.replay import send
from streams.settings import Settings
from tests.support.pipeline import WorkerProcess, labelled

pytestmark = pytest.mark.integration

LONGEST = 10.0


@pytest.mark.parametrize("gone", [False, True])
async def test_it_ends_within_ten_seconds(*, gone: bool) -> None:
    with EmbeddedBroker() as broker:  # a broker of the test's own: it is paused
        settings = Settings(broker=broker.url, prefix=f"t-{uuid.uuid4().hex[:12]}", session_timeout=6)
        async with WorkerProcess(settings) as worker:
            await worker.said("runs")
            await send(settings, labelled("a-01", "a-05"))
            try:
                if gone:
                    os.kill(broker.pid, signal.SIGSTOP)
                began = time.monotonic()
                assert await worker.end(signal.SIGTERM) == 0, worker.lines
                assert time.monotonic() - began < LONGEST
            finally:
                os.kill(broker.pid, signal.SIGCONT)
