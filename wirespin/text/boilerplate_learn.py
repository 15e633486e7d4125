"""Learning an outlet's boilerplate from a log of articles (see `wirespin.text.boilerplate`).

Two passes, so that memory does not grow with the log: the first counts hashes of pieces in a sketch of fixed size, the
second takes up the texts of those that reached the threshold. Everything kept is the same whatever order the articles
come in: counts add up, and of the articles that a piece stood in those with the smallest hashes are looked at.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt
import xxhash

from schemas.article import Article
from schemas.boilerplate import BoilerplateTable
from wirespin.dates import published
from wirespin.identity import article_id, content_digest
from wirespin.text.boilerplate_candidate import Candidate, Host, Key, Printed
from wirespin.text.boilerplate_rules import LEAST_STORIES, judged
from wirespin.text.boilerplate_runs import may_be_run, run_after, run_before
from wirespin.text.pieces import Piece, Pieces
from wirespin.text.quotation import in_quotation
from wirespin.wire.publisher import outlet

Log = Callable[[], Iterable[Article]]
"""Gives the articles from the beginning each time it is called."""

CELLS = 1 << 25
"""Counters a row of the sketch, a byte each. A million articles have some 40 million different pieces: with two rows
about one in a thousand of those that stand alone is taken for a repeated one, until the second pass counts it."""

SIGNATURE = 48
"""Hashes kept of the words of the rest of an article."""

TELLING = 5
"""Letters from which a word tells what an article is about; the shorter ones are shared by all."""

LEAST_REST = 0.5
"""Share of an article's words that must be its own, or it shows nothing: the versions of a story share more."""

LONGEST_PIECE = 150
"""Words. House rules and legal notices run long; beyond it a line is a text."""

ANY_TIME = datetime(9000, 1, 1, tzinfo=UTC)


def learn(log: Log) -> BoilerplateTable:
    """The boilerplate of every outlet in a log.

    Args:
        log: called twice; both times it must give the same articles, in any order. Repeats of an article are counted
            once, versions of one by what differs in them.
    """
    counts = _Counts()
    for name, pieces, _, _ in _read(log()):
        counts.add([_hash(key) for key in _keys(name, pieces)])
    articles: Counter[str] = Counter()
    candidates: dict[Key, Candidate] = {}
    for name, pieces, article, order in _read(log()):
        articles[name] += 1
        _gather(candidates, counts, name, pieces, article, order)
    lines = [line for key, found in candidates.items() for line in judged(key, found, articles[key.outlet])]
    lines.sort(key=lambda line: (line.outlet, -line.articles, line.text, line.form))
    return BoilerplateTable(articles=articles.total(), outlets=len(articles), lines=lines)


def _read(articles: Iterable[Article]) -> Iterator[tuple[str, Pieces, Article, int]]:
    """Each article once: its outlet, its pieces, itself, and a number that orders the articles at random."""
    seen: set[int] = set()
    for article in articles:
        name = outlet(article.publisher, article.url)
        if name is None:
            continue
        number = _hash((article_id(article), content_digest(article)))
        if number not in seen:
            seen.add(number)
            yield name, Pieces(article.body), article, number


def _keys(name: str, pieces: Pieces) -> dict[Key, Piece]:
    """What is counted of an article, once each."""
    found: dict[Key, Piece] = {}
    for piece in pieces.all:
        if piece.last - piece.first <= LONGEST_PIECE:
            found.setdefault(Key(name, "whole", pieces.text(piece.first, piece.last)), piece)
        if opening := pieces.opening(piece):
            found.setdefault(Key(name, "opening", opening), piece)
        if ending := pieces.ending(piece):
            found.setdefault(Key(name, "ending", ending), piece)
    return found


def _gather(
    candidates: dict[Key, Candidate], counts: _Counts, name: str, pieces: Pieces, article: Article, order: int
) -> None:
    """Note an article in every candidate that stands in it."""
    repeated = counts.repeated(_keys(name, pieces))
    if not repeated:
        return
    rest, left = _rest(pieces, repeated.items())
    host = Host(order, _signature(rest if left >= LEAST_REST * len(pieces.norms) else ()), _day(article))
    whole = {piece for key, piece in repeated.items() if key.form == "whole"}
    for key, piece in repeated.items():
        run = key.form != "whole" and piece not in whole
        if key.form == "whole" or (run and may_be_run(pieces, piece, opening=key.form == "opening")):
            candidates.setdefault(key, Candidate()).note(host, _printed(key, pieces, piece, rest))


def _printed(key: Key, pieces: Pieces, piece: Piece, rest: set[str]) -> Printed:
    """How a piece stands in its article."""
    quoted = in_quotation(pieces.body, piece.start)
    if key.form != "whole":
        run = run_after(pieces, piece) if key.form == "opening" else run_before(pieces, piece)
        return Printed(run, piece.line, quoted, 0, 0)
    words = {norm for norm in pieces.norms[piece.first : piece.last] if len(norm) >= TELLING}
    return Printed(pieces.body[piece.start : piece.end], piece.line, quoted, len(words), len(words & rest))


def _rest(pieces: Pieces, repeated: Iterable[tuple[Key, Piece]]) -> tuple[set[str], int]:
    """Telling words of what no repeated piece covers, and how many words that is in all."""
    covered = bytearray(len(pieces.norms))
    for key, piece in repeated:
        first, last = key.words_of(piece)
        covered[first:last] = b"\1" * (last - first)
    words = zip(pieces.norms, covered, strict=True)
    telling = {norm for norm, hidden in words if not hidden and len(norm) >= TELLING}
    return telling, covered.count(0)


def _signature(words: Iterable[str]) -> array[int]:
    """The smallest hashes of some words (bottom-k; Broder 1997): two signatures share as the sets of words do."""
    return array("Q", sorted(_hash((word,)) for word in words)[:SIGNATURE])


def _day(article: Article) -> str | None:
    time = published(article.published_at, ANY_TIME).time
    return None if time is None else time.date().isoformat()


def _hash(parts: Iterable[str]) -> int:
    return xxhash.xxh3_64_intdigest("\0".join(parts).encode("utf-8", "surrogatepass"))


class _Counts:
    """How often each hash was added: never too low, seldom too high (count-min; Cormode and Muthukrishnan 2005)."""

    def __init__(self) -> None:
        self._rows = np.zeros((2, CELLS), dtype=np.uint8)

    def add(self, hashes: list[int]) -> None:
        """Add one to each, up to 255."""
        for row, cells in zip(self._rows, _cells(hashes), strict=True):
            at = np.unique(cells)
            row[at] += row[at] < np.iinfo(np.uint8).max

    def repeated(self, keys: dict[Key, Piece]) -> dict[Key, Piece]:
        """Those that were added so often that they are looked at."""
        cells = _cells([_hash(key) for key in keys])
        first, second = (row[at] for row, at in zip(self._rows, cells, strict=True))
        often = np.minimum(first, second) >= LEAST_STORIES
        return {key: piece for (key, piece), reached in zip(keys.items(), often.tolist(), strict=True) if reached}


def _cells(hashes: list[int]) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
    values = np.array(hashes, dtype=np.uint64)
    return values % np.uint64(CELLS), (values >> np.uint64(32)) % np.uint64(CELLS)
