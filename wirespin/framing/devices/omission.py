"""omission: what balances the story was left out: a denial, a counterclaim, a caveat, the words of one side.

A copy that merely ends earlier leaves out its tail; that is shortening, and counts only where no denial is left at
all. A copy that goes on after the gap chose what to leave out.
"""

from __future__ import annotations

from schemas.events import Finding
from wirespin.framing.direction import against, denier, said_by
from wirespin.framing.evidence import body_finding, clause, plain, sentence_span, show
from wirespin.framing.inflect import stem
from wirespin.framing.lexicon import Mark
from wirespin.framing.pair import Edit, Pair
from wirespin.framing.spelling import is_number
from wirespin.framing.view import FramingView
from wirespin.text.document import Sentence

WORDING_KEPT = 0.45
"""Fidelity from which a missing sentence is missing; a paraphrase may say it in words that no alignment finds."""

FAITHFUL = 0.6
"""Fidelity from which a clause can be missing from a reworded sentence; below, it may stand there in other words."""

DENIAL, COUNTER, VOICE, PLAIN, LAST_DENIAL = 0.55, 0.45, 0.3, 0.1, 0.9
"""Severity of leaving out a denial, a counterpoint, somebody's words, anything else; and of the only denial.

Somebody's words alone never add up to an alert: every story that is shortened loses some.
"""

WHOLE = 0.5
"""What a sentence weighs that went with its whole paragraph: that is how any story is shortened. Who cuts a sentence or
a clause out of what is kept has read it."""

HELD = 0.5
"""Share of a sentence's weight from which the copy holds it."""

HELD_WORDS = 6
"""Words that a held sentence has at least; a credit line that both texts end with is none."""

SOURCE_WORDS = 5
"""Words of a source with its verb; that the source is gone is doubt removed, not an omission."""

EVENTS = frozenset(
    ["died", "injured", "hurt", "small", "still", "meanwhile", "residents", "families", "relatives", "rather", "modest"]
)
"""Words of the list of caveats that also tell what happened, and to whom."""

PASSIVE = frozenset(["are", "is", "was", "were", "been"])
"""Words before "accused" of one who is charged, and answers nobody."""

CONJUNCTIONS = frozenset(
    ["but", "however", "although", "though", "whereas", "despite", "nevertheless", "nonetheless", "instead"]
)
"""Words that set a sentence against the one before it where they stand at its head."""

HEAD_WORDS = 4
"""Words of a sentence's head."""

JOINING = frozenset(["while", "yet"])
"""Words that oppose at the head of a sentence or clause and join within ("while polls opened")."""

ALL_BUT = frozenset(["all", "nothing", "anything", "none", "everything"])
"""Words after which "but" means "except"."""

QUOTED_WORDS = 4
"""Words in quotation marks that are speech, at least."""

NOUNS = frozenset(stem(word) for word in ("state", "report", "document", "suspect", "note", "comment", "post", "call"))
"""Stems of verbs of speech that are nouns as often."""

CONFLICT = "label.conflict"
"""Marks of what a conflict is called."""

WORDING_LEFT_ALONE = 0.75
"""Fidelity from which a name of a conflict that is gone was taken out, not paraphrased."""

CLAUSE = 3
"""Words that a left-out clause has at least."""

PRESENT = 0.6
"""Share of a clause's stems that show it elsewhere in the copy."""


def find(pair: Pair) -> list[Finding]:
    """Sentences and clauses of the original that balance it and that the copy does not hold."""
    if pair.fidelity < WORDING_KEPT:
        return []
    gaps = pair.once(_gaps)
    found = [_sentence(pair, number) for number in gaps]
    found += [one for edit in pair.edits if (one := _clause(pair, edit)) and not _told_already(one, found)]
    last = _last_denial(pair)
    if last is None:
        return found
    return [one for one in found if one.original_span != last.original_span] + [last]


def _told_already(clause_gone: Finding, found: list[Finding]) -> bool:
    """Whether a clause belongs to a sentence that is reported as left out whole."""
    span = clause_gone.original_span
    return span is not None and any(
        one.original_span and one.original_span[0] <= span[0] and span[1] <= one.original_span[1] for one in found
    )


