"""The file of the desk's store: one connection that writes, some that read, and a file begun anew where it is unfit."""

from __future__ import annotations

import contextlib
import fcntl
import logging
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from schemas.errors import StateError
from streams.desk import store_schema

log = logging.getLogger(__name__)

WRITER_CACHE = 64
READER_CACHE = 16
"""MiB of pages that a connection keeps in memory."""

BUSY = 10.0
"""Seconds to wait for another connection's lock; WAL readers never wait for the writer, a checkpoint may."""

READERS = 4
"""Connections kept open for reading; more are opened when more are needed, and closed again."""

_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB")


def is_damage(error: sqlite3.Error) -> bool:
    """Whether an error says that the file itself is unfit, not that something else went wrong."""
    return getattr(error, "sqlite_errorname", "").startswith(_DAMAGED)


class File:
    """An SQLite file in WAL mode. Any thread may use it; writers wait for each other.

    Args:
        path: the file; made where missing, begun anew where it is damaged or of another version.
        indexed: whether to use SQLite's full-text index where there is one.

    Attributes:
        indexed: whether the file has a full-text index.
        damaged: whether a reader found it damaged; `renew` mends that.

    Raises:
        StateError: another process has it, or it cannot be written.
    """

    def __init__(self, path: Path, indexed: bool = True) -> None:
        self.path, self._wanted = path, indexed
        self._writing, self._pool = threading.Lock(), threading.Lock()
        self._idle: list[sqlite3.Connection] = []
        self._generation = 0
        self.damaged = False
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._lock = _locked(path)
        except OSError as error:
            raise _unusable(path, error) from error
        try:
            self._writer = self._opened()
        except sqlite3.Error as error:
            self._lock.close()
            raise _unusable(path, error) from error
        self.indexed = store_schema.is_indexed(self._writer)

    def close(self) -> None:
        """Close all connections; nothing may be asked of it any more."""
        with self._writing:
            self._drop_readers()
            self._writer.close()
            self._lock.close()

    def renew(self, why: str) -> None:
        """Throw the file away and begin an empty one."""
        with self._writing:
            log.warning("%s: %s; it is filled anew from the broker", self.path, why)
            self._drop_readers()
            self._writer.close()
            self._remove()
            self._writer = self._opened()
            self.damaged = False

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction, committed at its end and undone where an error leaves it."""
        with self._writing:
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
                self._writer.execute("COMMIT")
            except BaseException as error:
                self._undo(error)
                raise

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees one state of the file from its first question to its last."""
        connection, generation = self._reader()
        try:
            connection.execute("BEGIN")
            yield connection
            connection.execute("COMMIT")
        except BaseException as error:
            connection.close()
            self.damaged |= isinstance(error, sqlite3.Error) and is_damage(error) and generation == self._generation
            raise
        self._give_back(connection, generation)

    def _undo(self, error: BaseException) -> None:
        self.damaged |= isinstance(error, sqlite3.Error) and is_damage(error)
        with contextlib.suppress(sqlite3.Error):  # SQLite may have undone it already
            self._writer.execute("ROLLBACK")

    def _reader(self) -> tuple[sqlite3.Connection, int]:
        with self._pool:
            if self._idle:
                return self._idle.pop(), self._generation
            generation = self._generation
        connection = _connect(self.path, READER_CACHE)
        connection.execute("PRAGMA query_only = ON")
        return connection, generation

    def _give_back(self, connection: sqlite3.Connection, generation: int) -> None:
        with self._pool:
            if generation == self._generation and len(self._idle) < READERS:
                self._idle.append(connection)
                return
        connection.close()

    def _drop_readers(self) -> None:
        with self._pool:
            self._generation += 1
            for connection in self._idle:
                connection.close()
            self._idle.clear()

    def _opened(self) -> sqlite3.Connection:
        """The writing connection to a file that is fit."""
        with contextlib.suppress(FileNotFoundError):
            why = self._unfit()
            if why:
                log.warning("%s: %s; it is filled anew from the broker", self.path, why)
                self._remove()
        connection = _connect(self.path, WRITER_CACHE)
        connection.execute("PRAGMA journal_mode = WAL")
        if store_schema.is_empty(connection):
            store_schema.create(connection, self._wanted)
        return connection

    def _unfit(self) -> str:
        """Why a file that is there cannot be used, empty where it can."""
        if not self.path.stat().st_size:
            return ""
        try:
            with contextlib.closing(_connect(self.path, READER_CACHE)) as connection:
                if store_schema.is_empty(connection) or store_schema.is_current(connection):
                    return ""
                return "is of another version"
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            return f"is damaged ({error})"

    def _remove(self) -> None:
        for ending in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + ending).unlink(missing_ok=True)


def _connect(path: Path, cache: int) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY, isolation_level=None, check_same_thread=False)
    try:
        connection.execute(f"PRAGMA cache_size = -{cache * 1024}")
        connection.execute("PRAGMA synchronous = NORMAL")  # a crash of the machine may cost the last batches
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _locked(path: Path) -> IO[str]:
    """The open file by whose lock this process has the other one to itself."""
    lock = path.with_suffix(".lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        lock.close()
        remedy = "give each desk a folder of its own by WIRESPIN_DESK_DATA"
        raise StateError("another desk has it", where=str(path), remedy=remedy) from error
    return lock


def _unusable(path: Path, error: Exception) -> StateError:
    remedy = "set WIRESPIN_DESK_DATA to a folder on a local disk that can be written"
    return StateError(f"cannot be used: {error}", where=str(path), remedy=remedy)
