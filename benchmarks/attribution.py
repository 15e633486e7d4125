"""Quotations and their sources against labels: ``python -m benchmarks.attribution --articles FILE.jsonl.xz``.

The file is PolNeAR's (Newell et al., 2018), one JSON object a line: ``text``, ``repo_split`` (train, dev) and
``attributions``, each with ``content``, ``cue`` and ``source`` as lists of [offsets, text]; the offsets of a span in
pieces are parted by semicolons. Rules were written by reading train; dev is what is reported. The texts are not
shipped.

What counts:

- *Quoted part*: what stands between double quotation marks in a labelled content, paragraph by paragraph; parts that
  were labelled sentence by sentence are made one. Found is each quotation that the engine takes for somebody's words
  (kind other than scare and title) between double marks, those within tags ("<tweet …>") left out. A part is found
  where both cover one another by half (characters in common over characters of either), exactly where nothing but signs
  at the edges differs.
- *Cue*: the found quotation's cue has a character in common with a labelled cue of the same part.
- *Source*: the head of a labelled source of the part is its last word before a comma, bracket or preposition ("Jane
  Hart" of "aide Jane Hart, head of"; "spokeswoman" of "a spokeswoman for"); of two joined by "and", and of a role and
  its name ("his wife, Jane Hart"), either. The found source is right where its mention (name, role, pronoun) covers the
  head, or its surname or role is the head. A pronoun is right when it stands in the labelled source: PolNeAR does not
  tell who is meant.
- *Indirect speech*: labelled attributions without quotation marks whose cue is outside quoted parts, against the verbs
  of speech that report no quotation. For information: PolNeAR labels thoughts, plans and hopes too.
"""

from __future__ import annotations

import argparse
import lzma
import re
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from wirespin.framing.source import Source
from wirespin.framing.spelling import unaccented
from wirespin.framing.view import FramingView
from wirespin.text.document import Document
from wirespin.text.tokens import Span, tokenize

OVERLAP = 0.5
"""Characters in common over characters of either from which two spans are the same quotation."""

EDGE = " \u00a0\t\r\n.,;:!?…\"'“”‘’—–-"
"""Signs that do not matter at a span's edges."""

MARKS = '"“”'
_AND = re.compile(r"\band\b")
_PIECE = re.compile(r"[^\n]+")
_MARKUP = re.compile(r"<[^<>]*>")
_CUTS = re.compile(r"[,;:()\[\]\"“”—–]|--")
_CUT_WORDS = frozenset("of for at in from on with who whose which that to as by near after or".split())
_NAME_ENDS = frozenset({"jr", "sr"})

Row = dict[str, Any]


@dataclass(frozen=True)
class Labelled:
    """An attribution: offsets of its pieces in the text."""

    content: list[Span]
    cue: list[Span]
    source: list[Span]


@dataclass
class Part:
    """A quoted part and the attributions that hold it."""

    span: Span
    owners: list[Labelled]


@dataclass(frozen=True)
class Told:
    """What the engine found: a quotation, or words told indirectly, with the cue's span and the source."""

    span: Span
    cue: Span | None
    source: Source | None


@dataclass
class Tally:
    """Counts behind a precision and a recall."""

    hit: int = 0
    given: int = 0
    wanted: int = 0

    def line(self, name: str) -> str:
        """The figures in a line."""
        precision, recall = _ratio(self.hit, self.given), _ratio(self.hit, self.wanted)
        both = _ratio(2 * precision * recall, precision + recall)
        counts = f"({self.hit} right of {self.given} found, {self.wanted} labelled)"
        return f"{name:32} precision {precision:.3f}  recall {recall:.3f}  F1 {both:.3f}  {counts}"


NAMES = (
    "quoted parts, exact",
    "quoted parts, by half",
    "cues of quotations",
    "sources of quotations",
    "cues of indirect speech",
    "sources of indirect speech",
)


@dataclass
class Figures:
    """All tallies by name, and the time that the engine took."""

    tallies: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in NAMES})
    articles: int = 0
    words: int = 0
    seconds: float = 0.0
    pronouns: int = 0
    resolved: int = 0

    def lines(self) -> Iterator[str]:
        """What to print."""
        for name, tally in self.tallies.items():
            yield tally.line(name)
        yield f"pronouns as sources of quotations: {self.pronouns}, of which led back to a name: {self.resolved}"
        spent = 1000 * _ratio(self.seconds, self.words) * 400
        yield f"{self.articles} articles, {self.words} words; quotations and speech: {spent:.2f} ms for 400 words"


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def rows(path: Path) -> list[Row]:
    """The lines of a file, packed or not."""
    data = lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()
    return [orjson.loads(line) for line in data.splitlines()]


def labelled(row: Row) -> list[Labelled]:
    """The attributions of an article that have a content."""
    found = [Labelled(*(_pieces(one.get(name, [])) for name in ("content", "cue", "source"))) for one in _given(row)]
    return [one for one in found if one.content]


def _given(row: Row) -> list[Row]:
    return list(row["attributions"])


