"""Fit what the groups of findings weigh: ``python -m benchmarks.calibrate [--rewrites FILE] [--write]``.

Pairs are the labelled sets' derived articles, with their own headlines and with their originals', and fair rewrites
of passages where a FILE of them is given (see `benchmarks.fair`; even numbers are fitted on, odd ones never).
Fits on one set and scores the other, then the reverse, beside weights that are all one; tells how often pairs of a
score were altered; last fits on both. ``--write`` puts that into ``wirespin/framing/weights/decision.json``.
``--leave-one-out`` instead fits on all labelled sets but one and scores that one, for each, beside what is shipped.

The model is a logistic regression on the groups' capped sums with weights >= 0 (projected gradient), each drawn
towards one as by PULL further pairs, and Platt's smoothed labels ("Probabilistic outputs for support vector machines",
1999): few stories, so few degrees of freedom, and no certainty.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson

from benchmarks.fair import rewrites
from benchmarks.quality import SETS, articles, load
from wirespin.accept import accept
from wirespin.framing.compare import DEVICES
from wirespin.framing.decide import DEFAULT, Weighing, sums, weighing
from wirespin.framing.pair import Pair
from wirespin.framing.view import FramingView
from wirespin.story.pair import to_document
from wirespin.text.document import Document

PULL = 10.0
"""Pairs' worth of pull of each weight towards one: a set has some 150 pairs of nine stories."""

REWRITE_WEIGHT = 0.25
"""What a fair rewrite counts in the fit: six are of one text."""

STEPS, RATE = 6_000, 0.05
"""Steps of the descent (Adam) and their size."""

ALTERED_SETS = ("set-a", "set-b", "set-c", "set-d")
"""Labelled sets that hold altered articles."""

SURE_NOT = 0.1
"""Score below which a pair is as good as never said to be altered."""

BINS = 10
PLAIN_SLOPE, PLAIN_MIDDLE = 4.0, 0.5
"""The logistic that was set by hand, over weights of one."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """A pair as the decision sees it.

    Attributes:
        source: set, or half of the fair rewrites.
        kind: label's kind, or `rewrite`.
        altered: whether the framing was altered.
        own_headline: whether the copy's headline is its own.
        sums: severities by group.
        new_words: words of the copy that are new.
    """

    source: str
    kind: str
    altered: bool
    own_headline: bool
    sums: dict[str, float]
    new_words: int


def labelled(name: str) -> list[Example]:
    """Derived articles of a set, each with its own headline and with its original's.

    A spun headline that was replaced alters nothing.
    """
    found = []
    for own in (True, False):
        items = [item for item in load(name) if item["kind"] == "original" or item["derived_from"]]
        received = datetime.now(UTC)
        document = {
            article.id: to_document(accept(article, received)) for article in articles(items, own_headlines=own)
        }
        for item in items:
            if item["derived_from"] and item["kind"] != "update":
                altered = item["reframed"] and (own or item["kind"] != "headline_spin")
                example = _example(document[item["derived_from"]], document[item["id"]])
                found.append(replace(example, source=name, kind=item["kind"], altered=altered, own_headline=own))
    return found


def fair(path: Path, half: str) -> list[Example]:
    """Articles put together from fair rewrites of passages."""
    pairs = [rewrite for rewrite in rewrites(path, (half,)) if rewrite.whole]
    return [replace(_example(pair.original, pair.copy), source=half) for pair in pairs]


def _example(original: Document, copy: Document) -> Example:
    pair = Pair(FramingView(original), FramingView(copy))
    findings = [finding for device in DEVICES for finding in device(pair)]
    return Example("", "rewrite", False, True, sums(pair, findings), pair.new_words)


def fit_on(examples: Sequence[Example]) -> list[Example]:
    """Examples to fit on: altered bodies only under their original's headline, which so earns nothing from them.

    Slanted headlines stand on nearly every altered article of the labelled sets, and not of others.
    """
    return [one for one in examples if not (one.altered and one.own_headline) or one.kind == "headline_spin"]


def fit(examples: Sequence[Example], rule: Weighing, pull: float = PULL) -> Weighing:
    """The weights, slope and middle that make labels likeliest, with the caps and allowances of `rule`."""
    groups = sorted(rule.caps)
    features, labels, counts = _table(examples, rule, groups)
    sure, free = counts @ labels, counts @ (1 - labels)
    wanted = np.where(labels > 0, (sure + 1) / (sure + 2), 1 / (free + 2))
    at = np.concatenate([np.ones(len(groups)), [np.log(PLAIN_SLOPE), -PLAIN_SLOPE * PLAIN_MIDDLE]])
    mean, square = np.zeros_like(at), np.zeros_like(at)
    for step in range(1, STEPS + 1):
        gradient = _gradient(at, features, wanted, counts, pull)
        mean, square = 0.9 * mean + 0.1 * gradient, 0.999 * square + 0.001 * gradient**2
        at = at - RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-9)
        at[:-2] = np.maximum(at[:-2], 0.0)
    slope = float(np.exp(at[-2]))
    weights = {group: round(float(weight), 3) for group, weight in zip(groups, at, strict=False)}
    return replace(rule, weights=weights, slope=round(slope, 3), middle=round(float(-at[-1] / slope), 3))


def _gradient(at: Floats, features: Floats, wanted: Floats, counts: Floats, pull: float) -> Floats:
    """Of the mean loss in the weights, the slope's logarithm and the offset."""
    weights, slope, offset = at[:-2], np.exp(at[-2]), at[-1]
    total = features @ weights
    error = counts * (1 / (1 + np.exp(-(slope * total + offset))) - wanted)
    of_weights = slope * (features.T @ error) + 2 * pull * (weights - 1)
    gradient = np.concatenate([of_weights, [slope * (error @ total), error.sum()]])
    return np.asarray(gradient / counts.sum(), dtype=np.float64)


