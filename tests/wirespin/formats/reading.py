"""Reading documents in tests."""

from __future__ import annotations

import io
from pathlib import Path

from schemas.article import Article
from wirespin.formats.read import articles
from wirespin.formats.types import Found, LeftOut

FIXTURES = Path(__file__).parents[2] / "fixtures" / "formats"


def read(data: bytes, suffix: str = "", name: str = "doc") -> list[Found]:
    """Everything that a document holds."""
    return list(articles(io.BufferedReader(io.BytesIO(data)), name, suffix, name))


def fixture(name: str) -> list[Found]:
    """Everything that a fixture holds."""
    path = FIXTURES / name
    return read(path.read_bytes(), path.suffix, name)


def one(name: str) -> Article:
    """The first article of a fixture."""
    return next(found for found in fixture(name) if isinstance(found, Article))


def errors(found: list[Found]) -> list[str]:
    """What was wrong."""
    return [str(item) for item in found if not isinstance(item, (Article, LeftOut))]
