"""The quality gate: the labelled stories must not come out worse than pinned in benchmarks/floors.json."""

from __future__ import annotations

from benchmarks.quality import GATED, SETS, Figures, below_floor, measure


def test_no_figure_is_below_its_floor() -> None:
    assert below_floor(measure()) == []


def test_a_drop_and_a_new_false_pair_are_noticed() -> None:
    perfect: Figures = {
        "republication_recall": 1.0,
        "false_pairs": 0.0,
        "alert_precision": 1.0,
        "alert_f1": 1.0,
        "alert_f1_without_headlines": 1.0,
        "device_f1": 1.0,
        "evidence_recall": 1.0,
    }
    perfect["alerts"] = 0.0
    assert below_floor(dict.fromkeys(GATED, perfect)) == []
    worse = dict.fromkeys(GATED, perfect) | {SETS[0]: {**perfect, "alert_f1": 0.5, "false_pairs": 1.0}}
    assert [problem.split(" is ")[0] for problem in below_floor(worse)] == ["set-a: false_pairs", "set-a: alert_f1"]
