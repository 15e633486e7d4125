"""Fakes at the seams: records, a stream, an outlet."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

import orjson

from agents.records import Outgoing, Record
from schemas.errors import SendError

NOON = 1_700_000_000_000
"""Milliseconds: 2023-11-14, after all articles of the tests."""


class ListOutlet:
    """Collects what is sent; from the `fails`-th delivery on it fails."""

    def __init__(self, fails: int | None = None) -> None:
        self.sent: list[Outgoing] = []
        self._left = fails

    async def deliver(self, outgoing: Sequence[Outgoing]) -> None:
        if self._left is not None:
            self._left -= 1
            if self._left < 0:
                raise SendError("not delivered", where="fake", remedy="none")
        self.sent += outgoing


class Acks:
    """Collects what was acknowledged."""

    def __init__(self) -> None:
        self.offsets: list[int] = []

    async def __call__(self, record: Record) -> None:
        self.offsets.append(record.offset)


def record(value: bytes | None, offset: int = 0, topic: str = "t.articles", partition: int = 0) -> Record:
    return Record(topic, partition, offset, NOON, b"key", value, (("trace", b"1"), ("empty", None)))


def article(name: str, body: str = "Some words of an article.", **fields: str | int) -> bytes:
    return orjson.dumps({"id": name, "body": body, **fields})


async def batches(*groups: Sequence[Record]) -> AsyncIterator[Sequence[Record]]:
    for group in groups:
        yield group