def _gaps(pair: Pair) -> list[int]:
    """Sentences left out although the copy holds later ones."""
    held = [
        number
        for number, (kept, one) in enumerate(zip(pair.alignment.kept, pair.original.sentences, strict=True))
        if kept >= HELD and one.last - one.first >= HELD_WORDS
    ]
    return [number for number in pair.left_out if held and number < held[-1] and not _cut_quote(pair, number)]


def _cut_quote(pair: Pair, number: int) -> bool:
    """Whether a sentence is a part of a quotation whose rest was kept: that is a truncation."""
    view, sentence = pair.original, pair.original.sentences[number]
    kept = pair.alignment.kept
    return view.quoted[sentence.first] and any(
        other != number
        and one.paragraph == sentence.paragraph
        and kept[other] >= HELD
        and any(view.quoted[one.first : one.last])
        for other, one in enumerate(view.sentences)
    )


def _kind(pair: Pair, number: int) -> tuple[float, str]:
    """How much a sentence balances the story, and in what way."""
    view, sentence = pair.original, pair.original.sentences[number]
    marks = [mark for mark in view.marks_in(sentence.first, sentence.last) if _weighs(view, mark)]
    tags = {mark.tag for mark in marks if _counters(view, mark)}
    if "balance.denial" in tags:
        return DENIAL, "a denial or an answer to a charge"
    if tags & {"balance.contrast", "balance.caveat"}:
        return COUNTER, "a counterpoint or caveat"
    return (VOICE, "what one side said") if _speaks(view, sentence) else (PLAIN, "context")


def _speaks(view: FramingView, sentence: Sentence) -> bool:
    """Whether a sentence holds somebody's words; a name in quotation marks or "state-owned" is no speech."""
    if sum(view.quoted[sentence.first : sentence.last]) >= QUOTED_WORDS:
        return True
    return any(_tells(view, mark) for mark in view.marks_in(sentence.first, sentence.last) if mark.kind == "report")


def _tells(view: FramingView, mark: Mark) -> bool:
    """Whether a word of the list is a verb of speech here: no noun, no "were accused", no "responded to calls"."""
    if view.capitals[mark.first] or view.stems[mark.first] in NOUNS:
        return False
    charged = mark.register == "heated" and view.norms[mark.first - 1] in PASSIVE
    return not charged and _weighs(view, mark)


def _weighs(view: FramingView, mark: Mark) -> bool:
    """Whether a word sets one thing against another: not in "at least 40", "empty but for" or "while shops opened"."""
    words = view.norms[mark.first : mark.last]
    if words in (["at", "least"], ["only"]):
        return not (mark.last < len(view.canon) and is_number(view.canon[mark.last]))
    if mark.register == "contrast" and mark.last - mark.first == 1 and words[0] in JOINING:
        return _opens(view, mark)
    if words in (["responded"], ["replied"]):
        return view.norms[mark.last : mark.last + 1] != ["to"]
    if words == ["but"]:
        return view.norms[mark.last : mark.last + 1] != ["for"] and view.norms[mark.first - 1] not in ALL_BUT
    return True


def _counters(view: FramingView, mark: Mark) -> bool:
    """Whether a word sets its whole sentence against the others, and not one half of it against the other half."""
    words = " ".join(view.norms[mark.first : mark.last])
    if mark.tag == "balance.caveat":
        return words not in EVENTS
    if words == "accused" and view.norms[mark.first - 1] in PASSIVE:
        return False
    first = view.sentences[view.sentence_of(mark.first)].first
    return mark.tag != "balance.contrast" or words not in CONJUNCTIONS or mark.first - first <= HEAD_WORDS


def _opens(view: FramingView, mark: Mark) -> bool:
    """Whether a word stands at the head of its sentence."""
    return view.sentences[view.sentence_of(mark.first)].first == mark.first


def _sentence(pair: Pair, number: int) -> Finding:
    severity, kind = _kind(pair, number)
    weight = WHOLE if _went_whole(pair, number) else 1.0
    view, sentence = pair.original, pair.original.sentences[number]
    who = said_by(view, sentence.first, sentence.last)
    if severity == DENIAL:
        who = denier(view, sentence.first, sentence.last) or who
    if severity == VOICE and who is not None:
        kind = f"what {who.name} said"
    text = f"The copy leaves out {kind}, although it goes on with what follows in the original."
    spans = sentence_span(view, number), None
    return body_finding(pair, "omission", spans, severity * weight, text, against(who))


