"""A document as the comparison sees it: canonical words, marks of the word lists, quotations with speakers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TypeVar, cast

from wirespin.framing.capitals import capitals
from wirespin.framing.languages import Language, language
from wirespin.framing.lexicon import Mark
from wirespin.framing.names import Words
from wirespin.framing.nested import find_nested
from wirespin.framing.parties import Parties, find_parties
from wirespin.framing.quotes import Quote, find_quotes
from wirespin.framing.speakers import People
from wirespin.framing.speech import Speech, find_speech
from wirespin.framing.spelling import is_number
from wirespin.text.document import Document, Sentence
from wirespin.text.tokens import Span, Token

T = TypeVar("T")

SENTENCES = 400
"""Sentences of a text that are looked at; the longest news reports have fewer."""

WORDS = 12_000
"""Words of a text that are looked at: SENTENCES of 30 words."""

HEAD = 5
"""Letters that words of one family share at least; with fewer, strangers meet."""


@dataclass(frozen=True)
class FramingView:
    """What the comparison needs to know of one document, worked out on demand and only once."""

    document: Document

    @cached_property
    def _worked_out(self) -> dict[object, object]:
        """What functions made of the view, by function."""
        return {}

    def once(self, work: Callable[[FramingView], T]) -> T:
        """What a function makes of the view, kept with it: an original's is asked for with each of its copies."""
        if work not in self._worked_out:
            self._worked_out[work] = work(self)
        return cast("T", self._worked_out[work])

    @cached_property
    def language(self) -> Language:
        """What is known of the document's language."""
        return language(self.document.language)

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The sentences that are looked at."""
        kept = self.document.sentences[:SENTENCES]
        return [sentence for sentence in kept if sentence.last <= WORDS and sentence.first < sentence.last]

    @cached_property
    def tokens(self) -> list[Token]:
        """The words of those sentences; indices are those of `Document.tokens`."""
        return self.document.tokens[: max((sentence.last for sentence in self.sentences), default=0)]

    @cached_property
    def norms(self) -> list[str]:
        """Folded words."""
        return self.language.norms(self.tokens)

    @cached_property
    def canon(self) -> list[str]:
        """Words with house style taken out."""
        return self.language.canon(self.norms, self.tokens, self.document.body)

    @cached_property
    def counted(self) -> list[int]:
        """Indices of the words that the word diff counts."""
        uncounted = self.language.uncounted
        return [at for at, word in enumerate(self.canon) if word not in uncounted]

    @cached_property
    def counted_canon(self) -> list[str]:
        """Those words."""
        canon = self.canon
        return [canon[at] for at in self.counted]

    @cached_property
    def counted_in(self) -> list[slice]:
        """For each sentence, where its counted words stand among `counted`."""
        at, counted = 0, self.counted
        return [slice(at, at := bisect_left(counted, sentence.last, at)) for sentence in self.sentences]

    @cached_property
    def rows(self) -> list[tuple[str, str, str]]:
        """Every three of those in a row: fewer meet by chance, of more a misprint hides its neighbours."""
        words = self.counted_canon
        return list(zip(words, words[1:], words[2:], strict=False))

    @cached_property
    def row_set(self) -> frozenset[tuple[str, str, str]]:
        """The same, for looking up."""
        return frozenset(self.rows)

    @cached_property
    def stems(self) -> list[str]:
        """Stems of the canonical words."""
        return self.language.stems(self.canon)

    @cached_property
    def stem_set(self) -> frozenset[str]:
        """All stems of the text."""
        return frozenset(self.stems)

    @cached_property
    def heads(self) -> frozenset[str]:
        """The first letters of all stems: "invade" and "invasion" share them."""
        return frozenset(word[:HEAD] for word in self.stem_set)

    @cached_property
    def figures(self) -> frozenset[str]:
        """Canonical forms of the text's numbers."""
        return frozenset(filter(is_number, self.canon))

    @cached_property
    def canon_line(self) -> str:
        """All canonical words in a row, a space before and behind each."""
        return f" {' '.join(self.canon)} "

    @cached_property
    def stem_lines(self) -> tuple[str, str]:
        """The same of the stems of the headline and of the body."""
        return f" {' '.join(self.headline_stems)} ", f" {' '.join(self.stems)} "

    def has(self, stems: list[str]) -> bool:
        """Whether the text has a form or a relative of every stem."""
        return all(word in self.stem_set or (len(word) >= HEAD and word[:HEAD] in self.heads) for word in stems)

    @cached_property
    def quoted(self) -> list[bool]:
        """For each word, whether it stands inside quotation marks."""
        return self.document.quoted[: len(self.tokens)]

    @cached_property
    def marks(self) -> list[Mark]:
        """Marks of the word lists, by position."""
        return self.language.lexicon.marks(self.norms, frozenset(self._sentence_lasts))

    @cached_property
    def denying(self) -> list[int]:
        """Sentences with a denial or an answer to a charge."""
        return [
            number
            for number, sentence in enumerate(self.sentences)
            if any(mark.tag == "balance.denial" for mark in self.marks_in(sentence.first, sentence.last))
        ]

    @cached_property
    def negations(self) -> frozenset[int]:
        """Words with which a negation begins."""
        return frozenset([mark.first for mark in self.marks if mark.tag == "polarity.negation"])

    @cached_property
    def _mark_starts(self) -> list[int]:
        return [mark.first for mark in self.marks]

    @cached_property
    def headline_marks(self) -> list[Mark]:
        """Marks in the headline; indices are those of `Document.headline_tokens`."""
        return self.language.lexicon.marks(self.headline_norms)

    @cached_property
    def headline_norms(self) -> list[str]:
        """Folded words of the headline."""
        return self.language.norms(self.document.headline_tokens)

    @cached_property
    def headline_stems(self) -> list[str]:
        """Stems of the headline's words."""
        tokens, text = self.document.headline_tokens, self.document.headline
        return self.language.stems(self.language.canon(self.headline_norms, tokens, text))

    @cached_property
    def content(self) -> list[frozenset[str]]:
        """For each sentence, the stems of its words that carry meaning; of all its words where none does."""
        passed, stems = self.language.stopwords, self.stems
        places = [
            at for at, (stem, norm) in enumerate(zip(stems, self.norms, strict=True)) if stem and norm not in passed
        ]
        words, found, begin = [stems[at] for at in places], [], 0
        for sentence in self.sentences:
            end = bisect_left(places, sentence.last, begin)
            found.append(frozenset(words[begin:end] or stems[sentence.first : sentence.last]))
            begin = end
        return found

    @cached_property
    def holders(self) -> dict[str, list[int]]:
        """For each of these stems, the sentences that have it."""
        found: dict[str, list[int]] = {}
        for number, content in enumerate(self.content):
            for word in content:
                found.setdefault(word, []).append(number)
        return found

    @cached_property
    def whole_sentences(self) -> dict[frozenset[str], int]:
        """The first sentence of each such set of stems."""
        return {content: number for number, content in reversed(list(enumerate(self.content)))}

    @cached_property
    def capitals(self) -> list[bool]:
        """For each word, whether it begins with a capital letter that may show a name."""
        return capitals(self.document, self.tokens, self.language)

    @cached_property
    def anchors(self) -> list[frozenset[str]]:
        """For each sentence, what no paraphrase changes: numbers, and names (capitals but for the first word)."""
        stems, canon, capitals = self.stems, self.canon, self.capitals
        told = [at for at, up in enumerate(capitals) if up or is_number(canon[at])]
        opening = {sentence.first for sentence in self.sentences if not is_number(canon[sentence.first])}
        places = [at for at in told if at not in opening]
        return [
            frozenset([stems[at] for at in places[bisect_left(places, one.first) : bisect_left(places, one.last)]])
            for one in self.sentences
        ]

    @cached_property
    def words(self) -> Words:
        """The words as the rules for speakers read them."""
        return Words(self.document, self.norms, self.capitals, self.quoted)

    @cached_property
    def people(self) -> People:
        """Names outside quotations, with roles."""
        return People(self.words)

    @cached_property
    def quotes(self) -> list[Quote]:
        """Quotations with their speakers, outermost only."""
        return find_quotes(self.words, self.speech, self.people)

    @cached_property
    def nested_quotes(self) -> list[Quote]:
        """Quotations within those."""
        return find_nested(self.words, self.marks, self.people, self.quotes)

    @cached_property
    def speech(self) -> list[Speech]:
        """Reporting verbs outside quotations with their speakers."""
        return find_speech(self.words, self.marks, self.people)

    @cached_property
    def parties(self) -> Parties:
        """Who acts and speaks; nobody in languages whose words for them are not known."""
        return find_parties(self.document, self.norms, self.capitals, self.marks) if self.is_full else Parties(())

    @cached_property
    def is_full(self) -> bool:
        """Whether all devices know the language."""
        return self.language.coverage == "full"

    @cached_property
    def told_marks(self) -> list[Mark]:
        """Marks outside quotations."""
        return [mark for mark in self.marks if not self.quoted[mark.first]]

    @cached_property
    def _told_starts(self) -> list[int]:
        return [mark.first for mark in self.told_marks]

    def told_in(self, first: int, last: int) -> list[Mark]:
        """Marks outside quotations that begin within words [first, last)."""
        return self.told_marks[bisect_left(self._told_starts, first) : bisect_left(self._told_starts, last)]

    def marks_in(self, first: int, last: int) -> list[Mark]:
        """Marks that begin within words [first, last)."""
        return self.marks[bisect_left(self._mark_starts, first) : bisect_left(self._mark_starts, last)]

    def sentence_of(self, word: int) -> int:
        """Index of the sentence that holds a word."""
        return max(0, bisect_left(self._sentence_lasts, word + 1))

    @cached_property
    def _sentence_lasts(self) -> list[int]:
        return [sentence.last for sentence in self.sentences]

    def text(self, span: Span) -> str:
        """The body's text of a span."""
        return self.document.body[span[0] : span[1]]

    def words_span(self, first: int, last: int) -> Span:
        """Span from the first to before the last of words [first, last)."""
        return self.tokens[first].start, self.tokens[last - 1].end


LONG = 30_000
"""Characters from which on a text is too large to be remembered among hundreds: each takes 100 bytes of a view."""


@lru_cache(maxsize=512)
def _view(document: Document) -> FramingView:
    return FramingView(document)


@lru_cache(maxsize=4)
def _long_view(document: Document) -> FramingView:
    return FramingView(document)


def view_of(document: Document) -> FramingView:
    """The view of a document; equal documents (by body, headline, spans, language) share one.

    So an original's analysis is done once for all its copies, whoever takes it from the library again.
    """
    if document.spans is not None:
        document = _hashable(document)
    return _view(document) if len(document.body) < LONG else _long_view(document)


def _hashable(document: Document) -> Document:
    """The document itself, or one like it whose spans are tuples where a caller passed lists."""
    spans = tuple((start, end) for start, end in document.spans or ())
    return document if document.spans == spans else replace(document, spans=spans)
