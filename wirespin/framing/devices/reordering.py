"""reordering: a balancing statement was moved towards the end, or a later statement was made the lead.

Places are ranks among the sentences that both texts hold, so that shortening moves nothing.
"""

from __future__ import annotations

from schemas.events import Finding
from wirespin.framing.direction import against, denier
from wirespin.framing.evidence import body_finding, sentence_span
from wirespin.framing.pair import Pair
from wirespin.framing.view import FramingView

MOVED = 0.3
"""Share of the shared sentences that a balancing one must fall behind by."""

LATE = 0.65
"""Share of the shared sentences behind which the end begins."""

LEAD_FROM = 0.25
"""Share of the shared sentences behind which a statement was no lead in the original."""

LEAD_COVERED = 0.5
"""Share of the copy's lead that must come from the original."""

HELD = 0.6
"""Share of a balancing sentence that its place in the copy holds; its first half may not be what balances."""

SEVERITY, LEAD = 0.35, 0.3
WORDING_KEPT = 0.45
"""Fidelity from which places can be compared."""

FEWEST = 6
"""Shared sentences below which order says nothing."""


def find(pair: Pair) -> list[Finding]:
    """Balancing statements moved to the end, and a lead made from a later statement."""
    best = pair.alignment.sources
    links = [
        (number, min(first))
        for number, found in enumerate(pair.alignment.targets)
        if (first := [target for target in found if best[target][0] == number])
    ]
    if len(links) < FEWEST or pair.fidelity < WORDING_KEPT:
        return []
    order = sorted(links, key=lambda link: (link[1], link[0]))
    rank = {number: place for place, (number, _) in enumerate(order)}
    found = [
        _moved(pair, number, copied)
        for place, (number, copied) in enumerate(links)
        if _falls(rank[number], place, len(links))
        and _balances(pair.original, number)
        and (_balances(pair.copy, copied) or _still_denies(pair, number, copied) or pair.alignment.kept[number] >= HELD)
    ]
    return found[:2] + _lead(pair, links, order)


def _falls(now: int, before: int, total: int) -> bool:
    return now - before >= MOVED * total and now >= LATE * (total - 1)


def _balances(view: FramingView, number: int) -> bool:
    sentence = view.sentences[number]
    return any(mark.kind == "balance" for mark in view.marks_in(sentence.first, sentence.last))


def _still_denies(pair: Pair, number: int, copied: int) -> bool:
    """Whether a denial of the original is a negation in the copy ("dismissed the claims", "claims were not upheld")."""
    sentence, other = pair.original.sentences[number], pair.copy.sentences[copied]
    denied = any(mark.tag == "balance.denial" for mark in pair.original.marks_in(sentence.first, sentence.last))
    return denied and any(mark.tag == "polarity.negation" for mark in pair.copy.marks_in(other.first, other.last))


def _moved(pair: Pair, number: int, copied: int) -> Finding:
    text = "A statement that balances the story was moved towards the end."
    spans = sentence_span(pair.original, number), sentence_span(pair.copy, copied)
    sentence = pair.original.sentences[number]
    side = against(denier(pair.original, sentence.first, sentence.last))
    return body_finding(pair, "reordering", spans, SEVERITY, text, side)


def _lead(pair: Pair, links: list[tuple[int, int]], order: list[tuple[int, int]]) -> list[Finding]:
    """The copy's first shared sentence, where it was none of the first of the original."""
    number, copied = order[0]
    place = [link[0] for link in links].index(number)
    if place < max(2, LEAD_FROM * len(links)) or copied > 1 or pair.alignment.covered[copied] < LEAD_COVERED:
        return []
    text = "A later statement of the original was made the lead."
    spans = sentence_span(pair.original, links[0][0]), sentence_span(pair.copy, copied)
    return [body_finding(pair, "reordering", spans, LEAD, text)]