def _pieces(spans: list[list[str]]) -> list[Span]:
    pairs = [piece.split() for offsets, _ in spans for piece in offsets.split(";")]
    return sorted((int(start), int(end)) for start, end in pairs)


def quoted_parts(text: str, content: list[Span]) -> list[Span]:
    """What stands between double marks in a content, marks and edges excluded, no part beyond a paragraph's end.

    A mark at the content's edge but outside it is taken along.
    """
    found: list[Span] = []
    open_since: int | None = None
    for piece in content:
        for line in _PIECE.finditer(text, *_with_marks(text, piece)):
            start, end = line.span()
            open_since = start if open_since is not None else None
            for at in (at for at in range(start, end) if text[at] in MARKS):
                if _opens(text, at):
                    open_since = at + 1 if open_since is None or text[at] == "“" else open_since
                else:
                    found.append((start if open_since is None else open_since, at))
                    open_since = None
            if open_since is not None:
                found.append((open_since, end))
    trimmed = [trim(text, span) for span in found]
    return [(start, end) for start, end in trimmed if start < end]


def _with_marks(text: str, piece: Span) -> Span:
    start, end = piece
    return start - (start > 0 and text[start - 1] in MARKS), end + (end < len(text) and text[end] in MARKS)


def _opens(text: str, at: int) -> bool:
    """Whether a mark opens: by its form, a straight one by the sign before it."""
    if text[at] != '"':
        return text[at] == "“"
    return at == 0 or text[at - 1].isspace() or text[at - 1] in "([—–-'‘"


def trim(text: str, span: Span) -> Span:
    """A span without the signs at its edges."""
    start, end = span
    while start < end and text[start] in EDGE:
        start += 1
    while end > start and text[end - 1] in EDGE:
        end -= 1
    return start, end


def parts_of(text: str, attributions: list[Labelled]) -> list[Part]:
    """Distinct quoted parts in order; of those that overlap by half, the first one with all owners."""
    found: list[Part] = []
    for one in attributions:
        for span in quoted_parts(text, one.content):
            same = next((part for part in found if alike(part.span, span) >= OVERLAP), None)
            if same is None:
                found.append(Part(span, [one]))
            else:
                same.owners.append(one)
    return _merged(text, sorted(found, key=lambda part: part.span))


def _merged(text: str, parts: list[Part]) -> list[Part]:
    """Parts that were labelled sentence by sentence made one: no mark and nothing but signs stand between them."""
    whole: list[Part] = []
    for part in parts:
        between = text[whole[-1].span[1] : part.span[0]] if whole else "\n"
        if (
            whole
            and whole[-1].span[1] <= part.span[0]
            and not set(between) - set(EDGE) | set(between) & set(MARKS + "\n")
        ):
            whole[-1] = Part((whole[-1].span[0], part.span[1]), whole[-1].owners + part.owners)
        else:
            whole.append(part)
    return whole


def alike(left: Span, right: Span) -> float:
    """Characters in common over characters of either, 0..1."""
    common = min(left[1], right[1]) - max(left[0], right[0])
    return max(0, common) / (max(left[1], right[1]) - min(left[0], right[0])) if common > 0 else 0.0


def heads(text: str, source: list[Span]) -> list[tuple[Span, str]]:
    """Places and folded forms of a source's heads: one, or one on either side of "and", or a role's and its name's."""
    found: list[tuple[Span, str]] = []
    for start, end in source:
        for piece in _joined(text, start, end):
            words = tokenize(text, *piece)
            behind = next((at for at, word in enumerate(words) if at and word.norm in _CUT_WORDS), len(words))
            words = words[:behind]
            while len(words) > 1 and words[-1].norm in _NAME_ENDS:
                words.pop()
            if words:
                word = words[-1]
                found.append(((word.start, word.end), unaccented(word.norm.removesuffix("'s"))))
    return found


def _joined(text: str, start: int, end: int) -> list[Span]:
    """A source up to a comma, and where that part is a role, up to the next ("his wife, Ann Hart"); cut at "and"."""
    cut = _CUTS.search(text, start, end)
    pieces = [(start, cut.start() if cut else end)]
    if cut is not None and text[start:end] == text[start].lower() + text[start + 1 : end]:
        following = _CUTS.search(text, cut.end(), end)
        second = cut.end(), following.start() if following else end
        if text[second[0] : second[1]].strip()[:1].isupper():
            pieces.append(second)
    split = []
    for first, last in pieces:
        joints = [joint.span() for joint in _AND.finditer(text, first, last)]
        starts, ends = [first, *(end for _, end in joints)], [*(start for start, _ in joints), last]
        split += list(zip(starts, ends, strict=True))
    return split


def is_source(text: str, told: Source, labels: Iterable[Labelled]) -> bool:
    """Whether a found source is that of one of the attributions."""
    return any(
        key in (told.surname, told.role) or touches(told.span, [span]) or (told.name and touches(told.name, [span]))
        for one in labels
        for span, key in heads(text, one.source)
    )


def touches(span: Span, others: Iterable[Span]) -> bool:
    """Whether a span shares a character with one of the others."""
    return any(span[0] < end and start < span[1] for start, end in others)


