"""What the desk's handlers share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from aiohttp import web

from schemas.disposition import Disposition
from streams.desk.hosts import Hosts
from streams.desk.live import Live
from streams.desk.people import People
from streams.desk.sessions import Attempts, Sessions
from streams.desk.store import Store
from streams.desk.types import Following

Write = Callable[[str, Disposition | None], Awaitable[None]]
"""Sends what was decided about the alert of a key, None to take it back; returns when the broker has it.

Raises:
    BrokerError: the broker cannot be reached.
    SendError: delivery was not confirmed.
"""


def utc_now() -> datetime:
    """The time, with its zone."""
    return datetime.now(UTC)


@dataclass
class Desk:
    """A desk.

    Attributes:
        store: what was said so far.
        write: takes decisions.
        person: who signs where nobody logs in.
        people: who may log in; None where all that reach the desk may use it.
        hosts: names that it may be asked by.
        sessions: logins.
        attempts: wrong tokens.
        live: readers of the live list.
        following: how far the store has come.
        counts: what was done here, by name.
        now: the time.
    """

    store: Store
    write: Write
    person: str
    people: People | None
    hosts: Hosts
    sessions: Sessions
    attempts: Attempts
    live: Live
    following: Following
    counts: Counter[str] = field(default_factory=Counter)
    now: Callable[[], datetime] = utc_now


DESK = web.AppKey("desk", Desk)

PERSON = web.RequestKey("person", str)
"""Who asks; not set where nobody knows."""

TICKET = web.RequestKey("ticket", str)
"""What the cookie holds, empty where there is none."""
