"""Who is at a story, and what a copy was made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from schemas.accepted import Accepted


@dataclass(frozen=True)
class Member:
    """An article at a story.

    Attributes:
        accepted: the article.
        offset: of the record that brought it first.
        aged: event time it ages by: its own, or the watermark at its arrival.
    """

    accepted: Accepted
    offset: int
    aged: float | None

    @cached_property
    def uid(self) -> str:
        """Identity of the version."""
        return self.accepted.uid


@dataclass(frozen=True)
class Source:
    """An original for a copy: its versions, the earliest first, and which the copy is closest to."""

    versions: list[Accepted]
    closest: Accepted

    @property
    def names(self) -> tuple[str, ...]:
        """Uids of all, the closest last: sources of equal names give equal events."""
        return (*(version.uid for version in self.versions), self.closest.uid)


@dataclass(frozen=True)
class Origin:
    """What a copy was made from, as far as a story knows.

    Attributes:
        copy: its newest version.
        agency: wire articles that it derives from.
        stand_ins: credited copies that stand for a wire original which was not read.
        sources: its originals, made of these.
    """

    copy: Accepted
    agency: Sequence[Member]
    stand_ins: Sequence[Member]
    sources: Sequence[Source]

    @property
    def names(self) -> tuple[str | tuple[str, ...], ...]:
        """Uids of all: origins of equal names give equal events."""
        return (self.copy.uid, *(source.names for source in self.sources))
