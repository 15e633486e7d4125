"""Reporting verbs that a copy put in the place of others."""

from __future__ import annotations

from dataclasses import dataclass

from wirespin.framing.evidence import plain, show
from wirespin.framing.lexicon import Mark
from wirespin.framing.pair import Edit, Pair
from wirespin.framing.speech import Speech

KEPT = 0.3
"""Share of a group's wording that must be kept; a paraphrase changes its verbs as a matter of course."""


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
        known = {pair.original.stems[mark.first] for mark in old}
        gone = pair.gone_marks(edit, "report") or [
            mark for other in pair.edits if other.group == edit.group for mark in pair.gone_marks(other, "report")
        ]
        for mark in pair.new_marks(edit, "report"):
            fresh = pair.copy.stems[mark.first] not in known and (edit.group, mark.tag) not in used
            if fresh and (mark.register not in classes or any(before.register != mark.register for before in gone)):
                used.add((edit.group, mark.tag))
                before = min(gone, key=lambda other: abs(other.first - edit.original_near[0]), default=None)
                found.append(VerbChange(edit, before, mark))
    return found


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
