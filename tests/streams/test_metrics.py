"""The metrics of a worker: what they say, how they are named, what they never tell."""

from __future__ import annotations

import time
from typing import get_args

import pytest

from agents.records import Outgoing
from schemas.events import Device
from streams.app import STAGES, Stage
from streams.health import BROKER_GONE
from streams.metrics import SENDS
from streams.monitor import Monitor
from streams.served import Health
from streams.status import Sources, health
from tests.support.fakes import NOON, record
from tests.support.metrics import lint, samples
from tests.support.stages import FakeApp, fake_stage
from wirespin.story.library import Library
from wirespin.story.place import Placer

WEEK = 7 * 86_400.0


class Worker:
    """A worker of all three stages, each with two partitions."""

    def __init__(self) -> None:
        self.monitor, self.silent, self.standing = Monitor(60.0), 1.0, 0.0
        self.stages, self.apps = dict[str, Stage](), dict[str, FakeApp]()
        states = {
            "ingest": None,
            "match": {0: Placer(WEEK), 1: Placer(WEEK)},
            "judge": {0: Library(WEEK), 1: Library(WEEK)},
        }
        for name in STAGES:
            self.stages[name], self.apps[name] = fake_stage(name, states[name])
            self.apps[name].consumer.held = [0, 1]
            self.stages[name].assigned = {0, 1}
        self.monitor.watch(list(self.stages.values()))

    def health(self) -> Health:
        return health(Sources(self.monitor, lambda: self.silent, lambda: self.standing, 300.0))

    def page(self) -> str:
        self.monitor.look(time.monotonic())
        return self.health().metrics()


@pytest.fixture
def worker() -> Worker:
    return Worker()


def test_the_page_is_read_by_prometheus_and_names_nobody(worker: Worker) -> None:
    worker.apps["ingest"].consumer.fetched(0, 5, 9, time.time() * 1000)
    worker.monitor.watched[1].sizes = {
        "index": {"articles": 5, "postings": 70, "bytes": 900, "oldest": None, "newest": None},
        "watermark": "2023-11-14T08:00:00+00:00",
    }
    lint(worker.health().metrics())


def test_an_idle_worker_has_every_series_at_zero(worker: Worker) -> None:
    found = samples(worker.page())
    for stage in STAGES:
        assert found[f'wirespin_stage_records_total{{stage="{stage}",outcome="worked"}}'] == 0
        assert found[f'wirespin_stage_rejected_total{{stage="{stage}",reason="internal"}}'] == 0
        assert found[f'wirespin_stage_phase{{stage="{stage}",phase="flowing"}}'] == 1
        assert found[f'wirespin_stage_phase{{stage="{stage}",phase="rebuilding"}}'] == 0
        assert found[f'wirespin_stage_batch_seconds_count{{stage="{stage}"}}'] == 0
        for role in SENDS[stage]:
            assert found[f'wirespin_stage_sent_total{{stage="{stage}",topic="{role}"}}'] == 0
    for device in get_args(Device):
        assert found[f'wirespin_alert_devices_total{{device="{device}"}}'] == 0
    assert found['wirespin_republications_total{reuse="verbatim",altered="no"}'] == 0
    assert found["wirespin_event_delay_seconds_count"] == 0
    assert not any("rebuild_" in name for name in found)


def test_batches_are_counted_by_outcome_time_and_reason(worker: Worker) -> None:
    tally = worker.stages["ingest"].tally
    rejected = [Outgoing("rejected", "t", b"", reason=reason) for reason in ("article", "article", "internal")]
    tally.delivered([Outgoing("accepted", "en", b""), *rejected], NOON / 1000)
    tally.finished([record(b"", offset) for offset in range(4)], 0.2, lambda: NOON / 1000 + 3)
    tally.delivered([Outgoing("accepted", "en", b"")], NOON / 1000)
    tally.finished([record(b"", 4)], 0.01, lambda: NOON / 1000 - 3)
    found = samples(worker.page())
    assert found['wirespin_stage_records_total{stage="ingest",outcome="worked"}'] == 2
    assert found['wirespin_stage_records_total{stage="ingest",outcome="rejected"}'] == 3
    assert found['wirespin_stage_rejected_total{stage="ingest",reason="article"}'] == 2
    assert found['wirespin_stage_rejected_total{stage="ingest",reason="internal"}'] == 1
    assert found['wirespin_stage_sent_total{stage="ingest",topic="accepted"}'] == 2
    assert found['wirespin_stage_batch_seconds_bucket{stage="ingest",le="0.01"}'] == 1
    assert found['wirespin_stage_batch_seconds_bucket{stage="ingest",le="0.25"}'] == 2
    assert found['wirespin_stage_batch_seconds_sum{stage="ingest"}'] == pytest.approx(0.21)
    # a clock that is behind makes no negative delay
    assert found['wirespin_stage_delay_seconds_sum{stage="ingest"}'] == pytest.approx(12)
    assert found['wirespin_stage_delay_seconds_count{stage="ingest"}'] == 5


