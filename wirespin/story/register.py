"""Which articles the index holds, and the stories that each was sent to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Placed:
    """What match remembers of an article.

    Attributes:
        id: identity of the article.
        digest: of this version of it.
        offset: where in the index log it stands.
        rank: 2 published by an agency, 1 crediting one, 0 neither.
        homes: numbers of the stories it was sent to; it lives in the first.
    """

    id: str
    digest: str
    offset: int
    rank: int
    homes: tuple[int, ...]

    @property
    def uid(self) -> str:
        """Identity of the version."""
        return f"{self.id}@{self.digest}"


class Register:
    """Articles by their number in the index, and the versions of each id."""

    def __init__(self) -> None:
        self._placed: dict[int, Placed] = {}
        self._versions: dict[str, tuple[int, ...]] = {}
        self._next = 0

    def __len__(self) -> int:
        return len(self._placed)

    def __getitem__(self, document: int) -> Placed:
        return self._placed[document]

    def add(self, placed: Placed) -> int:
        """Enter the next article and return its number."""
        document, self._next = self._next, self._next + 1
        self._placed[document] = placed
        self._versions[placed.id] = (*self._versions.get(placed.id, ()), document)
        return document

    def document(self, article_id: str, uid: str) -> int | None:
        """Number of a version, None where it is not here."""
        versions = self._versions.get(article_id, ())
        return next((document for document in versions if self._placed[document].uid == uid), None)

    def versions(self, article_id: str, before: int | None) -> list[int]:
        """Numbers of the versions of an article, of those below a number where one is given."""
        return [number for number in self._versions.get(article_id, ()) if before is None or number < before]

    def drop(self, document: int) -> None:
        """Forget an article."""
        placed = self._placed.pop(document)
        left = tuple(number for number in self._versions[placed.id] if number != document)
        if left:
            self._versions[placed.id] = left
        else:
            del self._versions[placed.id]
