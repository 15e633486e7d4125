"""What goes together in the original and is cause and effect in the copy ("linked to", "causes")."""

from __future__ import annotations

from schemas.events import Finding
from wirespin.framing.evidence import body_finding, clause, plain, show
from wirespin.framing.pair import Pair
from wirespin.framing.strength import CAUSE, TIE, Claim, strength, tie_words
from wirespin.framing.view import FramingView

CAUSE_MADE = 0.45
"""Severity of a tie told as a cause: four steps up the ladder of claims (`wirespin.framing.strength`)."""

KEPT_FOR_CLAIMS = 0.1
"""Share of a group's wording that must be kept before a claim can be said to have taken another's place."""


def made_cause(pair: Pair) -> list[Finding]:
    """Ties told as causes, in sentences whose wording is otherwise kept.

    Not the other way round: before a tie came in, many a verb of cause ("treats pain") was about something else.
    """
    ties, found = tie_words(), []
    if not (pair.original.is_full and pair.copy.is_full) or ties.isdisjoint(pair.original.norms):
        return []
    for edit in {edit.group: edit for edit in pair.edits}.values():
        group = pair.groups[edit.group]
        if group.kept < KEPT_FOR_CLAIMS or ties.isdisjoint(pair.original.norms[at] for at in group.original_words):
            continue
        before, after = _lead(pair.original, group.originals), _lead(pair.copy, group.copies)
        if not before or not after or before[0].tag != "tie" or before[0].step != TIE or after[0].step != CAUSE:
            continue
        if any(pair.copy.norms[at] in ties for at in group.copy_words) or pair.original.has(
            [pair.copy.stems[after[1][0]]]
        ):
            continue
        words = plain(show(pair.original, before[1])), plain(show(pair.copy, after[1]))
        spans = clause(pair.original, before[1]), clause(pair.copy, after[1])
        text = f"What the original says goes together ({words[0]}) reads as cause and effect ({words[1]})."
        found.append(body_finding(pair, "doubt_removed", spans, CAUSE_MADE, text))
    return found


def _lead(view: FramingView, sentences: tuple[int, ...]) -> tuple[Claim, range] | None:
    """The claim that a single sentence leads with, and its words; None where sentences were merged or it is quoted."""
    if len(sentences) != 1:
        return None
    first = view.sentences[sentences[0]].first
    claim = strength(view.norms[first : view.sentences[sentences[0]].last])
    if not claim or view.quoted[first + claim.first]:
        return None
    return claim, range(first + claim.first, first + claim.last)
