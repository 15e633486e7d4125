"""Which words differ, cut into runs that a person can read."""

from __future__ import annotations

import difflib
from collections.abc import Container, Iterator, Sequence

from wirespin.framing.pair import Pair
from wirespin.framing.stopwords import STOPWORDS
from wirespin.framing.view import FramingView
from wirespin.text.tokens import Span, Token

CELLS = 200_000
"""Most pairs of words that are compared (450 on either side); beyond, whatever word the other side has is kept."""

RUN = 3
"""Words in a row that stand elsewhere in a linked sentence: a clause that changed its place there is no new clause. Two
suffice where both carry meaning ("proxy war")."""

SMALL = frozenset(word for word in STOPWORDS if len(word) <= 3)
"""Words that are marked with their neighbours: "of the" between two changes would only chop them up."""

ARTICLES = frozenset({"a", "an", "the"})

Run = tuple[bool, int, int, int, int]
"""Whether words changed, and which: [a, b) on the left, [c, d) on the right."""


def runs(left: Sequence[str], right: Sequence[str], small: Container[str] | None = None) -> list[Run]:
    """Runs of equal and changed words, cut for reading.

    A single equal word between two changes is taken into them, and so is the article in front of a change.

    Args:
        left: words of the one text.
        right: words of the other.
        small: the words that may be taken in so; any where None.

    >>> runs("he said so".split(), "he claimed so".split())
    [(False, 0, 1, 0, 1), (True, 1, 2, 1, 2), (False, 2, 3, 2, 3)]
    """
    found: list[Run] = []
    codes = _with_articles(left, right)
    for at, (kind, a, b, c, d) in enumerate(codes):
        alone = 0 < at < len(codes) - 1 and b - a == 1
        differs = kind != "equal" or (alone and (small is None or left[a] in small))
        if found and differs and found[-1][0]:
            found[-1] = (True, found[-1][1], b, found[-1][3], d)
        else:
            found.append((differs, a, b, c, d))
    return found


def _with_articles(left: Sequence[str], right: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    """Operations in which an article belongs to the change that follows it: "by [-the Korean agency-]"."""
    codes: list[tuple[str, int, int, int, int]] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        before = codes[-1] if codes else ("", 0, 0, 0, 0)
        if before[0] == "equal" and kind != "equal" and before[2] - before[1] > 1 and left[a - 1] in ARTICLES:
            codes[-1] = ("equal", before[1], a - 1, before[3], c - 1)
            codes.append((kind, a - 1, b, c - 1, d))
        else:
            codes.append((kind, a, b, c, d))
    return codes


def kept_words(left: Sequence[str], right: Sequence[str]) -> tuple[set[int], set[int]]:
    """Indices of the words that stand unchanged, on the left and on the right."""
    if len(left) * len(right) > CELLS:
        before, after = set(left), set(right)
        return {n for n, word in enumerate(left) if word in after}, {
            n for n, word in enumerate(right) if word in before
        }
    equal = [run for run in runs(left, right, SMALL) if not run[0]]
    kept_left = {n for _, a, b, _, _ in equal for n in range(a, b)} | _in_rows(left, right)
    return kept_left, {n for _, _, _, c, d in equal for n in range(c, d)} | _in_rows(right, left)


def _in_rows(words: Sequence[str], others: Sequence[str]) -> set[int]:
    """Indices of words that the other text has in the same row, wherever."""
    known = {row for length in (RUN, RUN - 1) for row in _rows(others, length)}
    return {
        at + further
        for length in (RUN, RUN - 1)
        for at, row in enumerate(_rows(words, length))
        if row in known and (length == RUN or STOPWORDS.isdisjoint(row))
        for further in range(length)
    }


def _rows(words: Sequence[str], length: int) -> Iterator[tuple[str, ...]]:
    return zip(*(words[skip:] for skip in range(length)), strict=False)


def changed_words(pair: Pair) -> tuple[list[Span], list[Span]]:
    """Spans of words that linked sentences do not share: gone from the original's body, new in the copy's.

    Each sentence of the copy is held against all its sources; a word of the original is kept where any of its
    sentences in the copy has it. Sentences without a link are not in the answer: all of them is gone, or new.
    """
    kept_left: set[int] = set()
    kept_right: set[int] = set()
    for number, sources in enumerate(pair.alignment.sources):
        before = [at for source in sorted(sources) for at in _words(pair.original, source)]
        after = list(_words(pair.copy, number))
        left, right = kept_words([pair.original.norms[at] for at in before], [pair.copy.norms[at] for at in after])
        kept_left.update(before[at] for at in left)
        kept_right.update(after[at] for at in right)
    gone = [span for n, to in enumerate(pair.alignment.targets) if to for span in _spans(pair.original, n, kept_left)]
    new = [span for n, of in enumerate(pair.alignment.sources) if of for span in _spans(pair.copy, n, kept_right)]
    return gone, new


def changed_text(left: list[Token], right: list[Token]) -> tuple[list[Span], list[Span]]:
    """Spans of words that differ between two short texts."""
    kept = kept_words([token.norm for token in left], [token.norm for token in right])
    return _runs_without(left, range(len(left)), kept[0]), _runs_without(right, range(len(right)), kept[1])


def _words(view: FramingView, sentence: int) -> range:
    return range(view.sentences[sentence].first, view.sentences[sentence].last)


def _spans(view: FramingView, sentence: int, kept: set[int]) -> list[Span]:
    return _runs_without(view.tokens, _words(view, sentence), kept)


def _runs_without(tokens: list[Token], words: range, kept: set[int]) -> list[Span]:
    """Spans of the runs of words that are not kept."""
    found: list[Span] = []
    last = -2
    for at in words:
        if at in kept:
            continue
        found[-1:] = (
            [(found[-1][0], tokens[at].end)] if last == at - 1 else [*found[-1:], (tokens[at].start, tokens[at].end)]
        )
        last = at
    return found
