"""Readings of a running stage. All from memory: no request to the broker, nothing that waits.

Offsets are those that aiokafka keeps of its last fetches, and what is not acknowledged is in Faust's own books; both
are private there, and read as Faust 0.15.3 itself reads them (`verify_event_path` and `wait_empty`). They live in
the thread of Faust's consumer, so a partition may go while it is looked at: it then has no offsets.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from aiokafka import TopicPartition

from streams.app import Stage
from streams.health import PartitionReading, Phase, Rebuild, StageReading
from wirespin.story.place import Placer


@dataclass(frozen=True)
class Offsets:
    """What the consumer knows of a partition; see `PartitionReading`."""

    position: int | None = None
    end: int | None = None
    silent: float = 0.0


def observe(stage: Stage) -> StageReading:
    """A stage as it stands."""
    held = _held(stage)
    rebuilt = held if stage.state is None else set(stage.state.partitions)
    waiting = _first_unacknowledged(stage) if held else {}
    readings = []
    for partition in sorted(held):
        known = _offsets(stage, partition, waiting.get(partition))
        readings.append(PartitionReading(partition, partition in rebuilt, known.position, known.end, known.silent))
    worked = stage.tally.acknowledged + stage.tally.relations.total()
    return StageReading(stage.name, _phase(stage, held), tuple(readings), worked, _rebuild(stage))


def statistics(stage: Stage) -> dict[str, Any]:
    """Sizes of the state of a stage: ``index`` and ``watermark`` of match, ``library`` of judge.

    Looks at every segment and story, so not for every second.
    """
    if stage.state is None:
        return {}
    states = list(stage.state.partitions.values())
    if stage.name == "match":
        return _index(states)
    return {"library": {"articles": sum(len(library) for library in states)}}


def _phase(stage: Stage, held: set[int]) -> Phase:
    """What a stage is at.

    Faust's recovery can end without a word after a rebalance: the partitions that are held then differ from those
    that were last made ready, or the flow was never resumed.
    """
    if stage.awaited is not None:
        return "rebuilding"
    if stage.assigned is None:
        return "starting"
    if stage.app.rebalancing or stage.assigned != held:
        return "rebalancing"
    return "flowing" if stage.app.flow_control.is_active() else "stopped"


def _held(stage: Stage) -> set[int]:
    """Partitions that are assigned; before the first assignment there may be no consumer to ask."""
    if stage.assigned is None and stage.awaited is None:
        return set()
    return {place.partition for place in stage.app.consumer.assignment() if place.topic == stage.topic}


def _first_unacknowledged(stage: Stage) -> dict[int, int]:
    """By partition, the first offset that was handed to the agent and is not acknowledged.

    What is committed is left out: a message that a rebalance dropped may stay in the books, which hold it weakly, until
    the garbage collector comes by, although its successor was worked on.
    """
    first: dict[int, int] = {}
    consumer: Any = stage.app.consumer
    for message in list(consumer._unacked_messages):
        done = consumer._committed_offset.get(message.tp) or 0
        if not message.acked and message.topic == stage.topic and message.offset >= done:
            first[message.partition] = min(message.offset, first.get(message.partition, message.offset))
    return first


def _offsets(stage: Stage, partition: int, waiting: int | None) -> Offsets:
    """Where a partition stands: behind what is acknowledged, or where the next fetch begins."""
    consumer: Any = stage.app.consumer
    try:
        subscription = consumer._thread._ensure_consumer()._subscription.subscription
        state = subscription.assignment.state_value(TopicPartition(stage.topic, partition))
    except Exception:  # noqa: BLE001 (the other thread has just given it up)
        return Offsets()
    if state is None or state.highwater is None or state._position is None:
        return Offsets()
    position = state._position if waiting is None else min(waiting, state._position)
    return Offsets(position, state.highwater, max(0.0, time.time() - state.timestamp / 1000))


def _rebuild(stage: Stage) -> Rebuild | None:
    """How far the rebuild of a stage is."""
    if stage.awaited is None or stage.state is None or stage.state.progress is None:
        return None
    progress = stage.state.progress
    return Rebuild(progress.done, progress.total or None, progress.remaining)


def _index(placers: Sequence[Placer]) -> dict[str, Any]:
    held = [placer.index.statistics() for placer in placers]
    marks = [placer.index.watermark for placer in placers if placer.index.watermark is not None]
    return {
        "index": {
            "articles": sum(one.articles for one in held),
            "postings": sum(one.postings for one in held),
            "bytes": sum(one.bytes for one in held),
            "oldest": _iso(min((one.oldest for one in held if one.oldest is not None), default=None)),
            "newest": _iso(max((one.newest for one in held if one.newest is not None), default=None)),
        },
        "watermark": _iso(max(marks, default=None)),
    }


def _iso(seconds: float | None) -> str | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
