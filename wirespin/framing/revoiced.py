"""Reporting verbs exchanged in a paraphrase, where no wording lines them up.

Two things line them up all the same: who speaks, in linked sentences, and a quotation that both texts print.
"""

from __future__ import annotations

from dataclasses import dataclass

from wirespin.framing.direction import subject
from wirespin.framing.lexicon import Mark
from wirespin.framing.pair import Edit, Pair
from wirespin.framing.quotes import Quote
from wirespin.framing.view import FramingView

TELLING = frozenset(
    [
        ("neutral", "doubt"), ("heated", "doubt"), ("factive", "doubt"), ("vouching", "doubt"),
        ("doubt", "neutral"), ("doubt", "factive"), ("denial", "conceding"), ("neutral", "conceding"),
    ]
)  # fmt: skip
"""Classes of an old and a new verb that no paraphrase exchanges without saying something else."""

STANCES = {"praising": 1, "heated": -1, "charged": -1, "neutral": 0, "other": 0}
"""How a verb that reports a quotation says that its speaker judged."""

QUOTED_WORDS = 3
"""Words of a quotation by which it is known again, at least."""

CUE_BEFORE = 14
"""Words between a verb and the quotation that it leads to, at most."""


@dataclass(frozen=True)
class Revoiced:
    """A quotation that both texts print with verbs of another stance."""

    original: Quote
    copy: Quote
    before: Mark
    after: Mark


def by_speaker(pair: Pair, group: int) -> list[tuple[Edit, Mark, Mark]]:
    """Verbs of one party in a group of linked sentences: an edit with the two, the old and the new."""
    sentences = pair.groups[group]
    spoken = pair.group_marks(pair.original, sentences.originals, "report")
    old = [(mark, subject(pair.original, mark)) for mark in spoken if not pair.original.capitals[mark.first]]
    found = []
    for after in pair.group_marks(pair.copy, sentences.copies, "report"):
        who = subject(pair.copy, after)
        same = [mark for mark, party in old if who is not None and party is not None and party.key == who.key]
        if len(same) == 1 and (same[0].register, after.register) in TELLING:
            edit = Edit(group, (same[0].first,), (after.first,), (same[0].first,), (after.first,))
            found.append((edit, same[0], after))
    return found


def by_quotation(pair: Pair) -> list[Revoiced]:
    """Quotations that the copy reports as praise, attack or neither, where the original does otherwise.

    Charged verbs that the copy puts in are loaded language, and found as that.
    """
    known = pair.original.once(_by_words)
    found = []
    for quote in pair.copy.quotes:
        source = known.get(_words(pair.copy, quote)) if quote.last - quote.first >= QUOTED_WORDS else None
        if source is None:
            continue
        before, after = _cue(pair.original, source), _cue(pair.copy, quote)
        if before is None or after is None:
            continue
        old, new = STANCES.get(before.register), STANCES.get(after.register)
        if old is not None and new is not None and old != new and after.register != "charged":
            found.append(Revoiced(source, quote, before, after))
    return found


def _by_words(view: FramingView) -> dict[tuple[str, ...], Quote]:
    """The first quotation of each row of words."""
    return {_words(view, quote): quote for quote in reversed(view.quotes)}


def _words(view: FramingView, quote: Quote) -> tuple[str, ...]:
    return tuple(view.canon[quote.first : quote.last])


def _cue(view: FramingView, quote: Quote) -> Mark | None:
    """The verb that leads to a quotation within its sentence; else the one behind it, if that is no participle."""
    first = max(view.sentences[view.sentence_of(quote.first)].first, quote.first - CUE_BEFORE)
    near = [*view.marks_in(first, quote.first), *([quote.cue] if quote.cue else [])]
    verbs = [mark for mark in near if mark.kind == "report" and not view.norms[mark.first].endswith("ing")]
    leading = [mark for mark in verbs if mark.first < quote.first]
    return leading[-1] if leading else verbs[0] if verbs else None
