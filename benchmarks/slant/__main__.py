"""Which side of a sentence pair is the biased one.

``python -m benchmarks.slant --pairs FILE.jsonl.xz --babe FILE.jsonl.xz [--out FILE.json]``

Prints what the word-difference model is worth; with ``--out`` it also trains the weights that ship, on everything.

Every figure is of pairs and sentences that the model was not given: pairs in ten random parts (they carry no page),
sentences by article. A tie counts half. Length alone picks most pairs, so equal-length pairs are told by themselves:
sides of the same number of words ("equal"), and sides that differ by one word at most ("within one").
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import orjson

from benchmarks.reuters import rows
from benchmarks.slant.model import Features, Model
from benchmarks.slant.train import (
    SEED,
    Row,
    Sentence,
    differences,
    fit,
    held_out,
    held_out_sentences,
    joined,
    marked_odds,
    sentences,
)
from benchmarks.strength import auc
from wirespin.text.tokens import tokenize

SEEDS = 5
"""Shuffles over which the picks are averaged."""


def summary(pairs: list[Row], labelled: list[Sentence], given: list[Features]) -> dict[str, float]:
    """Held-out figures by name; picks are shares of pairs."""
    longer = [_length(row["biased"]) - _length(row["neutral"]) for row in pairs]
    runs = [held_out(given, seed=SEED + turn) for turn in range(SEEDS)]
    found: dict[str, float] = {}
    for name, most in (("all", None), ("equal", 0), ("within_one", 1)):
        chosen = [at for at, words in enumerate(longer) if most is None or abs(words) <= most]
        found[f"pairs_{name}"] = len(chosen)
        found[f"picked_{name}"] = _mean([picked([scores[at] for at in chosen]) for scores in runs])
        found[f"picked_{name}_by_length"] = picked([longer[at] for at in chosen])
    scores = held_out_sentences(labelled)
    biased = [score for score, one in zip(scores, labelled, strict=True) if one.biased]
    plain = [score for score, one in zip(scores, labelled, strict=True) if not one.biased]
    found["sentence_auc"] = auc(biased, plain)
    return {name: round(value, 3) for name, value in found.items()}


def packed(learned: Model, counts: str, figures: dict[str, float]) -> bytes:
    """The file of weights, with where they come from and what they are worth."""
    data = {
        "origin": f"weights only, learned from {counts}: edits for neutrality (Wikipedia) and news sentences marked by "
        "experts (BABE, Spinde et al. 2021); no text of either is contained",
        "licence": "Apache-2.0",
        "language": "en",
        "date": datetime.now(UTC).date().isoformat(),
        "command": "python -m benchmarks.slant --pairs PAIRS --babe SENTENCES --out FILE",
        "held_out": figures,
        "weights": {name: weight for name, weight in learned.weights.items() if weight},
        "stems": {stem: odds for stem, odds in learned.stems.items() if odds},
    }
    return orjson.dumps(data, option=orjson.OPT_INDENT_2) + b"\n"


def picked(scores: Sequence[float]) -> float:
    """Share of pairs whose biased side scores higher; a tie counts half."""
    return _mean([(score > 0) + (score == 0) / 2 for score in scores])


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else float("nan")


def _length(text: str) -> int:
    return len(tokenize(joined(text)))


def main(arguments: list[str]) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.slant")
    parser.add_argument("--pairs", type=Path, required=True, help="biased and neutral sentences, JSON lines")
    parser.add_argument("--babe", type=Path, required=True, help="labelled sentences, JSON lines")
    parser.add_argument("--out", type=Path, help="where to write weights trained on all of them")
    asked = parser.parse_args(arguments)
    pairs, labelled = rows(asked.pairs), sentences(rows(asked.babe))
    stems = marked_odds(labelled)
    given = differences(pairs, stems)
    figures = summary(pairs, labelled, given)
    for name, value in figures.items():
        print(f"{name:28} {value:g}")
    if asked.out:
        counts = f"{len(pairs)} pairs, {len(labelled)} sentences"
        asked.out.write_bytes(packed(fit(given, stems), counts, figures))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
