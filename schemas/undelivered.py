"""A message that a webhook would not take, kept until somebody sends it again.

It stands in a compacted topic under ``HOOK/MESSAGE``; a tombstone says that it was delivered after all, or dropped.
"""

from __future__ import annotations

import base64
import binascii
from typing import Literal

from pydantic import Field, field_validator

from schemas.base import WireRecord


class Undelivered(WireRecord):
    """What was not delivered, where to and why. Neither the hook's URL nor its secret is in it: both may be secret.

    Attributes:
        hook: name of the hook.
        message: id of the message, as the header ``webhook-id`` has it.
        topic: where the event stands.
        partition: its partition.
        offset: its offset.
        timestamp: its Kafka timestamp in milliseconds since 1970.
        key: the event's key.
        value: the event's bytes, base64; null where it was withdrawn.
        outside: whether the event did not pass the hook's filter, and was told since an earlier version of it may have.
        tries: requests that were made, without those brought forward since the server seemed to be back.
        reason: what came of the last one.
        status: of its answer, null where there was none.
        first: when it was first tried, UTC, ISO 8601 with seconds.
        last: when it was last tried.
    """

    type: Literal["undelivered"] = "undelivered"
    hook: str
    message: str
    topic: str
    partition: int = Field(ge=0)
    offset: int = Field(ge=0)
    timestamp: int
    key: str
    value: str | None = None
    outside: bool = False
    tries: int = Field(ge=0)
    reason: str
    status: int | None = None
    first: str
    last: str

    @field_validator("value")
    @classmethod
    def _is_base64(cls, value: str | None) -> str | None:
        if value is not None:
            try:
                base64.b64decode(value, validate=True)
            except binascii.Error as error:
                raise ValueError("not base64") from error
        return value

    @property
    def event(self) -> bytes | None:
        """The event's bytes."""
        return None if self.value is None else base64.b64decode(self.value)

    @property
    def record_key(self) -> str:
        """What it stands under."""
        return f"{self.hook}/{self.message}"
