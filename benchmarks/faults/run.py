"""A run: articles in portions, faults while a portion is worked on, and after each the wait until nothing is left."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import time
import uuid
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime

import aiohttp
import orjson
from aiokafka.errors import KafkaError

from benchmarks.faults.brokers import Broker
from benchmarks.faults.check import Outcome, indexed
from benchmarks.faults.fleet import Fleet
from benchmarks.faults.inject import Suffering, inject
from benchmarks.faults.plan import Fault
from benchmarks.faults.planted import WINDOW_DAYS
from schemas.errors import WirespinError
from streams.drain import drained
from streams.events import RECORDS, messages, present, rejections
from streams.offsets import topic_ends
from streams.replay import send
from streams.settings import Settings
from streams.sources import Waiting
from streams.topics import create_missing, declared

LIMIT = 300.0
"""Seconds from the end of a fault until the lag must be 0: the watchdog's time, and then some."""

ASK_AGAIN = 0.5
"""Seconds until a question that a broker did not answer is asked again."""

STOP_WITHIN = 10.0
"""Seconds that a worker which is told to stop may take."""

GONE = (KafkaError, WirespinError, OSError)


@dataclass(frozen=True)
class Told:
    """What became of a fault.

    Attributes:
        kind: its name.
        time: when it was done, UTC.
        lasted: seconds from its beginning until it was undone.
        lag0: seconds from its beginning until nothing of what had been sent was left to do.
        healed: the same from the moment that it was undone.
        ready: seconds from its beginning until all workers said that they were ready.
        red: whether any worker's readiness said no meanwhile.
        ended: exit codes of the workers that ended since the portion began, but for those that were to leave.
        company: faults of its portion.
        resident: megabytes of the largest worker.
    """

    kind: str
    time: str
    lasted: float
    lag0: float
    healed: float
    ready: float
    red: bool
    ended: tuple[int, ...]
    company: int
    resident: int

    def line(self) -> str:
        """One line of JSON."""
        return orjson.dumps(asdict(self)).decode()


@dataclass
class Portion:
    """Articles, and the faults that fall on them."""

    articles: Sequence[Waiting]
    faults: Sequence[Fault] = ()


@dataclass
class Run:
    """A run of one broker.

    Attributes:
        broker: what it runs on.
        workers: how many.
        say: told of every fault as it is over.
        told: what became of the faults.
        stops: seconds and exit code of every worker that was told to stop.
        ended: exit codes of the workers that ended and were started again.
        pace: seconds that half an undisturbed portion takes; faults fall into them.
    """

    broker: Broker
    workers: int
    say: Callable[[Told], None] = lambda _: None
    told: list[Told] = field(default_factory=list)
    stops: list[tuple[float, int]] = field(default_factory=list)
    ended: list[int] = field(default_factory=list)
    pace: float = 0.0

    async def through(self, portions: Sequence[Portion]) -> Outcome:
        """Send portion after portion, with its faults, on topics of their own; what that leaves behind.

        Raises:
            TimeoutError: the lag did not return to 0.
        """
        near = _settings(self.broker, f"f-{uuid.uuid4().hex[:8]}")
        await create_missing(near)
        async with Fleet(near.model_copy(update={"broker": self.broker.far}), self.workers) as fleet:
            await asyncio.wait_for(fleet.ready(), LIMIT)
            suffering = Suffering(self.broker, fleet, near.prefix)
            try:
                for portion in portions:
                    await self._portion(near, suffering, portion)
            except TimeoutError:
                _show_logs(fleet)
                raise
            finally:
                self.stops += suffering.stops
                self.ended += fleet.ended
            return await _outcome(near, fleet)

    async def _portion(self, near: Settings, on: Suffering, portion: Portion) -> None:
        began, ended = time.monotonic(), len(on.fleet.ended)
        for worker in on.fleet.workers:
            worker.calm()
        half = len(portion.articles) // 2
        await _sent(near, portion.articles[:half])
        began = time.monotonic()
        sending = asyncio.create_task(_later(portion.faults, self.pace, near, portion.articles[half:]))
        done = [await self._fault(fault, on, began) for fault in portion.faults]
        async with asyncio.timeout(LIMIT):
            await sending
            await _nothing_left(near)
            lag0 = time.monotonic()
            await on.fleet.ready()
        ready = time.monotonic()
        if not portion.faults:
            self.pace = max(self.pace, (lag0 - began) / 2)
        red = any(worker.red for worker in on.fleet.workers)
        codes = tuple(on.fleet.ended[ended:])
        resident = max(worker.resident for worker in on.fleet.workers) // 10**6
        for fault, (when, start, end) in zip(portion.faults, done, strict=True):
            told = Told(
                fault.kind.name, when, _s(end - start), _s(lag0 - start), _s(lag0 - end), _s(ready - start),
                red, codes, len(portion.faults), resident,
            )  # fmt: skip
            self.told.append(told)
            self.say(told)

    async def _fault(self, fault: Fault, on: Suffering, began: float) -> tuple[str, float, float]:
        """Wait for its moment and do it; when that was by the calendar, and its beginning and end by the clock."""
        moment = began if not self.pace else began + fault.at * self.pace
        await asyncio.sleep(max(0.0, moment - time.monotonic()))
        when, start = datetime.now(UTC).isoformat(timespec="seconds"), time.monotonic()
        await inject(fault, on)
        return when, start, time.monotonic()