def _table(examples: Sequence[Example], rule: Weighing, groups: list[str]) -> tuple[Floats, Floats, Floats]:
    """What each group counts, whether altered, and how much each example counts."""
    ones = replace(rule, weights=dict.fromkeys(groups, 1.0))
    rows = [[ones.total({group: one.sums.get(group, 0.0)}, one.new_words) for group in groups] for one in examples]
    counts = [REWRITE_WEIGHT if one.kind == "rewrite" else 1.0 for one in examples]
    return np.array(rows), np.array([float(one.altered) for one in examples]), np.array(counts)


def scores(examples: Sequence[Example], rule: Weighing) -> Floats:
    """Score of each example."""
    return np.array([rule.probability(rule.total(one.sums, one.new_words)) for one in examples])


def figures(examples: Sequence[Example], given: Floats, threshold: float) -> dict[str, float]:
    """Brier score, and precision, recall and F1 of what reaches the threshold."""
    labels = np.array([one.altered for one in examples])
    said = given >= threshold
    hit = float((said & labels).sum())
    precision, recall = hit / max(1.0, float(said.sum())), hit / max(1.0, float(labels.sum()))
    return {
        "brier": float(np.mean((given - labels) ** 2)),
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / max(1e-9, precision + recall),
        "false": float((said & ~labels).sum()),
    }


def by_kind(examples: Sequence[Example], given: Floats, threshold: float) -> dict[str, float]:
    """Share of each kind that reaches the threshold, with own and with the originals' headlines."""
    found: dict[str, list[bool]] = {}
    for one, value in zip(examples, given, strict=True):
        name = one.kind if one.own_headline else f"{one.kind}, original's headline"
        found.setdefault(name, []).append(bool(value >= threshold))
    return {kind: sum(said) / len(said) for kind, said in sorted(found.items())}


def reliability(examples: Sequence[Example], given: Floats, bins: int = BINS) -> str:
    """Mean score and share altered for scores in equal steps, as Markdown."""
    lines = ["| score | pairs | mean score | altered |", "|---|--:|--:|--:|"]
    labels = np.array([float(one.altered) for one in examples])
    place = np.minimum((given * bins).astype(int), bins - 1)
    for number in range(bins):
        inside = place == number
        if inside.any():
            share, mean = labels[inside].mean(), given[inside].mean()
            lines.append(
                f"| {number / bins:.1f}-{(number + 1) / bins:.1f} | {inside.sum()} | {mean:.2f} | {share:.2f} |"
            )
    return "\n".join(lines)


def _tell(name: str, found: dict[str, float]) -> str:
    return f"{name:34}" + "".join(f" {figure} {value:.3f}" for figure, value in found.items())


