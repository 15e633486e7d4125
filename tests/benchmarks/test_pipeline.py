"""The parts of the pipeline benchmark that need no broker."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from aiokafka.conn import AIOKafkaConnection

from benchmarks.counted import Wire
from benchmarks.pipeline import percentiles
from benchmarks.processes import Process, check
from schemas.errors import BrokerError

ENDS = (
    "import signal, sys; sum(range(3_000_000)); "  # a few of the ticks in which the system counts
    "signal.signal(15, lambda *_: (print(12, 34), sys.exit())); print(flush=True); signal.pause()"
)


def test_percentiles_are_of_what_there_is() -> None:
    assert percentiles([]) == {}
    assert percentiles([0.5]) == {50: 0.5, 99: 0.5}
    assert percentiles([n / 100 for n in range(200)]) == {50: 1.0, 99: 1.98}


async def test_a_process_tells_its_time_and_what_it_printed_at_its_end() -> None:
    one = await Process.started("worker", ["-c", ENDS])
    assert one._process.stdout
    await one._process.stdout.readline()
    check([one])
    assert one.processor() > 0
    assert await one.ended() == [12, 34]


async def test_a_process_that_ended_by_itself_is_noticed() -> None:
    one = await Process.started("worker", ["-c", "raise SystemExit(3)"])
    await one.ended()
    with pytest.raises(BrokerError, match="worker: ended with code"):
        check([one])


async def test_what_a_connection_sends_and_gets_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[bytes] = []

    class Stream:
        def write(self, data: bytes) -> None:
            written.append(data)

    def send(connection: Any, request: Any, expect_response: bool = True) -> None:
        connection._writer.write(request)

    monkeypatch.setattr(AIOKafkaConnection, "send", send)
    monkeypatch.setattr(AIOKafkaConnection, "_handle_frame", lambda *_: None)
    wire = Wire()
    connection = AIOKafkaConnection.__new__(AIOKafkaConnection)
    connection._writer = Stream()
    for request in (b"four", b"seven!!"):
        connection.send(request)
    connection._handle_frame(b"12345")
    await asyncio.sleep(0)
    assert (wire.sent, wire.received, written) == (11, 9, [b"four", b"seven!!"])
