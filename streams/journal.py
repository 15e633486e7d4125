"""What an ingest has done, in a file that is only appended to: files read, items sent, items held.

One JSON object a line: ``{"file": path, "mtime": ns, "size": bytes}``, ``{"gone": path}``, ``{"sent": digest}``,
``{"held": article}``, ``{"freed": id}``, ``{"killed": id, "version": number}``. A line is written when what it says has
been confirmed, so a crash leads to doing something twice and never to leaving it out.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

import orjson

from schemas.article import Article
from schemas.errors import InputError, SettingsError, StateError
from streams.folder import Seen

MOST_SENT = 200_000
"""Digests kept of items that were sent, the newest: all of ten agencies for a week, in 30 MB."""

SLACK = 100_000
"""Lines beyond four times what is live after which the file is written anew."""

Entry = dict[str, Any]


class Journal:
    """The memory of an ingest.

    Args:
        path: of the file; None for one that is forgotten at the end.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._file: BinaryIO | None = None
        self._lock: BinaryIO | None = None
        self._unwritten: list[Entry] = []
        self._lines = 0
        self.files: dict[str, Seen] = {}
        self.sent: dict[bytes, None] = {}
        self.held: dict[str, Article] = {}
        self.killed: dict[str, int | None] = {}

    def __enter__(self) -> Self:
        """Open it and read what it says.

        Raises:
            SettingsError: it cannot be written, or another process has it open.
            StateError: it is no journal, or damaged.
        """
        if self._path is not None:
            try:
                self._open(self._path)
            except BaseException:
                self._close()
                raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it; what was not committed is forgotten."""
        self._close()

    def _open(self, path: Path) -> None:
        try:
            self._lock = path.with_name(path.name + ".lock").open("wb")
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._file = path.open("a+b")
        except BlockingIOError as error:
            raise SettingsError("another ingest has it open", where=str(path), remedy="give each its own") from error
        except OSError as error:
            raise SettingsError(f"cannot be written: {error.strerror}", where=str(path)) from error
        self._load(self._file)

    def _close(self) -> None:
        for opened in (self._file, self._lock):
            if opened is not None:
                opened.close()

    def note(self, **entry: Any) -> None:
        """Remember at once, and write at the next commit."""
        self._apply(entry)
        self._unwritten.append(entry)

    def hold(self, name: str, article: Article) -> None:
        """Remember an article that waits."""
        self.held[name] = article
        self._unwritten.append({"held": article.model_dump(mode="json", exclude_none=True), "id": name})

    def commit(self) -> None:
        """Write what was noted, to the disk.

        Raises:
            StateError: it could not be written.
        """
        noted, self._unwritten = self._unwritten, []
        if self._file is None or not noted:
            return
        try:
            self._write(self._file, noted)
            self._lines += len(noted)
            if self._lines > 4 * self._live() + SLACK:
                self._compact()
        except OSError as error:
            raise StateError(f"cannot be written: {error.strerror}", where=str(self._path)) from error

    @staticmethod
    def _write(file: BinaryIO, entries: list[Entry]) -> None:
        file.write(b"".join(orjson.dumps(entry) + b"\n" for entry in entries))
        file.flush()
        os.fsync(file.fileno())

    def _load(self, file: BinaryIO) -> None:
        file.seek(0)
        whole = 0
        for number, line in enumerate(file, 1):
            if not line.endswith(b"\n"):  # torn when the machine went down; its entry is done again
                break
            try:
                self._apply(orjson.loads(line))
            except (InputError, KeyError, ValueError) as error:
                remedy = "give another file, or remove the line"
                raise StateError("no entry of a journal", where=f"{self._path} line {number}", remedy=remedy) from error
            whole, self._lines = whole + len(line), number
        file.truncate(whole)

    def _apply(self, entry: Entry) -> None:
        match entry:
            case {"file": str(path), "mtime": int(mtime), "size": int(size)}:
                self.files[path] = Seen(path, mtime, size)
            case {"gone": str(path)}:
                self.files.pop(path, None)
            case {"sent": str(sent)}:
                self.sent[bytes.fromhex(sent)] = None
                if len(self.sent) > MOST_SENT:
                    del self.sent[next(iter(self.sent))]
            case {"held": dict(data), "id": str(name)}:
                self.held[name] = Article.from_data(data)
            case {"freed": str(name)}:
                self.held.pop(name, None)
            case {"killed": str(name), "version": version}:
                self.killed[name] = version
            case _:
                raise KeyError("no entry")

    def _live(self) -> int:
        return len(self.files) + len(self.sent) + len(self.held) + len(self.killed)

    def _entries(self) -> Iterator[Entry]:
        yield from ({"file": one.path, "mtime": one.mtime, "size": one.size} for one in self.files.values())
        yield from ({"sent": sent.hex()} for sent in self.sent)
        for name, article in self.held.items():
            yield {"held": article.model_dump(mode="json", exclude_none=True), "id": name}
        yield from ({"killed": name, "version": version} for name, version in self.killed.items())

    def _compact(self) -> None:
        """Write the file anew, beside the old one until it is whole."""
        assert self._path is not None
        assert self._file is not None
        beside = self._path.with_name(self._path.name + ".new")
        with beside.open("wb") as file:
            self._write(file, list(self._entries()))
        self._file.close()
        beside.replace(self._path)
        self._file = self._path.open("a+b")
        self._lines = self._live()
