"""Which sentences of a copy were made from which sentences of the original: many to many.

Greedy weighted cover: a sentence of the copy takes the source that it shares most with, then up to two more that each
explain a further part of it. Weights are inverse sentence frequencies over the two texts.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from heapq import nsmallest

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


@dataclass(frozen=True)
class _Weights:
    """Weights of stems, and of the sentences that they make up."""

    of: dict[str, float]
    squares: list[float]
    sums: list[float]


def align(original: FramingView, copy: FramingView) -> Alignment:
    """Link the sentences of a copy with those of its original."""
    weights = _weights(original.content, copy.content)
    holders: dict[str, list[int]] = defaultdict(list)
    for number, content in enumerate(original.content):
        for word in content:
            holders[word].append(number)
    whole = {content: number for number, content in reversed(list(enumerate(original.content)))}
    sources = [
        [whole[content]] if content in whole else _cover(content, original.content, holders, weights)
        for content in copy.content
    ]
    targets: list[list[int]] = [[] for _ in original.content]
    for number, found in enumerate(sources):
        for source in found:
            targets[source].append(number)
    kept = [
        _share(content, [copy.content[target] for target in found], weights.of)
        for content, found in zip(original.content, targets, strict=True)
    ]
    covered = [
        _share(content, [original.content[source] for source in found], weights.of)
        for content, found in zip(copy.content, sources, strict=True)
    ]
    return Alignment(sources, targets, kept, covered)


def _weights(original: list[frozenset[str]], copy: list[frozenset[str]]) -> _Weights:
    count = Counter(word for content in original for word in content)
    count.update(word for content in copy for word in content)
    total = len(original) + len(copy)
    of = {word: math.log(1 + total / times) for word, times in count.items()}
    squares = [math.sqrt(sum(of[word] ** 2 for word in content)) for content in original]
    return _Weights(of, squares, [sum(of[word] for word in content) for content in original])


def _cover(
    content: frozenset[str], sources: list[frozenset[str]], holders: dict[str, list[int]], weights: _Weights
) -> list[int]:
    """Sources of one sentence of the copy, best first."""
    shared: dict[int, float] = defaultdict(float)
    for word in sorted(content):
        square = weights.of[word] ** 2
        for number in holders.get(word, ()):
            shared[number] += square
    if not shared:
        return []
    near = nsmallest(CANDIDATES, shared, key=lambda number: (-round(shared[number], DIGITS), number))
    norm = math.sqrt(sum(weights.of[word] ** 2 for word in content))
    mass = sum(weights.of[word] for word in content)
    scores = {
        number: round(
            (shared[number] / (norm * weights.squares[number]) + _mass(content & sources[number], weights) / mass) / 2,
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
    mass = sum(weights.of[word] for word in content)
    left = content - sources[chosen[0]]
    while len(chosen) < SOURCES:
        gains = {
            number: round(_mass(left & sources[number], weights), DIGITS) for number in others if number not in chosen
        }
        best = min(gains, key=lambda number: (-gains[number], number), default=None)
        if best is None or gains[best] < GAIN * mass or gains[best] < LINK / 2 * weights.sums[best]:
            break
        chosen.append(best)
        left -= sources[best]
    return chosen


def _mass(words: frozenset[str], weights: _Weights) -> float:
    return sum(weights.of[word] for word in words)


def _share(content: frozenset[str], others: list[frozenset[str]], of: dict[str, float]) -> float:
    """Share of a sentence's weight that other sentences hold together."""
    union = frozenset[str]().union(*others)
    if content <= union or not others:
        return float(bool(others) and bool(content))
    mass = sum(of[word] for word in content)
    held = content & union
    return round(sum(of[word] for word in held) / mass, DIGITS) if mass else 0.0
