"""What a run must show when all is over: beside an undisturbed one, nothing lost, nothing else said, nothing left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from schemas.events import Event
from streams.events import Said, standing

MEMORY_SLACK = 1.25
"""Times the memory of an undisturbed worker that one may have at the end: allocators keep what they once had."""

MEMORY_FLOOR = 30_000_000
"""Bytes more that are nobody's fault."""


@dataclass(frozen=True)
class Outcome:
    """What a run left behind.

    Attributes:
        said: all records of the event topics, in order.
        accepted: ids in the accepted topic.
        resident: bytes of memory of each worker.
        rejected: records that no stage could work on.
        indexed: articles in the index at the end, and of the oldest the event time.
    """

    said: Sequence[Said]
    accepted: frozenset[str]
    resident: Sequence[int] = ()
    rejected: int = 0
    indexed: tuple[int, str | None] = (0, None)


@dataclass
class Verdict:
    """How a run compares.

    Attributes:
        failures: what is not as it must be, in words.
        counts: what there was to compare.
    """

    failures: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)


def compared(undisturbed: Outcome, disturbed: Outcome, sent: frozenset[str]) -> Verdict:
    """Hold a run against an undisturbed one of the same articles."""
    verdict = Verdict()
    must, does = lines(undisturbed.said), lines(disturbed.said)
    for what, found in (("lost", must.keys() - does.keys()), ("too many", does.keys() - must.keys())):
        if found:
            verdict.failures.append(f"{len(found)} standing events {what}: {', '.join(sorted(found)[:5])}")
    other = sorted(key for key in must.keys() & does.keys() if must[key] != does[key])
    if other:
        verdict.failures.append(f"{len(other)} standing events differ: {', '.join(other[:5])}")
    if missing := sent - disturbed.accepted:
        verdict.failures.append(f"{len(missing)} articles were never accepted: {', '.join(sorted(missing)[:5])}")
    if two := two_faced(disturbed.said):
        verdict.failures.append(f"{len(two)} event ids with more than one content: {', '.join(two[:5])}")
    if disturbed.rejected != undisturbed.rejected:
        verdict.failures.append(f"{disturbed.rejected} records rejected, {undisturbed.rejected} undisturbed")
    verdict.failures += _memory(undisturbed, disturbed)
    if disturbed.indexed != undisturbed.indexed:
        verdict.failures.append(f"the index holds {disturbed.indexed}, undisturbed {undisturbed.indexed}")
    events = [one.event for one in disturbed.said if one.event is not None]
    verdict.counts = {
        "standing events": len(does),
        "records of events": len(disturbed.said),
        "repeated": len(events) - len({event.to_bytes() for event in events}),
        "undisturbed records": len(undisturbed.said),
    }
    return verdict


def lines(said: Sequence[Said]) -> Mapping[str, bytes]:
    """Key and content of the events that stand; `supersedes` tells of the way there, not of the finding."""
    return {event.key: without_history(event) for event in standing(said)}


def without_history(event: Event) -> bytes:
    """An event but for what it took the place of."""
    return event.model_copy(update={"supersedes": []}).to_bytes()


def two_faced(said: Sequence[Said]) -> list[str]:
    """Ids under which two different findings were said, ever."""
    contents: dict[str, set[bytes]] = {}
    for one in said:
        if one.event is not None:
            contents.setdefault(one.event.id, set()).add(without_history(one.event))
    return sorted(name for name, found in contents.items() if len(found) > 1)


def indexed(status: Mapping[str, Any]) -> tuple[int, str | None]:
    """What a worker's status says of the index: articles, and the time of the oldest."""
    index = status["stages"]["match"].get("index") or {}
    return int(index.get("articles", 0)), index.get("oldest")


def _memory(undisturbed: Outcome, disturbed: Outcome) -> Iterator[str]:
    if undisturbed.resident and disturbed.resident:
        plateau, most = max(undisturbed.resident), max(disturbed.resident)
        if most > plateau * MEMORY_SLACK + MEMORY_FLOOR:
            yield f"a worker has {most / 1e6:.0f} MB at the end, {plateau / 1e6:.0f} MB undisturbed"
