"""One of the two texts, as the page shows it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Literal

from schemas.accepted import Accepted
from schemas.article import Article
from schemas.errors import InputError
from wirespin.accept import accept
from wirespin.framing.view import FramingView, view_of
from wirespin.page.units import Unit, units
from wirespin.story.pair import to_document
from wirespin.text.tokens import Span

Letter = Literal["o", "c"]
"""Original or copy."""

LOOKED_AT = 2_000
"""Characters by which the direction of a text is told."""

_ANY_TIME = datetime(1970, 1, 1, tzinfo=UTC)
"""When an article that was not accepted yet "arrived": dates are the event's business, the page takes none of it."""


@dataclass(frozen=True)
class Side:
    """A text with what is needed to show it.

    Attributes:
        accepted: the article.
        letter: ``o`` or ``c``, with which its anchors begin.
    """

    accepted: Accepted
    letter: Letter

    @cached_property
    def view(self) -> FramingView:
        """Its sentences and words."""
        return view_of(to_document(self.accepted))

    @property
    def body(self) -> str:
        """The body, to the letter."""
        return self.accepted.article.body

    @property
    def headline(self) -> str:
        """The headline, to the letter."""
        return self.accepted.article.headline

    @cached_property
    def units(self) -> list[Unit]:
        """The body in pieces."""
        return units(self.view)

    @cached_property
    def unit_of(self) -> dict[int, int]:
        """Index of a sentence's unit."""
        return {unit.sentence: number for number, unit in enumerate(self.units) if unit.sentence is not None}

    @property
    def language(self) -> str | None:
        """BCP 47 tag, None where it is not known."""
        return None if self.accepted.language == "und" else self.accepted.language

    @cached_property
    def direction(self) -> str:
        """``rtl`` where most of its letters are written from the right."""
        return direction(self.headline + self.body[:LOOKED_AT])

    @cached_property
    def furniture(self) -> list[Span]:
        """What stands outside the article: clutter, datelines, credit lines."""
        found, at = [], 0
        for start, end in [*self.view.document.paragraphs, (len(self.body), len(self.body))]:
            if self.body[at:start].strip():
                found.append((at, start))
            at = max(at, end)
        return found


def side(article: Article | Accepted, letter: Letter, digest: str) -> Side:
    """A side from an article.

    Raises:
        InputError: it is another version than the event speaks of, whose offsets would point at other words.
    """
    accepted = article if isinstance(article, Accepted) else accept(article, _ANY_TIME)
    if accepted.digest != digest:
        raise InputError(
            f"digest {accepted.digest} is not the event's {digest}",
            where=accepted.id,
            remedy="give the version of the article that was compared",
        )
    return Side(accepted, letter)


def direction(text: str) -> str:
    """Direction of a text by its letters: ``rtl`` or ``ltr``."""
    right = sum(unicodedata.bidirectional(sign) in ("R", "AL") for sign in text)
    left = sum(unicodedata.bidirectional(sign) == "L" for sign in text)
    return "rtl" if right > left else "ltr"
