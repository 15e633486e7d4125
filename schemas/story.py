"""An article on its way to a story that it lives in or visits."""

from __future__ import annotations

from pydantic import Field

from schemas.accepted import Accepted
from schemas.base import Part, WireRecord


class Candidate(Part):
    """An earlier article that shares kept shingles with this one.

    Attributes:
        uid: identity of that version.
        shared: how many kept shingles both have.
    """

    uid: str
    shared: int = Field(ge=1)


class StoryItem(WireRecord):
    """One article at one story.

    Attributes:
        story: the story's id, which is the key of the record.
        lives: whether the article lives here (else it only visits).
        log: partition of the index log in which the article stands.
        offset: its offset there; what match knew is rebuilt from these.
        accepted: the article.
        candidates: the articles at this story that it is to be compared with.
    """

    story: str
    lives: bool
    log: int = Field(ge=0)
    offset: int = Field(ge=0)
    accepted: Accepted
    candidates: list[Candidate] = Field(default_factory=list)
