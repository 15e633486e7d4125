"""A disk small enough to be filled: a file system in memory, mounted for as long as it is needed.

Mounting needs root on Linux, so this is asked for (``--broker disk``) and never part of what `make test` runs.
"""

from __future__ import annotations

import errno
import os
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

SIZE = 1024**3
"""Bytes. A broker holds its jars' natives, a few segments of 10 MB indices (sparse) and the run's topics in it."""

BLOCK = 1024**2
FILLER = "filler"


class DiskError(RuntimeError):
    """The disk cannot be had here; the message says why."""


class SmallDisk:
    """A mounted file system of so many bytes, which goes with all it holds.

    Attributes:
        path: where it is mounted.
    """

    def __init__(self, size: int = SIZE) -> None:
        self._size = size
        self.path = Path()

    def __enter__(self) -> Self:
        self.path = Path(tempfile.mkdtemp(prefix="wirespin-disk-"))
        said = _run("mount", "-t", "tmpfs", "-o", f"size={self._size}", "wirespin", str(self.path))
        if said:
            self.path.rmdir()
            raise DiskError(f"a disk of its own could not be mounted (it needs root on Linux): {said}")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        _run("umount", "--lazy", str(self.path))
        self.path.rmdir()

    def fill(self) -> int:
        """Take the last byte of it; how many that were."""
        taken = 0
        with (self.path / FILLER).open("wb", buffering=0) as file:
            for block in (BLOCK, 4096, 1):
                taken += _written(file.fileno(), bytes(block))
        return taken

    def free(self) -> None:
        """Give back what `fill` took."""
        (self.path / FILLER).unlink(missing_ok=True)


def _written(file: int, block: bytes) -> int:
    """Write blocks until no space is left; how many bytes were taken."""
    taken = 0
    while True:
        try:
            taken += os.write(file, block)
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            return taken


def _run(*command: str) -> str:
    """What a command complained of, nothing when it did as told."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    except FileNotFoundError:
        return f"there is no {command[0]}"
    return (done.stderr.strip() or f"exit code {done.returncode}") if done.returncode else ""
