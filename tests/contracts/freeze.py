"""The schemas that were promised: ``python -m tests.contracts.freeze`` takes today's, where they break nothing.

Run it when a version is released, and after a new record was added. Where something would break it writes nothing and
ends with 1.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import orjson

from schemas.base import SCHEMA_VERSION
from schemas.compatibility import Break, breaks
from schemas.jsonschema import files

FOLDER = Path(__file__).parent / "frozen"

FROM_OUTSIDE = ("article",)
"""Records that others write and only wirespin reads: that one may be more than before harms nobody."""


def frozen(version: int = SCHEMA_VERSION, folder: Path = FOLDER) -> dict[str, dict[str, Any]]:
    """The schemas that were promised, by file name."""
    return {path.name: orjson.loads(path.read_bytes()) for path in sorted((folder / f"v{version}").glob("*.json"))}


def broken(name: str, old: dict[str, Any], new: dict[str, Any]) -> list[Break]:
    """What a change breaks for those who matter."""
    outside = name.split(".", 1)[0] in FROM_OUTSIDE
    return [one for one in breaks(old, new) if one.hurts == "writers" or not outside]


def main(folder: Path = FOLDER) -> int:
    """Take today's schemas, or say what they break."""
    today = {path.name: content for path, content in files().items()}
    promised = frozen(folder=folder)
    problems = [f"{name}: gone" for name in promised if name not in today]
    problems += [
        f"{name}: {one}"
        for name, old in promised.items()
        if name in today
        for one in broken(name, old, orjson.loads(today[name]))
    ]
    for problem in problems:
        sys.stderr.write(f"{problem}\n")
    if not problems:
        target = folder / f"v{SCHEMA_VERSION}"
        target.mkdir(parents=True, exist_ok=True)
        for name, content in today.items():
            (target / name).write_bytes(content)
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
