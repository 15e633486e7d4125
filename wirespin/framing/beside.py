"""What else of the same kind an altered copy changed: told to whoever checks it, and weighed in nothing.

The devices hold back what a fair copy trips too: a clause that any editor may cut, a hedge, an aside. Once a copy is
found altered by a device, its reader wants the other places as well. They are found here by looser rules, only of
devices that were found already, after the score, so that they can make nothing an alert.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from schemas.events import Device, Finding
from wirespin.framing.evidence import body_finding, clause, plain, sentence_span, show
from wirespin.framing.pair import Edit, Pair, is_furniture
from wirespin.framing.spelling import is_number
from wirespin.framing.view import FramingView
from wirespin.text.tokens import Span

BESIDE = 0.05
"""Severity: below all that is weighed."""

CUT_WORDS, CUT_TIMES = 3, 2
"""Words that a cut takes out at least, and how many times what it puts in."""

CUT_MEANING = 2
"""Words of meaning among them that the copy has nowhere."""

PUT_WORDS, PUT_TIMES = 4, 3
"""The same of a clause that was slipped in."""

EPITHET_WORDS = 3
"""Words of an epithet put before what was kept, at most."""

NAMED_WORDS, NAMED_FIDELITY = 4, 0.85
"""Words of an exchange of names on either side at most, and the fidelity from which one is told."""

KEPT = 0.5
"""Share of a sentence's wording that must be kept before what is missing beside it is missing."""

SPOKEN_WORDS = 8
"""Words of a change on either side, at most, in which a voice or a caution that came or went is what changed."""

SHARED = 0.5
"""Share of a place's length that a finding of the same device covers where it was told already."""

Told = Iterator[tuple[tuple[Span | None, Span | None], str]]


def find(pair: Pair, findings: list[Finding]) -> list[Finding]:
    """Further findings of the devices that were found, at places where they tell of nothing yet."""
    found: list[Finding] = []
    for device, rule in RULES.items():
        known = [one for one in findings if one.device == device and one.where == "body"]
        for spans, text in rule(pair) if known else ():
            if not any(_covers(one, spans) for one in [*known, *found]):
                found.append(body_finding(pair, device, spans, BESIDE, text))
    return found


def _covers(finding: Finding, spans: tuple[Span | None, Span | None]) -> bool:
    """Whether a finding shows half of a place, on the side that matters: the copy's, or else the original's."""
    if spans[1] is None or finding.rewritten_span is None:
        return _meet(finding.original_span, spans[0])
    return _meet(finding.rewritten_span, spans[1])


def _meet(known: Span | None, new: Span | None) -> bool:
    if known is None or new is None:
        return False
    return min(known[1], new[1]) - max(known[0], new[0]) >= SHARED * (new[1] - new[0])


def _left_out(pair: Pair) -> Told:
    """Clauses cut out of sentences that were kept; whole ones are the device's own, or a tail, which is shortened."""
    for edit in _kept(pair):
        if len(edit.original) < max(CUT_WORDS, CUT_TIMES * len(edit.copy)) or is_furniture(
            pair.original, _at(pair, edit)
        ):
            continue
        gone = [at for at in edit.original if pair.original.stems[at] not in pair.copy.stem_set]
        if len(_meaning(pair.original, gone)) >= CUT_MEANING:
            spans = clause(pair.original, edit.original), clause(pair.copy, edit.copy_near)
            yield spans, f"The copy leaves out {plain(show(pair.original, edit.original))} too."


def _kept(pair: Pair) -> list[Edit]:
    """Changes of sentences whose wording was kept; in others nothing shows what gave way to what."""
    return [edit for edit in pair.edits if pair.groups[edit.group].kept >= KEPT]


def _at(pair: Pair, edit: Edit) -> int:
    return pair.original.sentence_of(edit.original[0])


def _unquoted(pair: Pair) -> Told:
    """Whole sentences of somebody's words that the copy prints nowhere."""
    for number in pair.left_out:
        sentence = pair.original.sentences[number]
        if all(pair.original.quoted[sentence.first : sentence.last]):
            yield (sentence_span(pair.original, number), None), "The copy leaves out these words of the speaker too."


