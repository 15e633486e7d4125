"""Which fault comes when: drawn from a seed, so that a run can be had again."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

LONG_PAUSE = 60.0
"""Seconds of the long pause: ten session timeouts of the run, and the time in which a group gives up a member."""


@dataclass(frozen=True)
class Kind:
    """A kind of fault.

    Attributes:
        name: as it is given on the command line.
        seconds: how long it lasts, shortest and longest; 0 for what is over at once.
        needs: what the broker must be for it: any, kafka (its data outlives it), cluster (three nodes), or disk (one
            that can be filled).
        steps: faults that it is counted as.
    """

    name: str
    seconds: tuple[float, float] = (0.0, 0.0)
    needs: str = "any"
    steps: int = 1


KINDS = {
    kind.name: kind
    for kind in (
        Kind("worker-term"),
        Kind("worker-kill"),
        Kind("worker-stop", (1.0, 12.0)),
        Kind("worker-stop-60", (LONG_PAUSE, LONG_PAUSE)),
        Kind("worker-wiped"),
        Kind("worker-full", (3.0, 6.0)),
        Kind("scale", steps=4),
        Kind("net-cut", (1.0, 12.0)),
        Kind("net-silent", (1.0, 12.0)),
        Kind("net-slow", (3.0, 8.0)),
        Kind("broker-stop", (1.0, 12.0)),
        Kind("broker-stop-60", (LONG_PAUSE, LONG_PAUSE)),
        Kind("broker-term", (0.0, 5.0), "kafka"),
        Kind("broker-kill", (0.0, 5.0), "kafka"),
        Kind("broker-full", (2.0, 5.0), "kafka"),
        Kind("broker-disk", (2.0, 8.0), "disk"),
        Kind("broker-absent", (3.0, 8.0), "kafka"),
        Kind("leader-moved", (5.0, 8.0), "cluster"),
    )
}
"""`scale` is 1 -> 3 -> 2 -> 1 workers under load, and back to the number of the run."""

OFFERS = {
    "embedded": {"any"},
    "kafka": {"any", "kafka"},
    "cluster": {"any", "kafka", "cluster"},
    "disk": {"any", "kafka", "disk"},
}
"""What each broker can be made to suffer. The embedded one keeps its data in memory: it can be stopped, not killed."""


@dataclass(frozen=True)
class Fault:
    """One fault to come.

    Attributes:
        kind: what it is.
        at: where in the time that its articles take it falls, 0..1.
        seconds: how long it lasts.
        victim: picks the worker or the node, as a random whole number to take the remainder of.
    """

    kind: Kind
    at: float
    seconds: float
    victim: int


def possible(broker: str, wanted: Sequence[str] = ()) -> list[Kind]:
    """The kinds that a broker offers, of those that are wanted (all but the long ones where none is named).

    Raises:
        ValueError: a wanted kind does not exist, or this broker does not offer it.
    """
    for name in wanted:
        if name not in KINDS:
            raise ValueError(f"no such fault: {name}; there are {', '.join(KINDS)}")
        if KINDS[name].needs not in OFFERS[broker]:
            raise ValueError(f"{name} needs a broker that is {KINDS[name].needs}, not {broker}")
    if wanted:
        return [KINDS[name] for name in wanted]
    return [kind for kind in KINDS.values() if kind.needs in OFFERS[broker] and kind.seconds[0] < LONG_PAUSE]


def drawn(seed: int, count: int, kinds: Sequence[Kind]) -> list[Fault]:
    """So many faults, every kind as often as any other but for one, in a random order."""
    dice = random.Random(f"faults {seed}")
    order: list[Kind] = []
    while len(order) < count:
        order += dice.sample(kinds, len(kinds))
    return [Fault(kind, dice.random(), dice.uniform(*kind.seconds), dice.randrange(10**6)) for kind in order[:count]]
