"""Reporting verbs that a copy put in the place of others."""

from __future__ import annotations

from dataclasses import dataclass

from wirespin.framing.evidence import plain, show
from wirespin.framing.lexicon import Mark
from wirespin.framing.pair import Edit, Pair
from wirespin.framing.speech import Speech
from wirespin.framing.spelling import is_number
from wirespin.framing.view import FramingView

KEPT = 0.3
"""Share of a group's wording that must be kept; a paraphrase changes its verbs as a matter of course."""

KEPT_FOR_SHADES = 0.6
"""The same for SHADES: a fair editor who rewords a sentence writes "noted" or "argued" for "said" without a thought."""

SHADES = frozenset({"vouching", "contention", "speculative", "heated"})
"""Classes of verbs that shade what is said and are no more than style where the sentence was reworded."""

NO_OBJECTS = frozenset({"a", "an", "by", "of", "for", "across", "and"})
"""Words behind a verb such as "establish" or "reveal" after which it reports no statement."""

OBJECT_TAKING = frozenset({"factive", "speculative", "denial"})
"""Classes of verbs that do things too: one establishes a committee, reveals a plan, refuses to hear a case."""


@dataclass(frozen=True)
class VerbChange:
    """A reporting verb that is new in its group of linked sentences.

    Attributes:
        edit: the edit that put it in.
        before: the verb that it took the place of, or None.
        after: the new verb; its `register` is its class.
    """

    edit: Edit
    before: Mark | None
    after: Mark


def verb_changes(pair: Pair) -> list[VerbChange]:
    """New reporting verbs outside quotations, each with the one it replaced."""
    found: list[VerbChange] = []
    used: set[tuple[int, str]] = set()
    for edit in pair.edits:
        group = pair.groups[edit.group]
        if group.kept < KEPT:
            continue
        old = pair.group_marks(pair.original, group.originals, "report")
        classes = {mark.register for mark in old}
        known = {pair.original.stems[mark.first] for mark in old} | _cautious_stems(pair, group.originals)
        gone = pair.gone_marks(edit, "report") or [
            mark for other in pair.edits if other.group == edit.group for mark in pair.gone_marks(other, "report")
        ]
        for mark in pair.new_marks(edit, "report"):
            fresh = pair.copy.stems[mark.first] not in known and (edit.group, mark.tag) not in used
            fresh = fresh and _tells(pair.copy, mark) and (group.kept >= KEPT_FOR_SHADES or mark.register not in SHADES)
            if fresh and (mark.register not in classes or any(before.register != mark.register for before in gone)):
                used.add((edit.group, mark.tag))
                before = min(gone, key=lambda other: abs(other.first - edit.original_near[0]), default=None)
                found.append(VerbChange(edit, before, mark))
    return found


def _cautious_stems(pair: Pair, originals: tuple[int, ...]) -> set[str]:
    """Stems of words of caution: where the original has "allegations", "alleged" brings no doubt."""
    marks = pair.group_marks(pair.original, originals, "doubt.allegation")
    return {pair.original.stems[mark.first] for mark in marks}


def _tells(view: FramingView, mark: Mark) -> bool:
    """Whether a verb reports a statement here, and nobody does with it what it says."""
    if mark.register not in OBJECT_TAKING or mark.last - mark.first > 1:
        return True
    before = view.norms[mark.first - 1] if mark.first else ""
    after = view.norms[mark.last] if mark.last < len(view.norms) else ""
    if after in ("in", "on", "at") and _is_place_or_date(view, mark.last + 1):
        return False
    return before != "to" and after not in (NO_OBJECTS if mark.register == "factive" else NO_OBJECTS | {"to"})


def _is_place_or_date(view: FramingView, at: int) -> bool:
    return at < len(view.norms) and (view.capitals[at] or is_number(view.canon[at]))


def speaker_of(pair: Pair, mark: Mark) -> str | None:
    """Who speaks at a reporting verb of the copy, as `called` has it."""
    for said in pair.copy.speech:
        if said.mark.first == mark.first:
            return called(pair, said)
    return None


def called(pair: Pair, said: Speech) -> str | None:
    """A speaker of the copy by the surname, or by the role as printed ("the minister"); None for a pronoun."""
    if said.source is None or said.pronoun or said.source.how in ("clause", "near"):
        return None
    if said.speaker:
        return said.speaker.title()
    role = " ".join(pair.copy.text(said.source.span).split())
    return role[0].lower() + role[1:] if role.lower().startswith("the ") else None


def still_plain(pair: Pair, name: str | None) -> str | None:
    """Somebody else whom the copy quotes, or names next to the verb, and still reports with a neutral verb."""
    quoted = {quote.speaker for quote in pair.copy.quotes}
    for said in pair.copy.speech:
        if said.mark.register == "neutral" and (said.sure or said.speaker is None or said.speaker in quoted):
            other = called(pair, said)
            if other is not None and other != name:
                return other
    return None


def tell(pair: Pair, change: VerbChange) -> str:
    """One sentence: what became of the verb, for whom, and who was spared."""
    after = plain(show(pair.copy, range(change.after.first, change.after.last)))
    name = speaker_of(pair, change.after)
    for_whom = f" for {name}" if name else ""
    if change.before is None:
        return f"The report now uses {after}{for_whom}, where the original had no such verb."
    before = plain(show(pair.original, range(change.before.first, change.before.last)))
    spared = still_plain(pair, name) if name else None
    rest = f"; {spared}'s words are still reported neutrally" if spared else ""
    return f"{before} became {after}{for_whom}{rest}."
