"""Files of folders that others write into: which are there, and which have stopped changing."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

SETTLED = 2.0
"""Seconds without a change after which a file is taken for written; FTP servers and copies write without pausing."""

OLD = 60.0
"""Seconds since the last change after which a file is taken for written though it is seen for the first time."""

UNFINISHED = (".tmp", ".temp", ".part", ".partial", ".filepart", ".crdownload", ".swp", ".lock", "~")
"""How the names end under which programs write what they rename when it is whole."""


@dataclass(frozen=True, order=True)
class Seen:
    """A file as it was found.

    Attributes:
        path: as given, or below the folder that was given.
        mtime: nanoseconds since 1970 of its last change.
        size: bytes.
    """

    path: str
    mtime: int
    size: int


class Folder:
    """What stands in some files and folders, looked at again and again.

    Polling, since notices of the operating system do not cross NFS and SMB, and get lost when there are many.

    Args:
        paths: files, and folders that are searched with all below them; hidden files and those whose names say that
            they are being written are passed over there, links to folders are not followed.
        old: seconds since its last change after which a file is read at once; None for whatever it is.
        clock: seconds since 1970.
    """

    def __init__(self, paths: Iterable[str], old: float | None = OLD, clock: Callable[[], float] = time.time) -> None:
        self._paths, self._old, self._clock = list(paths), old, clock
        self._since: dict[str, tuple[Seen, float]] = {}
        self.missing: set[str] = set()

    def settled(self, done: Callable[[Seen], bool]) -> tuple[list[Seen], set[str]]:
        """Files to be read now, by path, and the names of all that are there.

        Args:
            done: whether a file, as it is, has been read.
        """
        now = self._clock()
        there = {seen.path: seen for seen in self._files()}
        self._since = {path: since for path, since in self._since.items() if path in there}
        ready = [seen for seen in there.values() if not done(seen) and self._is_still(seen, now)]
        return sorted(ready), set(there)

    def _is_still(self, seen: Seen, now: float) -> bool:
        if self._old is None or now - seen.mtime / 1e9 >= self._old:
            return True
        before, since = self._since.get(seen.path, (None, now))
        if before != seen:
            self._since[seen.path] = (seen, now)
            return False
        return now - since >= SETTLED

    def _files(self) -> Iterator[Seen]:
        self.missing = set()
        for given in self._paths:
            found = look(given)
            if found is None:
                if Path(given).is_dir():
                    yield from _below(given)
                else:
                    self.missing.add(given)
            else:
                yield found


def _below(folder: str) -> Iterator[Seen]:
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.startswith(".") or name.lower().endswith(UNFINISHED):
                continue
            if found := look(str(Path(root) / name)):
                yield found


def look(path: str) -> Seen | None:
    """A regular file as it is now; None where there is none (any more)."""
    try:
        found = Path(path).stat()
    except OSError:
        return None
    return Seen(path, found.st_mtime_ns, found.st_size) if stat.S_ISREG(found.st_mode) else None