def test_a_record_without_a_time_has_no_delay(worker: Worker) -> None:
    from dataclasses import replace

    tally = worker.stages["judge"].tally
    tally.finished([replace(record(b""), timestamp=0)], 0.1)
    tally.delivered([Outgoing("alerts", "key", b"", arrived=0)], time.time())
    found = samples(worker.page())
    assert found['wirespin_stage_delay_seconds_count{stage="judge"}'] == 0
    assert found["wirespin_event_delay_seconds_count"] == 0


def test_what_judge_said_is_counted_and_timed(worker: Worker) -> None:
    tally = worker.stages["judge"].tally
    tally.relations.update(republication=2, background=7)
    tally.republications["edited", "yes"] += 1
    tally.devices.update(["omission", "headline_spin"])
    said = [Outgoing("republications", "a", b"", arrived=NOON), Outgoing("alerts", "b", b"", arrived=NOON)]
    tally.delivered([*said, Outgoing("alerts", "c", None)], NOON / 1000 + 0.3)
    found = samples(worker.page())
    assert found['wirespin_pairs_total{relation="background"}'] == 7
    assert found['wirespin_republications_total{reuse="edited",altered="yes"}'] == 1
    assert found['wirespin_alert_devices_total{device="omission"}'] == 1
    assert found['wirespin_stage_sent_total{stage="judge",topic="alerts"}'] == 2
    assert found['wirespin_events_withdrawn_total{topic="alerts"}'] == 1
    assert found['wirespin_event_delay_seconds_bucket{le="0.25"}'] == 0
    assert found['wirespin_event_delay_seconds_bucket{le="0.5"}'] == 2


def test_partitions_tell_where_they_stand(worker: Worker) -> None:
    consumer = worker.apps["match"].consumer
    consumer.fetched(0, 5, 9, time.time() * 1000)
    consumer.in_hand(0, 3)
    worker.monitor.look(time.monotonic())
    found = samples(worker.page())
    place = 'stage="match",partition="0"'
    told = {
        name: found[f"wirespin_partition_{name}{{{place}}}"] for name in ("position_records", "end_records", "rebuilt")
    }
    assert told == {"position_records": 3, "end_records": 9, "rebuilt": 1}
    assert found[f"wirespin_partition_lag_records{{{place}}}"] == 6
    assert found[f"wirespin_partition_standing_seconds{{{place}}}"] >= 0
    assert 'wirespin_partition_lag_records{stage="match",partition="1"}' not in found


def test_a_rebuild_tells_how_far_it_is_and_is_no_readiness(worker: Worker) -> None:
    stage = worker.stages["judge"]
    assert stage.state
    assert stage.state.progress
    stage.awaited, stage.state.partitions = {0, 1}, {}
    stage.state.progress.total = 20
    stage.state.progress.step(7)
    found = samples(worker.page())
    assert found['wirespin_stage_phase{stage="judge",phase="rebuilding"}'] == 1
    assert found['wirespin_rebuild_records{stage="judge"}'] == 7
    assert found['wirespin_rebuild_expected_records{stage="judge"}'] == 20
    assert found['wirespin_rebuild_remaining_seconds{stage="judge"}'] > 0
    assert found["wirespin_ready"] == 0
    assert found['wirespin_problems{reason="rebuilding"}'] == 2


def test_the_window_and_what_a_worker_waits_for(worker: Worker) -> None:
    worker.silent, worker.standing = BROKER_GONE + 1, 12.5
    page = worker.page()
    found = samples(page)
    assert found["wirespin_index_articles"] == found["wirespin_library_articles"] == 0
    assert "wirespin_watermark_timestamp_seconds" not in found
    assert found["wirespin_watchdog_standing_seconds"] == 12.5
    assert found['wirespin_problems{reason="broker_gone"}'] == 1
    worker.monitor.watched[1].sizes = {"index": {}, "watermark": "2023-11-14T08:00:00+00:00"}
    assert samples(worker.health().metrics())["wirespin_watermark_timestamp_seconds"] == 1_699_948_800


def test_a_worker_of_one_stage_tells_of_that_alone(worker: Worker) -> None:
    worker.monitor.watch([worker.stages["ingest"]])
    page = worker.health().metrics()
    lint(page)
    assert 'stage="match"' not in page
    assert "wirespin_alert_devices_total" not in page
    assert "wirespin_index" not in page
