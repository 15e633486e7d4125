"""agency_shift: who did it disappears, or somebody else did it.

"Police shot" becomes "was shot" or "was killed in clashes"; a cause is given that the original does not give.
"""

from __future__ import annotations

from schemas.events import Finding
from wirespin.framing.direction import in_favour
from wirespin.framing.evidence import body_finding, clause, plain, show
from wirespin.framing.lexicon import Mark
from wirespin.framing.pair import Edit, Group, Pair
from wirespin.framing.parties import Party
from wirespin.framing.stopwords import STOPWORDS

ACTOR_GONE, AGENTLESS, CAUSE = 0.5, 0.4, 0.35
"""Severity of an actor that is gone from its deed, of wording in which no one acts, and of another cause."""

JOINED = 0.1
"""Severity of a cause that a paraphrase makes of what stood beside it."""

BEHIND = 8
"""Words of a cause that are shown."""

GIVING = frozenset(
    [
        "as", "since", "for", "over", "after", "so", "amid", "given", "therefore", "why", "reason", "cause", "lead",
        "creating", "causing", "making",
    ]
)  # fmt: skip
"""Words of the original that may give a cause already."""

KEPT = 0.55
"""Share of a group's wording that must be kept; a fair paraphrase turns active into passive as it likes."""

FAITHFUL, KEPT_THERE = 0.85, 0.2
"""Fidelity from which one sentence was reworded for a reason, and the share that then suffices."""


def find(pair: Pair) -> list[Finding]:
    """Actors taken out, agentless wording and other causes put in."""
    found = []
    least = KEPT_THERE if pair.fidelity >= FAITHFUL else KEPT
    for edit in pair.edits:
        group = pair.groups[edit.group]
        if not edit.copy:
            continue
        if group.kept < least:
            found += _joined(pair, group, edit)
            continue
        one = _actor_gone(pair, group, edit) or _agentless(pair, group, edit) or _cause(pair, group, edit)
        if one:
            found.append(one)
    return found


def _actor_gone(pair: Pair, group: Group, edit: Edit) -> Finding | None:
    """An actor goes while its deed stays, now in the passive."""
    actors = pair.gone_marks(edit, "agency.actor")
    if not actors:
        return None
    copied = pair.group_stems(edit.group, original=False)
    gone = [mark for mark in actors if pair.original.stems[mark.first] not in copied]
    whole = [other for other in pair.edits if other.group == edit.group]
    passive = any(pair.copy.norms[at] in pair.copy.language.words("passive") for other in whole for at in other.copy)
    if not gone or not passive or not _deed_kept(pair, group, gone[0]):
        return None
    actor = plain(show(pair.original, range(gone[0].first, gone[0].last)))
    text = f"The original says that {actor} did it; in the copy it is done and no one does it."
    spans = clause(pair.original, (gone[0].first,)), clause(pair.copy, edit.copy_near)
    return body_finding(pair, "agency_shift", spans, ACTOR_GONE, text, _favoured(pair, gone[0]))


def _favoured(pair: Pair, actor: Mark) -> str | None:
    """For the actor, by name where the original names it; None in a language whose parties are not known."""
    if not pair.original.is_full:
        return None
    mention = pair.original.parties.at(actor.first)
    noun = " ".join(pair.original.norms[actor.first : actor.last])
    name = noun if noun == "police" else f"the {noun}"
    return in_favour(mention.party if mention else Party(noun, name, name))


def _deed_kept(pair: Pair, group: Group, actor: Mark) -> bool:
    """Whether the copy still has the deed that follows the actor."""
    copied = {pair.copy.stems[at] for at in group.copy_words}
    deeds = [mark for mark in pair.original.marks_in(actor.last, actor.last + 4) if mark.tag == "agency.deed"]
    return any(pair.original.stems[mark.first] in copied for mark in deeds)


def _agentless(pair: Pair, group: Group, edit: Edit) -> Finding | None:
    for mark in pair.new_marks(edit, "agency.agentless"):
        known = pair.group_stems(edit.group, original=True)
        if any(stem not in known for stem in pair.copy.stems[mark.first : mark.last]):
            words = plain(show(pair.copy, range(mark.first, mark.last)))
            text = f"The copy says {words}, wording in which no one acts."
            spans = clause(pair.original, edit.original_near), clause(pair.copy, (mark.first,))
            return body_finding(pair, "agency_shift", spans, AGENTLESS, text, _spared(pair, group, edit))
    return None


def _spared(pair: Pair, group: Group, edit: Edit) -> str | None:
    """For the actor of the deed that the wording replaced: "police shot" gave way to "died in clashes"."""
    copied = {pair.copy.stems[at] for at in group.copy_words}
    deeds = [mark for mark in pair.gone_marks(edit, "agency.deed") if pair.original.stems[mark.first] not in copied]
    actors = [
        actor
        for deed in deeds
        for actor in pair.original.marks_in(max(0, deed.first - 2), deed.first)
        if actor.tag == "agency.actor"
    ]
    return _favoured(pair, actors[0]) if actors else None


def _cause(pair: Pair, group: Group, edit: Edit) -> Finding | None:
    """Another cause than the original's, with words that the original has nowhere."""
    for mark in pair.new_marks(edit, "agency.cause"):
        had = pair.group_marks(pair.original, group.originals, "agency.cause")
        behind = [at for at in edit.copy if at >= mark.last and pair.copy.stems[at] not in pair.original.stem_set]
        if len(behind) >= 2 and mark.last - mark.first + (not had) >= 1:
            words = plain(show(pair.copy, [mark.first, *behind]))
            text = f"The copy gives a cause that the original does not give: {words}."
            spans = clause(pair.original, edit.original_near), clause(pair.copy, [mark.first, *behind])
            return body_finding(pair, "agency_shift", spans, CAUSE, text)
    return None


def _joined(pair: Pair, group: Group, edit: Edit) -> list[Finding]:
    """Two things told side by side of which a paraphrase makes one the cause of the other."""
    new = pair.new_marks(edit, "agency.cause")
    if not (new and pair.original.is_full and pair.copy.is_full):
        return []
    if pair.group_marks(pair.original, group.originals, "agency.cause") or GIVING & _words(pair, group):
        return []
    passive = pair.copy.language.words("passive") | {"is", "are"}
    for mark in new:
        end = pair.copy.sentences[pair.copy.sentence_of(mark.first)].last
        behind = [at for at in range(mark.last, min(end, mark.last + BEHIND)) if pair.copy.norms[at] not in STOPWORDS]
        if behind and pair.copy.norms[mark.first - 1] not in passive:
            words = plain(show(pair.copy, [mark.first, behind[-1]]))
            text = f"The copy gives as a cause what the original does not give as one: {words}."
            spans = clause(pair.original, edit.original_near), clause(pair.copy, [mark.first, *behind])
            return [body_finding(pair, "agency_shift", spans, JOINED, text)]
    return []


def _words(pair: Pair, group: Group) -> set[str]:
    return {pair.original.norms[at] for at in group.original_words}
