"""doubt_added and doubt_removed: the report vouches less, or more, for what is said.

Added: a neutral verb gives way to a doubting one ("said" to "claimed"), a distancing word comes in ("supposedly",
"so-called"), or a hedge. Removed: legal caution goes ("allegedly", "accused of"), a claim is reported as established
("said" to "showed"), a statement loses the words that say whose it is, or what goes together becomes cause and effect
("linked to" to "causes").
"""

from __future__ import annotations

from schemas.events import Device, Finding
from wirespin.framing.direction import against, in_favour, judged, lone, subject, voice
from wirespin.framing.evidence import body_finding, clause, plain, show
from wirespin.framing.inflect import stem
from wirespin.framing.lexicon import Mark
from wirespin.framing.pair import Edit, Pair
from wirespin.framing.phrases import PRONOUNS
from wirespin.framing.spelling import is_number
from wirespin.framing.stopwords import STOPWORDS
from wirespin.framing.strength import CAUSE, TIE, Claim, strength, tie_words
from wirespin.framing.verbs import VerbChange, speaker_of, tell, verb_changes
from wirespin.framing.view import HEAD, FramingView

DOUBTING = {"doubt": 0.5, "speculative": 0.5, "contention": 0.3, "denial": 0.35}
"""Class of a new reporting verb to the severity of its doubt."""

VOUCHING = {"factive": 0.5, "vouching": 0.3}
"""Class of a new reporting verb to the severity of its certainty."""

CALMED = 0.3
"""Severity of a neutral verb for a doubting one ("claimed" to "said")."""

SPEAKER_ALONE = 0.6
"""What a verb weighs that only its speaker lines up with the old one."""

PLAIN = frozenset({"neutral", "vouching", "factive"})
"""Classes of verbs that a doubting one takes doubt into; only the most doubtful do so from nowhere."""

DISTANCING = 0.6
ALLEGATION = 0.55
ATTRIBUTION_GONE = 0.5
MOOD = 0.3
HEDGE = 0.2
"""Severities: words whose only use is to distance weigh most, modal verbs least: fair paraphrases trip them."""

CAUSE_MADE = 0.45
"""Severity of a tie told as a cause: four steps up the ladder of claims (`wirespin.framing.strength`)."""

ACCORDING = stem("according")
MODALS = frozenset({"to", "would", "will", "should", "explicitly"})
"""Words before a verb that is no report of what somebody said."""

BELIEF = stem("believe")
"""Stem of a word that is caution only where nobody is named who believes."""

CHARGES = frozenset(stem(word) for word in ("allegation", "allegations", "accusation", "accusations", "charges"))
"""Stems of nouns for a charge."""

SETTLED = frozenset(stem(word) for word in ("finding", "findings", "proof", "evidence", "fact", "facts"))
"""Stems of nouns for what is settled, into which a charge may turn."""

DENYING = frozenset(stem(word) for word in ("denied", "denies", "denying", "rejected", "rejects", "refuted"))
"""Stems of verbs that deny what was said; "declined" and "dismissed" have other uses."""

DENIED = 0.3
"""Severity of a denial that the original does not have."""

SOURCE_WORDS = 5
"""Words of a source with its verb ("Police said"); a longer cut takes the statement with it."""

KEPT_FOR_CLAIMS = 0.1
"""Share of a group's wording that must be kept before a claim can be said to have taken another's place."""

KEPT_FOR_CAUTION = 0.15
"""Share below which nothing shows where the caution went: a paraphrase says it in other words."""

KEPT_FOR_HEDGES = 0.6
"""Share of a group's wording that must be kept before a single modal verb means anything."""


def find(pair: Pair) -> list[Finding]:
    """Doubt added to and removed from linked sentences; one finding for each kind and group."""
    changes = pair.once(verb_changes)
    found = [*_verbs(pair, changes)]
    for edit in pair.edits:
        found += _added(pair, edit) + _removed(pair, edit)
    found += [*_attribution_gone(pair), *_denied(pair), *_made_cause(pair)]
    return _one_a_place(found)


