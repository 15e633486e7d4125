"""Names that the desk answers to."""

from __future__ import annotations

import pytest

from streams.desk.hosts import Hosts, host_of, is_loopback


@pytest.mark.parametrize("header", ["localhost", "LOCALHOST:80", "127.0.0.1:8080", "[::1]:8080", "[::1]"])
def test_on_loopback_this_machine_is_admitted(header: str) -> None:
    assert Hosts("127.0.0.1").admits(header)


@pytest.mark.parametrize(
    "header",
    ["evil.example", "evil.example:8080", "127.0.0.1.evil.example", "", "localhost@evil.example", "a/localhost",
     "localhost/x", "127.0.0.2", "[::1", "::1"],
)  # fmt: skip
def test_on_loopback_other_names_are_not(header: str) -> None:
    assert not Hosts("127.0.0.1").admits(header)


def test_further_names_are_admitted_where_they_are_set() -> None:
    hosts = Hosts("0.0.0.0", [" desk.example ", ""])
    assert hosts.admits("Desk.example:443")
    assert hosts.admits("localhost")
    assert not hosts.admits("other.example")


def test_an_open_desk_without_names_answers_to_all() -> None:
    assert Hosts("0.0.0.0", [""]).admits("anything.example")


def test_what_is_loopback() -> None:
    assert all(map(is_loopback, ("localhost", "127.0.0.1", "127.8.8.8", "::1", "[::1]")))
    assert not any(map(is_loopback, ("0.0.0.0", "::", "192.168.0.1", "desk.example", "")))


def test_a_header_that_is_none() -> None:
    assert host_of("[::") == host_of("a b@c") == ""
