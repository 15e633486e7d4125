"""Counting events one at a time; what is kept is counts, and eight bytes for each delay that is known."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from schemas.events import Event
from streams.desk.filters import outlet_of
from streams.export.columns import devices
from streams.export.facts import delay
from streams.stats.share import Share, Spread

UNKNOWN = "(unknown)"
"""What stands for an agency or outlet without name."""

Pair = tuple[str, str]
"""Agency and outlet."""


@dataclass
class Cell:
    """What one agency, outlet or pair of them comes to.

    Attributes:
        events: republications.
        altered: those whose framing was altered.
        unsure: those where that could not be told.
        delays: seconds between the publications, where known.
    """

    events: int = 0
    altered: int = 0
    unsure: int = 0
    delays: array[float] = field(default_factory=lambda: array("d"))

    def add(self, event: Event, after: float | None) -> None:
        """Count an event."""
        self.events += 1
        self.altered += event.framing.altered == "yes"
        self.unsure += event.framing.altered == "unsure"
        if after is not None:
            self.delays.append(after)

    def join(self, other: Cell) -> None:
        """Take another cell's counts in."""
        self.events += other.events
        self.altered += other.altered
        self.unsure += other.unsure
        self.delays.extend(other.delays)

    @property
    def share(self) -> Share:
        """How many were altered."""
        return Share(self.altered, self.events)

    @property
    def spread(self) -> Spread:
        """How long after the original they came."""
        return Spread.of(self.delays)


@dataclass
class Tally:
    """What was counted.

    Attributes:
        pairs: by agency and outlet.
        devices: events in which a device was found.
        devices_altered: the same, of the altered ones.
        levels: events by grade of reuse.
        levels_altered: the altered ones.
        credits: events by what became of the credit.
        days: events by day of their time; undated ones under the empty day.
        stand_ins: events whose original only stands for the wire story. Their delay is not the wire's and is left out.
        early: delays below zero.
    """

    pairs: dict[Pair, Cell] = field(default_factory=dict)
    devices: Counter[str] = field(default_factory=Counter)
    devices_altered: Counter[str] = field(default_factory=Counter)
    levels: Counter[str] = field(default_factory=Counter)
    levels_altered: Counter[str] = field(default_factory=Counter)
    credits: Counter[str] = field(default_factory=Counter)
    days: dict[str, Cell] = field(default_factory=dict)
    stand_ins: int = 0
    early: int = 0

    def take(self, event: Event) -> None:
        """Count an event."""
        after = None if event.original.stands_in else delay(event)
        self.stand_ins += event.original.stands_in
        self.early += after is not None and after < 0
        pair = (event.original.wire or event.original.agency or UNKNOWN, outlet_of(event) or UNKNOWN)
        self.pairs.setdefault(pair, Cell()).add(event, after)
        self.days.setdefault((event.time or "")[:10], Cell()).add(event, None)
        altered = event.framing.altered == "yes"
        found = devices(event)
        self.devices.update(found)
        self.devices_altered.update(found if altered else ())
        self.levels[event.reuse.level] += 1
        self.levels_altered[event.reuse.level] += altered
        self.credits[event.credit.status] += 1

    @property
    def whole(self) -> Cell:
        """All of them."""
        return joined(self.pairs.values())

    def by(self, side: int) -> dict[str, Cell]:
        """By agency (0) or outlet (1)."""
        found: dict[str, list[Cell]] = {}
        for pair, cell in self.pairs.items():
            found.setdefault(pair[side], []).append(cell)
        return {name: joined(cells) for name, cells in found.items()}


def joined(cells: Iterable[Cell]) -> Cell:
    """Cells as one."""
    whole = Cell()
    for cell in cells:
        whole.join(cell)
    return whole


def counted(events: Iterable[Event]) -> Tally:
    """The tally of some events."""
    tally = Tally()
    for event in events:
        tally.take(event)
    return tally


def largest(cells: dict[str, Cell] | dict[Pair, Cell]) -> list[tuple[str | Pair, Cell]]:
    """Cells with the most events first, then by name."""
    return sorted(cells.items(), key=lambda item: (-item[1].events, item[0]))
