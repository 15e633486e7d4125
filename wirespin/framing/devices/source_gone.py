"""Statements that the original attributes and the copy tells as facts."""

from __future__ import annotations

from schemas.events import Finding
from wirespin.framing.devices.doubt_added import KEPT_FOR_HEDGES
from wirespin.framing.direction import in_favour, subject
from wirespin.framing.evidence import body_finding, clause, plain, show
from wirespin.framing.inflect import stem
from wirespin.framing.lexicon import Mark
from wirespin.framing.pair import Edit, Pair
from wirespin.framing.phrases import PRONOUNS
from wirespin.framing.stopwords import STOPWORDS

ATTRIBUTION_GONE = 0.5
"""Severity of a statement that loses the words which say whose it is."""

ACCORDING = stem("according")
MODALS = frozenset({"to", "would", "will", "should", "explicitly"})
"""Words before a verb that is no report of what somebody said."""

SOURCE_WORDS = 5
"""Words of a source with its verb ("Police said"); a longer cut takes the statement with it."""


def source_gone(pair: Pair) -> list[Finding]:
    """Statements that the original attributes and the copy tells as facts."""
    found = []
    for edit in pair.edits:
        gone = pair.gone_marks(edit, "report.neutral", "report.doubt")
        if not gone:
            continue
        group = pair.groups[edit.group]
        source = _source_cut(pair, edit)
        gone = [mark for mark in gone if mark.first in source]
        if not gone or len(source) > SOURCE_WORDS or group.kept < KEPT_FOR_HEDGES:
            continue
        if _names_paper(pair, gone[0]) and not names_source(pair, edit, gone):
            continue
        if pair.gone_marks(edit, "balance.denial", "report.denial") or not _cut_whole(pair, edit):
            continue
        if pair.group_marks(pair.copy, group.copies, "report", "mood", "doubt.allegation", "balance.denial"):
            continue
        if any(pair.copy.quoted[at] for at in group.copy_words) or _heard_nearby(pair, group.copies):
            continue
        spans = clause(pair.original, (gone[0].first,)), clause(pair.copy, edit.copy_near)
        words = plain(show(pair.original, source))
        named = f"says who said so ({words})" if len(source) > 1 else f"has it as somebody's word ({words})"
        text = f"The original {named}; the copy tells it as a fact."
        side = in_favour(subject(pair.original, gone[0]))
        found.append(body_finding(pair, "doubt_removed", spans, ATTRIBUTION_GONE, text, side))
    return found


def _names_paper(pair: Pair, mark: Mark) -> bool:
    """Whether a verb need not report words that were said: "according to the plan", "the bill would state"."""
    before = pair.original.norms[mark.first - 1] if mark.first else ""
    return pair.original.stems[mark.first] == ACCORDING or before in MODALS


def names_source(pair: Pair, edit: Edit, gone: list[Mark]) -> bool:
    """Whether an edit took out more than the verb; where the source stayed, "According to a plan" lost two words."""
    verbs = {at for mark in gone for at in range(mark.first, mark.last)}
    return any(
        at not in verbs and (pair.original.norms[at] not in STOPWORDS or pair.original.norms[at] in PRONOUNS)
        for at in edit.original
    )


def _source_cut(pair: Pair, edit: Edit) -> tuple[int, ...]:
    """Words taken out; of a cut that begins in a sentence before, those at the head of the sentence that goes on."""
    if not edit.original or len(edit.original) <= SOURCE_WORDS:
        return edit.original
    sentence = pair.original.sentences[pair.original.sentence_of(edit.original[-1])]
    head = tuple(at for at in edit.original if at >= sentence.first)
    return head if len(head) < len(edit.original) and edit.original[-1] + 1 < sentence.last else edit.original


def _cut_whole(pair: Pair, edit: Edit) -> bool:
    """Whether a source was taken out and little put in; or else whether the statement before it ends at a comma."""
    if len(edit.copy) <= SOURCE_WORDS:
        return True
    first = edit.original[0]
    before = pair.original.document.body[pair.original.tokens[first - 1].end : pair.original.tokens[first].start]
    return first > 0 and "," in before


def _heard_nearby(pair: Pair, copies: tuple[int, ...]) -> bool:
    """Whether the sentence behind it in the same paragraph names the source instead."""
    after = copies[-1] + 1
    sentences = pair.copy.sentences
    if after >= len(sentences) or sentences[after].paragraph != sentences[copies[-1]].paragraph:
        return False
    return not pair.alignment.sources[after]
