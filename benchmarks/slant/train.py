"""Train the word-difference model of `benchmarks.slant.model`; `benchmarks.slant` runs it and tells what it is worth.

Pairs (``biased``, ``neutral``: words and marks set apart by blanks) give the weights of signed features, by a logistic
regression without a constant. Expert-labelled sentences (``text``, ``label_bias``, ``biased_words``, ``news_link``)
give the log odds of each stem of being marked as biased. A word has a weight only where it stands in at least `TEXTS`
texts, so that no text can be read out of the file; nothing else of the texts is written.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from benchmarks.slant.model import Features, Model, features
from wirespin.framing.inflect import stem
from wirespin.text.tokens import tokenize

TEXTS = 5
"""Texts in which a word or feature stands at least before it has a weight."""

PENALTY = 5.0
"""L2 penalty of the pair model; 3 to 10 give the same picks within a point."""

SMOOTHING = 3.0
"""Occurrences at the base rate that every word is given on top of its own."""

TURNS = 25
"""Newton steps at most; eight are enough on data of this kind."""

FOLDS, SEED = 10, 1
"""Parts of the cross-validation, and the seed of the shuffle: pairs carry no page by which they could be kept apart."""

Row = dict[str, Any]
Array = npt.NDArray[np.float64]


class Sentence(NamedTuple):
    """A labelled sentence: stems of its words and of those that experts marked, whether it is biased, its article."""

    stems: frozenset[str]
    marked: frozenset[str]
    biased: bool
    article: str


def joined(text: str) -> str:
    """A text whose words and marks were set apart, put together again.

    >>> joined("it isn ' t so - called")
    "it isn't so-called"
    """
    return re.sub(r" - ", "-", re.sub(r" ' (s|t|re|ve|ll|d|m)\b", r"'\1", text))


def sentences(given: list[Row]) -> list[Sentence]:
    """Labelled sentences, each once, those without agreement left out."""
    found = {row["text"]: row for row in given if row["label_bias"] != "No agreement"}
    return [
        Sentence(
            _stems(row["text"]),
            frozenset(word for phrase in row["biased_words"] for word in _stems(phrase)),
            row["label_bias"] == "Biased",
            row["news_link"],
        )
        for row in found.values()
    ]


def marked_odds(given: Sequence[Sentence]) -> dict[str, float]:
    """Log odds of each frequent stem of being marked as biased, against those of all words."""
    stands = Counter(word for one in given for word in one.stems)
    marked = Counter(word for one in given for word in one.stems & one.marked)
    base = marked.total() / max(1, stands.total())
    plain = SMOOTHING * (1 - base)
    return {
        word: round(
            math.log((marked[word] + SMOOTHING * base) / (count - marked[word] + plain) / (base / (1 - base))), 3
        )
        for word, count in sorted(stands.items())
        if count >= TEXTS and base
    }


def differences(pairs: list[Row], stems: dict[str, float]) -> list[Features]:
    """Features of each pair, from its neutral to its biased side."""
    return [features(joined(row["neutral"]), joined(row["biased"]), stems) for row in pairs]


def fit(given: Sequence[Features], stems: dict[str, float]) -> Model:
    """A model that scores each of the given differences above zero, as far as the penalty lets it."""
    count = Counter(name for one in given for name in one)
    names = sorted(name for name, times in count.items() if times >= TEXTS)
    place = {name: at for at, name in enumerate(names)}
    matrix = np.zeros((len(given), len(names)))
    for at, one in enumerate(given):
        for name, value in one.items():
            if name in place:
                matrix[at, place[name]] = value
    weights = regression(matrix, PENALTY)
    return Model({name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}, stems)


def regression(matrix: Array, penalty: float) -> Array:
    """Weights of a logistic regression without a constant in which every row is a hit; Newton's method."""
    weights = np.zeros(matrix.shape[1])
    ridge = penalty * np.eye(matrix.shape[1])
    for _ in range(TURNS):
        chance = 1 / (1 + np.exp(-np.clip(matrix @ weights, -30, 30)))
        slope = matrix.T @ (chance - 1) + penalty * weights
        curve = matrix.T @ (matrix * (chance * (1 - chance))[:, None]) + ridge
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max(initial=0.0) < 1e-6:
            break
    return weights


def held_out(given: Sequence[Features], folds: int = FOLDS, seed: int = SEED) -> list[float]:
    """Score of each difference by a model that was not given it."""
    order = np.random.default_rng(seed).permutation(len(given))
    scores = [0.0] * len(given)
    for fold in range(folds):
        out = {int(at) for at in order[fold::folds]}
        learned = fit([one for at, one in enumerate(given) if at not in out], {})
        for at in out:
            scores[at] = sum(learned.weights.get(name, 0.0) * value for name, value in given[at].items())
    return scores


def held_out_sentences(given: Sequence[Sentence], folds: int = FOLDS) -> list[float]:
    """Mean log odds of each sentence's stems, by odds taken from other articles."""
    articles = {name: at % folds for at, name in enumerate(sorted({one.article for one in given}))}
    scores = [0.0] * len(given)
    for fold in range(folds):
        odds = marked_odds([one for one in given if articles[one.article] != fold])
        for at, one in enumerate(given):
            if articles[one.article] == fold:
                scores[at] = sum(odds.get(word, 0.0) for word in one.stems) / max(1, len(one.stems))
    return scores


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(token.norm) for token in tokenize(text))
