"""What a person decided about an alert, in a compacted topic of its own: the last one of an alert counts."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from schemas.base import WireRecord

Verdict = Literal["confirmed", "dismissed", "watching"]

MAX_REASON = 4_000
"""Characters: a page."""

MAX_NAME = 200
"""Characters of who decided."""

TIME = re.compile(r"[12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
"""How `at` is written."""


class Disposition(WireRecord):
    """A decision about an alert, under the alert's key. A tombstone takes it back.

    What was decided about stands in it, so that precision can be computed after the alert itself has expired.

    Attributes:
        alert: key of the alert, which is the key of this record too.
        event: id of the alert as it was looked at; another id of the same key stands for another version.
        verdict: ``watching`` is no decision yet.
        reason: why; asked for where an alert is dismissed.
        by: who.
        at: when, UTC, ISO 8601 with seconds.
        time: the alert's event time, null where it had none.
        outlet: the alert's outlet, as `streams.desk.filters.outlet_of` has it.
        devices: the devices that the alert named, each once.
    """

    type: Literal["disposition"] = "disposition"
    alert: str = Field(pattern=r"\S", max_length=MAX_NAME)
    event: str = Field(pattern=r"\S", max_length=MAX_NAME)
    verdict: Verdict
    reason: str = Field(default="", max_length=MAX_REASON)
    by: str = Field(pattern=r"\S", max_length=MAX_NAME)
    at: str
    time: str | None = None
    outlet: str | None = None
    devices: list[str] = Field(default_factory=list)

    @field_validator("at")
    @classmethod
    def _is_time(cls, value: str) -> str:
        if not TIME.fullmatch(value):
            raise ValueError("not of the form 2026-11-22T10:00:00Z")
        datetime.fromisoformat(value)
        return value

    @model_validator(mode="after")
    def _says_why(self) -> Self:
        if self.verdict == "dismissed" and not self.reason.strip():
            raise ValueError("a dismissal needs a reason")
        return self
