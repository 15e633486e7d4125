"""How the stages of a worker go, in figures: pure functions of what was last seen. No label names who wrote a text.

Names: https://prometheus.io/docs/practices/naming/. Every series of a closed list is there from the start, at zero: one
that appears with its first failure shows no rise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import product
from typing import Any, get_args

from agents.rejected import Reason
from schemas.events import Altered, Device, Relation, ReuseLevel
from streams.exposition import Family, counter, gauge, histogram, histograms, labelled
from streams.health import PartitionReading, Phase
from streams.monitor import Watched
from streams.tally import EVENTS, Tally

OUTCOMES = ("worked", "rejected")

SENDS = {
    "ingest": ("accepted", "rejected"),
    "match": ("stories", "rejected"),
    "judge": ("republications", "alerts", "rejected"),
}
"""Roles of the topics that each stage sends to."""


def families(watched: Sequence[Watched], standing: float, limit: float) -> list[Family]:
    """All metrics of a worker.

    Args:
        watched: its stages.
        standing: seconds that it has stood still, as its watchdog sees it.
        limit: of those, how many end it.
    """
    found = [
        gauge(
            "wirespin_watchdog_standing_seconds", "For which the worker has had work and got nothing done.", standing
        ),
        gauge("wirespin_watchdog_limit_seconds", "Of standing still after which the worker ends.", limit),
        *_records(watched),
        *_times(watched),
        *_phases(watched),
        *_partitions(watched),
        *_rebuilds(watched),
        *_window(watched),
        *(family for one in watched if one.stage.name == "judge" for family in _judged(one.tally)),
    ]
    return [family for family in found if family.samples]


def _records(watched: Sequence[Watched]) -> Iterator[Family]:
    tallies = {one.stage.name: one.tally for one in watched}
    text = "Records that a stage is done with, by what became of them."
    done = {(name, what): tally.outcomes[what] for name, tally in tallies.items() for what in OUTCOMES}
    yield labelled("counter", "wirespin_stage_records_total", text, ("stage", "outcome"), done)
    text = "Records that were rejected, by what was unfit; internal is a fault of wirespin."
    unfit = {(name, why): tally.rejected[why] for name, tally in tallies.items() for why in get_args(Reason)}
    yield labelled("counter", "wirespin_stage_rejected_total", text, ("stage", "reason"), unfit)
    text = "Records that a stage sent, by the role of the topic."
    sent = {(name, role): tally.sent[role] for name, tally in tallies.items() for role in SENDS[name]}
    yield labelled("counter", "wirespin_stage_sent_total", text, ("stage", "topic"), sent)


def _times(watched: Sequence[Watched]) -> Iterator[Family]:
    text = "From taking a batch up to its acknowledgement."
    yield histograms(
        "wirespin_stage_batch_seconds", text, "stage", {one.stage.name: one.tally.batches for one in watched}
    )
    text = "From the writing of a record to its acknowledgement by the stage."
    yield histograms(
        "wirespin_stage_delay_seconds", text, "stage", {one.stage.name: one.tally.waits for one in watched}
    )


def _phases(watched: Sequence[Watched]) -> Iterator[Family]:
    text = "Whether a stage is at this, 1 or 0."
    at = {(one.stage.name, phase): one.reading.phase == phase for one in watched for phase in get_args(Phase)}
    yield labelled("gauge", "wirespin_stage_phase", text, ("stage", "phase"), at)
    text = "Partitions that a stage holds, or waits to have rebuilt."
    held = {one.stage.name: len(one.reading.partitions) for one in watched}
    yield gauge("wirespin_stage_partitions", text, held, "stage")
    text = "For which a stage has had work and got nothing done."
    yield gauge("wirespin_stage_standing_seconds", text, {one.stage.name: one.standing for one in watched}, "stage")


def _partitions(watched: Sequence[Watched]) -> Iterator[Family]:
    held = [(one, part) for one in watched for part in one.reading.partitions]

    def of(name: str, text: str, values: Iterable[float | None]) -> Family:
        told = {
            (one.stage.name, str(part.partition)): value
            for (one, part), value in zip(held, values, strict=True)
            if value is not None
        }
        return labelled("gauge", f"wirespin_partition_{name}", text, ("stage", "partition"), told)

    parts: list[PartitionReading] = [part for _, part in held]
    yield of("rebuilt", "Whether the state of a partition is complete, 1 or 0.", [part.rebuilt for part in parts])
    yield of("position_records", "Offset of the first record not acknowledged.", [part.position for part in parts])
    yield of("end_records", "Offset behind the last record, by the last fetch.", [part.end for part in parts])
    yield of("lag_records", "Records that wait.", [part.lag for part in parts])
    yield of("silence_seconds", "Since a fetch of it was answered.", [part.silent for part in parts])
    standing = [one.by_partition.get(part.partition) for one, part in held]
    yield of("standing_seconds", "For which records wait and none was acknowledged.", standing)


def _rebuilds(watched: Sequence[Watched]) -> Iterator[Family]:
    going = {one.stage.name: one.reading.rebuild for one in watched if one.reading.rebuild is not None}
    for name, text, field in (
        ("wirespin_rebuild_records", "Records that a rebuild has read.", "done"),
        ("wirespin_rebuild_expected_records", "Records that a rebuild must read.", "total"),
        ("wirespin_rebuild_remaining_seconds", "That a rebuild will still take.", "left"),
    ):
        known = {stage: getattr(rebuild, field) for stage, rebuild in going.items()}
        yield gauge(name, text, {stage: value for stage, value in known.items() if value is not None}, "stage")


def _window(watched: Sequence[Watched]) -> Iterator[Family]:
    sizes = {name: value for one in watched for name, value in one.sizes.items()}
    index: Mapping[str, Any] = sizes.get("index", {})
    for name, text, value in (
        ("wirespin_index_articles", "Articles in the rolling index.", index.get("articles")),
        ("wirespin_index_postings", "Postings in the rolling index.", index.get("postings")),
        ("wirespin_index_bytes", "Memory of the arrays of the rolling index.", index.get("bytes")),
        ("wirespin_index_oldest_timestamp_seconds", "Event time of the oldest article.", _since(index.get("oldest"))),
        ("wirespin_watermark_timestamp_seconds", "The newest event time seen.", _since(sizes.get("watermark"))),
        ("wirespin_library_articles", "Articles at stories.", sizes.get("library", {}).get("articles")),
    ):
        if value is not None:
            yield gauge(name, text, value)


def _judged(tally: Tally) -> Iterator[Family]:
    # the work goes on in a thread of its own: counts are looked up by name, never gone through
    text = "Pairs compared, by relation; only a republication becomes an event."
    compared = {relation: tally.relations[relation] for relation in get_args(Relation)}
    yield counter("wirespin_pairs_total", text, compared, "relation")
    text = "Events about copies, by level of reuse and whether the framing was altered."
    said = {pair: tally.republications[pair] for pair in product(get_args(ReuseLevel), get_args(Altered))}
    yield labelled("counter", "wirespin_republications_total", text, ("reuse", "altered"), said)
    text = "Alerts, by each device that they show: one of several devices counts under each."
    shown = {device: tally.devices[device] for device in get_args(Device)}
    yield counter("wirespin_alert_devices_total", text, shown, "device")
    text = "Events taken back, by the role of their topic."
    yield counter("wirespin_events_withdrawn_total", text, {role: tally.withdrawn[role] for role in EVENTS}, "topic")
    text = "From the writing of an article to the delivery of an event that it led to."
    spread = tally.delays
    yield histogram("wirespin_event_delay_seconds", text, spread.at_most, spread.count, spread.total)


def _since(iso: str | None) -> float | None:
    return None if iso is None else datetime.fromisoformat(iso).timestamp()
