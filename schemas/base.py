"""What all records share: a schema version, unknown fields kept, and bytes that are the same every time."""

from __future__ import annotations

from typing import Any, ClassVar, Self, TypeVar

import orjson
from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError

from schemas.errors import InputError, RecordError

SCHEMA_VERSION = 1
"""Version of the record format; raised when a reader of the old one would misread the new one."""

OPEN_ENUM: dict[str, JsonValue] = {"x-open-enum": True}
"""What the JSON Schema of a field says besides whose values grow without a new version (docs/contracts.md)."""

VALUE_SHOWN = 80
"""Characters of an offending value that an error quotes: enough to find it, too few to flood a log."""

Record = TypeVar("Record", bound="WireRecord")


class Part(BaseModel):
    """A piece of a record. Unknown fields are kept, so that a newer producer's record passes through unharmed."""

    model_config = ConfigDict(extra="allow", frozen=True, populate_by_name=True)


class WireRecord(Part):
    """A record that travels on a topic.

    Attributes:
        schema_version: version of the format, 1 for now.
    """

    rejects_as: ClassVar[type[InputError]] = RecordError
    schema_version: int = Field(default=SCHEMA_VERSION, ge=1)

    def to_bytes(self) -> bytes:
        """The record as UTF-8 JSON; equal records give equal bytes. Fields that hold None are left out.

        Raises:
            RecordError: unknown fields that it keeps cannot be written, being nested some 250 deep.
        """
        try:
            data = self.model_dump(mode="json", by_alias=True, exclude_none=True)
            return orjson.dumps(data, option=orjson.OPT_SORT_KEYS)
        except (TypeError, ValueError, RecursionError) as error:
            name = type(self).__name__
            raise RecordError(
                f"cannot be written as JSON: {error}", where=name, remedy="send flatter fields"
            ) from error

    @classmethod
    def from_bytes(cls, value: bytes | None, *, where: str = "") -> Self:
        """Read and check a record.

        Args:
            value: UTF-8 JSON of one object, or None for a tombstone.
            where: what to call the place in an error, e.g. ``wirespin.articles[0]@17``.

        Raises:
            RecordError: the bytes are no JSON object, or (as the class's own error) a field is missing or wrong.
        """
        return cls._checked(cls.decoded(value, where=where), where)

    @classmethod
    def decoded(cls, value: bytes | None, *, where: str = "") -> dict[str, Any]:
        """The JSON object of a record of a version that is known, its fields unchecked: a tenth of `from_bytes`.

        Raises:
            RecordError: the bytes are no JSON object, or of a later version.
        """
        if value is None:
            raise RecordError("the record has no value", where=where, remedy=f"send a JSON object ({cls.__name__})")
        try:
            data = orjson.loads(value)
        except orjson.JSONDecodeError as error:
            shown = value[:VALUE_SHOWN]
            raise RecordError(f"not JSON ({error}): {shown!r}", where=where, remedy="send UTF-8 JSON") from error
        return _object(data, where)

    @classmethod
    def from_data(cls, data: Any, *, where: str = "") -> Self:
        """Check an object that was already decoded; raises as `from_bytes` does."""
        return cls._checked(_object(data, where), where)

    @classmethod
    def _checked(cls, data: dict[str, Any], where: str) -> Self:
        try:
            return cls.model_validate(data)
        except ValidationError as error:
            raise cls.rejects_as(explain(error), where=where, remedy=f"see the schema of {cls.__name__}") from error


def _object(data: Any, where: str) -> dict[str, Any]:
    """What was decoded, where it is an object of a version that is known."""
    if not isinstance(data, dict):
        raise RecordError(f"not a JSON object but {type(data).__name__}", where=where, remedy="send one object")
    check_version(data, where)
    return data


def check_version(data: dict[str, Any], where: str) -> None:
    """Refuse a record of a later format than this code knows."""
    version = data.get("schema_version", SCHEMA_VERSION)
    try:
        newer = float(version) > SCHEMA_VERSION
    except OverflowError:
        newer = True
    except (TypeError, ValueError):
        return  # the field's own check says what is wrong with it
    if newer:
        raise RecordError(
            f"field schema_version: {_shown(version)} is newer than {SCHEMA_VERSION}",
            where=where,
            remedy="upgrade wirespin",
        )


def explain(error: ValidationError) -> str:
    """Every problem of a record as ``field NAME: what is wrong, got VALUE``, joined by semicolons."""
    problems = []
    for problem in error.errors(include_url=False):
        field = ".".join(str(step) for step in problem["loc"]) or "record"
        problems.append(
            f"field {field}: {problem['msg'].removeprefix('Value error, ')}, got {_shown(problem.get('input'))}"
        )
    return "; ".join(problems)


def _shown(value: Any) -> str:
    """The beginning of a value as Python would write it."""
    try:
        shown = repr(value)
    except RecursionError:  # orjson reads what is nested 1,024 deep, repr writes some 990
        return f"a {type(value).__name__} nested too deep to show"
    return shown if len(shown) <= VALUE_SHOWN else shown[:VALUE_SHOWN] + "…"
