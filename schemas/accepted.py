"""An article that ingest let in: identified, dated, credited and reduced to a sketch."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import pairwise
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from schemas.article import Article
from schemas.base import OPEN_ENUM, Part, WireRecord

CreditForm = Literal["publisher", "credit", "byline", "dateline", "signoff", "reporting", "copyright", "contributed"]
"""Where an agency is named: see `wirespin.wire.credits` for what each form looks like."""

DateSource = Literal[
    "published_at", "changed", "date_only", "no_zone", "wrong_zone", "missing", "unreadable", "implausible", "future"
]
"""How far the time of publication can be trusted; only `published_at` counts as known to the minute.

``changed`` is when the article was last changed: it was published then or earlier. ``date_only`` is a day, or midnight
to the second; ``no_zone`` a time of no stated zone; ``wrong_zone`` one that lies ahead of its own arrival, as local
times do that are published as UTC. Where the rest are said, no time is given: ``missing``, ``unreadable`` (also what
can be read in two ways, and bare counts of seconds), ``implausible`` (before there were digital newswires: 1970 is a
program's zero), ``future`` (ahead by more than any zone explains).
"""

_TIME = re.compile(r"[12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
"""How `published` is written."""


class Credit(Part):
    """An agency named as a source of the text.

    Attributes:
        agency: the agency's key in the table of agencies, e.g. ``afp``.
        name: the agency's name as printed.
        form: how it is named.
        start: offset of the naming in the body, or -1 where it stands in another field.
        end: offset behind it, or -1.
    """

    agency: str
    name: str
    form: CreditForm = Field(json_schema_extra=OPEN_ENUM)
    start: int = -1
    end: int = -1


class Sketch(Part):
    """The kept hashes of a text's shingles, and where in the text they stand.

    A hash is kept when hash mod `scale` == 0 (FracMinHash, Irber et al. 2022), so two sketches keep the same ones, and
    always when the shingle stands inside quotation marks.

    Attributes:
        scale: 1 for short texts, a power of two.
        shingles: distinct shingles of the whole text, kept or not.
        hashes: the kept hashes, ascending: little-endian uint64, base64.
        tenths: for each, the tenth of the text (0-9) in which it first stands: uint8, base64.
    """

    scale: int = Field(ge=1)
    shingles: int = Field(ge=0)
    hashes: str
    tenths: str


class Accepted(WireRecord):
    """An article on its way to match, and later the unit of the library of texts.

    Attributes:
        article: as the producer gave it, with `id` filled in.
        digest: hash of headline and body: the same id with another digest is another version.
        published: time of publication in UTC, ISO 8601 with seconds, or null where none can be believed.
        date_source: how far `published` can be trusted.
        agency: key of the agency that published it, null for everybody else.
        credits: agencies named as sources of the text.
        language: BCP 47 primary tag, or ``und``.
        spans: regions of the body that are the article itself: [start, end) pairs, clutter left out.
        sketch: what match looks up.
    """

    article: Article
    digest: str
    published: str | None = None
    date_source: DateSource = Field(json_schema_extra=OPEN_ENUM)
    agency: str | None = None
    credits: list[Credit] = Field(default_factory=list)
    language: str = "und"
    spans: list[tuple[int, int]]
    sketch: Sketch

    @field_validator("published")
    @classmethod
    def _is_time(cls, value: str | None) -> str | None:
        if value is not None:
            if not _TIME.fullmatch(value):
                raise ValueError("not of the form 2026-11-22T10:00:00Z")
            datetime.fromisoformat(value)
        return value

    @model_validator(mode="after")
    def _fits_its_article(self) -> Self:
        """What the later stages cut by must lie within the text: one such record would fail all its story's others."""
        if not self.article.id:
            raise ValueError("article.id is missing")
        end = len(self.article.body)
        if any(not 0 <= start < stop <= end for start, stop in self.spans):
            raise ValueError(f"spans reach beyond the body of {end} characters")
        if any(before[1] > after[0] for before, after in pairwise(self.spans)):
            raise ValueError("spans overlap or are out of order")
        return self

    @property
    def id(self) -> str:
        """The article's identity, which ingest always fills in."""
        assert self.article.id is not None
        return self.article.id

    @property
    def uid(self) -> str:
        """Identity of this version of the article."""
        return f"{self.id}@{self.digest}"
