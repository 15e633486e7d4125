"""Signatures of deliveries (WebSub, 7.1)."""

from __future__ import annotations

import hmac

METHODS = frozenset({"sha1", "sha256", "sha384", "sha512"})
"""Hash functions that the Recommendation names. SHA-1 is broken for collisions, not inside an HMAC (RFC 6194), and
large hubs sign with nothing else."""


def signature(body: bytes, secret: str, method: str = "sha256") -> str:
    """The value of ``X-Hub-Signature`` for a body."""
    return f"{method}={hmac.new(secret.encode(), body, method).hexdigest()}"


def is_signed(body: bytes, header: str | None, secret: str) -> bool:
    """Whether a body was signed with our secret; compared in constant time.

    Args:
        body: as it was delivered, to the byte.
        header: ``X-Hub-Signature``, None where it is missing.
        secret: the one that only the hub and we know.
    """
    method, _, given = (header or "").strip().partition("=")
    method = method.lower()
    if method not in METHODS or not secret:
        return False
    return hmac.compare_digest(signature(body, secret, method).encode(), f"{method}={given.lower()}".encode())