def portions(articles: Sequence[Waiting], faults: Sequence[Fault], together: int) -> list[Portion]:
    """Share articles and faults out: so many faults a portion, the first portion without any."""
    groups = [faults[at : at + together] for at in range(0, len(faults), together)]
    size = len(articles) // (len(groups) + 1)
    found = [Portion(articles[:size])]
    for number, group in enumerate(groups, 1):
        end = len(articles) if number == len(groups) else (number + 1) * size
        found.append(Portion(articles[number * size : end], sorted(group, key=lambda fault: fault.at)))
    return found


def late(stops: Sequence[tuple[float, int]]) -> list[str]:
    """Workers that did not stop as they were told, in words."""
    return [
        f"a worker took {took:.1f} s to stop and ended with {code}"
        for took, code in stops
        if took > STOP_WITHIN or code not in (0, -signal.SIGTERM)  # that is one that was still being loaded
    ]


def _settings(broker: Broker, prefix: str) -> Settings:
    return Settings(
        broker=broker.url, prefix=prefix, session_timeout=6, commit_interval=0.2, article_partitions=2,
        story_partitions=2, window_days=WINDOW_DAYS, replication=min(3, broker.nodes),
    )  # fmt: skip


async def _sent(near: Settings, articles: Sequence[Waiting]) -> None:
    """Send articles, again from the first where a broker was gone: an article that comes twice is taken once."""
    patient = near.model_copy(update={"send_timeout": LIMIT})
    async for _ in _tries():
        with contextlib.suppress(*GONE):
            await send(patient, articles)
            return


async def _later(faults: Sequence[Fault], pace: float, near: Settings, articles: Sequence[Waiting]) -> None:
    """Send articles when the first fault has begun, so that there is something left to do when it is over."""
    if faults:
        await asyncio.sleep(faults[0].at * pace)
    await _sent(near, articles)


async def _nothing_left(near: Settings) -> None:
    """Wait until all groups have committed all there is."""
    async for _ in _tries():
        with contextlib.suppress(*GONE):
            ends = await topic_ends(near, declared(near)["articles"].name)
            await drained(near, ends, lambda *_: None, lambda: None)
            return


async def _tries() -> AsyncIterator[None]:
    while True:
        yield
        await asyncio.sleep(ASK_AGAIN)


async def _outcome(near: Settings, fleet: Fleet) -> Outcome:
    said = [one for role in RECORDS for one in await present(near, role)]
    accepted = frozenset(orjson.loads(one.value)["article"]["id"] for one in await messages(near, "accepted"))
    await asyncio.sleep(12)  # the sizes of a worker's state are measured every ten seconds
    held = []
    for worker in fleet.workers:
        with contextlib.suppress(aiohttp.ClientError):
            held.append(indexed(await worker.status()))
    resident = [worker.resident for worker in fleet.workers]
    return Outcome(said, accepted, resident, len(await rejections(near)), max(held, default=(0, None)))


def _show_logs(fleet: Fleet) -> None:
    for worker in fleet.workers:
        print(f"--- {worker.name}")
        print("\n".join(worker.log.read_text(errors="replace").splitlines()[-40:]))


def _s(seconds: float) -> float:
    return round(seconds, 1)
