"""attribution_changed: a statement is reported with a verb of another class, or credited to another source.

Verbs: "said" becomes "confirmed", "admitted" or "explained". Sources: a message that "the official Korean Central News
Agency" published is credited to "the Russian state media".
"""

from __future__ import annotations

from schemas.events import Finding
from wirespin.framing.direction import against, in_favour
from wirespin.framing.evidence import body_finding, clause, plain, show
from wirespin.framing.pair import Pair
from wirespin.framing.revoiced import by_quotation
from wirespin.framing.verbs import VerbChange, speaker_of, tell, verb_changes
from wirespin.framing.view import FramingView

SEVERITY = {"factive": 0.4, "vouching": 0.35, "conceding": 0.5, "doubt": 0.2, "heated": 0.3}
"""Class of the new verb to severity; a doubting verb weighs as doubt and little here, a guessing one there alone."""

STANCE = 0.15
"""Severity of a verb of another stance for the same quotation."""

SOURCE = 0.5
"""Severity of another source."""

WINDOW = 7
"""Words between a source and its verb."""


def find(pair: Pair) -> list[Finding]:
    """Verbs of another class for the same statement, and other sources."""
    return [*_verbs(pair), *_sources(pair), *_stances(pair)]


def _verbs(pair: Pair) -> list[Finding]:
    found = []
    for change in pair.once(verb_changes):
        severity = SEVERITY.get(change.after.register)
        if severity and change.before and change.before.register in ("neutral", "doubt") and _shifts(change):
            spans = clause(pair.original, (change.before.first,)), clause(pair.copy, (change.after.first,))
            found.append(
                body_finding(pair, "attribution_changed", spans, severity, _told(pair, change), _side(pair, change))
            )
    return found


def _stances(pair: Pair) -> list[Finding]:
    """Quotations that are no longer reported as praise or attack, or now are."""
    found = []
    for one in by_quotation(pair):
        before = plain(show(pair.original, range(one.before.first, one.before.last)))
        after = plain(show(pair.copy, range(one.after.first, one.after.last)))
        words = plain(show(pair.copy, range(one.copy.first, one.copy.last)))
        text = f"The original reports {words} with {before}, the copy with {after}."
        spans = (
            clause(pair.original, (one.before.first, one.original.first)),
            clause(pair.copy, (one.after.first, one.copy.first)),
        )
        found.append(body_finding(pair, "attribution_changed", spans, STANCE, text))
    return found


def _told(pair: Pair, change: VerbChange) -> str:
    """What the verb now says of the words that it reports."""
    if change.after.register not in ("factive", "vouching"):
        return tell(pair, change)
    who = speaker_of(pair, change)
    after = plain(show(pair.copy, range(change.after.first, change.after.last)))
    words = f"words of {who.name}" if who else "words"
    return f"With {after} the copy vouches for {words} that the original only reports."


def _side(pair: Pair, change: VerbChange) -> str | None:
    """For a speaker whose words are vouched for, against one who is made to concede or only to suppose."""
    who = speaker_of(pair, change)
    return in_favour(who) if change.after.register in ("factive", "vouching") else against(who)


def _shifts(change: VerbChange) -> bool:
    """Whether the classes differ in what the reporter vouches for."""
    assert change.before is not None
    return change.after.register not in (change.before.register, "doubt")


def _sources(pair: Pair) -> list[Finding]:
    """News organisations that the copy names as a source and the original does not."""
    named = pair.original.once(_named_sources)
    if not named:
        return []
    known = {word for words in named for word in (pair.original.stems[at] for at in words)}
    found = []
    for words in _named_sources(pair.copy):
        proper = [at for at in words if pair.copy.capitals[at]]
        if proper and not known & {pair.copy.stems[at] for at in proper}:
            longest = max(named, key=len)
            spans = clause(pair.original, longest), clause(pair.copy, words)
            before = pair.original.text(pair.original.words_span(longest[0], longest[-1] + 1))
            after = pair.copy.text(pair.copy.words_span(words[0], words[-1] + 1))
            text = f"What the original credits to {plain(before)} the copy credits to {plain(after)}."
            found.append(body_finding(pair, "attribution_changed", spans, SOURCE, text))
    return found


def _named_sources(view: FramingView) -> list[tuple[int, ...]]:
    """Noun phrases such as "the official Korean Central News Agency" next to a verb of publishing, as word indices."""
    found = []
    heads, official, publishing = (view.language.words(name) for name in ("media", "official", "publishing_stems"))
    for at, norm in enumerate(view.norms):
        if norm not in heads or view.quoted[at]:
            continue
        near = view.stems[max(0, at - WINDOW) : at + 1 + WINDOW]
        first = at
        while first > 0 and (view.capitals[first - 1] or view.norms[first - 1] in official):
            first -= 1
        if first < at and publishing & set(near):
            found.append(tuple(range(first, at + 1)))
    return found
