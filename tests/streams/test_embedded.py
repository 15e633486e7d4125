"""The embedded broker: started, found, stopped."""

from __future__ import annotations

import os
import socket

import pytest

from schemas.errors import BrokerError
from streams.embedded import HOST, EmbeddedBroker


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_it_listens_on_loopback_and_is_gone_afterwards() -> None:
    with EmbeddedBroker() as broker:
        pid, port = broker.pid, broker.port
        assert broker.url == f"kafka://{HOST}:{port}"
        with socket.create_connection((HOST, port), timeout=5):
            assert alive(pid)
    assert not alive(pid)
    with pytest.raises(OSError, match="refused"):
        socket.create_connection((HOST, port), timeout=5).close()


def test_two_at_a_time_take_two_ports() -> None:
    with EmbeddedBroker() as one, EmbeddedBroker() as two:
        assert one.port != two.port


def test_a_taken_port_is_an_error_that_names_it() -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(BrokerError, match=f"port {port}"), EmbeddedBroker(port):
            pass


def test_it_stops_when_the_body_fails() -> None:
    pids: list[int] = []

    def fail_inside() -> None:
        with EmbeddedBroker() as broker:
            pids.append(broker.pid)
            raise KeyError

    with pytest.raises(KeyError):
        fail_inside()
    assert not alive(*pids)
