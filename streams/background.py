"""Work that goes on beside all else while a context lasts, and waiting for its end."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from types import TracebackType
from typing import Any, Self


class Background(ABC):
    """An async context manager whose `_go_on` runs until it is left."""

    @abstractmethod
    async def _go_on(self) -> None:
        """The work; ended by cancelling it."""

    async def __aenter__(self) -> Self:
        self._task = asyncio.ensure_future(self._go_on())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)


async def until_stopped(stop: asyncio.Event, failed: asyncio.Future[BaseException]) -> BaseException | None:
    """Wait until one is told to stop, or cannot go on: then what happened."""
    asked = asyncio.ensure_future(stop.wait())
    waited: list[asyncio.Future[Any]] = [asked, failed]
    try:
        await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
    finally:
        asked.cancel()
    return failed.result() if failed.done() else None
