"""Marks laid over a text, nested properly however their spans cross."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from wirespin.page.markup import NOTHING, Html, opening, text
from wirespin.text.tokens import Span


@dataclass(frozen=True)
class Marking:
    """A span that is shown in an element of its own.

    Attributes:
        span: [start, end) in the text.
        tag: name of the element.
        css: its class.
        title: what it says on hovering, and to screen readers.
        rank: where spans cross, the lower one stands outside.
        id: anchor of its first piece.
        before: what stands at its beginning, once.
    """

    span: Span
    tag: str
    css: str | None = None
    title: str | None = None
    rank: int = 0
    id: str | None = None
    before: Html = NOTHING

    @property
    def order(self) -> tuple[int, int, int]:
        """Outermost first."""
        return self.rank, self.span[0], -self.span[1]

    def open(self, at: int) -> Html:
        """The start tag of the piece that begins at `at`; only the first has the anchor."""
        first = at == self.span[0]
        tag = opening(self.tag, id=self.id if first else None, class_=self.css, title=self.title)
        return Html(tag + self.before) if first else tag


def marked(whole: str, span: Span, markings: Iterable[Marking]) -> Html:
    """A stretch of a text with the markings that touch it.

    Args:
        whole: the text that all offsets count in.
        span: the stretch.
        markings: in any order; what lies outside the stretch is cut off, and an element that crosses another is closed
            and opened again.
    """
    start, end = span
    touching = sorted(
        (one for one in markings if max(start, one.span[0]) < min(end, one.span[1])), key=lambda one: one.span[0]
    )
    cuts = {start, end}
    cuts.update(max(start, one.span[0]) for one in touching)
    cuts.update(min(end, one.span[1]) for one in touching)
    places = sorted(cuts)
    out: list[str] = []
    stack: list[Marking] = []
    waiting = 0
    for at, stop in pairwise(places):
        active = [one for one in stack if one.span[1] > at]
        while waiting < len(touching) and max(start, touching[waiting].span[0]) <= at:
            active.append(touching[waiting])
            waiting += 1
        active.sort(key=lambda one: one.order)
        out.append(_move(stack, active, at))
        out.append(text(whole[at:stop]))
        stack = active
    out.append(_move(stack, [], end))
    return Html("".join(out))


def _move(stack: list[Marking], active: list[Marking], at: int) -> str:
    """The tags that lead from one nest of open elements to another."""
    shared = 0
    while shared < min(len(stack), len(active)) and stack[shared] is active[shared]:
        shared += 1
    closing = "".join(f"</{one.tag}>" for one in reversed(stack[shared:]))
    return closing + "".join(one.open(at) for one in active[shared:])
