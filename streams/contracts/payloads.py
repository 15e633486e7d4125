"""JSON Schemas of the records as AsyncAPI's Schema Objects: one table of named schemas that refer to each other.

AsyncAPI 3 reads a schema without a format of its own as a superset of JSON Schema draft 07, the one dialect that all
its tools must know. What the records' schemas use of 2020-12 beyond it is said in the words of draft 07.
https://www.asyncapi.com/docs/reference/specification/v3.0.0#schemaObject
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from schemas.base import WireRecord
from schemas.errors import RecordError
from schemas.jsonschema import schema_of

Schema = dict[str, Any]

PLACE = "#/components/schemas/"
DEFINITIONS = "#/$defs/"
OF_THE_FILE = ("$schema", "$id", "$defs")


def payloads(records: Iterable[type[WireRecord]]) -> dict[str, Schema]:
    """Schemas by name: the records' own and those of their parts.

    Raises:
        RecordError: two parts of one name differ.
    """
    table: dict[str, Schema] = {}
    for record in records:
        schema = schema_of(record)
        named = {**schema.get("$defs", {}), record.__name__: schema}
        for name, one in named.items():
            found = _in_draft_07({key: value for key, value in one.items() if key not in OF_THE_FILE})
            if table.setdefault(name, found) != found:
                raise RecordError("two schemas of one name differ", where=name, remedy="name one of them otherwise")
    return dict(sorted(table.items()))


def _in_draft_07(value: Any) -> Any:
    """A schema, or a part of one, in the words of draft 07.

    A property called like a keyword is not taken for it, because what follows one is no list and no text.
    """
    if isinstance(value, list):
        return [_in_draft_07(one) for one in value]
    if not isinstance(value, dict):
        return value
    said = {key: _in_draft_07(one) for key, one in value.items()}
    if isinstance(said.get("$ref"), str):
        said["$ref"] = said["$ref"].replace(DEFINITIONS, PLACE)
    if isinstance(said.get("prefixItems"), list):
        said["items"] = said.pop("prefixItems")
    return said