def _went_whole(pair: Pair, number: int) -> bool:
    """Whether nothing of a sentence's paragraph was kept."""
    paragraph = pair.original.sentences[number].paragraph
    left_out = set(pair.left_out)
    return all(other in left_out for other, one in enumerate(pair.original.sentences) if one.paragraph == paragraph)


def _clause(pair: Pair, edit: Edit) -> Finding | None:
    """A balancing clause cut out of a sentence that was kept."""
    outside = [at for at in edit.original if not pair.original.quoted[at]]
    reworded = pair.fidelity < FAITHFUL and pair.groups[edit.group].kept < WORDING_KEPT
    if reworded or len(outside) < CLAUSE or len(edit.original) < 2 * len(edit.copy):
        return None
    told = {pair.copy.stems[at] for at in pair.groups[edit.group].copy_words}
    balancing = [
        mark
        for mark in pair.original.marks_in(outside[0], outside[-1] + 1)
        if mark.kind == "balance"
        and mark.first in outside
        and pair.original.stems[mark.first] not in told
        and _weighs(pair.original, mark)
        and not (mark.register == "denial" and _still_denied(pair, edit, mark))
    ]
    only_source = len(edit.original) <= SOURCE_WORDS and bool(pair.gone_marks(edit, "report.neutral"))
    if not balancing:
        return _background(pair, edit, outside)
    if only_source or _present(pair, edit) or pair.new_marks(edit, "report"):
        return None
    denial = any(mark.tag == "balance.denial" for mark in balancing)
    words = plain(show(pair.original, edit.original))
    text = f"The copy keeps the sentence but leaves out {words}."
    severity = DENIAL if denial else COUNTER * 0.75
    side = against(denier(pair.original, outside[0], outside[-1] + 1)) if denial else None
    spans = clause(pair.original, outside), clause(pair.copy, edit.copy_near)
    return body_finding(pair, "omission", spans, severity, text, side)


def _background(pair: Pair, edit: Edit, outside: list[int]) -> Finding | None:
    """What a conflict is about, or who is suspected of what, cut out of a sentence whose wording was kept."""
    named = [
        mark
        for mark in pair.gone_marks(edit, CONFLICT, "doubt.allegation")
        if pair.original.stems[mark.first] not in pair.copy.stem_set
        and (mark.tag.startswith(CONFLICT) or pair.takes_along(edit, mark))
    ]
    if not named or pair.fidelity < WORDING_LEFT_ALONE or pair.groups[edit.group].kept < HELD:
        return None
    text = f"The copy keeps the sentence but leaves out {plain(show(pair.original, edit.original))}."
    spans = clause(pair.original, outside), clause(pair.copy, edit.copy_near)
    return body_finding(pair, "omission", spans, PLAIN, text)


def _still_denied(pair: Pair, edit: Edit, mark: Mark) -> bool:
    """Whether the copy's linked sentences deny with the same word, elsewhere in the sentence."""
    words = pair.groups[edit.group].copy_words
    return pair.original.stems[mark.first] in {pair.copy.stems[at] for at in words}


def _present(pair: Pair, edit: Edit) -> bool:
    """Whether the clause stands in another sentence of the copy."""
    stopwords = pair.original.language.stopwords
    wanted = {pair.original.stems[at] for at in edit.original if pair.original.norms[at] not in stopwords}
    return any(
        len(wanted & set(pair.copy.stems[one.first : one.last])) >= PRESENT * len(wanted) for one in pair.copy.sentences
    )


def _last_denial(pair: Pair) -> Finding | None:
    """The first denial of the original, where the copy holds none of them."""
    denying = pair.original.denying
    gone = [number for number in denying if number in pair.left_out]
    answered = {"balance.denial"} if pair.once(_gaps) else {"balance.denial", "balance.contrast"}
    if not gone or len(gone) < len(denying) or any(mark.tag in answered for mark in pair.copy.marks):
        return None
    text = "The original lets the other side answer; the copy holds no denial or answer at all."
    sentence = pair.original.sentences[gone[0]]
    side = against(denier(pair.original, sentence.first, sentence.last))
    return body_finding(pair, "omission", (sentence_span(pair.original, gone[0]), None), LAST_DENIAL, text, side)
