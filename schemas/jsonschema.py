"""JSON Schema (2020-12) files of all records, written from the code.

``python -m schemas.jsonschema`` writes them, ``--check`` says which are not current (exit code 1).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import orjson

from schemas.accepted import Accepted
from schemas.article import Article
from schemas.base import SCHEMA_VERSION, WireRecord
from schemas.disposition import Disposition
from schemas.events import Alert, Republication
from schemas.feed import FeedConfig, FeedSeen, FeedState
from schemas.push import FeedPush
from schemas.rejection import Rejection
from schemas.story import StoryItem

FOLDER = Path(__file__).parent / "json"
RECORDS: tuple[type[WireRecord], ...] = (
    Article,
    Accepted,
    StoryItem,
    Republication,
    Alert,
    Rejection,
    FeedConfig,
    FeedState,
    FeedSeen,
    FeedPush,
    Disposition,
)
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(record: type[WireRecord]) -> dict[str, Any]:
    """The JSON Schema of what a producer of this record may write."""
    name = f"{record.__name__.lower()}.v{SCHEMA_VERSION}"
    return {"$schema": DIALECT, "$id": f"urn:wirespin:{name}", **record.model_json_schema(by_alias=True)}


def files() -> dict[Path, bytes]:
    """Every schema file and its contents."""
    options = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    return {
        FOLDER / f"{record.__name__.lower()}.v{SCHEMA_VERSION}.json": orjson.dumps(schema_of(record), option=options)
        for record in RECORDS
    }


def stale() -> list[Path]:
    """Schema files that are missing or differ from the code."""
    return [path for path, content in files().items() if not path.is_file() or path.read_bytes() != content]


def main(arguments: list[str]) -> int:
    """Write the files, or with ``--check`` only say which are not current."""
    old = stale()
    if "--check" in arguments:
        for path in old:
            sys.stderr.write(f"not current: {path}; run 'make schemas'\n")
        return bool(old)
    FOLDER.mkdir(exist_ok=True)
    for path in old:
        path.write_bytes(files()[path])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