def _verbs(pair: Pair, changes: list[VerbChange]) -> list[Finding]:
    found = []
    for change in changes:
        severity = _weight(change) * (1.0 if change.in_wording else SPEAKER_ALONE)
        if severity:
            added = severity > 0
            spans = clause(pair.original, change.edit.original_near), clause(pair.copy, (change.after.first,))
            side = _doubted(pair, change) if added else in_favour(speaker_of(pair, change))
            device: Device = "doubt_added" if added else "doubt_removed"
            found.append(body_finding(pair, device, spans, abs(severity), tell(pair, change), side))
    return found


def _weight(change: VerbChange) -> float:
    """Severity of a new verb: above 0 for doubt that it adds, below for doubt that it takes away."""
    before, after = change.before.register if change.before else None, change.after.register
    if after in DOUBTING and before not in DOUBTING and (before in PLAIN or after == "doubt"):
        return DOUBTING[after]
    if after in VOUCHING and before not in (None, "other", *VOUCHING):
        return -VOUCHING[after] - (0.1 if before in DOUBTING or before == "heated" else 0.0)
    return -CALMED if (before, after) == ("doubt", "neutral") else 0.0


def _doubted(pair: Pair, change: VerbChange) -> str | None:
    """Against the speaker, unless the new verb only says that something was denied."""
    return None if change.after.register == "denial" else against(speaker_of(pair, change))


def _added(pair: Pair, edit: Edit) -> list[Finding]:
    """Distancing words and hedges that an edit put in."""
    known = _group_stems(pair, edit, original=True)
    found = []
    for mark in pair.new_marks(edit, "doubt"):
        if known.issuperset(pair.copy.stems[mark.first : mark.last]) or not _hyphened(pair, mark):
            continue
        if _is_faith(pair.copy, mark) or (mark.register == "hedge" and pair.copy.stems[mark.first] in known):
            continue
        severity = _weight_added(pair, edit, mark)
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


def _weight_added(pair: Pair, edit: Edit, mark: Mark) -> float:
    if mark.register in ("distancing", "aside"):
        return DISTANCING
    calm = pair.groups[edit.group].kept >= KEPT_FOR_HEDGES
    if (
        mark.register == "allegation"
        and calm
        and not (pair.gone_marks(edit, "doubt") or pair.new_marks(edit, "report"))
    ):
        return HEDGE * 2
    if mark.register == "hedge" and calm and not _counts(pair, mark) and not pair.gone_marks(edit, "doubt.hedge"):
        return HEDGE
    return 0.0


def _counts(pair: Pair, mark: Mark) -> bool:
    """Whether a hedge only rounds the number behind it ("about 400")."""
    return mark.last < len(pair.copy.canon) and is_number(pair.copy.canon[mark.last])


def _denied(pair: Pair) -> list[Finding]:
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


def _removed(pair: Pair, edit: Edit) -> list[Finding]:
    """Caution that an edit took out, and boosters that it put in."""
    group = pair.groups[edit.group]
    kept = {mark.tag for mark in pair.group_marks(pair.copy, group.copies, "doubt", "report")}
    answered = bool(pair.new_marks(edit, "doubt.hedge"))
    cautious = kept & {"doubt.allegation", "doubt.distancing", "report.doubt", "report.contention", "report.heated"}
    found = []
    known = _group_stems(pair, edit, original=False)
    for mark in pair.gone_marks(edit, "doubt.allegation", "doubt.hedge"):
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
    return found + _mood_gone(pair, edit) + _boosted(pair, edit)


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


def _belief_gone(pair: Pair, edit: Edit, mark: Mark) -> bool:
    """Whether those who believe went with the word, and nothing in the copy's sentences reports or renders it."""
    group = pair.groups[edit.group]
    if pair.group_marks(pair.copy, group.copies, "report", "doubt") or not _names_source(pair, edit, [mark]):
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


