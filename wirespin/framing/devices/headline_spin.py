"""headline_spin: a new headline that judges, drops the caution or the other side, or says what the body does not.

A new headline alone is nothing: every paper writes its own. What counts are words that stand neither in the original's
headline nor in its body: judging ones most, others a little; and caution that the original's headline had.
"""

from __future__ import annotations

from schemas.events import Finding
from wirespin.framing.evidence import headline_finding, plain
from wirespin.framing.lexicon import Mark, signs
from wirespin.framing.pair import Pair
from wirespin.framing.spelling import is_number
from wirespin.text.document import Document
from wirespin.text.tokens import is_unspaced

WEIGHTS = {
    "tone.strong": 0.5, "report.charged": 0.5, "voice.opinion": 0.25, "voice.person": 0.25, "doubt.distancing": 0.45,
    "report.doubt": 0.4, "report.contention": 0.2, "report.speculative": 0.25,
    "tone.mild": 0.2, "tone.intensifier": 0.15, "tone.minimizer": 0.3, "report.factive": 0.2,
}  # fmt: skip
"""What a word of the new headline adds to the severity, once for each word."""

FURTHER = 0.7
"""Share of its weight that a further word adds."""

ACCUSING = 0.4
"""The same for a verb that says of somebody that he did wrong ("ignored", "hid"), where the original has it nowhere."""

CHARGED_LABEL, NOVEL, SHOUTED, CAUTION_GONE, BALANCE_GONE = 0.3, 0.08, 0.3, 0.45, 0.12
SWAPPED, TURNED = 0.15, 0.28
"""The same for: a charged name, a word that the original has nowhere, a shout, caution dropped, an answer dropped, a
word exchanged in a headline that is otherwise the original's; TURNED where the words report, name or judge."""

PLAINLY = frozenset(["show", "shows"])
"""Words of a list with other uses that headlines make much of ("shows a small effect")."""

TELLING = 0.4
"""Weight from which a word counts although the copy's body has it too."""

FREE_NOVELTY = 1
"""Words new to the original that any headline may have."""

MOST_UNTOLD = 0.3
"""Most that new words add in a language without lists, where nobody knows whether they judge."""

UNJUDGED = 0.35
"""Most severity of a headline in such a language: enough for `unsure`, over a verbatim body too, and never for more."""

LEAST = 0.25
"""Severity from which a headline is worth reporting."""

BARE_WORDS = 3
"""Content words up to which a headline is a mere title."""

MOSTLY_KEPT = 0.5
"""Share of the original headline's content words that show the new one was made from it."""


def find(pair: Pair) -> list[Finding]:
    """One finding where the copy's headline is spun."""
    before, after = pair.original.headline_stems, pair.copy.headline_stems
    if not before or not after or before == after:
        return []
    reasons = _reasons(pair)
    severity = min(sum(weight for weight, _ in reasons), 1.0 if pair.copy.language.listed else UNJUDGED)
    if severity < LEAST:
        return []
    told = "; ".join(dict.fromkeys(reason for weight, reason in sorted(reasons, reverse=True)[:3]))
    return [headline_finding(pair, "headline_spin", severity, f"The headline was changed: {told}.")]


def _reasons(pair: Pair) -> list[tuple[float, str]]:
    novel = _novel(pair)
    found = [*_words(pair, novel), *_shape(pair), *_caution(pair), *_swap(pair, novel), *_bare(pair)]
    return [reason for reason in found if reason[0] > 0]


def _is_new(pair: Pair, at: int) -> bool:
    stem = pair.copy.headline_stems[at]
    return not pair.original.has([stem]) and stem not in pair.original.headline_stems


def _is_new_phrase(pair: Pair, mark: Mark) -> bool:
    """Whether the original's headline and body lack a phrase as it stands."""
    wanted = f" {' '.join(pair.copy.headline_stems[mark.first : mark.last])} "
    return all(wanted not in line for line in pair.original.stem_lines)


def _told(pair: Pair, at: int) -> bool:
    """Whether the copy's body has the word, so that the headline says no more than the text under it."""
    return pair.copy.headline_stems[at] in pair.copy.stem_set


def _novel(pair: Pair) -> list[int]:
    """Content words of the new headline that the original has nowhere."""
    return [
        at
        for at, norm in enumerate(pair.copy.headline_norms)
        if _is_new(pair, at)
        and not _told(pair, at)
        and norm not in pair.copy.language.stopwords
        and not is_number(pair.copy.headline_stems[at])
    ]


def _accusing(pair: Pair, known: set[int]) -> dict[int, tuple[float, Mark]]:
    """The first verb of the new headline that accuses and that the original has nowhere; known ones aside."""
    stems = pair.copy.headline_stems
    for at, one in enumerate(stems if pair.copy.is_full else ()):
        if one in signs("accusing") and at not in known and _is_new(pair, at):
            return {at: (ACCUSING, Mark(at, at + 1, "tone.accusing"))}
    return {}


def _speaks_of_others(pair: Pair, mark: Mark) -> bool:
    """Whether a pronoun is a speaker's, or "US" the country."""
    headline = pair.copy.document.headline
    token = pair.copy.document.headline_tokens[mark.first]
    return headline[token.start : token.end] == "US" or Document(headline).quoted[mark.first]


