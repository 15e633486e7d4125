"""What is found in a document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from schemas.article import Article
from schemas.errors import InputError


@dataclass(frozen=True)
class LeftOut:
    """An item that is in order but no article: a picture, a package of references, a page that was not found.

    Attributes:
        where: the document and the item.
        why: what it is instead, in words for a person.
    """

    where: str
    why: str


Found = Article | InputError | LeftOut
"""One item of a document: an article, what is wrong with it (the others still come), or nothing to read."""

Finds = Iterator[Found]
