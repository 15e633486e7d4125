"""Quotations: what kind each one is, who speaks, and which verb reports it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import Literal

from wirespin.framing.lexicon import Mark, grammar
from wirespin.framing.names import Words
from wirespin.framing.reporting import Reporting
from wirespin.framing.source import Source, Told
from wirespin.framing.speakers import People
from wirespin.framing.speech import Speech
from wirespin.framing.stopwords import STOPWORDS
from wirespin.text.document import Document
from wirespin.text.tokens import Span

Kind = Literal["direct", "partial", "scare", "title", "nested", "continued"]
"""What a quotation is: a sentence or what goes on with one; words run into the writer's sentence; a few words at arm's
length; the name of a work or a nickname; one within another; one that goes on with that of the paragraph before."""

SCARE_WORDS = 3
"""Words that quotation marks can hold at a writer's arm's length; a longer quotation is somebody's speech."""

MARK = 2
"""Characters of a quotation mark at most (``)."""

TITLE_WORDS = 8
"""Words of a work's name at most; few have more than seven."""

NAMING = grammar("naming")
"""Words before the name of a work."""

_OPENING = "\"“”„«»‹›「『'‘`"


@dataclass(frozen=True)
class Quote(Told):
    """What stands between two quotation marks.

    Attributes:
        span: [start, end) in the body, marks excluded.
        first: index of the first word.
        last: index behind the last word.
        paragraph: index of the paragraph.
        kind: what it is.
        source: the speaker, or None where it cannot be told.
        cue: the verb that reports it, or None.
        within: of a nested one, the span of the quotation that holds it.
    """

    span: Span
    first: int
    last: int
    paragraph: int
    kind: Kind = "direct"
    source: Source | None = None
    cue: Mark | None = None
    within: Span | None = None

    @property
    def speaker(self) -> str | None:
        """Surname of the speaker, folded, as far as it is known."""
        return self.source.surname if self.source else None

    @property
    def scare(self) -> bool:
        """Whether it has at most SCARE_WORDS words and no verb of speech."""
        return self.kind == "scare"


def find_quotes(words: Words, speech: list[Speech], people: People) -> list[Quote]:
    """Quotations among the words, in order, outermost only, with kinds, cues and speakers."""
    document, reporting = words.document, Reporting(words, speech, people)
    starts = [paragraph[0] for paragraph in document.paragraphs]
    found: list[Quote] = []
    for span in document.quotations:
        first, last = document.token_range(span)
        if first < last <= len(words.norms):
            number = max(0, bisect_left(starts, span[0] + 1) - 1)
            bare = Quote(span, first, last, number)
            found.append(_told(words, reporting, bare, found[-1] if found else None))
    return _run_on(document, found)


def _run_on(document: Document, quotes: list[Quote]) -> list[Quote]:
    """The same, where a quotation runs on over paragraphs with the verb and speaker of the part that has them."""
    whole = list(quotes)
    teller: Quote | None = None
    for at in range(len(quotes) - 1, -1, -1):
        quote = quotes[at]
        if at + 1 == len(quotes) or not _runs_into(document, quote, quotes[at + 1]):
            teller = None
        else:
            whole[at + 1] = replace(whole[at + 1], kind="continued")
        if quote.source is not None and quote.source.how != "paragraph":
            teller = quote
        elif teller is not None and teller.source is not None:
            source = replace(teller.source, how="paragraph")
            whole[at] = replace(quote, kind="direct", source=source, cue=teller.cue)
    return whole


def _runs_into(document: Document, quote: Quote, following: Quote) -> bool:
    """Whether nothing closes a quotation at its paragraph's end and the next paragraph opens it anew."""
    open_ended = quote.span[1] >= document.paragraphs[quote.paragraph][1]
    return open_ended and _continues(document, following, quote)


def _told(words: Words, reporting: Reporting, quote: Quote, before: Quote | None) -> Quote:
    """A quotation with its kind, cue and speaker; `before` is the one before it."""
    whole = _is_whole(words, quote, before)
    kind: Kind = "direct" if whole else "partial"
    said = reporting.of(quote.first, quote.last, quote.paragraph)
    if said is not None and not _is_title(words, quote, said.cue):
        return _as(quote, kind, said.source, said.cue)
    if said is not None:
        return _as(quote, "title")
    if before is not None and before.kind not in ("scare", "title") and _spoken(before):
        source = replace(before.source, how="paragraph") if before.source else None
        if before.paragraph == quote.paragraph and (
            whole or quote.last - quote.first > SCARE_WORDS or _same(words, quote, before)
        ):
            return _as(quote, kind, source, before.cue)
        if _continues(words.document, quote, before):
            return _as(quote, "continued", source, before.cue)
    said = reporting.loosely(quote.first, quote.paragraph) if whole else None
    if said is not None:
        return _as(quote, kind, said.source, said.cue)
    return _as(quote, _unspoken(words, quote, kind))


def _as(quote: Quote, kind: Kind, source: Source | None = None, cue: Mark | None = None) -> Quote:
    """A bare quotation with what was found out about it; `replace` takes three times as long."""
    return Quote(quote.span, quote.first, quote.last, quote.paragraph, kind, source, cue)


def _same(words: Words, quote: Quote, before: Quote) -> bool:
    """Whether two quotations stand in one sentence."""
    sentences = words.document.sentences
    number = bisect_left(sentences, quote.first + 1, key=lambda sentence: sentence.first) - 1
    return number >= 0 and sentences[number].first < before.last


def _spoken(quote: Quote) -> bool:
    return quote.cue is not None or quote.source is not None


def _is_whole(words: Words, quote: Quote, before: Quote | None) -> bool:
    """Whether a quotation begins as a sentence does, or goes on with one that a verb of speech broke off."""
    body = words.document.body
    first = body[words.document.tokens[quote.first].start]
    if first.isupper() or first.isdecimal() or not first.islower():
        return True
    left = body[: quote.span[0]].rstrip(_OPENING + " \u00a0")[-1:]
    same = before is not None and before.paragraph == quote.paragraph and before.kind == "direct"
    return same and left == ","


def _continues(document: Document, quote: Quote, before: Quote) -> bool:
    """Whether a quotation at the head of a paragraph goes on with the one at the end of the paragraph before."""
    heads = quote.span[0] - document.paragraphs[quote.paragraph][0] <= MARK
    return heads and before.paragraph == quote.paragraph - 1


def _is_title(words: Words, quote: Quote, cue: Mark | None) -> bool:
    """Whether a quotation names a work though its sentence has a verb of speech ("in “Song of the Sea”, Hart said")."""
    size = quote.last - quote.first
    if not 2 <= size <= TITLE_WORDS or cue is None or not _is_headed(words, quote) or quote.first == 0:
        return False
    return cue.first != quote.first - 1 and words.norms[quote.first - 1] in NAMING


def _is_headed(words: Words, quote: Quote) -> bool:
    """Whether all words but the small ones begin with a capital."""
    return all(words.capitals[at] or words.norms[at] in STOPWORDS for at in range(quote.first, quote.last))


def _unspoken(words: Words, quote: Quote, kind: Kind) -> Kind:
    """What a quotation is that nobody is said to have spoken."""
    size = quote.last - quote.first
    if size <= SCARE_WORDS:
        return "scare"
    if size <= TITLE_WORDS and _is_headed(words, quote):
        return "title"
    return kind
