"""Which verb reports a quotation, and who speaks: what stands behind it, before it, or before a colon."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from wirespin.framing.lexicon import Mark
from wirespin.framing.names import Words
from wirespin.framing.phrases import PRONOUNS, is_role, role_of
from wirespin.framing.source import Source
from wirespin.framing.speakers import People
from wirespin.framing.speech import Speech, led_back
from wirespin.framing.stopwords import STOPWORDS
from wirespin.framing.subjects import subject
from wirespin.text.tokens import Span

REACH = 14
"""Words between a quotation's edge and the verb that reports it: "…," said Dr. A. B., head of the C of D."""

SENTENCE = 30
"""Words between a verb and a quotation behind it in one sentence ("told an audience that … were “intolerable”")."""

FAR = 400
"""Words, quoted ones too, beyond which no verb is looked for; no quotation has more."""

TIGHT = 1
"""Words between a quotation and the speaker or verb behind it that leave no doubt that the verb is its own."""

LABEL = 5
"""Words of a speaker's name before a colon at most ("Prime Minister Tomas Brazdil: …")."""

EDGE = "\"'”’.»«,…"
"""Signs at the edge of a quotation."""

UNKNOWN = "speech.unknown"
"""Tag of a verb that only its place behind a quotation and a comma shows ("…," he wisecracked)."""

_APART = frozenset(["and", "but", "while", "or", "that", "when", "if", "because", "which", "who"])
_COMMAS = (",", "，")


class Report(NamedTuple):
    """The verb that reports a quotation and its speaker; either may be missing."""

    cue: Mark | None
    source: Source | None


