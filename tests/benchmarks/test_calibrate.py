"""The fit of the weights on made examples: never negative, never certain, and it learns what there is to learn."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import orjson
import pytest

from benchmarks.calibrate import Example, by_kind, figures, fit, fit_on, leave_one_out, reliability, scores, write
from wirespin.framing.decide import Weighing, weighing


def example(altered: bool, kind: str = "made", own: bool = True, **sums: float) -> Example:
    return Example("set-a", kind, altered, own, sums, 0)


MADE = [
    *(example(True, quotes=0.9) for _ in range(40)),
    *(example(False, facts=0.7) for _ in range(40)),
    *(example(True, quotes=0.8, facts=0.7) for _ in range(10)),
    *(example(False) for _ in range(10)),
]


@pytest.fixture(scope="module")
def fitted() -> Weighing:
    return fit(MADE, weighing(), pull=1.0)


def test_what_tells_gains_weight_and_what_misleads_loses_it(fitted: Weighing) -> None:
    assert fitted.weights["quotes"] > 1 > fitted.weights["facts"] >= 0
    assert all(weight >= 0 for weight in fitted.weights.values())
    assert fitted.slope > 0
    assert (fitted.caps, fitted.noise) == (weighing().caps, weighing().noise)


def test_the_scores_are_sure_but_never_certain(fitted: Weighing) -> None:
    given = scores(MADE, fitted)
    assert 0 < given.min() < 0.2
    assert 0.8 < given.max() < 1
    found = figures(MADE, given, 0.5)
    assert (found["precision"], found["recall"], found["false"]) == (1, 1, 0)
    assert found["brier"] < 0.05


def test_a_strong_pull_keeps_the_weights_together() -> None:
    held = fit(MADE, weighing(), pull=1e6)
    assert all(weight == pytest.approx(1, abs=0.01) for weight in held.weights.values())


def test_a_slanted_headline_earns_nothing_from_an_altered_body() -> None:
    kept = fit_on([
        example(True, "reframed_loaded"), example(True, "reframed_loaded", own=False), example(True, "headline_spin"),
        example(False, "copyedit"),
    ])  # fmt: skip
    assert [(one.kind, one.own_headline) for one in kept] == [
        ("reframed_loaded", False), ("headline_spin", True), ("copyedit", True),
    ]  # fmt: skip


def test_tables() -> None:
    given = np.array([0.95, 0.05, 0.55])
    some = [example(True, "loaded"), example(False, "trimmed"), example(False, "loaded", own=False)]
    assert by_kind(some, given, 0.5) == {"loaded": 1.0, "loaded, original's headline": 1.0, "trimmed": 0.0}
    lines = reliability(some, given).splitlines()
    assert lines[2:] == [
        "| 0.0-0.1 | 1 | 0.05 | 0.00 |", "| 0.5-0.6 | 1 | 0.55 | 0.00 |", "| 0.9-1.0 | 1 | 0.95 | 1.00 |",
    ]  # fmt: skip


def test_the_written_file_says_where_it_comes_from(tmp_path: Path, fitted: Weighing) -> None:
    write(fitted, {"made": 1.0}, tmp_path / "decision.json")
    data = orjson.loads((tmp_path / "decision.json").read_bytes())
    assert {"origin", "licence", "date", "command", "figures"} <= set(data)
    assert data["figures"]["made"] == 1.0
    assert Weighing(**{name: data[name] for name in ("weights", "caps", "noise", "slope", "middle")}) == fitted


def test_each_set_is_scored_under_weights_of_the_others() -> None:
    table = leave_one_out({"one": MADE, "two": [example(True, order=0.3), example(False)]}, [], weighing())
    rows = [line.split(" | ") for line in table.splitlines()[2:]]
    assert [(row[0], row[1]) for row in rows] == [
        (f"| {name}", what) for name in ("one", "two") for what in ("shipped", "fitted on the others")
    ]
    assert rows[0][4] == "1.000"
    assert rows[3][7] == "1 of 2 |"
