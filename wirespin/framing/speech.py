"""Verbs of speech outside quotations, each with its speaker."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from wirespin.framing.languages import Language, language
from wirespin.framing.lexicon import FULL, Mark, is_among
from wirespin.framing.names import DAYS, Words
from wirespin.framing.phrases import PRONOUNS, Mention, is_role, role_of
from wirespin.framing.predicates import is_noun, may_report
from wirespin.framing.source import Source, Told
from wirespin.framing.speakers import People
from wirespin.framing.stopwords import STOPWORDS
from wirespin.framing.subjects import speaker_at

NEAR = 8
"""Words between a verb and the nearest name, taken for its speaker where the rules find none."""

INTRODUCING = 3
"""Words between a verb and the name behind it that introduce the speaker ("a déclaré le porte-parole Hugo Delmas")."""

ADDING = 5
"""Words between a verb of speech and a participle that goes on with it ("said in a statement, adding")."""

FRONTED = 6
"""Words that what is said has at least, where the speaker stands behind it."""

TRAILING = 4
"""Words that may follow the verb there ("he said on Monday")."""

SPOKEN = ("report", "speech")
"""Kinds of marks on verbs of speech."""

BESIDE_QUOTE = 10
"""Words between a quotation and a verb that is one of speech only beside one ("he joked")."""

DEFINITE = frozenset(["the", "this", "that"])


UNNAMED = STOPWORDS | DAYS | PRONOUNS
"""Words that may have a capital and are no names."""


@dataclass(frozen=True)
class Speech(Told):
    """A verb of speech and who speaks.

    Attributes:
        mark: the verb.
        source: the speaker, or None where none could be told.
    """

    mark: Mark
    source: Source | None = None

    @property
    def speaker(self) -> str | None:
        """Surname of the speaker, folded, as far as it stands at the verb; None for a pronoun or role."""
        return self.source.surname if self.source and not self.source.pronoun and not self.source.role else None


def find_speech(words: Words, marks: Sequence[Mark], people: People) -> list[Speech]:
    """Verbs of speech outside quotations, in order, each with its speaker, pronouns led back to names."""
    found = verbs_of_speech(words, marks, people)
    people.add(said.speaker for said in found if said.speaker)
    return _led_back(words, found, people)


def verbs_of_speech(words: Words, marks: Sequence[Mark], people: People) -> list[Speech]:
    """Verbs of speech outside quotations, in order, each with the name, role or pronoun at it."""
    sentences = words.document.sentences
    firsts = [sentence.first for sentence in sentences]
    found: list[Speech] = []
    for mark in _verbs(words, marks):
        sentence = sentences[max(0, bisect_left(firsts, mark.first + 1) - 1)]
        bounds = sentence.first, min(sentence.last, len(words.norms))
        if not may_report(words, mark, bounds[0]):
            continue
        mention = speaker_at(words, mark, bounds)
        if is_noun(words, mark, mention, bounds[0]):
            continue
        source = _source(words, mention, people) if mention else None
        if source is None and words.document.language not in (FULL, "und"):
            source = _nearest(words, mark, bounds)
        if mention is not None and mention.how == "clause":
            source = _same_subject(words, found, mark, bounds[0], source)
        found.append(Speech(mark, source))
    return found


def _same_subject(words: Words, found: list[Speech], mark: Mark, floor: int, source: Source | None) -> Source | None:
    """The speaker of the verb before: "“…,” X said on Friday, adding …"."""
    before = found[-1] if found else None
    if before is None or before.mark.first < floor or before.source is None:
        return source
    near = mark.first - before.mark.last <= ADDING
    return replace(before.source, how="clause") if near or words.quoted[floor] else source


def _verbs(words: Words, marks: Sequence[Mark]) -> Iterator[Mark]:
    """Reporting verbs, and other verbs where a quotation stands beside them; of two that overlap, the first."""
    behind = 0
    for mark in marks:
        if not is_among(mark.tag, SPOKEN) or mark.first < behind or words.quoted[mark.first]:
            continue
        if mark.kind == "report" or (mark.kind == "speech" and _beside_quote(words, mark)):
            behind = mark.last
            yield mark


def _beside_quote(words: Words, mark: Mark) -> bool:
    return any(words.quoted[max(0, mark.first - BESIDE_QUOTE) : mark.last + BESIDE_QUOTE])


def _source(words: Words, mention: Mention, people: People) -> Source:
    tokens = words.document.tokens
    span = tokens[mention.first].start, tokens[mention.last - 1].end
    if mention.relative >= 0:
        source = _source(words, mention._replace(relative=-1), people)
        there = tokens[mention.relative]
        return replace(source, span=(there.start, there.end), name=source.name or span)
    if mention.kind == "pronoun":
        return Source(span, mention.how, pronoun=words.norms[mention.head])
    if mention.kind == "name":
        owned = mention.first > 0 and words.norms[mention.first - 1] in ("of", "the")
        return Source(span, mention.how, words.key(mention.head), owned=owned)
    role = role_of(words.norms[mention.head]) or words.norms[mention.head]
    source = Source(span, mention.how, role=role)
    definite = words.norms[mention.first] in DEFINITE
    name = people.described_at(mention.first) or (people.by_role(role) if definite else None)
    return replace(source, surname=name.surname, name=people.span(name)) if name else source


def _nearest(words: Words, mark: Mark, bounds: tuple[int, int]) -> Source | None:
    """The name nearest to a verb within its sentence, that before it where both are as near."""
    before = range(mark.first - 1, max(bounds[0], mark.first - NEAR) - 1, -1)
    best: tuple[int, int] | None = None
    tongue = language(words.document.language)
    for at in (*before, *range(mark.last, min(bounds[1], mark.last + NEAR))):
        distance = mark.first - at if at < mark.first else at - mark.last + 1
        named = words.capitals[at] and not words.quoted[at] and not _is_unnamed(tongue, words.norms[at])
        if named and (best is None or distance < best[0]):
            best = distance, at
    if best is None or is_role(words.norms[best[1]]):
        return None
    first, last = words.run(best[1], *bounds)
    tokens = words.document.tokens
    span = tokens[first].start, tokens[last - 1].end
    beside = 0 <= first - mark.last <= INTRODUCING and all(words.joined(at) for at in range(mark.last - 1, first))
    return Source(span, "beside" if beside else "near", words.key(words.surname_at(first, last)))


def _is_unnamed(tongue: Language, norm: str) -> bool:
    return norm in UNNAMED or norm in tongue.stopwords or norm in tongue.words("days")


def _led_back(words: Words, found: list[Speech], people: People) -> list[Speech]:
    """The same, with the persons that pronouns stand for."""
    done: list[Speech] = []
    for said in found:
        source = said.source
        if source is not None and source.pronoun in ("it", "they"):
            source = _as_before(source, done)
        elif source is not None:
            source = led_back(words, source, people, said.mark)
        done.append(said if source is said.source else Speech(said.mark, source))
    return done


def led_back(words: Words, source: Source, people: People, mark: Mark) -> Source:
    """A speaker told by "he" or "she" with the person meant; people learn who spoke."""
    at = bisect_left(words.document.token_starts, source.span[0])
    if source.pronoun not in ("he", "she"):
        if source.surname is not None and (name := people.at(at)) is not None:
            people.note(at, name)
        return source
    name = people.by_pronoun(source.pronoun, at, fronted=_is_fronted(words, at, mark))
    if name is None:
        return source
    people.note(at, name, source.pronoun)
    return replace(source, surname=name.surname, name=people.span(name))


def _is_fronted(words: Words, at: int, mark: Mark) -> bool:
    """Whether a pronoun and its verb stand behind what is said, at the end of their sentence or nearly so."""
    sentences = words.document.sentences
    number = bisect_left(sentences, at + 1, key=lambda sentence: sentence.first) - 1
    first, last = sentences[number].first, sentences[number].last
    return at - first > FRONTED and not words.joined(at - 1) and last - mark.last <= TRAILING


def _as_before(source: Source, done: list[Speech]) -> Source:
    """A body or several people: those who spoke before, unless that was one person."""
    before = done[-1].source if done else None
    if before is None or before.pronoun in ("he", "she", "i"):
        return source
    return replace(source, surname=before.surname, role=before.role, name=before.name or before.span)
