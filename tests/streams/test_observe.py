"""Readings of a stage from Faust's and aiokafka's own books."""

from __future__ import annotations

import time

import pytest

from streams.health import Rebuild
from streams.observe import observe, statistics
from tests.support.fakes import record
from tests.support.stages import fake_stage, flowing
from wirespin.story.library import Library
from wirespin.story.place import Placer

WEEK = 7 * 86_400.0


def test_before_the_first_assignment_there_is_no_consumer_to_ask() -> None:
    stage, app = fake_stage()
    del app.consumer
    assert observe(stage).phase == "starting"
    assert observe(stage).partitions == ()


def test_what_waits_for_its_rebuild_is_not_rebuilt_and_what_stayed_is() -> None:
    stage, app = fake_stage(state={1: Placer(WEEK)})
    app.rebalancing = True
    app.consumer.held = [0, 1]
    stage.awaited = {0, 1}
    assert stage.state
    assert stage.state.progress
    stage.state.progress.total = 20
    assert observe(stage).rebuild == Rebuild(0, 20, None)
    stage.state.progress.step(7)
    seen = observe(stage)
    assert seen.rebuild
    assert (seen.phase, seen.rebuild.done, seen.rebuild.total) == ("rebuilding", 7, 20)
    assert seen.rebuild.left is not None
    assert [(one.partition, one.rebuilt) for one in seen.partitions] == [(0, False), (1, True)]


def test_a_rebalance_and_a_stopped_flow() -> None:
    stage, app = flowing(partitions=2)
    assert observe(stage).phase == "flowing"
    app.flows = False
    assert observe(stage).phase == "stopped"
    app.rebalancing = True
    assert observe(stage).phase == "rebalancing"


@pytest.mark.parametrize("held", [[], [0], [0, 1, 2]])
def test_other_partitions_than_were_made_ready_are_a_rebalance_that_never_ended(held: list[int]) -> None:
    stage, app = flowing(partitions=2)
    app.consumer.held = held
    assert observe(stage).phase == "rebalancing"


def test_lag_counts_from_the_first_record_that_is_not_acknowledged() -> None:
    stage, app = flowing(partitions=3)
    now = time.time() * 1000
    app.consumer.fetched(0, position=10, end=12, timestamp=now)
    app.consumer.fetched(1, position=10, end=12, timestamp=now - 5_000)
    app.consumer.in_hand(1, 8)
    app.consumer.in_hand(1, 7)
    app.consumer.in_hand(1, 3, acked=True)
    first, second, third = observe(stage).partitions
    assert (first.position, first.end, first.lag) == (10, 12, 2)
    assert (second.position, second.lag) == (7, 5)
    assert second.silent == pytest.approx(5, abs=1)
    assert (third.position, third.lag) == (None, None)


def test_a_message_that_a_rebalance_dropped_does_not_wait_for_ever() -> None:
    stage, app = flowing()
    app.consumer.fetched(0, position=12, end=12, timestamp=time.time() * 1000)
    app.consumer.in_hand(0, 8)
    assert observe(stage).lag == 4
    app.consumer.committed(0, 9)
    assert observe(stage).lag == 0


def test_a_partition_that_goes_while_it_is_looked_at_has_no_offsets() -> None:
    stage, app = flowing()
    app.consumer.fetched(0, position=None, end=12, timestamp=0)
    assert observe(stage).partitions[0].lag is None
    app.consumer.given_up = True
    assert observe(stage).partitions[0].lag is None


def test_what_a_stage_gets_done_moves_it_on() -> None:
    stage, _ = flowing()
    before = observe(stage).progress
    stage.tally.acknowledged += 1
    after = observe(stage).progress
    stage.tally.relations["background"] += 1
    assert len({before, after, observe(stage).progress}) == 3


def test_sizes() -> None:
    from agents.ingest import work as accept
    from agents.judge import restore
    from agents.match import work as place
    from tests.support.fakes import article

    assert statistics(flowing()[0]) == {}
    body = "The minister said on Monday that the bridge over the river would be closed for repairs until the spring."
    placer, library = Placer(WEEK), Library(WEEK)
    raw = article("one", body, published_at="2023-11-14T08:00:00Z")
    (accepted,) = accept(record(raw))
    *_, (item,) = place({0: placer}, [record(accepted.value)])
    restore(library, record(item.value))
    sizes = statistics(fake_stage("match", {0: placer})[0])
    assert sizes["index"]["articles"] == 1
    assert sizes["index"]["postings"] > 0
    assert sizes["index"]["bytes"] >= 8 * sizes["index"]["postings"]
    assert sizes["index"]["oldest"] == sizes["index"]["newest"] == "2023-11-14T08:00:00+00:00"
    assert sizes["watermark"] == "2023-11-14T08:00:00+00:00"
    empty = statistics(fake_stage("match", {0: Placer(WEEK)})[0])
    assert empty["watermark"] is empty["index"]["oldest"] is None
    assert statistics(fake_stage("judge", {0: library, 1: Library(WEEK)})[0]) == {"library": {"articles": 1}}
