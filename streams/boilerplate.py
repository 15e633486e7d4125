"""Boilerplate tables as files: learned from articles of files or topics, written whole, read by workers."""

from __future__ import annotations

import contextlib
import logging
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from schemas.accepted import Accepted
from schemas.article import Article
from schemas.boilerplate import BoilerplateTable
from schemas.errors import InputError, RecordError, SettingsError
from streams.events import each_message
from streams.settings import Settings
from streams.sources import each_article
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


class Log:
    """Articles of files, to be gone through several times; unfit ones are left out and counted.

    Attributes:
        unfit: how many were left out in the last pass.
    """

    def __init__(self, *paths: str) -> None:
        self._paths = paths
        self.unfit = 0

    def __call__(self) -> Iterator[Article]:
        """All of them, from the beginning."""
        self.unfit = 0
        for waiting in each_article(self._paths):
            try:
                yield Article.from_bytes(waiting.value)
            except InputError:
                self.unfit += 1


@contextlib.contextmanager
def spooled() -> Iterator[str]:
    """A path for articles that can be read only once, removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="wirespin-") as folder:
        yield str(Path(folder) / "articles.jsonl")


async def spool_topic(settings: Settings, role: str, path: str) -> int:
    """Write the articles of a topic, from its beginning to where it ends now, to a file, a line each.

    Args:
        settings: how to reach the broker.
        role: articles or accepted.
        path: of the file.

    Returns:
        How many records were unfit and left out.
    """
    unfit = 0
    with Path(path).open("wb") as file:  # noqa: ASYNC230 (nothing else runs on this loop)
        async for message in each_message(settings, role):
            try:
                file.write(_article(message.value, role).to_bytes() + b"\n")
            except InputError:
                unfit += 1
    return unfit


def _article(value: bytes | None, role: str) -> Article:
    return Accepted.from_bytes(value).article if role == "accepted" else Article.from_bytes(value)
