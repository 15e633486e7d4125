"""Quotations with their speakers and the verbs that report them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

from wirespin.framing.languages import language
from wirespin.framing.lexicon import Mark
from wirespin.framing.spelling import unaccented
from wirespin.text.document import Document
from wirespin.text.tokens import Span

SCARE_WORDS = 3
"""Words that quotation marks can hold at a writer's arm's length; a longer quotation is somebody's speech."""

REACH = 14
"""Words between a quotation's edge and the verb that reports it: "…," said Dr. A. B., head of the C of D."""

NEAR = 8
"""Words between a reporting verb and the name of its speaker."""

LOOK_BACK = 12
"""Sentences before a pronoun in which its person is looked for."""

EDGE = "\"'”’.»«,…"
"""Signs at the edge of a quotation."""


@dataclass(frozen=True)
class Speech:
    """A reporting verb and who speaks.

    Attributes:
        mark: the verb.
        speaker: surname, folded; None where no name stands near.
        pronoun: whether a pronoun stands in for the speaker.
        sure: whether the name stands right next to the verb.
    """

    mark: Mark
    speaker: str | None
    pronoun: bool
    sure: bool = False


@dataclass(frozen=True)
class Quote:
    """What stands between two quotation marks.

    Attributes:
        span: [start, end) in the body, marks excluded.
        first: index of the first word.
        last: index behind the last word.
        paragraph: index of the paragraph.
        speaker: surname of the speaker, folded, or None where it cannot be told.
        cue: the verb that reports it, or None.
        scare: at most SCARE_WORDS words without a verb of speech.
        pronoun: whether the speaker was told from a pronoun.
        sure: whether the speaker's name stands right next to the verb.
    """

    span: Span
    first: int
    last: int
    paragraph: int
    speaker: str | None = None
    cue: Mark | None = None
    scare: bool = False
    pronoun: bool = False
    sure: bool = False


def find_speech(document: Document, marks: list[Mark], capitals: list[bool]) -> list[Speech]:
    """Reporting verbs outside quotations, in order, each with the name or pronoun next to it."""
    quoted = document.quoted
    verbs = [mark for mark in marks if mark.kind == "report" and not quoted[mark.first]]
    sentences = document.sentences
    firsts = [sentence.first for sentence in sentences]
    found = []
    for mark in verbs:
        sentence = sentences[max(0, bisect_left(firsts, mark.first + 1) - 1)]
        found.append(_speech(document, mark, capitals, (sentence.first, min(sentence.last, len(capitals)))))
    return found


def _speech(document: Document, mark: Mark, capitals: list[bool], bounds: tuple[int, int]) -> Speech:
    """The name nearest to the verb within its sentence, that before the verb where both are as near."""
    best: tuple[int, int] | None = None
    pronoun = False
    tongue = language(document.language)
    days, pronouns = tongue.words("days"), tongue.words("pronouns")
    for at in _around(mark, bounds):
        if document.quoted[at]:
            continue
        distance = mark.first - at if at < mark.first else at - mark.last + 1
        norm = tongue.bare(document.tokens[at].norm)
        pronoun = pronoun or (distance <= 2 and norm in pronouns)
        named = capitals[at] and norm not in tongue.stopwords and norm not in days
        if named and (best is None or distance < best[0]):
            best = (distance, at)
    if pronoun and (best is None or best[0] > 2):
        return Speech(mark, None, pronoun=True)
    if best is None:
        return Speech(mark, None, pronoun=False)
    sure = best[0] == 1 and not _belongs(document, best[1], capitals)
    return Speech(mark, _surname(document, best[1], capitals, bounds[1]), pronoun=False, sure=sure)


def _around(mark: Mark, bounds: tuple[int, int]) -> Iterator[int]:
    """Words before the verb from near to far, then those behind it."""
    yield from range(mark.first - 1, max(bounds[0], mark.first - NEAR) - 1, -1)
    yield from range(mark.last, min(bounds[1], mark.last + NEAR))


