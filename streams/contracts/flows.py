"""Who reads and who writes each topic."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from streams.app import STAGES


@dataclass(frozen=True)
class Flow:
    """One program (or stage of the worker) and the topics that it touches.

    Attributes:
        name: what it is called in the document.
        does: in a few words.
        receives: roles of the topics that it reads.
        sends: roles of the topics that it writes.
        group: whether it is a consumer group of that name, behind the prefix.
    """

    name: str
    does: str
    receives: tuple[str, ...] = ()
    sends: tuple[str, ...] = ()
    group: bool = False


FLOWS = (
    Flow(
        "ingest",
        "cleans, identifies, credits and dates articles",
        (STAGES["ingest"],),
        ("accepted", "rejected"),
        group=True,
    ),
    Flow("match", "finds what an article may derive from", (STAGES["match"],), ("stories", "rejected"), group=True),
    Flow(
        "judge",
        "compares at the story's home and says what stands",
        (STAGES["judge"],),
        ("republications", "alerts", "rejected"),
        group=True,
    ),
    Flow("feeds", "polls feeds", ("feeds",), ("articles", "feeds"), group=True),
    Flow("produce", "ingest, replay, feeds send, and any producer of your own", (), ("articles",)),
    Flow("watch", "prints alerts", ("alerts",)),
    Flow("rejected", "shows what was refused and sends it again", ("rejected",), ("articles", "accepted", "stories")),
    Flow(
        "desk",
        "shows alerts and keeps what was decided",
        ("accepted", "republications", "alerts", "dispositions"),
        ("dispositions",),
    ),
    Flow("webhooks", "delivers alerts over HTTP", ("republications", "alerts", "undelivered"), ("undelivered",)),
)
"""All of them, in order of flow. One of whose topics is not declared is left out of the document."""


def present(roles: Collection[str], flows: Iterable[Flow] = FLOWS) -> list[Flow]:
    """Those all of whose topics are declared."""
    return [flow for flow in flows if set(flow.receives + flow.sends) <= set(roles)]
