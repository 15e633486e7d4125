"""Decisions: what they must hold."""

from __future__ import annotations

import pytest

from schemas.disposition import Disposition
from schemas.errors import RecordError
from tests.schemas.examples import DISPOSITION


def test_bytes_and_back() -> None:
    made = Disposition.from_data(DISPOSITION)
    assert Disposition.from_bytes(made.to_bytes()) == made


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("verdict", "perhaps"), ("reason", " "), ("reason", "x" * 4_001), ("by", ""), ("by", " "), ("alert", ""),
        ("event", " "), ("at", "2026-11-18 10:00"), ("at", "2026-02-30T10:00:00Z"), ("at", "２026-11-18T10:00:00Z"),
    ],
)  # fmt: skip
def test_what_is_missing_or_wrong_is_refused(field: str, value: str) -> None:
    with pytest.raises(RecordError, match="field"):
        Disposition.from_data({**DISPOSITION, field: value})


def test_only_a_dismissal_needs_a_reason() -> None:
    assert Disposition.from_data({**DISPOSITION, "verdict": "watching", "reason": ""}).reason == ""
