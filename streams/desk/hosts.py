"""Names that the desk answers to, against sites that have their own name lead to this machine (DNS rebinding)."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from urllib.parse import urlsplit

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Hosts:
    """Names that may stand in a Host header.

    Args:
        listening: the address that is listened on.
        allowed: further names.
    """

    def __init__(self, listening: str, allowed: Iterable[str] = ()) -> None:
        further = {name.strip().strip("[]").casefold() for name in allowed if name.strip()}
        self._any = not further and not is_loopback(listening)
        self._names = LOOPBACK | further | {listening.strip("[]").casefold()}

    def admits(self, header: str) -> bool:
        """Whether a Host header names this desk, on whatever port: a proxy or a tunnel may have another."""
        return self._any or host_of(header) in self._names


def host_of(header: str) -> str:
    """The name in a Host header, without its port; nothing where it is no such header."""
    try:
        parts = urlsplit(f"//{header}")
        return (parts.hostname or "").casefold() if parts.netloc == header and "@" not in header else ""
    except ValueError:
        return ""


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches an address."""
    if host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
