"""Signatures by the Standard Webhooks scheme (https://www.standardwebhooks.com, specification of 2024-01).

A receiver that knows the secret can tell that a message is from us, whole, and sent just now.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Sequence

PREFIX = "whsec_"
"""Beginning of a secret as people see it, so that scanners of source code find it where it should not be."""

LEAST, MOST = 24, 64
"""Bytes of a secret, by the specification."""


class Secret:
    """A key to sign with. It cannot be printed by accident.

    Args:
        text: ``whsec_`` and base64, or the base64 alone.

    Raises:
        ValueError: it is not; the message does not repeat it.
    """

    __slots__ = ("_key",)

    def __init__(self, text: str) -> None:
        try:
            self._key = base64.b64decode(text.strip().removeprefix(PREFIX), validate=True)
        except (binascii.Error, ValueError) as error:
            raise ValueError(f"not base64 behind {PREFIX!r}") from error.__cause__
        if not LEAST <= len(self._key) <= MOST:
            raise ValueError(f"{len(self._key)} bytes long; {LEAST} to {MOST} are allowed")

    def __repr__(self) -> str:
        return "Secret(...)"

    def signature(self, message: str, seconds: int, body: bytes) -> str:
        """``v1,`` and the base64 of HMAC-SHA256 over ``id.timestamp.body``."""
        signed = b"%s.%d.%s" % (message.encode(), seconds, body)
        return "v1," + base64.b64encode(hmac.digest(self._key, signed, hashlib.sha256)).decode()


def new_secret() -> str:
    """A secret that nobody has yet, of 32 random bytes."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def signed(message: str, seconds: int, body: bytes, keys: Sequence[Secret]) -> dict[str, str]:
    """The three headers.

    Args:
        message: its id, the same at every try.
        seconds: since 1970, of this try: receivers refuse what is older than some minutes, against replays.
        body: to the byte as it is sent.
        keys: one, or while a secret is being changed the new one and the old one; a receiver needs to know one.
    """
    return {
        "webhook-id": message,
        "webhook-timestamp": str(seconds),
        "webhook-signature": " ".join(key.signature(message, seconds, body) for key in keys),
    }
