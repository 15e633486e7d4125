"""Knowing that this process stood still for so long that its partitions may be another's.

A worker that is stopped (SIGSTOP, a frozen virtual machine, a laptop put to sleep) sends no heartbeats. Its group gives
its partitions to another worker, which goes on; the first one, when it wakes, still has in hand what it was working
on. Said now, an event of before would stand behind the other worker's newer one. So nothing more is sent.
"""

from __future__ import annotations

import threading
import time
from types import TracebackType
from typing import Self

from schemas.errors import SendError

TICK = 0.25
"""Seconds between two signs of life."""


class Lease:
    """Whether the process has been awake enough to keep its partitions, as a context manager.

    A thread, not a task: a blocked event loop does not stop the heartbeats, which have a thread of their own too. What
    stops this one (the whole process, or C code that holds the interpreter) stops them.

    Args:
        limit: seconds of standing still after which the group may have given the worker up.
    """

    def __init__(self, limit: float) -> None:
        self._limit = limit
        self._seen, self._stood = time.monotonic(), 0.0
        self._over = threading.Event()

    def __enter__(self) -> Self:
        self._seen = time.monotonic()
        threading.Thread(target=self._tick, name="lease", daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()

    def check(self) -> None:
        """Return if nobody else can have the partitions.

        Raises:
            SendError: the process stood still for too long, once and for all.
        """
        self._look()
        if self._stood > self._limit:
            remedy = "start it again; what it did not commit is delivered again"
            raise SendError(f"stood still for {self._stood:.0f} s, another may have its partitions", remedy=remedy)

    def _look(self) -> None:
        """Note how long nobody has looked."""
        now = time.monotonic()
        self._stood = max(self._stood, now - self._seen)
        self._seen = now

    def _tick(self) -> None:
        while not self._over.wait(TICK):
            self._look()