class Reporting:
    """The verbs of speech of one document, laid beside its quotations."""

    def __init__(self, words: Words, speech: list[Speech], people: People) -> None:
        self._words = words
        self._people = people
        self._document = words.document
        self._speech = speech
        self._verbs = [said.mark.first for said in speech]

    def of(self, first: int, last: int, paragraph: int) -> Report | None:
        """What reports the quotation of words [first, last) of a paragraph within its own sentence."""
        behind = self._behind(last, paragraph)
        if behind is not None and self._is_tight(behind, last):
            return Report(behind.mark, behind.source)
        if behind is None and (unknown := self._unknown_verb(last, paragraph)) is not None:
            return unknown
        before, same = self._before(first, paragraph)
        if before is not None and same:
            return Report(before.mark, before.source)
        if behind is not None:
            return Report(behind.mark, behind.source)
        return self._label(first, paragraph) or self._announced(first, paragraph)

    def loosely(self, first: int, paragraph: int) -> Report | None:
        """The verb of the sentence before in the paragraph."""
        before, _ = self._before(first, paragraph)
        return Report(before.mark, before.source) if before is not None else None

    def _behind(self, last: int, paragraph: int) -> Speech | None:
        """The next verb in what is left of the sentence."""
        at = bisect_left(self._verbs, last)
        if at == len(self._speech):
            return None
        verb = self._verbs[at]
        if (
            verb >= self._end(paragraph)
            or verb - last > FAR
            or verb - last - sum(self._words.quoted[last:verb]) >= REACH
        ):
            return None
        if self._goes_on(self._speech[at]):
            return None
        between = self._document.body[self._document.tokens[last - 1].end : self._document.tokens[verb].start]
        home = self._sentence(verb)
        if home is None or home > last or (_ends_a_sentence(between) and not self._is_all(home, self._speech[at])):
            return None
        return self._speech[at]

    def _goes_on(self, said: Speech) -> bool:
        """Whether a verb is a participle, which reports what follows ("“…,” adding that …")."""
        participle = self._words.norms[said.mark.first].endswith("ing")
        return participle and (said.source is None or said.source.how != "phrase")

    def _is_all(self, first: int, said: Speech) -> bool:
        """Whether a sentence consists of a speaker and a verb ("“….” Hart said.")."""
        sentences = self._document.sentences
        number = bisect_left(sentences, first, key=lambda sentence: sentence.first)
        return sentences[number].last == said.mark.last and said.source is not None and said.source.how == "beside"

    def _is_tight(self, said: Speech, last: int) -> bool:
        """Whether the verb or its speaker stands right behind the quotation."""
        begins = said.mark.first
        if said.source is not None and said.source.span[0] >= self._document.tokens[last - 1].end:
            begins = min(begins, bisect_left(self._document.token_starts, said.source.span[0]))
        return begins - last <= TIGHT and self._words.norms[last] not in _APART

    def _before(self, first: int, paragraph: int) -> tuple[Speech | None, bool]:
        """The verb before in the paragraph, and whether no sentence ends in between."""
        at = bisect_left(self._verbs, first) - 1
        if at < 0:
            return None, False
        verb = self._verbs[at]
        start = self._document.token_range(self._document.paragraphs[paragraph])[0]
        here = self._sentence(first)
        same = here is not None and here <= verb
        reach = SENTENCE if same else REACH
        if verb < start or first - verb > FAR or first - verb - sum(self._words.quoted[verb:first]) > reach:
            return None, False
        return self._speech[at], same

    def _sentence(self, at: int) -> int | None:
        """First word of the sentence of a word."""
        sentences = self._document.sentences
        number = bisect_left(sentences, at + 1, key=lambda sentence: sentence.first) - 1
        return sentences[number].first if number >= 0 else None

    def _end(self, paragraph: int) -> int:
        end = self._document.token_range(self._document.paragraphs[paragraph])[1]
        return min(end, len(self._words.norms))

    def _unknown_verb(self, last: int, paragraph: int) -> Report | None:
        """A word that no list has in the place of a verb: a comma, a name or pronoun and it, or it and a name."""
        end = self._end(paragraph)
        if last + 1 >= end or self._words.quoted[last] or not self._comma_behind(last):
            return None
        words = self._words
        if words.norms[last] in PRONOUNS:
            start, stop, verb = last, last + 1, last + 1
        elif words.capitals[last] and words.norms[last] not in STOPWORDS:
            start, stop = words.run(last, last, end)
            verb = stop
        elif words.capitals[last + 1] and words.norms[last + 1] not in STOPWORDS and words.joined(last):
            start, stop = words.run(last + 1, last + 1, end)
            verb = last
            if stop < end and words.joined(stop - 1) and words.norms[stop] not in STOPWORDS:
                return None
        else:
            return None
        if verb >= end or words.quoted[verb] or words.capitals[verb] or words.norms[verb] in STOPWORDS:
            return None
        if is_role(words.norms[verb]) or (verb > last and not words.joined(verb - 1)):
            return None
        tokens = self._document.tokens
        span = tokens[start].start, tokens[stop - 1].end
        pronoun = words.norms[start] if words.norms[start] in PRONOUNS else ""
        surname = None if pronoun else words.key(words.surname_at(start, stop))
        cue = Mark(verb, verb + 1, UNKNOWN)
        return Report(cue, led_back(words, Source(span, "beside", surname, pronoun=pronoun), self._people, cue))

    def _comma_behind(self, last: int) -> bool:
        gap = self._words.gap(last - 1)
        return any(sign in gap for sign in _COMMAS) and "." not in gap

    def _label(self, first: int, paragraph: int) -> Report | None:
        """A name and a colon before the quotation: "Brazdil: …"."""
        begin = self._document.token_range(self._document.paragraphs[paragraph])[0]
        words = self._words
        start = max(begin, self._sentence(first - 1) or 0) if first > begin else first
        if first <= start or ":" not in words.gap(first - 1):
            return None
        if not words.capitals[first - 1]:
            return self._told_before_colon(start, first)
        if first - start > LABEL:
            return self._named(*words.run(first - 1, start, first))
        if (
            not words.capitals[start]
            or words.quoted[start]
            or not all(words.joined(at) for at in range(start, first - 1))
        ):
            return None
        begin, stop = words.run(first - 1, start, first)
        if not words.capitals[first - 1] or begin != start:
            return None
        return self._named(begin, stop)

    def _named(self, first: int, last: int) -> Report:
        """The name before a colon as the speaker."""
        tokens = self._document.tokens
        span: Span = tokens[first].start, tokens[last - 1].end
        return Report(None, Source(span, "colon", self._words.key(self._words.surname_at(first, last))))

    def _told_before_colon(self, start: int, first: int) -> Report | None:
        """A sentence without a known verb of speech that a colon ends: "He demurred: …"."""
        mention = subject(self._words, start, first)
        if mention is None:
            return None
        tokens = self._document.tokens
        span = tokens[mention.first].start, tokens[mention.last - 1].end
        norm = self._words.norms[mention.head]
        if mention.kind == "pronoun":
            source = Source(span, "clause", pronoun=norm)
            place = Mark(first - 1, first, UNKNOWN)
            return Report(self._before_colon(first), led_back(self._words, source, self._people, place))
        if mention.kind == "role":
            return Report(self._before_colon(first), Source(span, "clause", role=role_of(norm) or norm))
        return Report(self._before_colon(first), Source(span, "clause", self._words.key(mention.head)))

    def _before_colon(self, first: int) -> Mark | None:
        norm = self._words.norms[first - 1]
        return None if norm in STOPWORDS or is_role(norm) else Mark(first - 1, first, UNKNOWN)

    def _announced(self, first: int, paragraph: int) -> Report | None:
        """The paragraph before ends with a verb of speech and a colon, and this one begins with the quotation."""
        start = self._document.token_range(self._document.paragraphs[paragraph])[0]
        at = bisect_left(self._verbs, first) - 1
        if first != start or at < 0 or first == 0 or ":" not in self._words.gap(first - 1):
            return None
        near = self._sentence(first - 1)
        said = self._speech[at]
        return Report(said.mark, said.source) if near is not None and said.mark.first >= near else None


def _ends_a_sentence(between: str) -> bool:
    """Whether the quotation closes with a full stop: what comes behind ("…it." Smith replied that) reports other words.

    Where its own verb follows, a comma stands there, or a question mark, or three dots.
    """
    edge = between[: len(between) - len(between.lstrip(EDGE + " "))]
    return "." in edge and "..." not in edge
