"""How much more slanted one text of a pair is than the other, by the words in which they differ.

A linear model over signed features: what stands only in the second text counts up, what stands only in the first counts
down, so that exchanging the texts turns the sign round and nothing else. Pairs are judged, never a text by itself: a
model of single sentences does not carry over to other outlets. Weights come from `benchmarks.slant.train`.
No device asks it: measured inside them it changed no figure (docs/benchmarks.md).
"""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path
from typing import Any

from wirespin.framing.inflect import stem
from wirespin.framing.languages import language
from wirespin.framing.lexicon import Lexicon
from wirespin.framing.stopwords import STOPWORDS
from wirespin.text.tokens import tokenize

WORDS = 300
"""Words of a text that are looked at; a sentence has fewer."""

LENGTHS = (1, 2, 3, 5, 8, 15)
"""Words from which a put-in or taken-out passage counts as longer."""

STEPS = (1, 2, 4, 8)
"""Bounds at which the difference in length is cut off, in words; the model weighs each by itself."""

SUFFIXES = tuple("ly ing ed est ous ful less ive able ist ism ary al ent ant ity ion er ic y s".split())
"""Endings that tell adverbs, adjectives, participles and abstract nouns well enough without a tagger."""

SIGNS = '"(,!<['
"""Marks in the text whose number may differ."""

WEIGHTS = "weights"
"""The trained weights that are kept."""

Features = dict[str, float]


@dataclass(frozen=True)
class Model:
    """Trained weights.

    Attributes:
        weights: feature to its weight.
        stems: stem of a word to how much oftener than others experts marked it as biased where it stood, in log odds.
    """

    weights: dict[str, float]
    stems: dict[str, float]


@dataclass(frozen=True)
class _Side:
    """A text as the features see it."""

    text: str
    words: tuple[str, ...]
    tags: dict[int, list[str]]


@lru_cache(maxsize=1)
def model() -> Model:
    """The weights that are kept."""
    data = _data(WEIGHTS)
    return Model(data["weights"], data["stems"])


def _data(name: str) -> dict[str, Any]:
    return dict(json.loads((Path(__file__).parent / f"{name}.json").read_text(encoding="utf-8")))


def slant(before: str, after: str, using: Model | None = None) -> float:
    """How much more slanted `after` is than `before`, in log odds; negative where it is the plainer one.

    Both are English sentences that say the same thing. Exchanging them turns the sign round.
    """
    chosen = using or model()
    found = features(before, after, chosen.stems)
    return sum(chosen.weights.get(name, 0.0) * value for name, value in found.items())


def features(before: str, after: str, stems: dict[str, float]) -> Features:
    """Signed features of what differs; `stems` are the stems' log odds of being marked as biased."""
    left, right = sorted((_side(before), _side(after)), key=lambda side: (len(side.words), side.words, side.text))
    # A word diff depends on the order of its sides; in one fixed order the features of a pair only change their sign.
    sign = 1 if right.text == after else -1
    found: dict[str, float] = defaultdict(float)
    for kind, out, put in _passages(left, right):
        _passage(found, kind, left, out, -sign, stems)
        _passage(found, kind, right, put, sign, stems)
        if kind == "rep":
            longer = (put[1] - put[0]) - (out[1] - out[0])
            for most in (1, 3):
                found[f"rep.longer{most}"] += sign * max(-most, min(most, longer)) / most
    _whole(found, left, right, sign)
    return {name: value for name, value in found.items() if value}


def _side(text: str) -> _Side:
    words = tuple(token.norm for token in tokenize(text))[:WORDS]
    tags: dict[int, list[str]] = defaultdict(list)
    for mark in (*language("en").lexicon.marks(list(words)), *_classes().marks(list(words))):
        tags[mark.first].append(f"label.{mark.register}" if mark.tag.startswith("label.") else mark.tag)
    return _Side(text, words, tags)


@lru_cache(maxsize=1)
def _classes() -> Lexicon:
    data = _data("classes")["classes"]
    return Lexicon((word, f"class.{name}") for name, words in data.items() for word in words)


def _passages(left: _Side, right: _Side) -> Iterator[tuple[str, tuple[int, int], tuple[int, int]]]:
    """Passages that differ: put in or taken out ("ins"), or replaced ("rep")."""
    for tag, i, j, k, m in SequenceMatcher(None, left.words, right.words, autojunk=False).get_opcodes():
        if tag != "equal":
            yield ("rep" if tag == "replace" else "ins"), (i, j), (k, m)


def _passage(
    found: dict[str, float], kind: str, side: _Side, at: tuple[int, int], sign: int, stems: dict[str, float]
) -> None:
    """What a passage that only one side has adds, with that side's sign."""
    first, last = at
    size = last - first
    if not size:
        return
    for length in LENGTHS:
        found[f"{kind}.from{length}"] += sign * (size >= length)
    found[f"{kind}.one"] += sign * (size == 1)
    found[f"{kind}.opens"] += sign * (first == 0)
    found[f"{kind}.closes"] += sign * (last == len(side.words))
    found[f"{kind}.first.{_shape(side.words[first])}"] += sign
    found[f"{kind}.last.{_shape(side.words[last - 1])}"] += sign
    share = min(1.0, 4 / size)
    for place in range(first, last):
        word = side.words[place]
        found[f"{kind}.shape.{_shape(word)}"] += sign * share
        found[f"{kind}.marked"] += sign * stems.get(stem(word), 0.0) / 2
        found[f"word.{word}"] += sign
        for tag in side.tags.get(place, ()):
            found[f"{kind}.{tag}"] += sign
            found[f"all.{tag}"] += sign


def _whole(found: dict[str, float], left: _Side, right: _Side, sign: int) -> None:
    """What the whole texts differ in; `left` is never the longer one."""
    before, after = Counter(left.words), Counter(right.words)
    gone, come = (before - after).total(), (after - before).total()
    longer = len(right.words) - len(left.words)
    for most in STEPS:
        found[f"longer{most}"] = sign * min(most, longer) / most
    found["longer"] = sign * (longer > 0)
    found["only_added"] = sign * ((not gone) - (not come))
    found["ratio"] = sign * (come - gone) / (come + gone + 1)
    found["length"] = sign * math.log((len(right.words) + 5) / (len(left.words) + 5))
    found["characters"] = sign * math.log((len(right.text) + 20) / (len(left.text) + 20))
    for mark in SIGNS:
        found[f"sign.{mark}"] = sign * (right.text.count(mark) - left.text.count(mark))


@lru_cache(maxsize=1 << 14)
def _shape(word: str) -> str:
    """What kind of word it may be, by its letters."""
    if word in STOPWORDS:
        return "function"
    if word[0].isdigit():
        return "number"
    return next((end for end in SUFFIXES if word.endswith(end) and len(word) > len(end) + 2), "other")
