"""The word-difference model learns from pairs and is judged on pairs that it was not given."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import orjson
import pytest

from benchmarks.slant.__main__ import main, picked
from benchmarks.slant.train import Sentence, differences, held_out, joined, marked_odds, regression
from wirespin.framing.inflect import stem

TOWNS = "arna bela cora dalo elva fenn gora hest ilma juno kald lorn".split()


def pairs(word: str) -> list[dict[str, str]]:
    return [
        {"biased": f"the {word} mayor of {town} spoke", "neutral": f"the old mayor of {town} spoke"} for town in TOWNS
    ]


def labelled() -> list[dict[str, object]]:
    return [
        {
            "text": f"The {word} mayor of {town} spoke.",
            "label_bias": label,
            "biased_words": [word] if label == "Biased" else [],
            "news_link": f"{town}/{word}",
        }
        for town in TOWNS
        for word, label in (("grotty", "Biased"), ("old", "Non-biased"), ("new", "No agreement"))
    ]


def test_words_set_apart_are_joined() -> None:
    assert joined("she didn ' t see the well - known owl") == "she didn't see the well-known owl"


def test_a_word_that_experts_mark_has_higher_odds() -> None:
    given = [Sentence(frozenset({"grotty", "mayor"}), frozenset({"grotty"}), True, str(n)) for n in range(6)]
    odds = marked_odds(given)
    assert odds["grotty"] > 0 > odds["mayor"]
    assert marked_odds(given[:4]) == {}


def test_what_repeats_is_learned_and_what_does_not_is_not() -> None:
    assert picked(held_out(differences(pairs("grotty"), {}))) == 1.0
    mixed = pairs("grotty")[:6] + [{"biased": row["neutral"], "neutral": row["biased"]} for row in pairs("grotty")[6:]]
    assert picked(held_out(differences(mixed, {}))) < 0.7


def test_the_regression_stops_where_the_slope_is_nought() -> None:
    matrix = np.array([[1.0, 0.0], [0.5, 1.0], [-0.2, 1.0]])
    weights = regression(matrix, 0.5)
    slope = matrix.T @ (1 / (1 + np.exp(-matrix @ weights)) - 1) + 0.5 * weights
    assert np.abs(slope).max() < 1e-6


def test_the_figures_are_printed_and_the_weights_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files: dict[str, Sequence[object]] = {"pairs": pairs("grotty"), "babe": labelled()}
    for name, rows in files.items():
        (tmp_path / name).write_bytes(b"\n".join(orjson.dumps(row) for row in rows))
    out = tmp_path / "weights.json"
    assert main(["--pairs", str(tmp_path / "pairs"), "--babe", str(tmp_path / "babe"), "--out", str(out)]) == 0
    said = dict(line.split() for line in capsys.readouterr().out.splitlines())
    assert (said["pairs_all"], said["pairs_equal"], said["picked_equal"]) == ("12", "12", "1")
    assert (said["picked_all_by_length"], said["sentence_auc"]) == ("0.5", "1")
    written = orjson.loads(out.read_bytes())
    assert written["held_out"]["picked_all"] == 1
    assert written["stems"][stem("grotty")] > 0
    assert not set(TOWNS) & set(written["stems"]), "a word of one text only has no weight"
