"""editorializing: the outlet speaks in its own voice, in a sentence of its own or in a clause slipped into another.

A sentence that comes from no sentence of the original is judged by how it speaks: turns of opinion, questions to the
reader, "we" and "you", words that judge; names, numbers and attributions speak against. In a copy that otherwise keeps
the wording, a short sentence without any name, number or source is an aside too.
"""

from __future__ import annotations

from itertools import pairwise

from schemas.events import Finding
from wirespin.framing.direction import agreed, judged
from wirespin.framing.evidence import body_finding, clause, plain, sentence_span, show
from wirespin.framing.lexicon import Mark
from wirespin.framing.pair import Edit, Pair
from wirespin.framing.view import FramingView
from wirespin.text.document import Sentence

OPINION, PERSON, QUESTION, STRONG, EXCLAIMED, ASIDE = 0.5, 0.35, 0.4, 0.4, 0.4, 0.4
ATTRIBUTED, FACTUAL = 0.4, 0.25
"""What speaks for and against an added sentence being opinion."""

LEAST = 0.4
"""Severity below which an added sentence passes as fact."""

CURT_WORDS = 8
"""Words up to which an aside tells nothing that a reporter would report; a longer one weighs half."""

LEAST_IN_PARAPHRASE = 0.5
"""The same in a paraphrase, where a sentence without a source may yet stand for one of the original."""

ASIDE_WORDS = 14
"""Words of an aside at most."""

WORDING_KEPT = 0.45
"""Fidelity from which a short bare sentence counts as an aside; below, it may paraphrase anything."""

BEING = frozenset(["is", "are", "was", "were", "be"])

SLIPPED_IN = 4
"""Words that a clause slipped into a sentence has at least."""

TOLD = frozenset({"neutral", "vouching", "contention", "factive", "speculative", "denial"})
"""Classes of verbs with which somebody else is heard."""

TOLD_SHARE = 0.75
"""What another verb of speech than "said" says against opinion, as a share of what that says."""

ADDED = 3
"""Times that an edit of a paraphrase must outgrow what it takes the place of: else it renders it in other words."""


def find(pair: Pair) -> list[Finding]:
    """Opinion sentences and clauses of the copy's own."""
    found = [_sentence(pair, number) for number in pair.added if _is_new(pair, number)]
    found += [_inserted(pair, edit) for edit in pair.edits]
    return [one for one in found if one]


def _is_new(pair: Pair, number: int) -> bool:
    """Whether most words of a sentence are new; one full of misprints is linked with no other, and yet is none."""
    sentence = pair.copy.sentences[number]
    fresh = len(pair.fresh.intersection(range(sentence.first, sentence.last)))
    return fresh * 2 >= sentence.last - sentence.first


def _sentence(pair: Pair, number: int) -> Finding | None:
    severity, reasons = _opinion(pair, number)
    if severity < (LEAST if pair.fidelity >= WORDING_KEPT else LEAST_IN_PARAPHRASE):
        return None
    text = f"The original has no such sentence; it {reasons[0]}."
    marks = pair.group_marks(pair.copy, (number,), "tone", "report.charged")
    side = agreed(judged(pair.copy, mark) for mark in marks)
    return body_finding(pair, "editorializing", (None, sentence_span(pair.copy, number)), severity, text, side)


def _opinion(pair: Pair, number: int) -> tuple[float, list[str]]:
    """How far an added sentence speaks as opinion, and why, the best reason first."""
    view, sentence = pair.copy, pair.copy.sentences[number]
    marks = [
        mark for mark in pair.group_marks(view, (number,), "voice", "tone", "report") if not _is_country(view, mark)
    ]
    tags = [mark.tag for mark in marks if not (_shared(pair, mark) or _is_name(view, mark))]
    ending = view.document.body[sentence.start : sentence.end].rstrip("\"'”’»)")[-1:]
    bare = (
        not _reports_a_deed(view, sentence)
        and view.language.listed  # else nobody knows what a name is: Korean and Arabic have no capitals
        and not view.anchors[number]
        and sentence.last - sentence.first <= ASIDE_WORDS
    )
    unquoted = not any(view.quoted[sentence.first : sentence.last])
    aside = ASIDE if sentence.last - sentence.first <= CURT_WORDS else ASIDE / 2
    signs = [
        (
            OPINION * ("voice.opinion" in tags and "voice.weak" not in tags),
            f"uses a turn of opinion{_turn(pair, marks)}",
        ),
        (OPINION / 2 * ("voice.weak" in tags), "comments on the news"),
        (STRONG * min(2, tags.count("tone.strong")), "judges"),
        (QUESTION * (ending in ("?", "？", "؟") and unquoted), "puts a question to the reader"),
        (PERSON * ("voice.person" in tags), "speaks to the reader or for a 'we'"),
        (EXCLAIMED * (ending in ("!", "！") and unquoted), "exclaims"),
        (
            aside * (bare and unquoted and pair.fidelity >= WORDING_KEPT and view.language.listed),
            "is an aside without source, name or number",
        ),
        (0.1 * (tags.count("tone.mild") + tags.count("tone.intensifier")), "colours the news"),
    ]
    if pair.fidelity < WORDING_KEPT:
        signs[2] = (signs[2][0] / 2, signs[2][1])
    sourced = ATTRIBUTED if "report.neutral" in tags else ATTRIBUTED * TOLD_SHARE * _is_told(view, sentence)
    spoken = "voice.opinion" in tags and "voice.weak" not in tags
    against = sourced + FACTUAL * (len(view.anchors[number]) > 1 and not spoken)
    reasons = [reason for weight, reason in sorted(signs, reverse=True) if weight]
    return min(1.0, sum(weight for weight, _ in signs) - against), reasons