def _belongs(document: Document, at: int, capitals: list[bool]) -> bool:
    """Whether a name follows "of" or "the", and so may only say where a speaker belongs."""
    while at > 0 and capitals[at - 1]:
        at -= 1
    return at > 0 and document.tokens[at - 1].norm in language(document.language).words("belonging")


def _surname(document: Document, at: int, capitals: list[bool], end: int) -> str:
    """Last word of the run of capitalised words around `at`."""
    tokens, body = document.tokens, document.body
    while at + 1 < end and capitals[at + 1] and body[tokens[at].end : tokens[at + 1].start].strip(" .-") == "":
        at += 1
    return _name(document, at)


def _name(document: Document, at: int) -> str:
    """A word as a name: folded, without accents, which papers put on or leave out, and without endings about it."""
    return unaccented(language(document.language).bare(document.tokens[at].norm).removesuffix("'s"))


def find_quotes(document: Document, speech: list[Speech], words: int) -> list[Quote]:
    """Quotations among the first `words` words, in order, with speakers as far as simple rules tell."""
    people = {said.speaker for said in speech if said.speaker}
    verb_firsts = [said.mark.first for said in speech]
    firsts = [sentence.first for sentence in document.sentences]
    starts = [paragraph[0] for paragraph in document.paragraphs]
    found: list[Quote] = []
    for span in document.quotations:
        first, last = document.token_range(span)
        if first == last or last > words:
            continue
        number = max(0, bisect_left(starts, span[0] + 1) - 1)
        said = _reporting(document, (first, last), number, speech, verb_firsts)
        if said is None and found and found[-1].paragraph == number and not found[-1].scare:
            quote = replace(found[-1], span=span, first=first, last=last)
        else:
            who = _speaker(document, said, people, first, firsts) if said else None
            scare = said is None and last - first <= SCARE_WORDS
            cue = said.mark if said else None
            pronoun, sure = (said.pronoun, said.sure) if said else (False, False)
            quote = Quote(span, first, last, number, who, cue, scare, pronoun, sure)
        found.append(quote)
    return found


def _reporting(
    document: Document, words: tuple[int, int], number: int, speech: list[Speech], verb_firsts: list[int]
) -> Speech | None:
    """The verb behind the quotation in its sentence's rest, or else the one before it."""
    first, last = words
    paragraph = document.token_range(document.paragraphs[number])
    at = bisect_left(verb_firsts, last)
    if at < len(speech) and speech[at].mark.first < min(paragraph[1], last + REACH):
        between = document.body[document.tokens[last - 1].end : document.tokens[speech[at].mark.first].start]
        if ". " not in between.strip(EDGE) and not _ends_a_sentence(between):
            return speech[at]
    if at > 0:
        before = bisect_left(verb_firsts, first) - 1
        if before >= 0 and speech[before].mark.first >= max(paragraph[0], first - REACH):
            return speech[before]
    return None


def _ends_a_sentence(between: str) -> bool:
    """Whether the quotation closes with a full stop: what comes behind ("…it." Smith replied that) reports other words.

    Where its own verb follows, a comma stands there, or a question mark, or three dots.
    """
    edge = between[: len(between) - len(between.lstrip(EDGE + " "))]
    return "." in edge and "..." not in edge


def _speaker(document: Document, said: Speech, people: set[str], before: int, firsts: list[int]) -> str | None:
    """The named speaker, or the person last named before a pronoun: the first one of the nearest sentence with one."""
    if said.speaker or not said.pronoun:
        return said.speaker
    behind = bisect_left(firsts, min(before, said.mark.first))
    for sentence in reversed(document.sentences[max(0, behind - LOOK_BACK) : behind]):
        for at in range(sentence.first, min(sentence.last, before)):
            name = _name(document, at)
            if name in people and not document.quoted[at]:
                return name
    return None