def extract(view: FramingView) -> tuple[list[Told], list[Told]]:
    """Quotations in double marks that are somebody's words, and verbs of speech that report no quotation."""
    body = view.document.body
    markup = [tag.span() for tag in _MARKUP.finditer(body)]
    quotes = [
        Told(trim(body, quote.span), view.words_span(*quote.cue[:2]) if quote.cue else None, quote.source)
        for quote in view.quotes
        if quote.kind not in ("scare", "title")
        and body[max(0, quote.span[0] - 1)] not in "'‘"
        and not touches(quote.span, markup)
    ]
    used = {quote.cue.first for quote in view.quotes if quote.cue}
    spans = [(said, view.words_span(said.mark.first, said.mark.last)) for said in view.speech]
    return quotes, [Told(span, span, said.source) for said, span in spans if said.mark.first not in used]


def measure(given: Iterable[Row]) -> Figures:
    """Run the engine on articles and count."""
    figures = Figures()
    for row in given:
        view = FramingView(Document(row["text"], language="en"))
        view.marks, view.capitals, view.quoted  # noqa: B018 - the time of what all devices need is not counted
        begun = time.process_time()
        view.quotes  # noqa: B018
        figures.seconds += time.process_time() - begun
        figures.articles += 1
        figures.words += len(view.tokens)
        count(figures, row["text"], labelled(row), *extract(view))
    return figures


def count(figures: Figures, text: str, labels: list[Labelled], quotes: list[Told], indirect: list[Told]) -> None:
    """Enter one article."""
    parts = parts_of(text, labels)
    matched = match(parts, quotes)
    exact, half, cues, sources = (figures.tallies[name] for name in NAMES[:4])
    exact.hit += sum(part.span == told.span for part, told in matched)
    half.hit += len(matched)
    for tally in (exact, half):
        tally.given, tally.wanted = tally.given + len(quotes), tally.wanted + len(parts)
    cues.given += sum(told.cue is not None for told in quotes)
    cues.wanted += sum(any(one.cue for one in part.owners) for part in parts)
    cues.hit += sum(is_cue(told, part.owners) for part, told in matched)
    sources.given += sum(told.source is not None for told in quotes)
    sources.wanted += sum(any(one.source for one in part.owners) for part in parts)
    sources.hit += sum(told.source is not None and is_source(text, told.source, part.owners) for part, told in matched)
    pronouns = [told.source for told in quotes if told.source is not None and told.source.pronoun]
    figures.pronouns += len(pronouns)
    figures.resolved += sum(source.surname is not None or source.role is not None for source in pronouns)
    _count_indirect(figures, text, labels, parts, indirect)


def is_cue(told: Told, labels: Iterable[Labelled]) -> bool:
    """Whether a found cue is that of one of the attributions."""
    return told.cue is not None and any(touches(told.cue, one.cue) for one in labels)


def _count_indirect(
    figures: Figures, text: str, labels: list[Labelled], parts: list[Part], indirect: list[Told]
) -> None:
    quoted = [part.span for part in parts]
    wanted = [
        one
        for one in labels
        if one.cue and not quoted_parts(text, one.content) and not any(touches(span, quoted) for span in one.cue)
    ]
    cues, sources = (figures.tallies[name] for name in NAMES[4:])
    right = [(one, told) for one in wanted for told in indirect if told.cue and touches(told.cue, one.cue)]
    cues.hit += len({id(one) for one, _ in right})
    cues.wanted += len(wanted)
    every = [piece for one in labels for piece in one.cue]
    counted = [
        told for told in indirect if not any(touches(told.span, one.cue) for part in parts for one in part.owners)
    ]
    cues.given += len(counted)
    sources.given += sum(told.source is not None for told in counted if touches(told.span, every))
    sources.wanted += sum(bool(one.source) for one in wanted)
    sources.hit += len({id(one) for one, told in right if told.source and is_source(text, told.source, [one])})


def match(parts: list[Part], quotes: list[Told]) -> list[tuple[Part, Told]]:
    """Parts with the quotations that cover them by half, each of them used once, the likest first."""
    pairs = [
        (alike(part.span, told.span), i, j) for i, part in enumerate(parts) for j, told in enumerate(quotes)
        if touches(part.span, [told.span])
    ]  # fmt: skip
    found, used_parts, used_quotes = [], set[int](), set[int]()
    for score, i, j in sorted(pairs, key=lambda pair: (-pair[0], pair[1:])):
        if score >= OVERLAP and i not in used_parts and j not in used_quotes:
            used_parts.add(i)
            used_quotes.add(j)
            found.append((parts[i], quotes[j]))
    return found


def main(arguments: list[str]) -> int:
    """Print the figures of a split."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.attribution", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--articles", type=Path, required=True, help="PolNeAR, JSON lines, may be packed with xz")
    parser.add_argument("--split", default="dev", help="train to look at, dev to report (default)")
    parser.add_argument("--first", type=int, help="only so many articles")
    asked = parser.parse_args(arguments)
    chosen = [row for row in rows(asked.articles) if row["repo_split"] == asked.split][: asked.first]
    for line in measure(chosen).lines():
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