def _reports(pair: Pair, edit: Edit, opinion: list[Mark]) -> bool:
    """Whether an edit brings a verb of speech that belongs to no turn of opinion ("it is worth noting")."""
    inside = {at for mark in opinion for at in range(mark.first, mark.last)}
    return any(mark.register != "charged" and mark.first not in inside for mark in pair.new_marks(edit, "report"))


def _is_told(view: FramingView, sentence: Sentence) -> bool:
    """Whether somebody, by name or pronoun, is said to say what the sentence says."""
    return any(
        sentence.first <= said.mark.first < sentence.last
        and said.mark.register in TOLD
        and (said.pronoun or said.speaker is not None)
        for said in view.speech
    )


def _is_country(view: FramingView, mark: Mark) -> bool:
    """Whether "US" is no pronoun."""
    return mark.tag == "voice.person" and view.text(view.words_span(mark.first, mark.last)) == "US"


def _turn(pair: Pair, marks: list[Mark]) -> str:
    """The longest turn of opinion among marks, in brackets."""
    turns = [mark for mark in marks if mark.tag == "voice.opinion" and not _shared(pair, mark)]
    if not turns:
        return ""
    longest = max(turns, key=lambda mark: mark.last - mark.first)
    return f" ({plain(show(pair.copy, range(longest.first, longest.last)))})"


def _reports_a_deed(view: FramingView, sentence: Sentence) -> bool:
    """Whether a sentence says what was done, as reports do: "a tenth series is planned", "the boy stays in jail"."""
    words = view.norms[sentence.first : sentence.last]
    done = not view.language.words("unnamed").isdisjoint(words)
    if words[0] == "the" and "is" not in words and "was" not in words:
        return True
    if words[0] in ("it", "this", "that", "they"):
        return done
    return done or any(one in BEING and after.endswith("ed") for one, after in pairwise(words))


def _is_name(view: FramingView, mark: Mark) -> bool:
    """Whether a judging word is part of a name: capitalised within its sentence."""
    return mark.kind == "tone" and view.capitals[mark.first] and _opening(view, mark.first) != mark.first


def _opening(view: FramingView, at: int) -> int:
    return view.sentences[view.sentence_of(at)].first


def _shared(pair: Pair, mark: Mark) -> bool:
    """Whether the original has all the words too, so that they are no opinion of the copy's (function words aside)."""
    stems = pair.copy.stems[mark.first : mark.last]
    return len(stems[0]) > 4 and all(stem in pair.original.stem_set for stem in stems)


def _inserted(pair: Pair, edit: Edit) -> Finding | None:
    """A clause of opinion that an edit slipped in."""
    if len(edit.copy) < SLIPPED_IN:
        return None
    fresh = [at for at in edit.copy if pair.copy.stems[at] not in pair.original.stem_set and not pair.copy.quoted[at]]
    if len(fresh) < SLIPPED_IN // 2:
        return None
    opinion = pair.new_marks(edit, "voice.opinion")
    weak = {(mark.first, mark.last) for mark in pair.new_marks(edit, "voice.weak")}
    strong = [mark for mark in pair.new_marks(edit, "tone.strong") if mark.first in fresh]
    opinion = [mark for mark in opinion if (mark.first, mark.last) not in weak and not _shared(pair, mark)]
    persons = [
        mark
        for mark in pair.new_marks(edit, "voice.person")
        if pair.copy.norms[mark.first] in pair.copy.language.words("readers") and not _is_country(pair.copy, mark)
    ]
    severity = (
        OPINION * bool(opinion) + 0.3 * min(2, len(strong)) + PERSON * bool(persons) + 0.03 * max(0, len(fresh) - 4)
    )
    if pair.fidelity < WORDING_KEPT:
        severity -= ATTRIBUTED / 2 * _reports(pair, edit, opinion)
        severity /= 1 + (len(edit.original) * ADDED > len(edit.copy))
    if severity < LEAST or not (opinion or persons or len(fresh) >= 6):
        return None
    last = max([fresh[-1], *(mark.last - 1 for mark in opinion)])
    words = plain(show(pair.copy, [at for at in edit.copy if at <= last]))
    text = f"The copy slips in {words}, a comment that the original does not make."
    span = clause(pair.copy, edit.copy)
    side = agreed(judged(pair.copy, mark) for mark in strong)
    return body_finding(pair, "editorializing", (clause(pair.original, edit.original_near), span), severity, text, side)
