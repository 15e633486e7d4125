"""A text taken apart once, for all who compare it: paragraphs, sentences, words, quotations.

Every offset counts in the text as it was handed in; nothing is rewritten.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from wirespin.text import dialogue
from wirespin.text.quotation import Quotations, outermost, pair_marks
from wirespin.text.sentences import analysed, split_paragraphs, split_sentences
from wirespin.text.tokens import Span, Token, tokenize


@dataclass(frozen=True)
class Sentence:
    """A sentence: [start, end) in the text, its paragraph, and its words as a slice of the document's tokens."""

    start: int
    end: int
    paragraph: int
    first: int
    last: int


@dataclass(frozen=True)
class Document:
    """A headline and a body, analysed on demand and only once.

    Attributes:
        body: the text, to the letter.
        headline: the headline, to the letter.
        spans: regions of the body that are the article itself; clutter, datelines and credits lie outside. Where None,
            the body up to `wirespin.text.sentences.LONGEST_TEXT` characters.
        language: BCP 47 primary tag, or ``und``.
    """

    body: str
    headline: str = ""
    spans: tuple[Span, ...] | None = None
    language: str = "und"

    @cached_property
    def paragraphs(self) -> list[Span]:
        """Spans of the paragraphs."""
        spans = [(0, analysed(self.body))] if self.spans is None else list(self.spans)
        return split_paragraphs(self.body, spans)

    @cached_property
    def tokens(self) -> list[Token]:
        """Words of all paragraphs in order."""
        return [token for start, end in self.paragraphs for token in tokenize(self.body, start, end)]

    @cached_property
    def token_starts(self) -> list[int]:
        """Offset of each word, ascending."""
        return [token.start for token in self.tokens]

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Sentences in order; each belongs to one paragraph."""
        return [
            Sentence(start, end, number, *self.token_range((start, end)))
            for number, paragraph in enumerate(self.paragraphs)
            for start, end in split_sentences(self.body, paragraph)
        ]

    @cached_property
    def quotations(self) -> list[Span]:
        """Spans between quotation marks, and of speech behind dashes, marks excluded."""
        return self._paired.spans

    @property
    def unbalanced(self) -> frozenset[int]:
        """Indices of the paragraphs whose quotation marks do not come in pairs."""
        return self._paired.unbalanced

    @cached_property
    def _paired(self) -> Quotations:
        paired = pair_marks(self.body, self.paragraphs)
        if self.language not in dialogue.LANGUAGES:
            return paired
        spoken = [span for paragraph in self.paragraphs for span in dialogue.dialogue(self.body, paragraph)]
        return Quotations(outermost(sorted([*paired.spans, *spoken])), paired.unbalanced)

    @cached_property
    def quoted(self) -> list[bool]:
        """For each word, whether it stands inside quotation marks."""
        flags = [False] * len(self.tokens)
        for span in self.quotations:
            first, last = self.token_range(span)
            flags[first:last] = [True] * (last - first)
        return flags

    @cached_property
    def headline_tokens(self) -> list[Token]:
        """Words of the headline; offsets count in the headline."""
        return tokenize(self.headline)

    def token_range(self, span: Span) -> tuple[int, int]:
        """Slice of `tokens` that begin within a span of the body."""
        return bisect_left(self.token_starts, span[0]), bisect_left(self.token_starts, span[1])

    def cut(self, span: Span) -> str:
        """The text of a span of the body."""
        return self.body[span[0] : span[1]]
