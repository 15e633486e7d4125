"""Which sentences of a copy were made from which sentences of the original: many to many.

Greedy weighted cover: a sentence of the copy takes the source that it shares most with, then up to two more that each
explain a further part of it. Weights are inverse sentence frequencies over the two texts.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from heapq import nsmallest
from itertools import chain

from wirespin.framing.view import FramingView

LINK = 0.28
"""Least mean of cosine and containment of a link (link F1 0.965-0.995 on rewrites with up to 60 % synonyms)."""

GAIN = 0.15
"""Least share of a copy's sentence that a further source must explain."""

SHARED = 2
"""Least stems that linked sentences share: with one, "It was about time" would stem from "three times"."""

CANDIDATES = 8
"""Sentences that share most with one of the copy; the best source and those that add to it are among them."""

DIGITS = 9
"""Digits to which scores are compared: sums of floats differ behind them with the order of a set's elements."""

NEAR = 1e-6
"""Weight far above what such sums differ by, and far below that of a word."""

SOURCES = 3
"""Most sources of one sentence: an editor merges two or three, not more."""


@dataclass(frozen=True)
class Alignment:
    """Links between the sentences of two texts.

    Attributes:
        sources: for each sentence of the copy, its sentences in the original, best first.
        targets: for each sentence of the original, its sentences in the copy, in order.
        kept: for each sentence of the original, the share 0..1 of its weight that its targets hold.
        covered: for each sentence of the copy, the share of its weight that its sources hold.
    """

    sources: list[list[int]]
    targets: list[list[int]]
    kept: list[float]
    covered: list[float]


class _Weights(dict[str, float]):
    """Weights of stems, and of the original's sentences that they make up; worked out for those that are asked for."""

    def __init__(self, original: FramingView, copy: FramingView) -> None:
        super().__init__()
        self._holders, self._sentences = original.holders, original.content
        self._times: dict[str, int] = Counter(chain.from_iterable(copy.content))
        self._total = len(original.content) + len(copy.content)
        self._by_times: dict[int, float] = {}
        self._norms: dict[int, float] = {}

    def __missing__(self, word: str) -> float:
        times = len(self._holders.get(word, ())) + self._times.get(word, 0)
        weight = self._by_times.get(times)
        if weight is None:
            weight = self._by_times[times] = math.log(1 + self._total / times)
        self[word] = weight
        return weight

    def norm(self, number: int) -> float:
        """Length of a sentence of the original as a vector."""
        if number not in self._norms:
            self._norms[number] = self.length(self._sentences[number])
        return self._norms[number]

    def length(self, words: frozenset[str]) -> float:
        """Length of some words as a vector."""
        return math.sqrt(sum([self[word] ** 2 for word in words]))

    def mass(self, words: frozenset[str]) -> float:
        """Sum of the weights of some words."""
        return sum([self[word] for word in words])


def align(original: FramingView, copy: FramingView) -> Alignment:
    """Link the sentences of a copy with those of its original."""
    weights, whole = _Weights(original, copy), original.whole_sentences
    sources = [[whole[content]] if content in whole else _cover(content, original, weights) for content in copy.content]
    targets: list[list[int]] = [[] for _ in original.content]
    for number, found in enumerate(sources):
        for source in found:
            targets[source].append(number)
    kept = _shares(original.content, targets, copy.content, weights)
    return Alignment(sources, targets, kept, _shares(copy.content, sources, original.content, weights))


def _cover(content: frozenset[str], original: FramingView, weights: _Weights) -> list[int]:
    """Sources of one sentence of the copy, best first."""
    sources, holders = original.content, original.holders
    shared: dict[int, float] = defaultdict(float)
    for word in sorted(content):
        if word in holders:
            square = weights[word] ** 2
            for number in holders[word]:
                shared[number] += square
    if not shared:
        return []
    near = nsmallest(CANDIDATES, shared, key=lambda number: (-round(shared[number], DIGITS), number))
    norm, mass = weights.length(content), weights.mass(content)
    scores = {
        number: round(
            (shared[number] / (norm * weights.norm(number)) + weights.mass(content & sources[number]) / mass) / 2,
            DIGITS,
        )
        for number in near
    }
    best = min(scores, key=lambda number: (-scores[number], number))
    if scores[best] < LINK or len(content & sources[best]) < SHARED:
        return []
    return _extend([best], content, sources, weights, list(scores))


def _extend(
    chosen: list[int], content: frozenset[str], sources: list[frozenset[str]], weights: _Weights, others: list[int]
) -> list[int]:
    """Add the sources that explain most of what is left, while they explain enough."""
    mass = weights.mass(content)
    left = content - sources[chosen[0]]
    while len(chosen) < SOURCES and weights.mass(left) > GAIN * mass - NEAR:
        gains = {
            number: round(weights.mass(left & sources[number]), DIGITS) for number in others if number not in chosen
        }
        best = min(gains, key=lambda number: (-gains[number], number), default=None)
        if best is None or gains[best] < GAIN * mass or gains[best] < LINK / 2 * weights.mass(sources[best]):
            break
        chosen.append(best)
        left -= sources[best]
    return chosen


def _shares(
    contents: list[frozenset[str]], links: list[list[int]], others: list[frozenset[str]], weights: _Weights
) -> list[float]:
    """For each sentence the share of its weight that the sentences linked with it hold together."""
    return [
        _share(content, [others[number] for number in found], weights)
        for content, found in zip(contents, links, strict=True)
    ]


def _share(content: frozenset[str], others: list[frozenset[str]], weights: _Weights) -> float:
    if not others:
        return 0.0
    union = others[0] if len(others) == 1 else others[0].union(*others[1:])
    if content <= union:
        return float(bool(content))
    mass = weights.mass(content)
    return round(weights.mass(content & union) / mass, DIGITS) if mass else 0.0
