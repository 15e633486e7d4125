"""Who is logged in, and that a form was made here: in memory, gone when the desk stops."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass

HOURS = 12.0
"""Hours that a login lasts: a long shift."""

MOST_SESSIONS = 1_000
"""Logins kept; beyond, the oldest ends. A desk has tens of people."""

COOKIE = "wirespin_desk"

FAILURES, PER = 5, 60.0
"""Wrong tokens from one address, and the seconds within which so many are too many."""

FAILURES_OF_ALL = 60
"""Wrong tokens from everywhere in that time: addresses of IPv6 cost nothing."""

MOST_ADDRESSES = 10_000
"""Addresses whose failures are remembered."""


@dataclass(frozen=True)
class Session:
    """A login.

    Attributes:
        name: who.
        ends: seconds of the clock at which it ends.
    """

    name: str
    ends: float


class Sessions:
    """Logins by the hash of what their cookie holds.

    Args:
        clock: seconds that only grow.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._known: OrderedDict[bytes, Session] = OrderedDict()
        self._key = secrets.token_bytes(32)

    def begin(self, name: str) -> str:
        """Log somebody in; what the cookie is to hold."""
        ticket = secrets.token_urlsafe(32)
        self._known[_hash(ticket)] = Session(name, self._clock() + HOURS * 3_600)
        while len(self._known) > MOST_SESSIONS:
            self._known.popitem(last=False)
        return ticket

    def who(self, ticket: str) -> str | None:
        """Who a cookie belongs to, None where it is nobody's or its time is over."""
        session = self._known.get(_hash(ticket))
        if session is None or session.ends <= self._clock():
            self._known.pop(_hash(ticket), None)
            return None
        return session.name

    def end(self, ticket: str) -> None:
        """Log out."""
        self._known.pop(_hash(ticket), None)

    def stamp(self, ticket: str) -> str:
        """What a form of this session carries, so that no other site's form is taken for ours.

        Of nobody's session it is the same for all of this process: there a person is whoever reaches the desk, and
        another site cannot read it.
        """
        return hmac.new(self._key, b"form:" + ticket.encode(), hashlib.sha256).hexdigest()

    def is_stamp(self, ticket: str, given: str) -> bool:
        """Whether a form carries what it must."""
        return hmac.compare_digest(self.stamp(ticket).encode(), given.encode("utf-8", "surrogatepass"))


class Attempts:
    """Wrong tokens of late.

    Args:
        clock: seconds that only grow.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._by_address: OrderedDict[str, deque[float]] = OrderedDict()
        self._all: deque[float] = deque()

    def wait(self, address: str) -> float:
        """Seconds until another attempt is taken, 0 where one may be made now."""
        now = self._clock()
        found = [_left(self._by_address.get(address, deque()), FAILURES, now), _left(self._all, FAILURES_OF_ALL, now)]
        return max(found)

    def failed(self, address: str) -> None:
        """Remember a wrong token."""
        now = self._clock()
        self._all.append(now)
        if len(self._all) > FAILURES_OF_ALL:
            self._all.popleft()
        mine = self._by_address.setdefault(address, deque(maxlen=FAILURES))
        mine.append(now)
        self._by_address.move_to_end(address)
        if len(self._by_address) > MOST_ADDRESSES:
            self._by_address.popitem(last=False)


def _left(failures: deque[float], most: int, now: float) -> float:
    """Seconds until the oldest of too many failures is forgotten."""
    return max(0.0, failures[-most] + PER - now) if len(failures) >= most else 0.0


def _hash(ticket: str) -> bytes:
    return hashlib.sha256(ticket.encode("utf-8", "surrogatepass")).digest()
