"""From measured constants to processes, memory, disk and network: ``python -m benchmarks.sizing``.

Prints the tables of docs/sizing.md; a test compares them, so that the page cannot say what the constants do not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

from streams.settings import Settings
from streams.topics import EVENT_DAYS, SLACK_DAYS
from wirespin.story.library import KEPT_WINDOWS

DAY = 86_400
LOADS = (10_000, 1_000_000, 100_000_000)
"""Articles a day."""


@dataclass(frozen=True)
class Constants:
    """What was measured, of articles of 2.9 KB of which 30 % are copies of wire stories (docs/sizing.md says how).

    Attributes:
        ingest: seconds of processor time an article.
        match: the same.
        judge: the same.
        article: bytes in the log, compressed.
        accepted: the same.
        story: the same.
        event: the same, of an event.
        events: events an article.
        indexed: bytes of memory of an article in the window of match.
        held: bytes of memory of an article at its story in judge.
        process: bytes of memory of a worker that holds no article.
        rebuilt_match: records that match reads in a second of processor time in a rebuild.
        rebuilt_judge: the same, of judge.
    """

    ingest: float = 0.0067
    match: float = 0.0011
    judge: float = 0.0049
    article: int = 1_230
    accepted: int = 2_860
    story: int = 2_910
    event: int = 660
    events: float = 0.55
    indexed: int = 1_950
    held: int = 7_500
    process: int = 400_000_000
    rebuilt_match: float = 16_200
    rebuilt_judge: float = 35_800


@dataclass(frozen=True)
class Choices:
    """What is chosen, not measured.

    Attributes:
        peak: the busiest minutes' rate over the day's mean.
        busy: share of a core that a process is to use at the peak: the rest is for catching up.
        replication: copies of each topic.
        window: days.
    """

    peak: float = 4.0
    busy: float = 0.5
    replication: int = 3
    window: float = Settings().window_days


@dataclass(frozen=True)
class Size:
    """What a load needs; times in seconds, sizes in bytes."""

    peak: float
    ingest: int
    match: int
    judge: int
    match_memory: float
    judge_memory: float
    disk: float
    network: float
    rebuild_match: float
    rebuild_judge: float


def size(daily: int, constants: Constants, choices: Choices) -> Size:
    """What so many articles a day need."""
    rate = daily / DAY * choices.peak
    stages = [ceil(rate * cost / choices.busy) for cost in (constants.ingest, constants.match, constants.judge)]
    kept = choices.window + SLACK_DAYS
    events = constants.event * constants.events
    stored = kept * (constants.article + constants.accepted) + 2 * kept * constants.story + EVENT_DAYS * events
    hop = constants.article + constants.accepted + constants.story + events
    return Size(
        peak=rate,
        ingest=stages[0],
        match=stages[1],
        judge=stages[2],
        match_memory=daily * choices.window * constants.indexed + stages[1] * constants.process,
        judge_memory=daily * choices.window * KEPT_WINDOWS * constants.held + stages[2] * constants.process,
        disk=daily * stored * choices.replication,
        network=rate * hop * (choices.replication + 1),
        rebuild_match=daily * 2 * kept / constants.rebuilt_match,
        rebuild_judge=daily * 2 * kept / constants.rebuilt_judge / stages[2],
    )


def quantity(value: float, units: Sequence[tuple[float, str]]) -> str:
    """A value in the largest unit that it has one of.

    >>> quantity(2_500, [(1e6, "MB"), (1e3, "KB"), (1, "B")])
    '2.5 KB'
    """
    for unit, name in units:
        if value >= unit:
            return f"{value / unit:,.1f} {name}" if value < 10 * unit else f"{value / unit:,.0f} {name}"
    return f"under 1 {units[-1][1]}"


BYTES = ((1e15, "PB"), (1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "KB"))
SECONDS = ((86_400, "days"), (3_600, "hours"), (60, "minutes"), (1, "s"))

ROWS: tuple[tuple[str, Callable[[Size], str]], ...] = (
    ("articles a second at the peak", lambda one: f"{one.peak:,.1f}"),
    ("processes of ingest", lambda one: f"{one.ingest:,}"),
    ("processes of match", lambda one: f"{one.match:,}"),
    ("processes of judge", lambda one: f"{one.judge:,}"),
    ("memory of match, all processes", lambda one: quantity(one.match_memory, BYTES)),
    ("memory of judge, all processes", lambda one: quantity(one.judge_memory, BYTES)),
    ("disk of all brokers", lambda one: quantity(one.disk, BYTES)),
    ("network of all brokers at the peak, a second", lambda one: quantity(one.network, BYTES)),
    ("rebuild of match", lambda one: quantity(one.rebuild_match, SECONDS)),
    ("rebuild of judge, its processes at once", lambda one: quantity(one.rebuild_judge, SECONDS)),
)


def table(constants: Constants, choices: Choices) -> str:
    """What each load needs, as a Markdown table."""
    sizes = [size(daily, constants, choices) for daily in LOADS]
    lines = ["| articles a day | " + " | ".join(f"{daily:,}" for daily in LOADS) + " |", "|---|" + "---|" * len(LOADS)]
    lines += [f"| {name} | " + " | ".join(map(show, sizes)) + " |" for name, show in ROWS]
    return "\n".join(lines)


def measured(constants: Constants) -> str:
    """The constants, as a Markdown table."""
    rows = [
        ("ingest, processor time an article", f"{constants.ingest * 1e3:.1f} ms"),
        ("match", f"{constants.match * 1e3:.1f} ms"),
        ("judge", f"{constants.judge * 1e3:.1f} ms"),
        ("articles, bytes of a record in the log", f"{constants.article:,}"),
        ("accepted", f"{constants.accepted:,}"),
        ("stories", f"{constants.story:,}"),
        ("republications and alerts, bytes of an event", f"{constants.event:,}"),
        ("events an article", f"{constants.events:.2f}"),
        ("match, bytes of memory an article of the window", f"{constants.indexed:,}"),
        ("judge, bytes of memory an article of two windows", f"{constants.held:,}"),
        ("a worker without articles, bytes of memory", f"{constants.process:,}"),
        ("rebuild of match, records a second of processor time", f"{constants.rebuilt_match:,.0f}"),
        ("rebuild of judge, the same, each process", f"{constants.rebuilt_judge:,.0f}"),
    ]
    return "\n".join(["| constant | value |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows)])


if __name__ == "__main__":
    print(measured(Constants()), table(Constants(), Choices()), sep="\n\n")
