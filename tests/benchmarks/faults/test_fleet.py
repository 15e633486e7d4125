"""The fleet: workers that are started again, and the end of those that are not wanted."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

import pytest

from benchmarks.faults import fleet
from benchmarks.faults.fleet import Fleet, Worker
from streams.settings import Settings


@pytest.fixture(autouse=True)
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program in the place of Python: it ignores its arguments and sleeps."""
    program = tmp_path / "worker"
    program.write_text("#!/bin/sh\nexec sleep 60\n")
    program.chmod(0o755)
    monkeypatch.setattr(fleet.sys, "executable", str(program))  # type: ignore[attr-defined]
    monkeypatch.setattr(fleet, "AGAIN_AFTER", 0.1)


def told_of(pid: int, what: str) -> str:
    return Path(f"/proc/{pid}/{what}").read_text()


async def running(worker: Worker, other_than: int | None = None) -> int:
    async with asyncio.timeout(10):
        while (pid := worker.pid) is None or pid == other_than:
            await asyncio.sleep(0.02)
    return pid


async def test_a_worker_that_ends_is_started_again_and_its_exit_code_kept() -> None:
    async with Fleet(Settings(broker="kafka://127.0.0.1:9"), 2) as two:
        worker = two.pick(3)
        assert worker is two.workers[1]
        first = await running(worker)
        assert worker.resident > 0
        _, code = await worker.end(signal.SIGKILL)
        assert code == -signal.SIGKILL
        assert await running(worker, first) != first
        assert two.ended == [-signal.SIGKILL]


async def test_a_worker_that_is_to_leave_stays_away() -> None:
    async with Fleet(Settings(broker="kafka://127.0.0.1:9"), 2) as two:
        leaving = two.workers[1]
        ((_, code),) = await two.shrink(1)
        assert code == -signal.SIGTERM
        await asyncio.sleep(0.3)
        assert (leaving.pid, len(two.workers), two.ended) == (None, 1, [])
        await two.grow(3)
        assert len({worker.name for worker in two.workers}) == 3


async def test_it_can_be_paused_starved_and_wiped() -> None:
    async with Fleet(Settings(broker="kafka://127.0.0.1:9"), 1) as one:
        worker = one.pick(0)
        pid = await running(worker)
        worker.signal(signal.SIGSTOP)
        await asyncio.sleep(0.1)
        assert told_of(pid, "stat").split()[2] == "T"
        worker.signal(signal.SIGCONT)
        worker.limit_files(0)
        assert "Max file size             0" in told_of(pid, "limits")
        worker.limit_files(-1)
        worker.wipe()
        assert not worker.scratch.exists()