def compare(sets: dict[str, list[Example]], even: list[Example], odd: list[Example], rule: Weighing) -> dict[str, Any]:
    """Fit on each set, score what was not fitted on, print it; returns the figures for the file's header."""
    one = dict.fromkeys(rule.caps, 1.0)
    plain = replace(rule, weights=one, slope=PLAIN_SLOPE, middle=PLAIN_MIDDLE)
    all_tested: list[Example] = []
    all_given: list[Floats] = []
    header: dict[str, Any] = {}
    for known, unknown in (SETS, SETS[::-1]):
        fitted = fit(fit_on([*sets[known], *even]), rule)
        tested = sets[unknown]
        given = scores(tested, fitted)
        print(f"\nfitted on {known}: {fitted.weights}, slope {fitted.slope}, middle {fitted.middle}")
        print(_tell(f"{unknown}, weights of one", figures(tested, scores(tested, plain), DEFAULT.alert)))
        print(_tell(f"{unknown}, fitted", figures(tested, given, DEFAULT.alert)))
        if odd:
            print(_tell("fair rewrites, weights of one", figures(odd, scores(odd, plain), DEFAULT.alert)))
            print(_tell("fair rewrites, fitted", figures(odd, scores(odd, fitted), DEFAULT.alert)))
        for kind, share in by_kind(tested, given, DEFAULT.alert).items():
            print(f"  {kind:44} {share:.2f}")
        header[f"fitted on {known}, scored on {unknown}"] = {
            name: round(value, 4) for name, value in figures(tested, given, DEFAULT.alert).items()
        }
        all_tested += tested
        all_given.append(given)
    print("\n" + reliability(all_tested, np.concatenate(all_given)))
    return header


def leave_one_out(sets: dict[str, list[Example]], even: list[Example], rule: Weighing) -> str:
    """Figures of each set under weights fitted on the others, and under those that are shipped, as Markdown."""
    lines = [
        "| scored on | weights | Brier | precision | recall | F1 | false | under 0.1: altered of pairs |",
        "|---|---|--:|--:|--:|--:|--:|--:|",
    ]
    for name, tested in sets.items():
        others = [one for other, examples in sets.items() if other != name for one in examples]
        for what, used in (("shipped", rule), ("fitted on the others", fit(fit_on([*others, *even]), rule))):
            given = scores(tested, used)
            found = figures(tested, given, DEFAULT.alert)
            low = [one.altered for one, value in zip(tested, given, strict=True) if value < SURE_NOT]
            numbers = " | ".join(f"{found[figure]:.3f}" for figure in ("brier", "precision", "recall", "f1"))
            lines.append(f"| {name} | {what} | {numbers} | {found['false']:.0f} | {sum(low)} of {len(low)} |")
    return "\n".join(lines)


def write(rule: Weighing, header: dict[str, Any], path: Path) -> None:
    """Write the numbers with where they come from."""
    about = {
        "origin": "fitted by benchmarks.calibrate on the labelled sets a and b and on fair rewrites of passages",
        "licence": "Apache-2.0",
        "date": datetime.now(UTC).date().isoformat(),
        "command": "python -m benchmarks.calibrate --rewrites FILE --write",
        "figures": {"threshold": DEFAULT.alert, **header},
    }
    numbers = {name: getattr(rule, name) for name in ("weights", "caps", "noise", "slope", "middle")}
    path.write_bytes(orjson.dumps(about | numbers, option=orjson.OPT_INDENT_2) + b"\n")


def main(arguments: list[str] | None = None) -> int:
    """Fit, print, and write where told to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rewrites", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--leave-one-out", action="store_true")
    given = parser.parse_args(arguments)
    even, odd = (fair(given.rewrites, half) for half in ("even", "odd")) if given.rewrites else ([], [])
    if given.leave_one_out:
        print(leave_one_out({name: labelled(name) for name in ALTERED_SETS}, even, weighing()))
        return 0
    sets = {name: labelled(name) for name in SETS}
    header = compare(sets, even, odd, weighing())
    shipped = fit(fit_on([*(one for name in SETS for one in sets[name]), *even]), weighing())
    print(f"\nfitted on both: {shipped.weights}, slope {shipped.slope}, middle {shipped.middle}")
    if given.write:
        write(shipped, header, Path(str(files("wirespin.framing"))) / "weights" / "decision.json")
    return 0


if __name__ == "__main__":
    sys.exit(main())
