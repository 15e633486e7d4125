"""Boilerplate: the lines that an outlet prints under many stories, as a file that people can read and edit."""

from __future__ import annotations

from typing import Literal

import orjson
from pydantic import Field

from schemas.base import Part, WireRecord

BoilerplateForm = Literal["line", "sentence", "opening", "ending"]
"""Where a piece is cut: ``line`` where it is a whole line, ``sentence`` also where it is a whole sentence of a line,
``opening`` and ``ending`` where a line or sentence begins or ends with it."""


class BoilerplateLine(Part):
    """A piece of text that an outlet prints under many stories.

    Attributes:
        outlet: whose it is: the host of its URLs, or its name (`wirespin.wire.publisher.outlet`).
        text: the piece as one article printed it; compared by its folded words.
        form: where it is cut.
        articles: how many articles it stood in.
        share: how many of the outlet's articles that was, 0 to 1.
        first: day of the earliest of them, ISO 8601, null where none had a date.
        last: day of the latest.
    """

    outlet: str = Field(pattern=r"\S")
    text: str = Field(pattern=r"\w")
    form: BoilerplateForm = "sentence"
    articles: int = Field(default=1, ge=1)
    share: float = Field(default=0.0, ge=0, le=1)
    first: str | None = None
    last: str | None = None


class BoilerplateTable(WireRecord):
    """What was learned from a log of articles. Written once, then an input of ingest like any setting.

    Attributes:
        articles: how many different articles it was learned from.
        outlets: how many outlets they came from.
        lines: by outlet, the most frequent first.
    """

    articles: int = Field(default=0, ge=0)
    outlets: int = Field(default=0, ge=0)
    lines: list[BoilerplateLine]

    def to_file(self) -> bytes:
        """The table as UTF-8 JSON over many lines, the same bytes for equal tables."""
        options = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
        return orjson.dumps(self.model_dump(mode="json", exclude_none=True), option=options)
