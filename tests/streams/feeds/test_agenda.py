"""The order in which feeds are polled."""

from __future__ import annotations

import pytest
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from streams.feeds.agenda import Agenda


def drained(agenda: Agenda, now: float) -> list[str]:
    """What can be begun now."""
    found = []
    while taken := agenda.take(now):
        found.append(taken[0])
    return found


def test_by_time_and_not_before() -> None:
    agenda = Agenda(2)
    for name, due in (("late", 30.0), ("early", 10.0), ("middle", 20.0)):
        agenda.put(name, due, name)
    assert agenda.wait(5.0) == 5.0
    assert drained(agenda, 25.0) == ["early", "middle"]
    assert agenda.wait(25.0) == 5.0
    assert agenda.overdue(31.0) == 1
    assert agenda.take(31.0) == ("late", 30.0, "late")
    assert agenda.wait(31.0) is None


def test_a_busy_host_holds_up_its_own_feeds_only() -> None:
    agenda = Agenda(2)
    for number in range(5):
        agenda.put(f"slow-{number}", number, "slow")
    agenda.put("quick", 9.0, "quick")
    assert drained(agenda, 10.0) == ["slow-0", "slow-1", "quick"]
    assert agenda.wait(10.0) is None  # nothing to do until one is done
    agenda.done("slow")
    assert agenda.wait(10.0) == 0.0
    assert drained(agenda, 10.0) == ["slow-2"]


def test_another_time_replaces_the_first_and_what_is_removed_is_not_polled() -> None:
    agenda = Agenda(2)
    agenda.put("a", 1.0, "a")
    agenda.put("a", 50.0, "a")
    agenda.put("b", 2.0, "b")
    agenda.remove("b")
    agenda.remove("nobody")
    assert drained(agenda, 10.0) == []
    assert (len(agenda), agenda.wait(10.0)) == (1, 40.0)


def test_one_that_stood_aside_and_was_removed_does_not_hold_up_those_behind_it() -> None:
    agenda = Agenda(1)
    for name in ("first", "second", "third"):
        agenda.put(name, 0.0, "host")
    assert drained(agenda, 1.0) == ["first"]
    agenda.remove("second")
    agenda.done("host")
    assert drained(agenda, 1.0) == ["third"]


def test_many_changes_of_time_do_not_pile_up() -> None:
    agenda = Agenda(1)
    for number in range(10_000):
        agenda.put("a", float(number), "host")
    assert len(agenda._heap) < 200
    assert agenda.take(9_999.0) == ("a", 9_999.0, "host")


class Any(RuleBasedStateMachine):
    """Whatever is done in whatever order: nobody is polled twice at a time, no host too much, and nobody starves."""

    PER_HOST = 2

    def __init__(self) -> None:
        super().__init__()
        self.agenda, self.now = Agenda(self.PER_HOST), 0.0
        self.entered: dict[str, tuple[float, str]] = {}
        self.polled: list[tuple[str, str]] = []

    @rule(number=st.integers(0, 7), delay=st.floats(0, 10))
    def put(self, number: int, delay: float) -> None:
        name, host = f"f{number}", f"h{number % 2}"
        if name not in {one for one, _ in self.polled}:
            self.agenda.put(name, self.now + delay, host)
            self.entered[name] = (self.now + delay, host)

    @rule(number=st.integers(0, 7))
    def remove(self, number: int) -> None:
        self.agenda.remove(f"f{number}")
        self.entered.pop(f"f{number}", None)

    @rule(seconds=st.floats(0, 5))
    def pass_time(self, seconds: float) -> None:
        self.now += seconds

    @rule()
    def take(self) -> None:
        taken = self.agenda.take(self.now)
        if taken is None:
            free = [
                name
                for name, (due, host) in self.entered.items()
                if due <= self.now and [one for _, one in self.polled].count(host) < self.PER_HOST
            ]
            assert free == []
            return
        name, due, host = taken
        assert self.entered.pop(name) == (due, host)
        assert due <= self.now
        self.polled.append((name, host))

    @precondition(lambda self: self.polled)
    @rule(data=st.data())
    def done(self, data: st.DataObject) -> None:
        name, host = self.polled.pop(data.draw(st.integers(0, len(self.polled) - 1)))
        self.agenda.done(host)
        del name

    @invariant()
    def hosts_are_spared(self) -> None:
        hosts = [host for _, host in self.polled]
        assert all(hosts.count(host) <= self.PER_HOST for host in hosts)
        assert len(self.agenda) == len(self.entered)


TestAny = Any.TestCase
TestAny.settings = hypothesis_settings(max_examples=100, stateful_step_count=40)


@pytest.mark.parametrize("per_host", [1, 3])
def test_all_of_one_host_are_polled_in_the_end(per_host: int) -> None:
    agenda = Agenda(per_host)
    for number in range(50):
        agenda.put(str(number), 0.0, "host")
    polled: list[str] = []
    while begun := drained(agenda, 1.0):
        assert len(begun) <= per_host
        polled += begun
        for _ in begun:
            agenda.done("host")
    assert polled == [str(number) for number in range(50)]
