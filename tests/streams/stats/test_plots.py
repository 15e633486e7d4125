"""The drawings: there where there is something to draw, the same every time, and no name is a formula."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemas.events import Republication
from streams.stats.plots import draw
from streams.stats.summary import summary
from streams.stats.tally import counted
from tests.streams.stats.events import event

ALL = ["pairs", "agencies", "outlets", "devices", "reuse", "delay", "days"]


def drawn(events: list[Republication], folder: Path, form: str = "svg") -> dict[str, bytes]:
    tally = counted(events)
    paths = draw(summary(tally), tally, folder, form)  # type: ignore[arg-type]
    return {path.stem: path.read_bytes() for path in paths}


def many() -> list[Republication]:
    return [event(altered="yes" if at % 3 else "no", minutes=at, devices=("omission",)) for at in range(18)]


def test_all_is_drawn_and_the_same_every_time(tmp_path: Path) -> None:
    first, second = drawn(many(), tmp_path / "a"), drawn(many(), tmp_path / "b" / "c")
    assert list(first) == ALL
    assert first == second
    assert all(b"<svg" in data for data in first.values())


def test_titles_and_units_are_there(tmp_path: Path) -> None:
    files = {name: data.decode() for name, data in drawn(many(), tmp_path).items()}
    assert "Who republishes whom" in files["pairs"]
    assert "share (%), with 95% interval after Wilson" in files["agencies"]
    assert "hours after the original" in files["delay"]
    assert "(n=18)" in files["delay"]


def test_no_share_of_few_is_drawn_and_nothing_of_nothing(tmp_path: Path) -> None:
    assert list(drawn([event()], tmp_path)) == ["pairs", "days"]
    assert drawn([], tmp_path) == {}


def test_a_picture_of_points(tmp_path: Path) -> None:
    assert all(data.startswith(b"\x89PNG") for data in drawn(many(), tmp_path, "png").values())


@pytest.mark.parametrize("name", ["$x^2$", "$\\frac{", "<script>&", "a\x00b"])
def test_names_are_names(tmp_path: Path, name: str) -> None:
    data = drawn([event(outlet=name)], tmp_path)["pairs"].decode()
    assert "<script>" not in data
    assert "\x00" not in data


def test_years_are_drawn_by_month(tmp_path: Path) -> None:
    late = event().model_copy(update={"time": "2027-11-22T10:00:00Z"})
    assert "Republications by month" in drawn([event(), late], tmp_path)["days"].decode()
    assert "Republications by day" in drawn([event()], tmp_path)["days"].decode()
