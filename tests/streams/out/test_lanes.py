"""Delivering a hook's messages: order of each key, waits, what a stop and a server's return do."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

import pytest

from streams.out.webhooks.config import Hook
from streams.out.webhooks.lanes import GivenUp, Gone, Lanes
from streams.out.webhooks.message import Message
from streams.out.webhooks.post import Outcome
from streams.out.webhooks.schedule import Schedule
from streams.out.webhooks.tally import Tally
from tests.streams.out.webhooks_support import hook, message
from tests.support.pipeline import until

TAKEN, BROKEN, REFUSED = Outcome(True, status=204), Outcome(False, "500", 500, server=True), Outcome(False, "400", 400)


class Fixture:
    """Lanes with a hook that answers by a function."""

    def __init__(self, answer: Callable[[Message], Outcome | Awaitable[Outcome]], given: Hook | None = None) -> None:
        self.asked: list[str] = []
        self.done: list[str] = []
        self.put_by: list[GivenUp] = []
        self.failed: list[BaseException] = []
        self.most = self.now = 0
        self.tally = Tally()
        self._answer = answer
        self.lanes = Lanes(
            given or hook(), self._attempt, self._keep, lambda one: self.done.append(one.id), self.failed.append,
            self.tally, lambda: 0.0,
        )  # fmt: skip

    async def _attempt(self, one: Message) -> Outcome:
        self.asked.append(one.id)
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            said = self._answer(one)
            return said if isinstance(said, Outcome) else await said
        finally:
            self.now -= 1

    async def _keep(self, one: GivenUp) -> None:
        self.put_by.append(one)

    async def over(self) -> None:
        await until(lambda: not self.lanes.waiting)
        await self.lanes.close()


def failing(times: int, outcome: Outcome = BROKEN) -> Callable[[Message], Outcome]:
    """In vain so many times for each message, then taken."""
    tries: dict[str, int] = {}

    def answer(one: Message) -> Outcome:
        tries[one.id] = tries.get(one.id, 0) + 1
        return TAKEN if tries[one.id] > times else outcome

    return answer


async def slowly(_: Message) -> Outcome:
    await asyncio.sleep(0.02)
    return TAKEN


async def test_a_key_keeps_its_order_through_retries() -> None:
    fixture = Fixture(failing(2))
    for number in range(4):
        fixture.lanes.enter(message(number))
    await fixture.over()
    assert fixture.done == ["a0", "a1", "a2", "a3"]
    assert fixture.asked == [f"a{number}" for number in range(4) for _ in range(3)]
    assert (fixture.tally.retries, fixture.tally.messages["delivered"], fixture.lanes.bytes) == (8, 4, 0)
    assert fixture.tally.state == "delivering"


async def test_another_key_does_not_wait_for_one_that_is_refused() -> None:
    fixture = Fixture(lambda one: TAKEN if one.key == "k2" else REFUSED, hook(schedule=Schedule(9, 60, 60)))
    fixture.lanes.enter(message(0, "k1"))
    fixture.lanes.enter(message(1, "k1"))
    fixture.lanes.enter(message(2, "k2"))
    await until(lambda: fixture.done)
    assert fixture.done == ["a2"]
    assert fixture.asked == ["a0", "a2"]
    assert fixture.lanes.waiting == 2
    await fixture.lanes.close()


async def test_after_the_last_try_it_is_put_by_and_the_next_one_of_its_key_goes_on() -> None:
    fixture = Fixture(lambda one: TAKEN if one.id == "a1" else BROKEN)
    fixture.lanes.enter(message(0))
    fixture.lanes.enter(message(1))
    await fixture.over()
    assert [(one.message.id, one.tries, one.outcome.status) for one in fixture.put_by] == [("a0", 3, 500)]
    assert fixture.done == ["a0", "a1"]
    assert fixture.tally.messages == {"undelivered": 1, "delivered": 1}
    assert fixture.put_by[0].first <= fixture.put_by[0].last


async def test_what_cannot_be_put_by_is_not_done_and_ends_the_hook() -> None:
    fixture = Fixture(lambda _: REFUSED)

    async def lost(_: GivenUp) -> None:
        raise RuntimeError("broker gone")

    fixture.lanes._put_by = lost
    fixture.lanes.enter(message(0))
    await until(lambda: fixture.failed)
    assert fixture.done == []
    await fixture.lanes.close()


async def test_no_more_requests_at_a_time_than_the_hook_allows() -> None:
    fixture = Fixture(slowly, hook(concurrency=3))
    for number in range(12):
        fixture.lanes.enter(message(number, f"k{number}"))
    await fixture.over()
    assert fixture.most == 3
    assert len(fixture.done) == 12


async def test_retry_after_holds_for_all_messages_of_the_hook() -> None:
    busy = Outcome(False, "429", 429, retry_after=0.2, server=True)
    begun = time.monotonic()
    times: list[float] = []

    def answer(_: Message) -> Outcome:
        times.append(time.monotonic() - begun)
        return busy if len(times) == 1 else TAKEN

    fixture = Fixture(answer, hook(concurrency=1, schedule=Schedule(3, 0.01, 60)))
    fixture.lanes.enter(message(0, "k1"))
    fixture.lanes.enter(message(1, "k2"))
    await fixture.over()
    assert times[0] < 0.2
    assert all(one >= 0.2 for one in times[1:])


async def test_when_the_server_is_back_what_waits_because_of_it_is_tried_at_once() -> None:
    back = False

    def answer(one: Message) -> Outcome:
        return TAKEN if back else (REFUSED if one.key == "odd" else BROKEN)

    fixture = Fixture(answer, hook(schedule=Schedule(9, 60, 60)))
    fixture.lanes._outage = 0.0
    for number, key in enumerate(("k1", "k2", "odd")):
        fixture.lanes.enter(message(number, key))
    await until(lambda: len(fixture.asked) == 3)
    back = True
    fixture.lanes.enter(message(9, "k9"))
    await until(lambda: len(fixture.done) == 3)
    assert fixture.done[0] == "a9"
    assert set(fixture.done) == {"a0", "a1", "a9"}  # the server was not to blame for the odd one
    await fixture.lanes.close()


async def test_what_the_server_falls_over_is_given_up_although_it_comes_back_every_time() -> None:
    fixture = Fixture(lambda one: BROKEN if one.key == "poison" else TAKEN, hook(schedule=Schedule(3, 0.1, 0.1)))
    fixture.lanes._outage = 0.0
    fixture.lanes.enter(message(0, "poison"))
    for number in range(1, 1_000):
        if fixture.put_by:
            break
        fixture.lanes.enter(message(number, f"k{number}"))
        await asyncio.sleep(0.01)
    assert [one.message.id for one in fixture.put_by] == ["a0"]
    assert fixture.asked.count("a0") > 3
    await fixture.lanes.close()


async def test_410_ends_the_hook_and_nothing_is_done() -> None:
    fixture = Fixture(lambda _: Outcome(False, "410", 410))
    for number in range(3):
        fixture.lanes.enter(message(number, f"k{number}"))
    await until(lambda: fixture.failed)
    await fixture.lanes.close()
    assert {type(error) for error in fixture.failed} == {Gone}
    assert fixture.done == []
    assert fixture.lanes.waiting == 3


async def test_a_stop_lets_a_request_under_way_end_and_begins_none() -> None:
    async def answer(_: Message) -> Outcome:
        await asyncio.sleep(0.2)
        return TAKEN

    fixture = Fixture(answer, hook(concurrency=1))
    for number in range(3):
        fixture.lanes.enter(message(number, f"k{number % 2}"))
    await until(lambda: fixture.asked)
    await fixture.lanes.close()
    assert fixture.done == fixture.asked == ["a0"]


@pytest.mark.parametrize("outcome", [BROKEN, REFUSED])
async def test_a_stop_does_not_wait_for_the_next_try(outcome: Outcome) -> None:
    fixture = Fixture(lambda _: outcome, hook(schedule=Schedule(3, 3_600, 3_600)))
    fixture.lanes.enter(message(0))
    await until(lambda: fixture.asked)
    begun = time.monotonic()
    await fixture.lanes.close()
    assert time.monotonic() - begun < 2
    assert (fixture.done, fixture.put_by) == ([], [])


async def test_a_stop_breaks_off_what_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("streams.out.webhooks.lanes.GRACE", 0.05)

    async def answer(_: Message) -> Outcome:
        await asyncio.sleep(60)
        return TAKEN

    fixture = Fixture(answer)
    fixture.lanes.enter(message(0))
    await until(lambda: fixture.asked)
    await fixture.lanes.close()
    assert (fixture.done, fixture.failed) == ([], [])
