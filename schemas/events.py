"""What judge says: a republication, and the alert when its framing was altered."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from schemas.accepted import Credit, DateSource
from schemas.base import OPEN_ENUM, Part, WireRecord

Relation = Literal["republication", "own_update", "common_source", "background", "independent"]
ReuseLevel = Literal["verbatim", "excerpt", "edited", "rewritten"]
Altered = Literal["yes", "no", "unsure"]
CreditStatus = Literal["kept", "removed", "changed", "none"]
Place = Literal["headline", "body"]
Device = Literal[
    "loaded_language",
    "editorializing",
    "doubt_added",
    "doubt_removed",
    "attribution_changed",
    "quote_truncated",
    "quote_altered",
    "quote_reattributed",
    "scare_quotes",
    "omission",
    "reordering",
    "label_change",
    "headline_spin",
    "agency_shift",
    "number_changed",
    "polarity_flip",
    "credit_removed",
    "credit_kept",
]
Span = tuple[int, int]


class OriginalRef(Part):
    """The wire story that a copy is measured against.

    Attributes:
        id: the version that the copy is closest to.
        first: id of the story's first version that the copy shares text with.
        version: position of `id` among the versions seen, from 1.
        agency: key of the agency.
        wire: the agency's name.
        stands_in: true where no agency feed was read and the earliest credited copy stands for the wire.
    """

    id: str
    first: str
    version: int = 1
    agency: str | None = None
    wire: str | None = None
    stands_in: bool = False
    url: str | None = None
    publisher: str | None = None
    headline: str = ""
    published: str | None = None
    date_source: DateSource = Field(json_schema_extra=OPEN_ENUM)
    digest: str


class CopyRef(Part):
    """The article that was made from it."""

    id: str
    url: str | None = None
    publisher: str | None = None
    headline: str = ""
    published: str | None = None
    date_source: DateSource = Field(json_schema_extra=OPEN_ENUM)
    language: str = "und"
    digest: str


class Direction(Part):
    """Why the one is held to be the original.

    Attributes:
        confidence: 0..1.
        reason: in plain words.
    """

    confidence: float = Field(ge=0, le=1)
    reason: str


class Passage(Part):
    """A passage that both texts share: [start, end) in each body, and its words."""

    original: Span
    copy_: Span = Field(alias="copy", serialization_alias="copy")
    words: int


class Reuse(Part):
    """How much of the original's wording stands in the copy. Shares are of words, 0..1.

    Attributes:
        level: grade of reuse.
        original_share: share of the original's words that stand in matched passages.
        copy_share: share of the copy's words that do.
        unquoted_share: the same as `copy_share` outside quotation marks.
        unquoted_of_matched: share of the copy's matched words that stand outside quotation marks; null in events of
            before it was measured, as `density`.
        density: share of the copy's words between its first and its last matched one that are matched.
        original_tenths: tenths of the original that are touched, 0..10.
        copy_tenths: tenths of the copy that are touched.
        longest: words of the longest passage.
        passages: the passages, longest first (at most 40).
    """

    level: ReuseLevel
    original_share: float
    copy_share: float
    unquoted_share: float
    unquoted_of_matched: float | None = None
    density: float | None = None
    original_tenths: int
    copy_tenths: int
    longest: int
    passages: list[Passage] = Field(default_factory=list)


class Finding(Part):
    """One way in which the framing differs, with the two texts that show it.

    Attributes:
        device: the way.
        where: which part of the article the spans count in.
        original: text in the original, empty for an addition.
        original_span: its [start, end) in the original's headline or body, null for an addition.
        rewritten: text in the copy, empty for an omission.
        rewritten_span: its [start, end) in the copy's headline or body, null for an omission.
        severity: 0..1, how much this one weighs.
        explanation: one sentence for a person.
        favours: whom it favours or blames, where that can be read from the text.
    """

    device: Device = Field(json_schema_extra=OPEN_ENUM)
    where: Place = "body"
    original: str = ""
    original_span: Span | None = None
    rewritten: str = ""
    rewritten_span: Span | None = None
    severity: float = Field(ge=0, le=1)
    explanation: str
    favours: str | None = None


class Framing(Part):
    """The comparison of the two framings.

    Attributes:
        altered: the verdict; `unsure` never alerts.
        score: 0..1.
        devices: the findings, the strongest first.
        against: what speaks against an altered framing, in plain words.
        coverage: `full` where all devices know the language, else `partial`.
    """

    altered: Altered
    score: float = Field(ge=0, le=1)
    devices: list[Finding] = Field(default_factory=list)
    against: list[str] = Field(default_factory=list)
    coverage: Literal["full", "partial"] = "full"


class CreditChange(Part):
    """What became of the agency's credit."""

    status: CreditStatus
    original: list[Credit] = Field(default_factory=list)
    in_copy: list[Credit] = Field(default_factory=list)


class Event(WireRecord):
    """A copy of a wire story.

    Attributes:
        id: hash of copy, versions compared and rules: the same finding always has the same id.
        key: hash of kind, copy and first version: the last event of a key is the one that stands.
        supersedes: ids of earlier events about this copy that no longer stand.
        time: event time, the latest known publication time of the two, null where both are undated.
        rules: version of the rules that judged, and the thresholds they judged by.
    """

    id: str
    key: str
    supersedes: list[str] = Field(default_factory=list)
    time: str | None = None
    rules: str
    original: OriginalRef
    copy_: CopyRef = Field(alias="copy", serialization_alias="copy")
    relation: Relation = "republication"
    direction: Direction
    reuse: Reuse
    credit: CreditChange
    framing: Framing


class Republication(Event):
    """Every derived article, reframed or not."""

    type: Literal["republication"] = "republication"


class Alert(Event):
    """A republication whose framing was altered. Same content, under an id and key of its own kind.

    Attributes:
        republication: id of the republication event that it belongs to.
    """

    type: Literal["alert"] = "alert"
    republication: str