def _boosted(pair: Pair, edit: Edit) -> list[Finding]:
    """Words of certainty that an edit put in."""
    known = _group_stems(pair, edit, original=True)
    found = []
    for mark in pair.new_marks(edit, "doubt.booster"):
        if pair.copy.stems[mark.first] not in known and pair.groups[edit.group].kept >= KEPT_FOR_HEDGES:
            words = plain(show(pair.copy, range(mark.first, mark.last)))
            spans = clause(pair.original, edit.original_near), clause(pair.copy, (mark.first,))
            text = f"The copy adds {words}, which makes the statement more certain than the original had it."
            found.append(body_finding(pair, "doubt_removed", spans, HEDGE, text))
    return found


def _made_cause(pair: Pair) -> list[Finding]:
    """Ties told as causes, in sentences whose wording is otherwise kept.

    Not the other way round: before a tie came in, many a verb of cause ("treats pain") was about something else.
    """
    ties, found = tie_words(), []
    if not (pair.original.is_full and pair.copy.is_full):
        return []
    for edit in {edit.group: edit for edit in pair.edits}.values():
        group = pair.groups[edit.group]
        if group.kept < KEPT_FOR_CLAIMS or ties.isdisjoint(pair.original.norms[at] for at in group.original_words):
            continue
        before, after = _lead(pair.original, group.originals), _lead(pair.copy, group.copies)
        if not before or not after or before[0].tag != "tie" or before[0].step != TIE or after[0].step != CAUSE:
            continue
        if any(pair.copy.norms[at] in ties for at in group.copy_words) or pair.original.has(
            [pair.copy.stems[after[1][0]]]
        ):
            continue
        words = plain(show(pair.original, before[1])), plain(show(pair.copy, after[1]))
        spans = clause(pair.original, before[1]), clause(pair.copy, after[1])
        text = f"What the original says goes together ({words[0]}) reads as cause and effect ({words[1]})."
        found.append(body_finding(pair, "doubt_removed", spans, CAUSE_MADE, text))
    return found


def _lead(view: FramingView, sentences: tuple[int, ...]) -> tuple[Claim, range] | None:
    """The claim that a single sentence leads with, and its words; None where sentences were merged or it is quoted."""
    if len(sentences) != 1:
        return None
    first = view.sentences[sentences[0]].first
    claim = strength(view.norms[first : view.sentences[sentences[0]].last])
    if not claim or view.quoted[first + claim.first]:
        return None
    return claim, range(first + claim.first, first + claim.last)


def _attribution_gone(pair: Pair) -> list[Finding]:
    """Statements that the original attributes and the copy tells as facts."""
    found = []
    for edit in pair.edits:
        group = pair.groups[edit.group]
        source = _source_cut(pair, edit)
        gone = [mark for mark in pair.gone_marks(edit, "report") if mark.register in ("neutral", "doubt")]
        gone = [mark for mark in gone if mark.first in source]
        if not gone or len(source) > SOURCE_WORDS or group.kept < KEPT_FOR_HEDGES:
            continue
        if _names_paper(pair, gone[0]) and not _names_source(pair, edit, gone):
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


def _names_source(pair: Pair, edit: Edit, gone: list[Mark]) -> bool:
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


def _group_stems(pair: Pair, edit: Edit, *, original: bool) -> set[str]:
    group = pair.groups[edit.group]
    view, words = (pair.original, group.original_words) if original else (pair.copy, group.copy_words)
    return {view.stems[at] for at in words}


def _one_a_place(found: list[Finding]) -> list[Finding]:
    """The strongest finding of each kind for each place in the copy."""
    best: dict[tuple[str, object], Finding] = {}
    for one in found:
        key = (one.device, one.rewritten_span)
        if key not in best or best[key].severity < one.severity:
            best[key] = one
    return list(best.values())
