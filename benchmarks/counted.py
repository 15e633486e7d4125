"""A worker that counts what it sends to and gets from the broker: ``python -m benchmarks.counted STAGE``.

Prints the bytes when it is told to stop. Counted are the frames of aiokafka's connections, which Faust's clients are
too: what crosses the wire but for TCP's and TLS's own.
"""

from __future__ import annotations

import asyncio
import os
import sys
from typing import Any

from aiokafka.conn import AIOKafkaConnection

from streams.cli.options import log_to_stderr
from streams.settings import load
from streams.worker import stages_named, work


class Wire:
    """Counts from now on, in this process.

    Attributes:
        received: bytes of answers.
        sent: bytes of requests.
    """

    def __init__(self) -> None:
        self.received = self.sent = 0
        handle, send = AIOKafkaConnection._handle_frame, AIOKafkaConnection.send

        def counted_handle(connection: Any, frame: bytes) -> None:
            self.received += len(frame) + 4
            handle(connection, frame)

        def counted_send(connection: Any, request: Any, expect_response: bool = True) -> Any:
            if not isinstance(connection._writer, Writer):
                connection._writer = Writer(connection._writer, self)
            return send(connection, request, expect_response)

        AIOKafkaConnection._handle_frame = counted_handle
        AIOKafkaConnection.send = counted_send


class Writer:
    """A stream writer that tells how much is written."""

    def __init__(self, writer: Any, wire: Wire) -> None:
        self._writer, self._wire = writer, wire

    def write(self, data: bytes) -> None:
        """Write and count."""
        self._wire.sent += len(data)
        self._writer.write(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._writer, name)


def main() -> None:
    """Run the worker, then print the counts."""
    wire = Wire()
    settings = load(os.environ).settings
    log_to_stderr(settings)
    try:
        asyncio.run(work(settings, stages_named(sys.argv[1])))
    finally:
        print(wire.sent, wire.received, flush=True)


if __name__ == "__main__":
    main()
