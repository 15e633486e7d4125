"""The benchmark of claims reads texts as they come and ranks stronger claims higher."""

from __future__ import annotations

import lzma
from pathlib import Path

import orjson
import pytest

from benchmarks.strength import auc, labels, main, read, scores

RELEASE = "PUBLIC RELEASE: 3-MAY-2016\nOwl song linked to deeper sleep\n\n{} for the people of three valleys.\n"
TIED = "Listening to owls at night is associated with deeper sleep in adults, a survey of the valleys found"
CAUSED = "Listening to owls at night improves the sleep of adults, a survey of the valleys found"


def item(ref: str, headline: str, lead: str, label: str) -> dict[str, str]:
    text = (
        f"The Valley Post\nMay 4, 2016 Wednesday\n{headline}\nBy Ann Ember\n{lead} for the people of three valleys.\n"
    )
    return {"ref": ref, "text": text, "label_headline_strength": label, "label_main_strength": label}


def test_headline_and_lead_are_found_among_furniture() -> None:
    text = read(item("1", "Owl song brings deeper sleep", TIED, "na")["text"])
    assert " ".join(text.headline) == "owl song brings deeper sleep"
    assert text.sentences[0][:3] == ("listening", "to", "owls")


def test_a_claim_made_stronger_scores_above_zero_and_made_weaker_below() -> None:
    tied, caused = RELEASE.format(TIED), RELEASE.format(CAUSED).replace("linked to", "brings")
    up, down = scores(read(tied), read(caused)), scores(read(caused), read(tied))
    assert all(up[place] > 0 > down[place] for place in ("headline", "main", "both"))
    assert set(scores(read(tied), read(tied)).values()) == {0}


def test_labels_that_differ_are_none() -> None:
    row = {"label_headline_strength": "exaggerated", "label_main_strength": "downplayed"}
    assert labels(row)["both"] == "na"
    assert labels(row | {"label_main_strength": "same_strength"})["both"] == "exaggerated"
    assert labels({"label_headline_strength": "na", "label_main_strength": "na"})["both"] == "na"


def test_auc_counts_ties_half() -> None:
    assert auc([1, 2], [0, 1]) == 0.875


def test_the_figures_of_both_halves_are_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    news, releases = tmp_path / "news.jsonl.xz", tmp_path / "releases.jsonl"
    items = [
        item(ref, *rest)
        for ref in ("1", "2")
        for rest in (
            ("Owl song brings deeper sleep", CAUSED, "exaggerated"),
            ("Owl song linked to sleep", TIED, "same_strength"),
        )
    ]
    news.write_bytes(lzma.compress(b"\n".join(map(orjson.dumps, items))))
    releases.write_bytes(b"\n".join(orjson.dumps({"ref": ref, "text": RELEASE.format(TIED)}) for ref in ("1", "2")))
    assert main(["--news", str(news), "--releases", str(releases)]) == 0
    said = capsys.readouterr().out
    assert said.count("exaggerated (1) against same (1): AUC 1.000; downplayed (0): nan") == 6
