"""Reporting verbs that a copy put in the place of others."""

from __future__ import annotations

from dataclasses import dataclass

from wirespin.framing.direction import subject
from wirespin.framing.evidence import plain, show
from wirespin.framing.lexicon import Mark
from wirespin.framing.pair import Edit, Pair
from wirespin.framing.parties import Party
from wirespin.framing.revoiced import by_speaker
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

DETERMINERS = frozenset(["the", "a", "an", "this", "his", "her", "its", "their", "worth"])
PREPOSITIONS = frozenset(
    ["to", "of", "over", "about", "from", "on", "with", "by", "amid", "despite", "against", "into"]
)
"""Words before a noun, and before a noun in the plural, that could be a verb of speech elsewhere."""

UNSAID = frozenset(["told", "tells", "according", "in"])
"""Neutral verbs and phrases that say nothing without the words around them."""


@dataclass(frozen=True)
class VerbChange:
    """A reporting verb that is new in its group of linked sentences.

    Attributes:
        edit: the edit that put it in.
        before: the verb that it took the place of, or None.
        after: the new verb; its `register` is its class.
        in_wording: whether the wording around lines the two up; else only the speaker does.
    """

    edit: Edit
    before: Mark | None
    after: Mark
    in_wording: bool = True


def verb_changes(pair: Pair) -> list[VerbChange]:
    """New reporting verbs outside quotations, each with the one it replaced."""
    found: list[VerbChange] = []
    used: set[tuple[int, str]] = set()
    for edit in pair.edits:
        group, put = pair.groups[edit.group], pair.new_marks(edit, "report")
        if not put or group.kept < KEPT:
            continue
        old = pair.group_marks(pair.original, group.originals, "report")
        classes = {mark.register for mark in old}
        known = {pair.original.stems[mark.first] for mark in old} | _cautious_stems(pair, group.originals)
        gone = pair.gone_marks(edit, "report") or [
            mark for other in pair.edits if other.group == edit.group for mark in pair.gone_marks(other, "report")
        ]
        gone = [mark for mark in gone if not _is_noun(pair.original, mark)]
        for mark in put:
            fresh = pair.copy.stems[mark.first] not in known and (edit.group, mark.tag) not in used
            fresh = fresh and _tells(pair.copy, mark) and (group.kept >= KEPT_FOR_SHADES or mark.register not in SHADES)
            fresh = fresh and not (_is_adjective(pair, mark) or _is_noun(pair.copy, mark))
            if fresh and (mark.register not in classes or any(before.register != mark.register for before in gone)):
                used.add((edit.group, mark.tag))
                before = min(gone, key=lambda other: abs(other.first - edit.original_near[0]), default=None)
                found.append(VerbChange(edit, before, mark))
    for number, group in enumerate(pair.groups):
        if group.kept < KEPT:
            found += [VerbChange(*change, in_wording=False) for change in by_speaker(pair, number)]
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


def _is_adjective(pair: Pair, mark: Mark) -> bool:
    """Whether a word only holds a noun at a distance ("a supposed investment")."""
    return any(other.tag == "doubt.distancing" for other in pair.copy.marks_in(mark.first, mark.first + 1))


def _is_noun(view: FramingView, mark: Mark) -> bool:
    """Whether the word before makes a noun of a word ("the report", "amid claims"), or an aside ("worth noting")."""
    if mark.first == 0 or mark.last - mark.first > 1 or not view.is_full:
        return False
    before = view.norms[mark.first - 1]
    plural = view.norms[mark.first].endswith("s") and before in PREPOSITIONS
    return plural or before in DETERMINERS or before.endswith("'s")


def speaker_of(pair: Pair, change: VerbChange) -> Party | None:
    """Who speaks at a new verb: as the copy has it, or else as the original has it at the verb replaced."""
    found = subject(pair.copy, change.after)
    if found is None and change.before is not None:
        found = subject(pair.original, change.before)
    return _introduced(pair, found) if found else None


def _introduced(pair: Pair, party: Party) -> Party:
    """The party as the original introduces it, where it does: with its role and its whole name."""
    return pair.original.parties.named(party.key) or party


def still_plain(pair: Pair, party: Party) -> tuple[str, str] | None:
    """Somebody else whose words both texts report with a neutral verb: the name, and the copy's verb."""
    before = {who.key for who, _ in pair.original.once(_neutral)}
    for who, verb in pair.copy.once(_neutral):
        if who.key != party.key and who.key in before:
            return who.name, verb
    return None


def _neutral(view: FramingView) -> list[tuple[Party, str]]:
    """Who is reported with a neutral verb, and with which."""
    told = [
        (subject(view, said.mark), view.text(view.words_span(said.mark.first, said.mark.last)))
        for said in view.speech
        if said.mark.register == "neutral" and view.norms[said.mark.first] not in UNSAID
    ]
    return [(who, verb) for who, verb in told if who is not None]


def tell(pair: Pair, change: VerbChange) -> str:
    """One sentence: what became of the verb, for whom, and who was spared."""
    after = plain(show(pair.copy, range(change.after.first, change.after.last)))
    party = speaker_of(pair, change)
    for_whom = f" for {party.name}" if party else ""
    if change.before is None:
        return f"The report now uses {after}{for_whom}, where the original had no such verb."
    before = plain(show(pair.original, range(change.before.first, change.before.last)))
    spared = still_plain(pair, party) if party else None
    rest = f"; {spared[0]} still {plain(spared[1])}" if spared else ""
    return f"{before} became {after}{for_whom}{rest}."
