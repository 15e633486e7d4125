"""An article as a producer hands it in."""

from __future__ import annotations

from typing import Any, ClassVar, Literal, Self

from pydantic import ConfigDict, Field, field_validator, model_validator

from schemas.base import WireRecord
from schemas.errors import ArticleError

MAX_BODY = 2_000_000
"""Characters. The longest feature on a wire is under 100,000; beyond this it is a data file, not an article."""

MAX_FIELD = 4_096
"""Characters of any other text field: URLs are cut at 2,048 by most of the web, headlines at a few hundred."""

SOMETHING = r"\S"
"""What names an article must be more than white space, or all nameless articles of a careless feed were one."""

PubStatus = Literal["usable", "withheld", "canceled"]


def _holds(field: str) -> dict[str, Any]:
    """JSON Schema of a record in which a field is there and more than white space."""
    return {"required": [field], "properties": {field: {"type": "string", "pattern": SOMETHING}}}


def _or_null(schema: dict[str, Any]) -> None:
    """JSON Schema of a text for which null may be written."""
    schema["type"] = [schema["type"], "null"]


class Article(WireRecord):
    """An article as it came from a feed, an agency or a file. Texts are kept to the letter.

    Of an outside producer only this is asked: `headline` or `body`, and one of `url`, `guid` or `id`.

    Attributes:
        id: stable identity; derived from `guid` or `url` where missing (`wirespin.identity.article_id`).
        url: where it stands on the web.
        guid: the feed's own identifier of the entry.
        publisher: who published it, by name.
        headline: the headline.
        body: the text; paragraphs split by blank lines. Offsets in events count its Unicode characters.
        published_at: when it was published, as given (ISO 8601 preferred; what is not a usable time is flagged).
        byline: the line that names the author.
        credit: the line that names the source of the text, where the producer has it as a field.
        language: BCP 47 tag.
        feed: the feed it came from.
        fetched_at: when it was read, ISO 8601.
        version: the publisher's own count of versions of this article, from 1.
        pub_status: IPTC publication status; `canceled` is a kill notice.
        raw_date: the date as the feed had it, before any parsing.
        date_source: which field of the feed or page `published_at` was taken from.
        editor_note: the agency's note to editors; no part of the text, and no part of what makes a version.
        embargoed: when it may be published at the earliest, ISO 8601, or ``indefinite`` where that is not known.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "allOf": [
                {"anyOf": [_holds("id"), _holds("url"), _holds("guid")]},
                {"anyOf": [_holds("headline"), _holds("body")]},
            ]
        }
    )
    rejects_as: ClassVar[type[ArticleError]] = ArticleError

    id: str | None = Field(default=None, pattern=SOMETHING, max_length=MAX_FIELD)
    url: str | None = Field(default=None, pattern=SOMETHING, max_length=MAX_FIELD)
    guid: str | None = Field(default=None, pattern=SOMETHING, max_length=MAX_FIELD)
    publisher: str | None = Field(default=None, max_length=MAX_FIELD)
    headline: str = Field(default="", max_length=MAX_FIELD, json_schema_extra=_or_null)
    body: str = Field(default="", max_length=MAX_BODY, json_schema_extra=_or_null)
    published_at: str | None = Field(default=None, max_length=MAX_FIELD)
    byline: str | None = Field(default=None, max_length=MAX_FIELD)
    credit: str | None = Field(default=None, max_length=MAX_FIELD)
    language: str | None = Field(default=None, max_length=35)
    feed: str | None = Field(default=None, max_length=MAX_FIELD)
    fetched_at: str | None = Field(default=None, max_length=MAX_FIELD)
    version: int | None = Field(default=None, ge=0)
    pub_status: PubStatus = "usable"
    raw_date: str | None = Field(default=None, max_length=MAX_FIELD)
    date_source: str | None = Field(default=None, max_length=MAX_FIELD)
    editor_note: str | None = Field(default=None, max_length=MAX_FIELD)
    embargoed: str | None = Field(default=None, max_length=MAX_FIELD)

    @field_validator("headline", "body", mode="before")
    @classmethod
    def _null_is_empty(cls, value: object) -> object:
        """Producers write null for a text they do not have."""
        return "" if value is None else value

    @model_validator(mode="after")
    def _enough(self) -> Self:
        if not (self.body.strip() or self.headline.strip()):
            raise ValueError("headline and body are both empty; one must hold text")
        if not (self.id or self.url or self.guid):
            raise ValueError("none of id, url, guid is there; one must name the article")
        return self
