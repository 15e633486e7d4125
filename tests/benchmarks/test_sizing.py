"""The sizing page says what its constants say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.sizing import BYTES, Choices, Constants, measured, quantity, size, table

PAGE = Path(__file__).parents[2] / "docs" / "sizing.md"


@pytest.mark.parametrize("written", [measured(Constants()), table(Constants(), Choices())], ids=["constants", "loads"])
def test_the_page_has_the_tables_of_the_constants(written: str) -> None:
    assert f"\n{written}\n" in PAGE.read_text(encoding="utf-8")


def test_a_load_is_worked_out_as_the_page_says() -> None:
    constants = Constants(
        ingest=0.01, match=0.001, judge=0.005, article=1_000, accepted=2_000, story=3_000, event=500, events=0.5,
        indexed=2_000, held=7_000, process=10**8, rebuilt_match=10_000, rebuilt_judge=20_000,
    )  # fmt: skip
    found = size(8_640_000, constants, Choices(peak=2, busy=0.5, replication=3, window=7))
    assert found.peak == 200
    assert (found.ingest, found.match, found.judge) == (4, 1, 2)
    assert found.match_memory == 8_640_000 * 7 * 2_000 + 10**8
    assert found.judge_memory == 8_640_000 * 14 * 7_000 + 2 * 10**8
    assert found.disk == 8_640_000 * 3 * (10 * 3_000 + 20 * 3_000 + 90 * 250)
    assert found.network == 200 * 6_250 * 4
    assert found.rebuild_match == 8_640_000 * 20 / 10_000
    assert found.rebuild_judge == 8_640_000 * 20 / 20_000 / 2


def test_a_tenth_of_the_load_needs_a_tenth_of_the_disk() -> None:
    whole, tenth = (size(daily, Constants(), Choices()).disk for daily in (1_000_000, 100_000))
    assert whole == pytest.approx(10 * tenth)
    shorter = size(1_000_000, Constants(), replace(Choices(), window=3.5))
    assert shorter.judge_memory < size(1_000_000, Constants(), Choices()).judge_memory * 0.51


@pytest.mark.parametrize(
    ("value", "shown"), [(12, "under 1 KB"), (1_500, "1.5 KB"), (15_400, "15 KB"), (10**16, "10 PB"), (5e12, "5.0 TB")]
)
def test_quantities_are_written_in_their_unit(value: float, shown: str) -> None:
    assert quantity(value, BYTES) == shown
