"""``python -m streams.contracts`` writes docs/asyncapi.json, ``--check`` says whether it is current (exit code 1)."""

from __future__ import annotations

import sys
from pathlib import Path

from streams.contracts.asyncapi import document
from streams.contracts.examples import load
from streams.contracts.text import rendered
from streams.settings import Settings

FILE = Path(__file__).parents[2] / "docs" / "asyncapi.json"


def main(arguments: list[str], file: Path = FILE) -> int:
    """Write the file, or with ``--check`` only say whether it is current."""
    content = rendered(document(Settings(), load()))
    current = file.is_file() and file.read_bytes() == content
    if "--check" in arguments:
        if not current:
            sys.stderr.write(f"not current: {file}; run 'make schemas'\n")
        return not current
    file.write_bytes(content)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
