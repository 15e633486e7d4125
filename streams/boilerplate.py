"""Boilerplate tables as files: written whole, read by workers."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from schemas.boilerplate import BoilerplateTable
from schemas.errors import RecordError, SettingsError
from wirespin.identity import digest
from wirespin.text.boilerplate import Boilerplate

log = logging.getLogger(__name__)


def read_table(path: str) -> BoilerplateTable:
    """A table from its file.

    Raises:
        SettingsError: the file cannot be read or is no table.
    """
    remedy = "make one with 'wirespin boilerplate learn'"
    try:
        return BoilerplateTable.from_bytes(Path(path).read_bytes(), where=path)
    except OSError as error:
        raise SettingsError(f"cannot be read: {error.strerror}", where=path, remedy=remedy) from error
    except RecordError as error:
        raise SettingsError(f"is no boilerplate table: {error.problem}", where=path, remedy=remedy) from error


def load_boilerplate(path: str | None) -> Boilerplate | None:
    """The table that ingest is to use, None where none is set; raises as `read_table` does.

    Its digest is logged: workers of one pipeline must tell the same, or their answers differ.
    """
    if path is None:
        return None
    table = read_table(path)
    log.info("boilerplate: %d lines from %s, digest %s", len(table.lines), path, digest(table.to_bytes().decode()))
    return Boilerplate(table)


def write_table(table: BoilerplateTable, path: str) -> None:
    """Write a table to a file, which is replaced at once or not at all.

    Raises:
        SettingsError: it cannot be written there.
    """
    target = Path(path)
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with beside.open("wb") as file:
            file.write(table.to_file())
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    except OSError as error:
        raise SettingsError(f"cannot be written: {error.strerror}", where=path) from error
    finally:
        beside.unlink(missing_ok=True)
