"""Reading a long log in several processes at once, each with partitions of its own.

To read and decode a record takes three quarters of what it costs to take it into the index, and one process uses one
core. What the others read comes through a pipe, in pieces; the process that waits for it goes on with its heartbeats.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Protocol

from agents.records import Record
from schemas.errors import StateError
from streams.log import Progress, log_lengths, read_log
from streams.settings import Settings

LONG = 100_000
"""Records from which processes are started: one takes a second to start, in which some 20,000 are read."""


class Gatherer(Protocol):
    """What takes records in, and can hand over what it has."""

    def take(self, record: Record) -> None:
        """Take a record in; raises where it is none."""

    def drain(self) -> list[Any]:
        """Hand over what was gathered so far, and let it go."""

    def join(self, rows: list[Any]) -> None:
        """Take in what another one handed over."""


@dataclass(frozen=True)
class Piece:
    """What a reading process hands over.

    Attributes:
        total: records that it has to read.
        read: those it has read since the piece before.
        rows: what its gatherer handed over.
        failure: what ended it, empty where nothing did.
        last: whether it is done.
    """

    total: int
    read: int
    rows: list[Any]
    failure: str = ""
    last: bool = False


async def gather_log(
    settings: Settings,
    ends: Mapping[Any, int],
    gathered: Gatherer,
    make: Callable[[], Gatherer],
    progress: Progress,
    *,
    long: int = LONG,
) -> None:
    """Read partitions from their beginning up to an offset each into a gatherer.

    Args:
        settings: how to reach the broker, and how many processes may read.
        ends: the offset of each partition behind the last record that is wanted.
        gathered: what is read goes into it.
        make: an empty gatherer, for another process; picklable.
        progress: told of what was read.
        long: records from which other processes read.

    Raises:
        StateError: one of them could not read, or ended.
    """
    lengths = await log_lengths(settings, ends)
    shares = shared_out(lengths, settings.rebuild_readers)
    if len(shares) < 2 or sum(lengths.values()) < long:
        await read_log(settings, ends, gathered.take, progress)
        return
    before, totals = progress.total, [0] * len(shares)

    async def receive(number: int) -> None:
        share = {place: ends[place] for place in shares[number]}
        async with contextlib.aclosing(_pieces(settings, share, make)) as pieces:
            async for piece in pieces:
                gathered.join(piece.rows)
                totals[number] = piece.total
                progress.total = before + sum(totals)
                progress.step(piece.read)

    async with asyncio.TaskGroup() as group:
        for number in range(len(shares)):
            group.create_task(receive(number))


def shared_out(lengths: Mapping[Any, int], shares: int) -> list[list[Any]]:
    """Partitions in at most so many shares of like length, empty partitions in none.

    >>> shared_out({"a": 5, "b": 3, "c": 3, "d": 0}, 2)
    [['a'], ['b', 'c']]
    """
    found: list[list[Any]] = [[] for _ in range(shares)]
    for place in sorted((one for one in lengths if lengths[one]), key=lambda one: -lengths[one]):
        min(found, key=lambda share: sum(lengths[one] for one in share)).append(place)
    return [share for share in found if share]


async def _pieces(settings: Settings, ends: Mapping[Any, int], make: Callable[[], Gatherer]) -> AsyncGenerator[Piece]:
    """What a process of its own reads; it is ended when nobody wants more."""
    context = multiprocessing.get_context("spawn")
    mine, its = context.Pipe(duplex=False)
    process = context.Process(target=_read, args=(its, settings, dict(ends), make), daemon=True)
    try:
        await asyncio.to_thread(process.start)
        its.close()  # so that its end is the only one, and we hear when it goes
        while True:
            piece = await _received(mine, ends)
            if piece.failure:
                raise StateError(f"a process that reads it failed: {piece.failure}", where=_where(ends))
            yield piece
            if piece.last:
                return
    finally:
        await asyncio.shield(asyncio.to_thread(_end, process, mine))


async def _received(mine: Connection, ends: Mapping[Any, int]) -> Piece:
    try:
        piece = await asyncio.to_thread(mine.recv)
    except (EOFError, OSError) as error:
        raise StateError("a process that reads it ended", where=_where(ends), remedy="is memory short?") from error
    assert isinstance(piece, Piece)
    return piece


def _end(process: BaseProcess, mine: Connection) -> None:
    """End a process that is done, or that nobody needs any more."""
    if process.pid is not None:
        process.kill()
        process.join()
        process.close()
    mine.close()


def _where(ends: Mapping[Any, int]) -> str:
    return ", ".join(sorted(f"{place.topic}[{place.partition}]" for place in ends))


def _read(its: Connection, settings: Settings, ends: Mapping[Any, int], make: Callable[[], Gatherer]) -> None:
    """The life of a reading process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # its worker is told, and ends it
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with contextlib.suppress(BrokenPipeError):
        try:
            asyncio.run(_send_pieces(its, settings, ends, make()))
        except BrokenPipeError:
            raise
        except Exception as error:  # noqa: BLE001 (whatever it is, its worker must hear of it)
            its.send(Piece(0, 0, [], failure=repr(error), last=True))


async def _send_pieces(its: Connection, settings: Settings, ends: Mapping[Any, int], gatherer: Gatherer) -> None:
    progress = _Sending(its, ends, gatherer)
    await read_log(settings, ends, gatherer.take, progress)
    its.send(Piece(progress.total, 0, gatherer.drain(), last=True))


class _Sending(Progress):
    """Hands over what each fetch brought. Not where a record is taken: what fails there is passed over as a bad one."""

    def __init__(self, its: Connection, ends: Mapping[Any, int], gatherer: Gatherer) -> None:
        super().__init__(_where(ends), len(ends))
        self._its, self._gatherer = its, gatherer

    def step(self, records: int) -> None:
        """Count records that were read, and send them."""
        super().step(records)
        self._its.send(Piece(self.total, records, self._gatherer.drain()))


def _end_with_parent() -> None:
    """A worker that was killed leaves no process behind."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
