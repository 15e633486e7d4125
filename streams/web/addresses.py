"""Which addresses a stranger may make us connect to: those of the public internet, and no others.

A table of our own, not ``is_global``: what that says differs between versions of Python, and it calls addresses public
that carry a private one inside (NAT64) or that reach the cloud's own machinery. IANA IPv4 and IPv6 Special-Purpose
Address Registries (RFC 6890 and later); OWASP, Server-Side Request Forgery Prevention.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

REFUSED_4 = {
    IPv4Network(net): name
    for net, name in {
        "0.0.0.0/8": "unspecified",
        "10.0.0.0/8": "private",
        "100.64.0.0/10": "a provider's shared (CGNAT, RFC 6598)",
        "127.0.0.0/8": "loopback",
        "168.63.129.16/32": "the Azure host's",
        "169.254.0.0/16": "link-local (cloud metadata)",
        "172.16.0.0/12": "private",
        "192.0.0.0/24": "reserved",
        "192.0.2.0/24": "documentation",
        "192.88.99.0/24": "6to4 relay",
        "192.168.0.0/16": "private",
        "198.18.0.0/15": "benchmark",
        "198.51.100.0/24": "documentation",
        "203.0.113.0/24": "documentation",
        "224.0.0.0/4": "multicast",
        "240.0.0.0/4": "reserved",
    }.items()
}
"""IPv4 networks refused, with what they are."""

PUBLIC_6 = IPv6Network("2000::/3")
"""All that is given out as global unicast; outside it is loopback, ULA, link-local, multicast or nothing yet."""

REFUSED_6 = {
    IPv6Network("2001::/23"): "a protocol's (Teredo, ORCHID, benchmark)",
    IPv6Network("2001:db8::/32"): "documentation",
    IPv6Network("3fff::/20"): "documentation",
}
"""Networks within the global unicast that are refused all the same."""

CARRIERS = {
    IPv6Network("::ffff:0:0/96"): 0,  # IPv4-mapped
    IPv6Network("::ffff:0:0:0/96"): 0,  # IPv4-translated, RFC 2765
    IPv6Network("64:ff9b::/96"): 0,  # NAT64, RFC 6052: what every name resolves to on a network without IPv4
    IPv6Network("2002::/16"): 80,  # 6to4, RFC 3056
}
"""IPv6 networks whose addresses reach an IPv4 address inside them, with the bits to its right."""


def refusal(address: Address) -> str | None:
    """Why an address is refused, in a word or two; None for one of the public internet."""
    if isinstance(address, IPv4Address):
        return next((name for net, name in REFUSED_4.items() if address in net), None)
    for net, shift in CARRIERS.items():
        if address in net:
            inner = IPv4Address(int(address) >> shift & 0xFFFFFFFF)
            reason = refusal(inner)
            return f"{reason} ({inner} inside it)" if reason else None
    return _refusal_6(address)


def _refusal_6(address: IPv6Address) -> str | None:
    if address not in PUBLIC_6:
        return _word(address)
    if reason := next((name for net, name in REFUSED_6.items() if address in net), None):
        return reason
    # ISATAP, RFC 5214: the lower half names the IPv4 address of the far end
    if int(address) >> 32 & 0xFCFFFFFF == 0x5EFE:
        return refusal(IPv4Address(int(address) & 0xFFFFFFFF))
    return None


def _word(address: IPv6Address) -> str:
    """What an address outside the global unicast is; the compatible ones (::10.0.0.1) are reserved."""
    kinds = {
        "unspecified": address.is_unspecified,
        "loopback": address.is_loopback,
        "link-local": address.is_link_local,
        "multicast": address.is_multicast,
        "private": address in IPv6Network("fc00::/7"),
    }
    return next((name for name, is_one in kinds.items() if is_one), "reserved")