def _words(pair: Pair, novel: list[int]) -> list[tuple[float, str]]:
    tokens = pair.copy.document.headline_tokens
    best: dict[int, tuple[float, Mark]] = {}
    plainly = {mark.first for mark in pair.copy.headline_marks if mark.tag.startswith("label.")} - {
        mark.first for mark in pair.copy.headline_marks if mark.tag.startswith("label.") and mark.register == "charged"
    }
    for mark in pair.copy.headline_marks:
        weight = (
            CHARGED_LABEL if mark.tag.startswith("label.") and mark.register == "charged" else WEIGHTS.get(mark.tag, 0)
        )
        if mark.tag == "tone.mild" and mark.first in plainly:
            continue
        if (
            weight
            and (_is_new_phrase(pair, mark) if mark.last - mark.first > 1 else _is_new(pair, mark.first))
            and not (mark.tag == "voice.person" and _speaks_of_others(pair, mark))
            and not (weight < TELLING and _told(pair, mark.first))
            and tokens[mark.first].norm not in PLAINLY
            and weight > best.get(mark.first, (0.0, mark))[0]
        ):
            best[mark.first] = weight, mark
    best |= _accusing(pair, {at for at, (weight, _) in best.items() if weight >= ACCUSING})
    found = []
    for rank, (weight, mark) in enumerate(sorted(best.values(), reverse=True)):
        text = pair.copy.document.headline[tokens[mark.first].start : tokens[mark.last - 1].end]
        found.append((weight if rank == 0 else weight * FURTHER, f"{plain(text)} is not the original's word"))
    novelty = NOVEL * (_words_among(pair, novel) - FREE_NOVELTY)
    if novelty > 0:
        most = novelty if pair.copy.language.listed else MOST_UNTOLD
        found.append((min(novelty, most), "it says what stands nowhere in the original"))
    return found


def _words_among(pair: Pair, tokens: list[int]) -> int:
    """How many words some tokens of the headline make up; two characters of a script without spaces make one."""
    characters = sum(is_unspaced(pair.copy.headline_norms[at]) for at in tokens)
    return len(tokens) - characters + characters // 2


def _shape(pair: Pair) -> list[tuple[float, str]]:
    before, after = pair.original.document.headline, pair.copy.document.headline
    shouted = any(
        not set(signs).isdisjoint(after) and set(signs).isdisjoint(before)
        for signs in ("!！", "?？؟")  # Latin, full-width, Arabic
    )
    capitals = [
        token
        for token in pair.copy.document.headline_tokens
        if token.end - token.start > 4
        and after[token.start : token.end].isupper()
        and token.norm not in pair.copy.language.words("slugs")
    ]
    loud = bool(capitals) and not before.isupper() and not after.isupper()
    return [(SHOUTED * shouted, "it shouts or asks"), (SHOUTED * loud, "it shouts in capitals")]


def _caution(pair: Pair) -> list[tuple[float, str]]:
    """Caution and answers of the original's headline that the new one lacks."""
    before = {mark.tag for mark in pair.original.headline_marks}
    after = {mark.tag for mark in pair.copy.headline_marks}
    careful = {"doubt.allegation", "doubt.distancing", "report.doubt", "report.heated", "report.neutral"}
    pending = pair.copy.language.words("pending").intersection(pair.copy.headline_norms)
    gone = "doubt.allegation" in before and not careful & after and not pending
    balance = {"balance.denial", "balance.contrast"}
    one_sided = bool(balance & before) and not balance & after and "report.denial" not in after
    return [
        (CAUTION_GONE * gone, "the caution of the original's headline is gone"),
        (BALANCE_GONE * one_sided, "the other side's answer is gone from it"),
    ]


def _bare(pair: Pair) -> list[tuple[float, str]]:
    """A headline of a few words that says next to nothing of what the original's says."""
    before = {stem for stem in pair.original.headline_stems if stem not in pair.original.language.stopwords}
    after = {stem for stem in pair.copy.headline_stems if stem not in pair.copy.language.stopwords}
    if len(after) > BARE_WORDS or len(before & after) >= MOSTLY_KEPT * len(before):
        return []
    return [(LEAST, "it no longer says what the original's headline says")]


def _turned(pair: Pair) -> bool:
    """Whether the headline's new or lost words report, name or judge."""
    old, new = pair.original, pair.copy
    gone = [mark for mark in old.headline_marks if old.headline_stems[mark.first] not in new.headline_stems]
    come = [mark for mark in new.headline_marks if new.headline_stems[mark.first] not in old.headline_stems]
    telling = ("report.", "label.", "doubt.distancing", "doubt.allegation", "tone.strong", "polarity.")
    lost = {mark.tag for mark in gone if mark.tag.startswith(telling)}
    return bool(lost) and any(mark.tag.startswith(telling) and mark.tag not in lost for mark in come)


def _swap(pair: Pair, novel: list[int]) -> list[tuple[float, str]]:
    """A few words exchanged in a headline that is otherwise the original's."""
    before = [stem for stem in pair.original.headline_stems if stem not in pair.original.language.stopwords]
    after = pair.copy.headline_stems
    kept = sum(stem in after for stem in before)
    if not (novel or _turned(pair)) or kept < MOSTLY_KEPT * len(before) or kept == len(before) or len(novel) > 3:
        return []
    return [
        (TURNED if _turned(pair) else SWAPPED, "words were exchanged in a headline that is otherwise the original's")
    ]
