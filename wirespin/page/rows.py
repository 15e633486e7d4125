"""Two bodies laid side by side, each in its own order and each complete.

Rows follow the heaviest set of links that do not cross. What is linked across them has moved: it stays where it stands
in either text, and is told of on both sides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from wirespin.framing.pair import Pair
from wirespin.page.units import Unit

ROW = 420
"""Characters of a side up to which sentences of one paragraph share a row; a reader's eye finds the place in these."""

Kind = Literal["linked", "left_out", "reworded", "moved_away", "added", "moved_here", "site", "unaligned"]
"""What a row shows: sentences and what was made of them; sentences of the original that are left out, that stand in
the copy in other words or pieces, or elsewhere in it; the copy's own, those from elsewhere in the original; lines that
are no article; and two texts that share no sentence."""

Link = tuple[int, int]
"""Indices of a sentence of the copy and of one of the original."""


@dataclass(frozen=True)
class Row:
    """Units of both texts that stand beside each other.

    Attributes:
        kind: what it shows.
        original: units of the original; none beside what the copy has of its own.
        copy: units of the copy.
        others: sentences of the other text that moved ones belong to.
    """

    kind: Kind
    original: tuple[Unit, ...]
    copy: tuple[Unit, ...]
    others: tuple[int, ...] = ()


def rows(pair: Pair, original: list[Unit], copy: list[Unit]) -> list[Row]:
    """The rows of two texts. Put together, either side is its body from the first character to the last."""
    chain = heaviest(_links(pair))
    if not chain:
        return [Row("unaligned", tuple(original), tuple(copy))]
    return list(_merged(_laid(pair, original, copy, chain)))


def _links(pair: Pair) -> list[tuple[Link, float]]:
    """Links that may make rows, with their weights: a sentence's best source, and sources that are nobody else's."""
    sources = pair.alignment.sources
    best = {found[0] for found in sources if found}
    return [
        ((number, source), _weight(pair, number, source))
        for number, found in enumerate(sources)
        for rank, source in enumerate(found)
        if rank == 0 or source not in best
    ]


def _weight(pair: Pair, copy: int, original: int) -> float:
    """Words of meaning that two sentences share."""
    return 0.5 + len(pair.copy.content[copy] & pair.original.content[original])


def heaviest(links: list[tuple[Link, float]]) -> list[Link]:
    """The heaviest set of links of which no two cross, in order."""
    ordered = sorted(links)
    best: list[tuple[float, int]] = []
    for at, ((_, original), weight) in enumerate(ordered):
        before = [(best[n][0], -n) for n in range(at) if ordered[n][0][1] <= original]
        total, place = max(before, default=(0.0, 1))
        best.append((total + weight, -place))
    at = max(range(len(best)), key=lambda n: (best[n][0], -n), default=-1)
    found: list[Link] = []
    while at >= 0:
        found.append(ordered[at][0])
        at = best[at][1]
    return found[::-1]


def _laid(pair: Pair, original: list[Unit], copy: list[Unit], chain: list[Link]) -> Iterator[Row]:
    """Rows of linked units, and between them those of either side that stand alone."""
    left = {unit.sentence: n for n, unit in enumerate(original) if unit.sentence is not None}
    right = {unit.sentence: n for n, unit in enumerate(copy) if unit.sentence is not None}
    a = c = 0
    for first, last in _blocks([(right[link[0]], left[link[1]]) for link in chain]):
        yield from (_lone_original(pair, unit) for unit in original[a : first[1]])
        yield from (_lone_copy(pair, unit) for unit in copy[c : first[0]])
        yield Row("linked", tuple(original[first[1] : last[1] + 1]), tuple(copy[first[0] : last[0] + 1]))
        a, c = last[1] + 1, last[0] + 1
    yield from (_lone_original(pair, unit) for unit in original[a:])
    yield from (_lone_copy(pair, unit) for unit in copy[c:])


def _blocks(links: list[Link]) -> list[tuple[Link, Link]]:
    """Links that share a unit belong together: the first and the last of each block."""
    found = [(links[0], links[0])]
    for before, link in pairwise(links):
        if link[0] == before[0] or link[1] == before[1]:
            found[-1] = (found[-1][0], link)
        else:
            found.append((link, link))
    return found


def _lone_original(pair: Pair, unit: Unit) -> Row:
    if unit.sentence is None:
        return Row("site", (unit,), ())
    targets = tuple(pair.alignment.targets[unit.sentence])
    if targets:
        return Row("moved_away", (unit,), (), targets)
    return Row("left_out" if unit.sentence in set(pair.left_out) else "reworded", (unit,), ())


def _lone_copy(pair: Pair, unit: Unit) -> Row:
    if unit.sentence is None:
        return Row("site", (), (unit,))
    sources = tuple(pair.alignment.sources[unit.sentence])
    if sources:
        return Row("moved_here", (), (unit,), sources)
    return Row("added" if unit.sentence in set(pair.added) else "site", (), (unit,))


def _merged(found: Iterable[Row]) -> Iterator[Row]:
    """Rows of one kind joined: within a paragraph, and runs of lines that are no article."""
    waiting: list[Row] = []
    for row in found:
        if waiting and not _belongs(waiting, row):
            yield _joined(waiting)
            waiting = []
        waiting.append(row)
    if waiting:
        yield _joined(waiting)


def _joined(found: list[Row]) -> Row:
    return Row(
        found[0].kind,
        tuple(unit for row in found for unit in row.original),
        tuple(unit for row in found for unit in row.copy),
        tuple(dict.fromkeys(other for row in found for other in row.others)),
    )


def _belongs(before: list[Row], row: Row) -> bool:
    """Whether a row goes on with those before it."""
    first = before[0]
    sides = ((first.original, row.original), (first.copy, row.copy))
    if row.kind != first.kind or any(bool(start) != bool(then) for start, then in sides):
        return False
    if row.kind == "site":
        return True
    return all(not then or (not then[0].begins and then[-1].end - start[0].start <= ROW) for start, then in sides)
