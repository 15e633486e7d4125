"""From findings to a verdict: grouped, capped, weighed against the amount of rewriting, and turned into a probability.

The sums of the groups are weighed with the numbers of `weights/decision.json`, which `benchmarks.calibrate` fitted on
labelled pairs. Every weight is non-negative and a further finding never lowers a sum, so that it never lowers the
score. Signals that a fair rewrite trips by chance (single words, verbs, hedges) are met by an allowance that grows
with the number of new words; signals that it does not trip (quotations changed, the only denial gone) are not.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from schemas.events import Altered, Finding
from wirespin.framing.devices.omission import DENIAL
from wirespin.framing.pair import Pair

ALERT = 0.55
"""Score from which the framing counts as altered where no other threshold is set: an alert accuses somebody."""

UNSURE = 0.3
"""Score from which the comparison does not say no."""

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

FAMILIES = {"doubt_added": "doubt", "doubt_removed": "doubt", "attribution_changed": "doubt"}
"""Devices that may tell of one verb in several ways, which adds up once."""

WORDS = ((0.35, 0.5), (0.6, 1.0), (0.9, 1.2))
"""Fidelity and what a change of words weighs there, straight lines between: half in a paraphrase, where words change as
a matter of course; more in a text that was otherwise left as it was, in which each change had a reason."""

HEADLINE = ((0.35, 0.5), (0.6, 1.0), (0.9, 1.0), (0.95, 1.25))
"""The same of a spun headline: less where all was rewritten, most over a body that bears it out in nothing."""

RAMPS = {"headline": HEADLINE, "wording": WORDS, "attribution": WORDS, "quotes": WORDS, "facts": WORDS}
"""Groups that weigh by fidelity; what is left out or moved says nothing of the words, and the outlet's own voice is its
own in a paraphrase too."""

FURTHER = 0.5
"""What a further finding of a device weighs against the one before it: number cannot stand in for weight."""

RANKS = 3
"""Findings of a device behind which each further one weighs the same."""


@dataclass(frozen=True)
class Thresholds:
    """Scores from which a comparison says `yes`, and `unsure`.

    Attributes:
        alert: least score, 0..1, of an altered framing; `unsure` where it is lower than that.
        unsure: least score that is not a plain no.
    """

    alert: float = ALERT
    unsure: float = UNSURE

    def verdict(self, score: float) -> Altered:
        """Yes, unsure or no for a score."""
        if score >= self.alert:
            return "yes"
        return "unsure" if score >= self.unsure else "no"


DEFAULT = Thresholds()


@dataclass(frozen=True)
class Weighing:
    """What the groups weigh, and how a weighed sum becomes a probability.

    Attributes:
        weights: weight of each group, >= 0.
        caps: most that a group's sum counts before it is weighed, in units of severity.
        noise: severity for each 100 new words that a fair rewrite trips by chance, by group.
        slope: > 0; of the logistic in units of the weighed sum.
        middle: weighed sum at a probability of one half.
    """

    weights: dict[str, float]
    caps: dict[str, float]
    noise: dict[str, float]
    slope: float
    middle: float

    def total(self, sums: dict[str, float], new_words: int) -> float:
        """The weighed sum of the groups."""
        return sum(
            self.weights[group] * min(self.caps[group], max(0.0, value - self.noise.get(group, 0.0) * new_words / 100))
            for group, value in sorted(sums.items())
        )

    def probability(self, total: float) -> float:
        """Share 0..1 of labelled pairs with such a sum whose framing was altered."""
        return 1 / (1 + math.exp(-self.slope * (total - self.middle)))


@lru_cache(maxsize=1)
def weighing() -> Weighing:
    """The shipped numbers."""
    text = (files("wirespin.framing") / "weights" / "decision.json").read_text(encoding="utf-8")
    data = json.loads(text)
    return Weighing(**{name: data[name] for name in ("weights", "caps", "noise", "slope", "middle")})


def score(pair: Pair, findings: list[Finding]) -> float:
    """How likely the framing is altered, 0..1."""
    rule = weighing()
    return round(rule.probability(rule.total(sums(pair, findings), pair.new_words)), 4)


def sums(pair: Pair, findings: list[Finding]) -> dict[str, float]:
    """Severities added up by group, before allowance and cap."""
    total: dict[str, float] = defaultdict(float)
    for _, group, amount in added(pair, findings):
        total[group] += amount
    return dict(total)


def added(pair: Pair, findings: list[Finding]) -> list[tuple[Finding, str, float]]:
    """Each finding that adds to a group, the group, and how much: less, the more of its device there are."""
    families: dict[str, list[Finding]] = defaultdict(list)
    for one in findings:
        if one.device in GROUPS:
            families[FAMILIES.get(one.device, one.device)].append(one)
    found = []
    for members in families.values():
        group = GROUPS[members[0].device]
        share = _share(pair, group)
        for rank, one in enumerate(_gravest(pair, sorted(members, key=_graver_first))):
            found.append((one, group, one.severity * FURTHER ** min(rank, RANKS) * share))
    return found


def _share(pair: Pair, group: str) -> float:
    """What a finding of a group weighs in such a copy."""
    ramp = RAMPS.get(group)
    if ramp is None:
        return 1.0
    low, value = ramp[0]
    for high, above in ramp[1:]:
        if pair.fidelity < high:
            return value + (above - value) * max(0.0, pair.fidelity - low) / (high - low)
        low, value = high, above
    return value


def _graver_first(finding: Finding) -> tuple[float, int, str]:
    place = finding.rewritten_span or finding.original_span or (0, 0)
    return -finding.severity, place[0], finding.device


def _gravest(pair: Pair, findings: list[Finding]) -> list[Finding]:
    """Findings of a family that add up, of which the graver come first: one for each place."""
    starts = [start for start, _ in pair.original.document.paragraphs]
    gravest: dict[object, Finding] = {}
    for number, one in enumerate(findings):
        gravest.setdefault(_place(one, starts) or number, one)
    return list(gravest.values())


def _place(finding: Finding, starts: list[int]) -> tuple[object, ...] | None:
    """Where findings tell of one change: a verb's words in the copy, or the paragraph that lost more than a denial."""
    if finding.device in FAMILIES:
        return finding.rewritten_span
    if finding.device == "omission" and finding.original_span and finding.severity < DENIAL:
        return "cut", bisect_right(starts, finding.original_span[0])
    return None
