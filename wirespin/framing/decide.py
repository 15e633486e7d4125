"""From findings to a verdict: grouped, capped, weighed against the amount of rewriting, and turned into a score.

Every weight is non-negative, so that a further finding never lowers the score. Signals that a fair rewrite trips by
chance (single words, verbs, hedges) are met by an allowance that grows with the number of new words; signals that it
does not trip (quotations changed, the only denial gone) are not.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict

from schemas.events import Altered, Finding
from wirespin.framing.devices.omission import DENIAL
from wirespin.framing.pair import Pair

YES = 0.6
"""Score from which the framing counts as altered: at 0.6 precision is worth more than recall."""

UNSURE = 0.4
"""Score from which the comparison does not say no."""

STEEPNESS = 4.0
"""Slope of the logistic in units of severity."""

MIDDLE = 0.5
"""Sum of severities at a score of 0.5: one telling finding and a weak one, never a single weak one."""

GROUPS = {
    "headline_spin": "headline",
    "loaded_language": "wording", "editorializing": "voice", "label_change": "wording",
    "doubt_added": "attribution", "doubt_removed": "attribution", "attribution_changed": "attribution",
    "scare_quotes": "attribution",
    "quote_truncated": "quotes", "quote_altered": "quotes", "quote_reattributed": "quotes",
    "agency_shift": "facts", "number_changed": "facts", "polarity_flip": "facts",
    "omission": "selection", "reordering": "order",
}  # fmt: skip
"""Device to the group whose sum is capped; credit belongs to none."""

CAPS = {
    "headline": 0.8,
    "voice": 1.2,
    "wording": 1.2,
    "attribution": 1.2,
    "quotes": 1.2,
    "facts": 0.8,
    "selection": 1.2,
    "order": 0.3,
}
"""Most that a group adds: a headline alone decides only where it is strongly slanted."""

NOISE = {"voice": 0.1, "wording": 0.35, "attribution": 0.35, "facts": 0.25}
"""Severity per 100 new words that a fair rewrite trips by chance, by group."""

PARAPHRASE = 0.35
"""Fidelity below which a copy is a paraphrase."""

PARAPHRASE_SHARE = 0.5
"""What a finding weighs in a paraphrase: single words say less there; the outlet's own voice says as much as ever."""

VERBATIM = 0.95
"""Fidelity from which the body is the original's."""

OVER_VERBATIM = 1.25
"""What a spun headline weighs over such a body, in which nothing bears it out."""

CHOSEN_FROM = 0.9
"""Fidelity from which hardly a word was changed without a reason."""

CHOSEN = 1.2
"""What a change weighs in such a copy: it was not carried along by rewriting."""

CHOOSABLE = frozenset({"voice", "wording", "attribution", "quotes", "facts"})
"""Groups of changes of words; what is left out or moved says nothing of the words."""

FURTHER = 0.5
"""What a further finding of a device weighs against the one before it: number cannot stand in for weight."""


def score(pair: Pair, findings: list[Finding]) -> float:
    """How likely the framing is altered, 0..1."""
    paraphrase = pair.fidelity < PARAPHRASE
    sums: dict[str, float] = defaultdict(float)
    for device, group in GROUPS.items():
        severities = sorted(_severities(pair, [one for one in findings if one.device == device]), reverse=True)
        sums[group] += sum(severity * FURTHER ** min(rank, 3) for rank, severity in enumerate(severities))
    if pair.fidelity >= VERBATIM:
        sums["headline"] *= OVER_VERBATIM
    if pair.fidelity >= CHOSEN_FROM:
        sums = {group: value * (CHOSEN if group in CHOOSABLE else 1.0) for group, value in sums.items()}
    total = 0.0
    for group, value in sums.items():
        allowed = NOISE.get(group, 0.0) * pair.new_words / 100
        share = PARAPHRASE_SHARE if paraphrase and group != "voice" else 1.0
        total += min(CAPS[group], max(0.0, value * share - allowed))
    return round(1 / (1 + math.exp(-STEEPNESS * (total - MIDDLE))), 4)


def _severities(pair: Pair, findings: list[Finding]) -> list[float]:
    """Severities that add up: of what is left out of one paragraph only the gravest, since it was one cut."""
    places = [start for start, _ in pair.original.document.paragraphs]
    gravest: dict[int, float] = {}
    for number, one in enumerate(findings):
        cut = one.device == "omission" and one.original_span is not None and one.severity < DENIAL
        place = bisect_right(places, one.original_span[0]) if cut and one.original_span else -1 - number
        gravest[place] = max(gravest.get(place, 0.0), one.severity)
    return list(gravest.values())


def verdict(value: float) -> Altered:
    """Yes, unsure or no for a score."""
    if value >= YES:
        return "yes"
    return "unsure" if value >= UNSURE else "no"
