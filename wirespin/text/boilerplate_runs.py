"""Boilerplate that has run into a sentence: where what many sentences begin or end with ends or begins."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from wirespin.text.clutter import speaks_to_reader
from wirespin.text.pieces import KEY_WORDS, Piece, Pieces

LONGEST_RUN = 60
"""Words of a piece that are looked at."""

AGREE = 0.8
"""Share of the sentences that must go on with the same word."""

FRESH = 0.9
"""Share of those in which something else may begin at the seam: a name in mid-sentence is none."""


SIGN_WITHIN = 12
"""Words from the shared end within which it must speak to the reader to be looked at."""


class Run(NamedTuple):
    """The words of a piece from the end that it shares with others. Thousands are held at once, so they are compact.

    Attributes:
        text: as printed.
        norms: folded words by single spaces, the shared end first.
        seams: for each, 1 where the text may break there.
        cuts: for each, the offset in `text` up to which (from which, in a run from the end) it is shared.
    """

    text: str
    norms: str
    seams: bytes
    cuts: array[int]


def run_after(pieces: Pieces, piece: Piece) -> Run:
    """The first words of a piece."""
    words = range(piece.first, min(piece.last, piece.first + LONGEST_RUN))
    return Run(
        pieces.body[piece.start : pieces.ends[words[-1]]],
        " ".join(pieces.norms[word] for word in words),
        bytes(pieces.may_break_behind(word, piece.last) for word in words),
        array("L", (pieces.ends[word] - piece.start for word in words)),
    )


def run_before(pieces: Pieces, piece: Piece) -> Run:
    """The last words of a piece, the last one first."""
    words = range(piece.last - 1, max(piece.first, piece.last - LONGEST_RUN) - 1, -1)
    start = pieces.starts[words[-1]]
    return Run(
        pieces.body[start : piece.end],
        " ".join(pieces.norms[word] for word in words),
        bytes(pieces.may_break_before(word) for word in words),
        array("L", (pieces.starts[word] - start for word in words)),
    )


def may_be_run(pieces: Pieces, piece: Piece, *, opening: bool) -> bool:
    """Whether a piece's beginning, or its end, speaks to the reader: nothing else is cut out of a sentence."""
    first = piece.first if opening else max(piece.first, piece.last - SIGN_WITHIN)
    last = min(piece.last, piece.first + SIGN_WITHIN) if opening else piece.last
    return speaks_to_reader(pieces.body[pieces.starts[first] : pieces.ends[last - 1]])


def shared(runs: Sequence[Run], *, opening: bool) -> str | None:
    """The longest text that most of some runs share and at whose end the text may break; None where there is none."""
    for words, group in reversed(_shared_words(runs)):
        if words >= KEY_WORDS and sum(run.seams[words - 1] for run in group) >= FRESH * len(group):
            cuts = [(run.text, run.cuts[words - 1]) for run in group]
            return min(text[:cut] if opening else text[cut:] for text, cut in cuts)
    return None


def _shared_words(runs: Sequence[Run]) -> list[tuple[int, list[Run]]]:
    """For each number of words that most runs share, the runs that share them."""
    found: list[tuple[int, list[Run]]] = []
    group = [(run, run.norms.split(" ")) for run in runs]
    for length in range(LONGEST_RUN):
        longer = [(run, norms) for run, norms in group if len(norms) > length]
        following = Counter(norms[length] for _, norms in longer)
        word, count = min(following.items(), key=lambda item: (-item[1], item[0]), default=("", 0))
        if count < AGREE * len(runs):
            break
        group = [(run, norms) for run, norms in longer if norms[length] == word]
        found.append((length + 1, [run for run, _ in group]))
    return found
