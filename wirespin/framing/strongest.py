"""The order in which findings are shown: first three that together say most, then the others by weight."""

from __future__ import annotations

from schemas.events import Finding
from wirespin.framing.decide import added, weighing
from wirespin.framing.pair import Pair
from wirespin.text.tokens import Span

SHOWN = 3
"""Pieces of evidence that a reader looks at first."""

AGAIN = 0.5
"""What a finding counts among these for each thing it has in common with one before it: its device, or its place."""

Ranked = tuple[float, int, str]


def strongest_first(pair: Pair, findings: list[Finding]) -> list[Finding]:
    """All findings, the three strongest first, of different devices and places where there are such.

    Strongest is what added most to the score; a credit adds nothing and comes last.
    """
    weights = weighing().weights
    worth = {id(one): weights[group] * amount for one, group, amount in added(pair, findings)}
    left = sorted(findings, key=lambda one: _rank(one, worth.get(id(one), 0.0)))
    first: list[Finding] = []
    while left and len(first) < SHOWN:
        chosen = min(left, key=lambda one: _rank(one, worth.get(id(one), 0.0) * AGAIN ** _alike(one, first)))
        first.append(chosen)
        left = [one for one in left if one is not chosen]
    return first + left


def _rank(finding: Finding, worth: float) -> Ranked:
    """Heaviest first; where two weigh the same, the graver, then the one that stands first."""
    span = finding.rewritten_span or finding.original_span or (0, 0)
    return -round(worth + finding.severity / 1000, 6), span[0], finding.device


def _alike(finding: Finding, others: list[Finding]) -> int:
    """How often a finding repeats the device or the place of others."""
    return sum((one.device == finding.device) + _meet(one, finding) for one in others)


def _meet(one: Finding, other: Finding) -> bool:
    if one.where != other.where:
        return False
    return _overlap(one.rewritten_span, other.rewritten_span) or _overlap(one.original_span, other.original_span)


def _overlap(left: Span | None, right: Span | None) -> bool:
    return bool(left and right and left[0] < right[1] and right[0] < left[1])
