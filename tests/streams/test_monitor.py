"""Looking at stages over time: rates, what stands still, what the log is told."""

from __future__ import annotations

import asyncio
import logging
import time

import pytest

from streams.monitor import LOOK_EVERY, SAY_EVERY, Monitor, summary
from tests.support.stages import FakeApp, fake_stage, flowing

NOW_MS = time.time() * 1000


class Heard:
    """What the watchdog is told."""

    def __init__(self) -> None:
        self.standing, self.why = -1.0, ""

    def __call__(self, standing: float, why: str) -> None:
        self.standing, self.why = standing, why


def lag(app: FakeApp, position: int, end: int) -> None:
    app.consumer.fetched(0, position, end, time.time() * 1000)


def reasons(monitor: Monitor) -> list[str]:
    return [problem.reason for problem in monitor.problems()]


def test_records_that_wait_with_none_done_stand_still_and_are_a_problem() -> None:
    heard, (stage, app) = Heard(), flowing()
    monitor = Monitor(60.0, heard)
    lag(app, 0, 5)
    monitor.watch([stage])
    began = time.monotonic()
    monitor.look(began + 50)
    assert reasons(monitor) == []
    monitor.look(began + 70)
    assert reasons(monitor) == ["lag grows"]
    assert heard.standing == pytest.approx(70, abs=1)
    assert "ingest[0]: lag grows" in heard.why
    lag(app, 1, 9)
    monitor.look(began + 80)
    assert reasons(monitor) == []
    assert heard.standing == 0.0


def test_one_partition_that_stands_still_is_a_problem_but_not_a_stuck_stage() -> None:
    heard, (stage, app) = Heard(), flowing(partitions=2)
    monitor = Monitor(60.0, heard)
    app.consumer.fetched(1, 0, 5, NOW_MS)
    monitor.watch([stage])
    began = time.monotonic()
    for second in range(0, 100, 10):
        app.consumer.fetched(0, second, 1_000, NOW_MS)
        monitor.look(began + second)
    (problem,) = monitor.problems()
    assert (problem.reason, problem.partition) == ("lag grows", 1)
    assert heard.standing == 0.0


def test_a_stage_that_never_becomes_ready_stands_still_and_idleness_does_not() -> None:
    heard, (starting, _), (idle, _) = Heard(), fake_stage(), flowing()
    monitor = Monitor(60.0, heard)
    monitor.watch([idle])
    monitor.look(time.monotonic() + 1_000)
    assert heard.standing == 0.0
    monitor.watch([starting, idle])
    monitor.look(time.monotonic() + 1_000)
    assert heard.standing == pytest.approx(1_000, abs=1)


def test_a_rebuild_stands_still_only_when_it_takes_nothing_in() -> None:
    heard, (stage, app) = Heard(), fake_stage(state={})
    monitor = Monitor(60.0, heard)
    app.consumer.held, stage.awaited = [0], {0}
    monitor.watch([stage])
    began = time.monotonic()
    for second in range(0, 1_000, 100):
        assert stage.state
        assert stage.state.progress
        stage.state.progress.step(1)
        monitor.look(began + second)
    assert heard.standing == 0.0
    assert reasons(monitor) == ["rebuilding"]
    monitor.look(began + 2_000)
    assert heard.standing == pytest.approx(1_100, abs=1)


def test_before_the_stages_run_it_starts_and_when_they_stop_nobody_waits() -> None:
    heard = Heard()
    monitor = Monitor(60.0, heard)
    monitor.look(time.monotonic() + 100)
    assert heard.standing == pytest.approx(100, abs=1)
    assert reasons(monitor) == ["not running"]
    monitor.watch([])
    monitor.look(time.monotonic() + 200)
    assert heard.standing == 0.0
    assert reasons(monitor) == ["not running"]


def test_the_rate_is_that_of_the_last_minute() -> None:
    stage, _ = flowing()
    monitor = Monitor(60.0)
    monitor.watch([stage])
    (watched,) = monitor.watched
    assert watched.rate == 0.0
    began = time.monotonic()
    for second in range(1, 100):
        stage.tally.acknowledged += 1_000 if second == 1 else 2
        monitor.look(began + second)
    assert watched.rate == pytest.approx(2.0, rel=0.01)


def test_each_stage_is_told_to_the_log_once_a_minute(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "streams.monitor")
    stage, app = flowing()
    lag(app, 3, 1_237)
    stage.tally.sent["rejected"] = 2
    stage.tally.relations.update(republication=7, background=1_000)
    monitor = Monitor(60.0)
    monitor.watch([stage])
    for second in range(SAY_EVERY + 1):
        monitor.look(time.monotonic() + second)
    (line,) = caplog.messages
    assert line == (
        "ingest: flowing, 0 records (2 rejected), 0.0 a second, lag 1,234; relations: republication 7, background 1,000"
    )
    monitor.watched[0].sizes = {"index": {"articles": 5_000, "oldest": None}, "watermark": "now"}
    assert "index: articles 5,000, oldest None" in summary(monitor.watched[0])


async def test_what_cannot_be_looked_at_is_unready_but_not_ended(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("streams.monitor.LOOK_EVERY", 0.01)
    monkeypatch.setattr("streams.monitor.UNSEEN", 0.05)
    assert LOOK_EVERY == 1.0
    heard, (stage, app) = Heard(), flowing()
    async with Monitor(60.0, heard) as monitor:
        monitor.watch([stage])
        await asyncio.sleep(0.05)
        assert reasons(monitor) == []
        del app.consumer
        heard.standing = 99.0
        await asyncio.sleep(0.2)
        assert reasons(monitor) == ["unseen"]
        assert heard.standing == 0.0
    assert "could not be looked at" in caplog.text
