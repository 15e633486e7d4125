"""What `wirespin status` prints: a worker, or all of them as the broker sees them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from streams.cluster.rates import total
from streams.cluster.types import Cluster, Group, Part, Reading
from streams.offsets import Bounds

SIZES = ("rebuild", "index", "library", "relations")
"""What a stage of a worker tells in counts."""


def show(console: Console, said: dict[str, Any]) -> None:
    """Print what a worker said as a table, with the problems below."""
    worker, broker = said["worker"], said.get("broker")
    state = "[green]ready[/]" if said["ready"] else "[red]not ready[/]"
    answered = f"; broker answered {broker['answered_s']} s ago" if broker else ""
    console.print(f"worker {worker['pid']}, since {worker['started']}: {state}{answered}")
    table = Table("stage", "phase", "partitions", "lag", "records", "a second", "rejected")
    for name, stage in said["stages"].items():
        partitions = " ".join(str(part["partition"]) for part in stage["partitions"]) or "none"
        counts = (f"{stage[key]:,}" for key in ("lag", "records", "rate"))
        table.add_row(name, stage["phase"], partitions, *counts, f"{stage['sent'].get('rejected', 0):,}")
    console.print(table)
    show_sizes(console, said)
    for problem in said["problems"]:
        place = "" if problem["stage"] is None else f"{problem['stage']} "
        part = "" if problem["partition"] is None else f"partition {problem['partition']}: "
        console.print(f"[red]{place}{part}{problem['reason']}[/]: {escape(problem['detail'])}")


def show_sizes(console: Console, said: dict[str, Any]) -> None:
    """Print the sizes of a worker's window and state."""
    for name, stage in said["stages"].items():
        for what in SIZES:
            if stage.get(what):
                console.print(f"{name} {what}: {escape(_listed(stage[what]))}")
        if stage.get("watermark"):
            console.print(f"{name} watermark: {stage['watermark']}")


def show_cluster(console: Console, cluster: Cluster) -> None:
    """Print groups, partitions and topics, with the problems below."""
    table = Table("stage", "partition", "owner", "committed", "end", "lag", "done a second", "come a second")
    for reading in cluster.readings:
        for number, row in enumerate(_rows(reading)):
            table.add_row("" if number else reading.name, *row)
    console.print(table)
    topics = Table("topic", "partitions", "kept from", "to", "records at most")
    for name, parts in cluster.topics.items():
        begin, end = (" ".join(str(getattr(parts[one], key)) for one in sorted(parts)) for key in ("begin", "end"))
        topics.add_row(name, str(len(parts)), begin, end, f"{_size(parts):,}")
    console.print(topics)
    for group in cluster.others:
        members = ", ".join(map(str, group.members)) or "nobody"
        console.print(escape(f"group {group.name}: {group.state}, {members}"))
    if any(reading.group.owners is None for reading in cluster.readings):
        console.print("this broker does not tell who has which partition")
    for problem in cluster.problems():
        console.print(f"[red]{escape(problem)}[/]")


def as_json(cluster: Cluster) -> dict[str, Any]:
    """The same for programs."""
    return {
        "problems": cluster.problems(),
        "stages": {reading.name: _stage(reading) for reading in cluster.readings},
        "topics": {
            name: {str(number): asdict(where) for number, where in sorted(parts.items())}
            for name, parts in cluster.topics.items()
        },
        "groups": {group.name: _group(group) for group in cluster.others},
    }


def _stage(reading: Reading) -> dict[str, Any]:
    return {
        "topic": reading.topic,
        "group": {"name": reading.group.name, **_group(reading.group)},
        "lag": reading.lag if reading.commits else None,
        "done_s": total(reading, "done") if reading.commits else None,
        "come_s": total(reading, "come"),
        "problems": list(reading.problems()),
        "partitions": [_partition(part, reading) for part in reading.parts],
    }


def _group(group: Group) -> dict[str, Any]:
    return {"state": group.state, "members": [asdict(member) for member in group.members]}


def _partition(part: Part, reading: Reading) -> dict[str, Any]:
    return {
        "partition": part.partition,
        **asdict(part.bounds),
        "committed": part.committed,
        "lag": part.lag if reading.commits else None,
        "owner": None if part.owner is None else asdict(part.owner),
        "done_s": part.done,
        "come_s": part.come,
        "standing_s": part.standing,
    }


def _rows(reading: Reading) -> list[tuple[str, ...]]:
    if not reading.parts:
        return [("none", *("",) * 6)]
    if not reading.commits and not reading.group.members:
        return [("all", "nobody", *("",) * 5)]
    return [_row(part, reading) for part in reading.parts]


def _row(part: Part, reading: Reading) -> tuple[str, ...]:
    owner = escape(str(part.owner)) if part.owner else "[red]nobody[/]"
    if reading.group.owners is None:
        one, *others = map(str, reading.group.members)
        owner = escape(one) if not others else f"one of {1 + len(others)}"
    committed = "" if part.committed is None else f"{part.committed:,}"
    lag = f"{part.lag:,}" if reading.commits else ""
    rates = (_rate(part.done if reading.commits else None), _rate(part.come))
    return str(part.partition), owner, committed, f"{part.bounds.end:,}", lag, *rates


def _rate(rate: float | None) -> str:
    return "" if rate is None else f"{rate:,.1f}"


def _size(parts: Mapping[int, Bounds]) -> int:
    return sum(one.end - one.begin for one in parts.values())


def _listed(counts: dict[str, Any]) -> str:
    return ", ".join(
        f"{name} {count:,}" if isinstance(count, int) else f"{name} {count}" for name, count in counts.items()
    )
