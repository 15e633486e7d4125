"""A few processes that parse, each replaced when it takes too long or dies."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

from schemas.errors import FeedError, ParserError
from streams.feeds.frames import LENGTH, Message, encoded, lengths

log = logging.getLogger(__name__)

START_TIMEOUT = 60.0
"""Seconds until a process is ready; imports take one or two, on a loaded machine ten."""


LAST_BREATH = 1.0
"""Seconds from the end of a process' output to its own."""


class ParserProcess:
    """One process; messages go one at a time."""

    def __init__(self, limit: float) -> None:
        self._limit = limit
        self._process: asyncio.subprocess.Process | None = None

    async def ask(self, said: dict[str, Any], blobs: Sequence[bytes]) -> Message:
        """Send a message and return the answer; the process is started where there is none.

        Raises:
            TimeoutError: no answer within the limit; the process is ended.
            EOFError: the process died.
            ParserError: none can be started.
        """
        try:
            process = self._process or await self._start()
            assert process.stdin
            process.stdin.write(encoded(said, blobs))
            return await asyncio.wait_for(self._read(process), self._limit)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            await self._bury()
            raise EOFError("the process that parses died") from error
        except (TimeoutError, asyncio.CancelledError):
            await self.end()
            raise

    async def end(self) -> None:
        """End the process, if it runs."""
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    async def _bury(self) -> None:
        """Wait for the end of a process that has closed its output; asyncio loses track of one killed too late."""
        assert self._process
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._process.wait(), LAST_BREATH)
        await self.end()

    async def _start(self) -> asyncio.subprocess.Process:
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "streams.feeds.parser_process", str(self._limit),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        try:
            await asyncio.wait_for(self._read(self._process), START_TIMEOUT)
        except (TimeoutError, asyncio.IncompleteReadError, ConnectionError) as error:
            await self._bury()
            raise ParserError("the process that parses feeds does not start", remedy="its output says why") from error
        return self._process

    async def _read(self, process: asyncio.subprocess.Process) -> Message:
        assert process.stdin
        assert process.stdout
        await process.stdin.drain()
        (length,) = LENGTH.unpack(await process.stdout.readexactly(LENGTH.size))
        said, sizes = lengths(await process.stdout.readexactly(length))
        return said, [await process.stdout.readexactly(size) for size in sizes]


class Parsers:
    """As many processes as are given, as an async context manager; they start when they are first needed.

    Args:
        count: processes.
        limit: seconds that one document may take.
    """

    def __init__(self, count: int, limit: float) -> None:
        self._limit = limit
        self._all = [ParserProcess(limit) for _ in range(count)]
        self._idle: asyncio.LifoQueue[ParserProcess] = asyncio.LifoQueue()  # the one that runs is taken again
        for process in self._all:
            self._idle.put_nowait(process)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self._all:
            await process.end()

    async def ask(self, said: dict[str, Any], blobs: Sequence[bytes], where: str) -> Message:
        """Have something parsed; see `streams.feeds.reading` for what is said.

        Raises:
            FeedError: it could not be, or not in time, or not within the memory allowed.
            ParserError: no process can be started.
        """
        process = await self._idle.get()
        try:
            answer, parts = await process.ask(said, blobs)
        except TimeoutError as error:
            log.warning("%s: took over %g s to parse; the process was ended", where, self._limit)
            raise FeedError(f"took over {self._limit:g} s to parse", where=where) from error
        except EOFError as error:
            log.warning("%s: ended the process that parsed it", where)
            raise FeedError("ended the process that parsed it", where=where) from error
        finally:
            self._idle.put_nowait(process)
        if "error" in answer:
            raise FeedError(answer["error"], where=where, remedy=answer.get("remedy", ""))
        return answer, parts
