"""Words of caution that a copy takes out, and words of certainty that it puts in."""

from __future__ import annotations

from schemas.events import Finding
from wirespin.framing.devices.doubt_added import HEDGE, KEPT_FOR_HEDGES
from wirespin.framing.devices.source_gone import names_source
from wirespin.framing.direction import against, lone
from wirespin.framing.evidence import body_finding, clause, plain, show
from wirespin.framing.inflect import stem
from wirespin.framing.lexicon import Mark
from wirespin.framing.pair import Edit, Pair
from wirespin.framing.spelling import is_number
from wirespin.framing.view import HEAD

ALLEGATION = 0.55
MOOD = 0.3
"""Severities of legal caution that is gone, and of the mood of reported speech."""

BELIEF = stem("believe")
"""Stem of a word that is caution only where nobody is named who believes."""

CHARGES = frozenset(stem(word) for word in ("allegation", "allegations", "accusation", "accusations", "charges"))
"""Stems of nouns for a charge."""

SETTLED = frozenset(stem(word) for word in ("finding", "findings", "proof", "evidence", "fact", "facts"))
"""Stems of nouns for what is settled, into which a charge may turn."""

KEPT_FOR_CAUTION = 0.15
"""Share below which nothing shows where the caution went: a paraphrase says it in other words."""


def removed(pair: Pair, edit: Edit) -> list[Finding]:
    """Caution that an edit took out, and boosters that it put in."""
    return _uncautious(pair, edit) + _mood_gone(pair, edit) + _boosted(pair, edit)


def _uncautious(pair: Pair, edit: Edit) -> list[Finding]:
    """Caution that an edit took out."""
    group, gone = pair.groups[edit.group], pair.gone_marks(edit, "doubt.allegation", "doubt.hedge")
    if not gone:
        return []
    kept = {mark.tag for mark in pair.group_marks(pair.copy, group.copies, "doubt", "report")}
    answered = bool(pair.new_marks(edit, "doubt.hedge"))
    cautious = kept & {"doubt.allegation", "doubt.distancing", "report.doubt", "report.contention", "report.heated"}
    found = []
    known = pair.group_stems(edit.group, original=False)
    for mark in gone:
        if pair.original.stems[mark.first] in known or _still_voiced(pair, edit, mark):
            continue
        legal = mark.register == "allegation" and not (cautious or answered or _answered(pair, edit, mark))
        legal = legal and group.kept >= KEPT_FOR_CAUTION and not pair.takes_along(edit, mark)
        if pair.original.stems[mark.first] == BELIEF:
            legal = legal and _belief_gone(pair, edit, mark)
        modal = mark.register == "hedge" and not cautious and "doubt.hedge" not in kept
        rounding = mark.last < len(pair.original.canon) and is_number(pair.original.canon[mark.last])
        if legal or (modal and not rounding and edit.copy and group.kept >= KEPT_FOR_HEDGES):
            words = plain(show(pair.original, range(mark.first, mark.last)))
            spans = clause(pair.original, (mark.first,)), clause(pair.copy, edit.copy_near)
            text = f"The original's {words} is gone: what it reported with caution reads as settled."
            severity, side = (ALLEGATION, _accused(pair, mark)) if legal else (HEDGE, None)
            found.append(body_finding(pair, "doubt_removed", spans, severity, text, side))
    return found


def _mood_gone(pair: Pair, edit: Edit) -> list[Finding]:
    """Verbs in the mood of reported speech ("er habe") that give way to plain ones, with nobody named who said so."""
    group = pair.groups[edit.group]
    gone = pair.gone_marks(edit, "mood")
    if not gone or not edit.copy or group.kept < KEPT_FOR_HEDGES:
        return []
    if pair.group_marks(pair.copy, group.copies, "report", "mood", "doubt", "balance.denial"):
        return []
    words = plain(show(pair.original, range(gone[0].first, gone[0].last)))
    spans = clause(pair.original, (gone[0].first,)), clause(pair.copy, edit.copy_near)
    text = f"The original's {words} reports what somebody says; the copy tells it as a fact."
    return [body_finding(pair, "doubt_removed", spans, MOOD, text)]


def _boosted(pair: Pair, edit: Edit) -> list[Finding]:
    """Words of certainty that an edit put in."""
    found = []
    for mark in pair.new_marks(edit, "doubt.booster"):
        known = pair.group_stems(edit.group, original=True)
        if pair.copy.stems[mark.first] not in known and pair.groups[edit.group].kept >= KEPT_FOR_HEDGES:
            words = plain(show(pair.copy, range(mark.first, mark.last)))
            spans = clause(pair.original, edit.original_near), clause(pair.copy, (mark.first,))
            text = f"The copy adds {words}, which makes the statement more certain than the original had it."
            found.append(body_finding(pair, "doubt_removed", spans, HEDGE, text))
    return found


def _belief_gone(pair: Pair, edit: Edit, mark: Mark) -> bool:
    """Whether those who believe went with the word, and nothing in the copy's sentences reports or renders it."""
    group = pair.groups[edit.group]
    if pair.group_marks(pair.copy, group.copies, "report", "doubt") or not names_source(pair, edit, [mark]):
        return False
    return all(pair.copy.stems[at][:HEAD] != BELIEF[:HEAD] for at in group.copy_words)


def _answered(pair: Pair, edit: Edit, mark: Mark) -> bool:
    """Whether the words only name the charge that somebody answers ("rejected the allegation"), still as a charge."""
    noun = pair.original.stems[mark.first] in CHARGES
    if SETTLED.intersection(pair.copy.stems[at] for at in edit.copy):
        return False
    return noun and bool(pair.gone_marks(edit, "balance.denial", "report.denial"))


def _still_voiced(pair: Pair, edit: Edit, mark: Mark) -> bool:
    """Whether an accuser's verb gave way to another verb or to a quotation: the charge is still somebody's."""
    if not any(other.tag == "report.heated" for other in pair.original.marks_in(mark.first, mark.first + 1)):
        return False
    group = pair.groups[edit.group]
    quoted = any(pair.copy.quoted[at] for at in group.copy_words)
    return quoted or bool(pair.group_marks(pair.copy, group.copies, "report"))


def _accused(pair: Pair, mark: Mark) -> str | None:
    """Against whom an allegation speaks that is told as a fact: the only party of its sentence besides the accuser."""
    sentence = pair.original.sentences[pair.original.sentence_of(mark.first)]
    return against(lone(pair.original, sentence.first, sentence.last))
