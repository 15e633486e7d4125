"""Words with which a copy takes doubt into what the original reports: distancing words, hedges, denials of its own."""

from __future__ import annotations

from schemas.events import Finding
from wirespin.framing.direction import against, judged, subject, voice
from wirespin.framing.evidence import body_finding, clause, plain, show
from wirespin.framing.inflect import stem
from wirespin.framing.lexicon import Mark
from wirespin.framing.pair import Edit, Pair
from wirespin.framing.spelling import is_number
from wirespin.framing.view import FramingView

DISTANCING = 0.6
ALLEGATION_MADE = 0.4
HEDGE = 0.2
"""Severities: words whose only use is to distance weigh most, modal verbs least: fair paraphrases trip them."""

DENYING = frozenset(stem(word) for word in ("denied", "denies", "denying", "rejected", "rejects", "refuted"))
"""Stems of verbs that deny what was said; "declined" and "dismissed" have other uses."""

DENIED = 0.3
"""Severity of a denial that the original does not have."""

KEPT_FOR_HEDGES = 0.6
"""Share of a group's wording that must be kept before a single modal verb means anything."""


def added(pair: Pair, edit: Edit) -> list[Finding]:
    """Distancing words and hedges that an edit put in."""
    found = []
    for mark in pair.new_marks(edit, "doubt"):
        known = pair.group_stems(edit.group, original=True)
        if known.issuperset(pair.copy.stems[mark.first : mark.last]) or not _hyphened(pair, mark):
            continue
        if _is_faith(pair.copy, mark) or (mark.register == "hedge" and pair.copy.stems[mark.first] in known):
            continue
        severity = _weight(pair, edit, mark)
        if severity:
            words = plain(show(pair.copy, range(mark.first, mark.last)))
            spans = clause(pair.original, edit.original_near), clause(pair.copy, (mark.first,))
            text = f"The copy adds {words}, which {_effect(mark)}."
            found.append(body_finding(pair, "doubt_added", spans, severity, text, _distanced(pair, mark)))
    return found


def _hyphened(pair: Pair, mark: Mark) -> bool:
    """Whether "would be" has the hyphen that makes it "would-be"."""
    words = pair.copy.text(pair.copy.words_span(mark.first, mark.last))
    return words.lower() != "would be"


def _is_faith(view: FramingView, mark: Mark) -> bool:
    """Whether somebody believes in something, or "you believe": no caution of the report's."""
    near = view.norms[max(0, mark.first - 1) : mark.first] + view.norms[mark.last : mark.last + 1]
    return view.stems[mark.first].startswith("believ") and not {"in", "you", "we", "i"}.isdisjoint(near)


def _effect(mark: Mark) -> str:
    """What a word of doubt does to what it stands by."""
    if mark.register in ("distancing", "aside"):
        return "holds what the original reports plainly at arm's length"
    return "makes the statement less certain than the original had it"


def _distanced(pair: Pair, mark: Mark) -> str | None:
    """Against whose words the doubt speaks: who denies or admits, who is called so, or who says the sentence."""
    if mark.register not in ("distancing", "allegation"):
        return None
    if mark.last - mark.first > 1 and (denying := subject(pair.copy, mark)) is not None:
        return against(denying)
    if not pair.copy.norms[mark.first].endswith("ly"):
        return judged(pair.copy, mark)
    sentence = pair.copy.sentences[pair.copy.sentence_of(mark.first)]
    return against(voice(pair.copy, sentence.first, sentence.last))


def _weight(pair: Pair, edit: Edit, mark: Mark) -> float:
    if mark.register in ("distancing", "aside"):
        return DISTANCING
    calm = pair.groups[edit.group].kept >= KEPT_FOR_HEDGES
    if (
        mark.register == "allegation"
        and calm
        and not (pair.gone_marks(edit, "doubt") or pair.new_marks(edit, "report"))
    ):
        return ALLEGATION_MADE
    if mark.register == "hedge" and calm and not _counts(pair, mark) and not pair.gone_marks(edit, "doubt.hedge"):
        return HEDGE
    return 0.0


def _counts(pair: Pair, mark: Mark) -> bool:
    """Whether a hedge only rounds the number behind it ("about 400")."""
    return mark.last < len(pair.copy.canon) and is_number(pair.copy.canon[mark.last])


def denied(pair: Pair) -> list[Finding]:
    """Denials of the copy's own: more than the original has, in sentences made from ones without any."""
    old = [mark for mark in pair.original.marks if mark.tag == "report.denial"]
    new = [mark for mark in pair.copy.marks if mark.tag == "report.denial"]
    found = []
    for edit in pair.edits if len(new) > len(old) else []:
        sources = pair.groups[edit.group].originals
        if pair.group_marks(pair.original, sources, "report.denial", "balance", "polarity"):
            continue
        for mark in pair.new_marks(edit, "report.denial"):
            if pair.copy.stems[mark.first] in DENYING:
                words = plain(show(pair.copy, range(mark.first, mark.last)))
                spans = clause(pair.original, edit.original_near), clause(pair.copy, (mark.first,))
                text = f"The copy reports a denial ({words}) of what nobody denies in the original."
                sentence = pair.original.sentences[sources[0]]
                side = against(voice(pair.original, sentence.first, sentence.last))
                found.append(body_finding(pair, "doubt_added", spans, DENIED, text, side))
    return found
