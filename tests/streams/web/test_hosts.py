"""Turns at a host, on a clock of the test's own: two at once, five seconds apart, in order, and then forgotten."""

from __future__ import annotations

import asyncio
import heapq

import pytest

from streams.web.hosts import AT_ONCE, SPACING, Hosts


class Clock:
    """Time that passes when everybody waits."""

    def __init__(self) -> None:
        self.now = 100.0
        self._waiting: list[tuple[float, int, asyncio.Future[None]]] = []
        self._number = 0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self._number += 1
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (self.now + seconds, self._number, future))
        await future

    async def run(self, until: float = 1e9) -> None:
        """Let time pass until nobody waits, or until then."""
        while True:
            for _ in range(20):
                await asyncio.sleep(0)
            if not self._waiting or self._waiting[0][0] > until:
                self.now = max(self.now, until) if until < 1e9 else self.now
                return
            when, _, future = heapq.heappop(self._waiting)
            self.now = max(self.now, when)
            if not future.done():
                future.set_result(None)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def hosts(clock: Clock) -> Hosts:
    return Hosts(clock=clock, sleep=clock.sleep)


async def asks(hosts: Hosts, clock: Clock, host: str, took: float, starts: list[float], spacing: float = 0.0) -> None:
    async with hosts.turn(host, spacing):
        starts.append(clock.now - 100)
        await clock.sleep(took)


def test_the_usual_manners() -> None:
    assert (AT_ONCE, SPACING) == (2, 5.0)


async def test_five_seconds_apart(hosts: Hosts, clock: Clock) -> None:
    starts: list[float] = []
    tasks = [asyncio.create_task(asks(hosts, clock, "a.example", 1, starts)) for _ in range(4)]
    await clock.run()
    await asyncio.gather(*tasks)
    assert starts == [0, 5, 10, 15]


async def test_two_at_once(hosts: Hosts, clock: Clock) -> None:
    starts: list[float] = []
    tasks = [asyncio.create_task(asks(hosts, clock, "a.example", 20, starts)) for _ in range(4)]
    await clock.run()
    await asyncio.gather(*tasks)
    assert starts == [0, 5, 20, 25]


async def test_other_hosts_do_not_wait(hosts: Hosts, clock: Clock) -> None:
    starts: list[float] = []
    tasks = [asyncio.create_task(asks(hosts, clock, f"{n}.example", 20, starts)) for n in range(50)]
    await clock.run()
    await asyncio.gather(*tasks)
    assert starts == [0] * 50


async def test_first_come_first_served(hosts: Hosts, clock: Clock) -> None:
    order: list[int] = []

    async def one(number: int) -> None:
        async with hosts.turn("a.example"):
            order.append(number)
            await clock.sleep(number * 7 % 11)

    tasks = [asyncio.create_task(one(number)) for number in range(30)]
    await clock.run()
    await asyncio.gather(*tasks)
    assert order == list(range(30))


async def test_a_host_that_wants_more_time_gets_it(hosts: Hosts, clock: Clock) -> None:
    starts: list[float] = []
    tasks = [asyncio.create_task(asks(hosts, clock, "a.example", 1, starts, spacing)) for spacing in (30, 1, 0)]
    await clock.run()
    await asyncio.gather(*tasks)
    assert starts == [0, 30, 35]


async def test_who_gives_up_takes_no_turn(hosts: Hosts, clock: Clock) -> None:
    starts: list[float] = []
    tasks = [asyncio.create_task(asks(hosts, clock, "a.example", 1, starts)) for _ in range(4)]
    await clock.run(until=101)
    tasks[1].cancel()
    tasks[2].cancel()
    await clock.run()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert starts == [0, 5]
    assert hosts.waiting("a.example") == 0


async def test_a_failure_gives_the_turn_back(hosts: Hosts, clock: Clock) -> None:
    async def fail() -> None:
        async with hosts.turn("a.example"):
            raise ConnectionError

    for _ in range(5):
        with pytest.raises(ConnectionError):
            await fail()
        clock.now += 10
    assert hosts.waiting("a.example") == 0


async def test_hosts_are_forgotten(hosts: Hosts, clock: Clock) -> None:
    for number in range(1000):
        async with hosts.turn(f"{number}.example"):
            clock.now += 0.1
    assert len(hosts) < 60  # those of the last five seconds
    clock.now += 100
    async with hosts.turn("last.example"):
        assert len(hosts) == 1


async def test_a_host_in_use_is_not_forgotten_and_stops_nothing(hosts: Hosts, clock: Clock) -> None:
    async with hosts.turn("slow.example"):
        for number in range(1000):
            async with hosts.turn(f"{number}.example"):
                clock.now += 0.1
        assert hosts.waiting("slow.example") == 1
        assert len(hosts) < 60
