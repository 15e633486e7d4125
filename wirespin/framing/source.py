"""Who is said to have said something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from wirespin.text.tokens import Span

How = Literal["beside", "phrase", "apposition", "clause", "near", "colon", "paragraph"]
"""How a speaker was told: right next to the verb; behind "according to"; across an insertion ("X, head of Y, said"); as
the subject of the sentence ("X left, saying"); only as the nearest name; before a colon ("X: …"); by the quotation
before in the same paragraph or the one before."""


@dataclass(frozen=True)
class Source:
    """A speaker as a text names him at one place.

    Attributes:
        span: [start, end) in the body of the words that stand for the speaker there: name, role or pronoun.
        how: how they were found.
        surname: surname or last word of the name, folded, without accents; for a role or pronoun, that of the person
            meant, where rules can tell.
        role: head of the description, folded ("minister", "police"), where there is one.
        name: where the name stands, for a role or pronoun that was led back to one; else None.
        pronoun: the pronoun, folded; empty where there is none.
        owned: whether the name follows "of" or "the" and so may only say where a speaker belongs.
    """

    span: Span
    how: How
    surname: str | None = None
    role: str | None = None
    name: Span | None = None
    pronoun: str = ""
    owned: bool = False

    @property
    def key(self) -> str | None:
        """What the speaker is known by: the surname, else the role."""
        return self.surname or self.role

    @property
    def sure(self) -> bool:
        """Whether a name stands right next to the verb."""
        return self.how == "beside" and not self.owned and not self.pronoun and self.surname is not None


class Told:
    """What words are told with: a speaker, or none that could be told."""

    source: Source | None

    @property
    def pronoun(self) -> bool:
        """Whether a pronoun stands in for the speaker."""
        return self.source is not None and self.source.pronoun != ""

    @property
    def sure(self) -> bool:
        """Whether the speaker's name stands right next to the verb."""
        return self.source is not None and self.source.sure
