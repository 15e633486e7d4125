"""What may be asked at all: URLs and addresses that a stranger has named, judged before and at connecting.

Twice, because neither is enough: a URL says nothing of where its name leads, and that may change between two look-ups
(DNS rebinding); an address says nothing of ``user@host`` or of port 25. Independent of feeds: whatever is told an URL
by somebody else (a webhook, a callback) asks here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from typing import NoReturn
from urllib.parse import urlsplit

from yarl import URL

from schemas.errors import FetchError, SettingsError, Trouble
from streams.web.addresses import Address, Network, refusal
from streams.web.words import shown

LONGEST = 2048
"""Characters of a URL: the cap of aggregators (Media Cloud's MAX_URL) and of sitemaps."""

PRIVILEGED = 1024
"""Below it only 80 and 443 are asked: the others are mail, shells and directories, not web sites."""

BAD_PORTS = frozenset({
    1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
})  # fmt: skip
"""Ports of other protocols that browsers refuse too (WHATWG Fetch, "bad port")."""

PRIVATE_NAMES = ("local", "localhost", "localdomain", "internal", "intranet", "lan", "home.arpa", "onion")
"""Endings that never name a host of the public internet (RFC 6761, 6762, 7686, 8375)."""

DOTS = re.compile("[\u3002\uff0e\uff61]")
"""Ideographic dots, which IDNA turns into plain ones: no registry's names are written so, but traps are."""

ODD = re.compile(r"[\x00-\x20\x7f\\]")
"""White space, control characters and backslashes: parsers of URLs differ over them."""

AUTHORITY = re.compile(r"[A-Za-z]+://([^/?#]*)")
"""The part of a URL that names the host, as it was written."""

HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*")
"""A host once IDNA is through with it: yarl lets spaces pass where a character decomposes into one."""

NUMERIC = re.compile(r"(?:^|\.)(?:[0-9]+|0[xX][0-9a-fA-F]*)$")
"""A host whose last part is a number is an IPv4 address (WHATWG URL), however oddly written."""


@dataclass(frozen=True, slots=True)
class _Allowed:
    """An entry of the allow list: a network or a name, and the port if it names one."""

    network: Network | None
    name: str
    port: int | None


def parse_allow(entry: str) -> _Allowed:
    """An entry of the allow list.

    Raises:
        SettingsError: it is neither a network nor a host, with or without port.
    """
    text = entry.strip()
    try:
        return _Allowed(ip_network(text), "", None)
    except ValueError:
        pass
    try:
        parts = urlsplit(f"//{text}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    if not host or "/" in text or "@" in text:
        remedy = "write 10.0.0.0/8, 10.0.0.1, 10.0.0.1:8080, [fd00::1]:8080, host or host:port"
        raise SettingsError(f"{entry!r} is neither a network nor a host", where="allowed hosts", remedy=remedy)
    literal = _literal(host)
    return _Allowed(ip_network(literal) if literal else None, "" if literal else host, port)


def _literal(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


class Guard:
    """Judge of URLs and addresses.

    Args:
        allow: networks, addresses and names that pass although the rules refuse them; each but a network with a port
            if need be, which then passes too.

    Raises:
        SettingsError: an entry of the list is none of these.
    """

    def __init__(self, allow: Iterable[str] = ()) -> None:
        self._allow = tuple(parse_allow(entry) for entry in allow)

    def url(self, text: str) -> URL:
        """The URL that is asked, without its fragment.

        The one that is returned is the one to use: reading the text a second time may find another host in it.

        Raises:
            FetchError: "url" or "address"; no name is looked up for that.
        """
        url = _parsed(text)
        self._host(text, url.raw_host or "", url.port or 0)
        return url.with_fragment(None)

    def _host(self, text: str, host: str, port: int) -> None:
        literal = _literal(host)
        if literal is None and NUMERIC.search(host):
            _refuse("address", f"host {host!r} is no address as everybody writes it", text, "write four decimal parts")
        if literal is not None:
            self.address(literal, port, where=text)
        elif not self._name_allowed(host, port):
            self._name(host, text)
        self._port(host, literal, port, text)

    def _name(self, host: str, text: str) -> None:
        if "." not in host or host.endswith(tuple(f".{name}" for name in PRIVATE_NAMES)):
            _refuse("address", f"{host} is a name of a private network", text, "add it to the allowed hosts")

    def _port(self, host: str, literal: Address | None, port: int, text: str) -> None:
        usual = port in {80, 443} or (port >= PRIVILEGED and port not in BAD_PORTS)
        named = any(
            entry.port == port and (entry.name == host if literal is None else _holds(entry.network, literal))
            for entry in self._allow
        )
        if not usual and not named:
            _refuse("url", f"port {port}", text, "add host:port to the allowed hosts if this is a web site")

    def address(self, address: Address, port: int, *, host: str = "", where: str = "") -> None:
        """Return if an address may be connected to.

        Args:
            address: what is connected to.
            port: on it.
            host: the name it was found under, if any.
            where: the URL, for the message.

        Raises:
            FetchError: "address".
        """
        reason = self.refusal(address, port, host)
        if reason is not None:
            found = f"{host} is at {address}, {reason}" if host else f"{address} is {reason}"
            _refuse("address", found, where or host, "add it to the allowed hosts if it is yours")

    def refusal(self, address: Address, port: int, host: str = "") -> str | None:
        """Why an address may not be connected to, in a word or two; None where it may."""
        plain = IPv6Address(int(address)) if isinstance(address, IPv6Address) else address  # without its zone
        reason = refusal(plain)
        if reason is None or (host and self._name_allowed(host, port)):
            return None
        listed = any(_holds(entry.network, plain) and entry.port in {None, port} for entry in self._allow)
        return None if listed else reason

    def _name_allowed(self, host: str, port: int) -> bool:
        return any(entry.name == host and entry.port in {None, port} for entry in self._allow)


def _holds(network: Network | None, address: Address) -> bool:
    return network is not None and network.version == address.version and address in network


def _parsed(text: str) -> URL:
    """A URL of which all parsers think the same."""
    if len(text) > LONGEST:
        _refuse("url", f"over {LONGEST:,} characters", text, "correct the URL")
    if ODD.search(text):
        _refuse("url", "white space or a backslash in it", text, "correct the URL")
    try:
        url = URL(text)
        host, _ = url.raw_host or "", url.port
    except ValueError as error:
        _refuse("url", f"not a URL ({error})", text, "correct it")
    if url.scheme not in {"http", "https"}:
        _refuse("url", f"scheme {url.scheme or 'missing'!r}", text, "only http and https are asked")
    if problem := _odd(text, url, host):
        _refuse("url", problem, text, "write the host plainly, and nothing before it")
    return url


def _odd(text: str, url: URL, host: str) -> str | None:
    """What is odd about the part of a URL that names the host."""
    written = AUTHORITY.match(text)
    if written is None or not host:
        return "no host in it"
    if "@" in url.raw_authority or "@" in written[1]:
        return "a user name in it"
    if DOTS.search(written[1]) or "%" in written[1] or not (HOST.fullmatch(host) or ":" in host):
        return "an odd host"
    return None


def _refuse(trouble: Trouble, problem: str, where: str, remedy: str) -> NoReturn:
    raise FetchError(f"not asked: {problem}", trouble=trouble, where=shown(where, LONGEST), remedy=remedy)