def _own_voice(pair: Pair) -> Told:
    """Sentences of the copy's own that are nobody's words, and clauses slipped in."""
    for number in pair.added:
        sentence = pair.copy.sentences[number]
        reported = any(mark.kind == "report" for mark in pair.copy.marks_in(sentence.first, sentence.last))
        if not reported and not any(pair.copy.quoted[sentence.first : sentence.last]):
            yield (None, sentence_span(pair.copy, number)), "The original has no such sentence either."
    for edit in pair.edits:
        fresh = _fresh(pair, edit)
        if len(edit.copy) < max(PUT_WORDS, PUT_TIMES * len(edit.original)) or len(fresh) * 2 < PUT_WORDS:
            continue
        if not pair.new_marks(edit, "report") and not any(pair.copy.quoted[at] for at in fresh):
            spans = clause(pair.original, edit.original_near), clause(pair.copy, edit.copy)
            yield spans, f"The copy also puts in {plain(show(pair.copy, edit.copy))}."


def _epithets(pair: Pair) -> Told:
    """A word or two put before what was kept."""
    for edit in _kept(pair):
        fresh = _fresh(pair, edit)
        if fresh and len(edit.copy) <= EPITHET_WORDS and not edit.original and not pair.new_marks(edit, "report"):
            spans = clause(pair.original, edit.original_near), clause(pair.copy, edit.copy)
            yield spans, f"The copy also puts in {plain(show(pair.copy, edit.copy))}."


def _names(pair: Pair) -> Told:
    """Words of meaning exchanged for others in a text that was otherwise left as it was."""
    for edit in pair.edits if pair.fidelity >= NAMED_FIDELITY else ():
        gone = [at for at in edit.original if pair.original.stems[at] not in pair.copy.stem_set]
        few = len(edit.original) <= NAMED_WORDS and len(edit.copy) <= NAMED_WORDS
        if few and _fresh(pair, edit) and _meaning(pair.original, gone) and not pair.new_marks(edit, "report"):
            spans = clause(pair.original, edit.original), clause(pair.copy, edit.copy)
            before, after = plain(show(pair.original, edit.original)), plain(show(pair.copy, edit.copy))
            yield spans, f"The copy also has {after} where the original has {before}."


def _voice_came(pair: Pair) -> Told:
    """Somebody's word or a caution put beside what the original reports plainly."""
    for edit in _kept(pair):
        new, gone = pair.new_marks(edit, "report", "doubt"), pair.gone_marks(edit, "report", "doubt")
        if new and not gone and len(edit.copy) <= SPOKEN_WORDS and _voices(pair, edit) > 0:
            words = plain(show(pair.copy, range(new[0].first, new[0].last)))
            spans = clause(pair.original, edit.original_near), clause(pair.copy, edit.copy)
            yield spans, f"The copy also brings in {words}."


def _voice_went(pair: Pair) -> Told:
    """Somebody's word or a caution taken from what the original reports with it."""
    for edit in _kept(pair):
        new, gone = pair.new_marks(edit, "report", "doubt.allegation"), pair.gone_marks(edit, "report", "doubt")
        if gone and not new and len(edit.original) <= SPOKEN_WORDS and _voices(pair, edit) < 0:
            words = plain(show(pair.original, range(gone[0].first, gone[0].last)))
            spans = clause(pair.original, edit.original), clause(pair.copy, edit.copy_near)
            yield spans, f"The original's {words} is gone too."


def _voices(pair: Pair, edit: Edit) -> int:
    """How many more words of speech and caution the copy's sentences have than the original's they come from."""
    group = pair.groups[edit.group]
    came = pair.group_marks(pair.copy, group.copies, "report", "doubt")
    return len(came) - len(pair.group_marks(pair.original, group.originals, "report", "doubt"))


def _fresh(pair: Pair, edit: Edit) -> list[int]:
    """Words of meaning of an edit that the original has nowhere, outside quotations."""
    view = pair.copy
    fresh = [at for at in edit.copy if view.stems[at] not in pair.original.stem_set and at in pair.fresh]
    return _meaning(view, [at for at in fresh if not view.quoted[at]])


def _meaning(view: FramingView, words: list[int]) -> list[int]:
    """Words that carry meaning; figures and names do, too, but are facts where they are put in."""
    return [at for at in words if view.norms[at] not in view.language.stopwords and not is_number(view.canon[at])]


RULES: dict[Device, Callable[[Pair], Told]] = {
    "omission": _left_out,
    "quote_truncated": _unquoted,
    "editorializing": _own_voice,
    "loaded_language": _epithets,
    "label_change": _names,
    "doubt_added": _voice_came,
    "doubt_removed": _voice_went,
}
"""The looser rule of each device that has one."""
