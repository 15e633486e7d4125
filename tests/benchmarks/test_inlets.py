"""What reads strangers' documents: whole ones, damaged ones, and any bytes at all."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.poison import inlets
from benchmarks.poison.inlets import INLETS, inlet
from benchmarks.poison.mutate import damaged
from benchmarks.poison.target import Wrong

FIXTURES = sorted(path for path in (Path(__file__).parents[1] / "fixtures").rglob("*") if path.is_file())
READERS = range(len(INLETS))


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_documents_whole_and_damaged(path: Path) -> None:
    data, dice = path.read_bytes(), random.Random(path.name)
    for reader in READERS:
        inlet(bytes([reader]) + data)
        for _ in range(3):
            inlet(bytes([reader]) + damaged(dice, data))


@settings(max_examples=150)
@given(st.sampled_from(READERS), st.binary())
def test_any_bytes_are_read_or_refused(reader: int, data: bytes) -> None:
    inlet(bytes([reader]) + data)


@pytest.mark.parametrize("text", ["1795-12-07", "2126-01-01T00:00:00Z", "1795341600", "2016/6/29 15:07:41"])
def test_dates_that_feeds_give(text: str) -> None:
    inlet(bytes([INLETS.index(inlets.date)]) + text.encode())


def test_what_takes_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inlets, "SLOWEST", -1.0)
    with pytest.raises(Wrong, match="0 bytes took"):
        inlet(b"")
