"""Logins and their limits."""

from __future__ import annotations

from streams.desk.sessions import FAILURES, FAILURES_OF_ALL, HOURS, MOST_SESSIONS, PER, Attempts, Sessions
from tests.support.desk_house import Clock


def test_a_login_lasts_its_hours_and_ends_when_it_is_ended() -> None:
    clock = Clock()
    sessions = Sessions(clock)
    ticket, other = sessions.begin("kim"), sessions.begin("lena")
    assert (sessions.who(ticket), sessions.who(other), sessions.who(ticket + "x")) == ("kim", "lena", None)
    sessions.end(other)
    assert sessions.who(other) is None
    clock.now += HOURS * 3_600 - 1
    assert sessions.who(ticket) == "kim"
    clock.now += 1
    assert sessions.who(ticket) is None


def test_there_is_an_end_to_logins_that_are_kept() -> None:
    sessions = Sessions(Clock())
    tickets = [sessions.begin("kim") for _ in range(MOST_SESSIONS + 1)]
    assert [sessions.who(tickets[0]), sessions.who(tickets[-1])] == [None, "kim"]
    assert len(set(tickets)) == len(tickets)


def test_a_form_is_stamped_for_one_session_of_one_desk() -> None:
    sessions, another = Sessions(Clock()), Sessions(Clock())
    stamp = sessions.stamp("ticket")
    assert sessions.is_stamp("ticket", stamp)
    for ticket, given in (("other", stamp), ("ticket", ""), ("ticket", "\ud800"), ("ticket", another.stamp("ticket"))):
        assert not sessions.is_stamp(ticket, given)


def test_too_many_wrong_tokens_have_to_wait_where_they_come_from() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    for _ in range(FAILURES):
        assert not attempts.wait("10.0.0.1")
        attempts.failed("10.0.0.1")
        clock.now += 1
    assert attempts.wait("10.0.0.1") == PER - FAILURES
    assert not attempts.wait("10.0.0.2")
    clock.now += PER - FAILURES
    assert not attempts.wait("10.0.0.1")


def test_too_many_from_everywhere_have_all_wait() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    for number in range(FAILURES_OF_ALL):
        attempts.failed(f"10.0.1.{number}")
    assert attempts.wait("10.0.0.9") == PER
    clock.now += PER
    assert not attempts.wait("10.0.0.9")
