"""Delivering a hook's messages: in order of each key, several keys at a time, each with waits of its own.

A message that is refused holds up its key and nothing else. A server that is in trouble gets no more requests than its
concurrency allows; when it takes a message after a while of taking none, what waits because of it is tried at once.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

from streams.out.webhooks.config import Hook
from streams.out.webhooks.message import Message
from streams.out.webhooks.post import Outcome
from streams.out.webhooks.tally import Tally

OUTAGE = 60.0
"""Seconds without a message taken after which the next one that is taken means that the server is back."""

GRACE = 4.0
"""Seconds that requests under way may still take when a hook stops."""

Attempt = Callable[[Message], Awaitable[Outcome]]


@dataclass(frozen=True)
class GivenUp:
    """A message after its last try.

    Attributes:
        message: what was not delivered.
        outcome: what came of the last request.
        tries: requests.
        first: seconds since 1970 of the first one.
        last: of the last one.
    """

    message: Message
    outcome: Outcome
    tries: int
    first: float
    last: float


class Gone(Exception):  # noqa: N818 (nothing went wrong: it is an answer)
    """The hook answered that it wants to be told nothing any more."""


class Lanes:
    """The messages of a hook that are under way.

    Args:
        hook: whose.
        attempt: makes a request.
        put_by: keeps a message that was given up; only then it is finished.
        finished: called with each message that was delivered or put by.
        failed: called once with what ends the hook: `Gone`, or an error of `put_by`.
        tally: counts.
        chance: 0..1 evenly spread, for the waits.

    Attributes:
        bytes: of all bodies that are not finished.
    """

    def __init__(
        self,
        hook: Hook,
        attempt: Attempt,
        put_by: Callable[[GivenUp], Awaitable[None]],
        finished: Callable[[Message], None],
        failed: Callable[[BaseException], None],
        tally: Tally,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._hook, self._attempt, self._put_by = hook, attempt, put_by
        self._finished, self._failed, self._tally, self._chance = finished, failed, tally, chance
        self._queues: defaultdict[str, deque[Message]] = defaultdict(deque)
        self._tasks: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(hook.concurrency)
        self._back = asyncio.Event()
        self._stopping = False
        self._silent_until = 0.0
        self._taken = time.monotonic()
        self._asking: set[Any] = set()
        self._outage = OUTAGE
        self.bytes = 0

    @property
    def waiting(self) -> int:
        """Messages that are not finished."""
        return sum(map(len, self._queues.values()))

    def enter(self, message: Message) -> None:
        """Take a message on."""
        queue = self._queues[message.key]
        queue.append(message)
        self.bytes += len(message.body)
        if len(queue) == 1:
            task = asyncio.ensure_future(self._lane(message.key, queue))
            self._tasks.add(task)
            task.add_done_callback(self._ended)

    async def close(self) -> None:
        """Begin no more requests; those under way may end within a few seconds, then they are broken off."""
        self._stopping = True
        for task in self._tasks - self._asking:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=GRACE)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _lane(self, key: str, queue: deque[Message]) -> None:
        """The messages of a key, one after another."""
        while queue:
            await self._deliver(queue[0])
            message = queue.popleft()
            self.bytes -= len(message.body)
            self._finished(message)
        del self._queues[key]

    async def _deliver(self, message: Message) -> None:
        """Return once a message was taken or put by."""
        first = time.time()
        for tries in count(1):
            outcome = await self._ask(message, again=tries > 1)
            wait = self._hook.schedule.wait(tries, self._chance(), outcome.retry_after)
            if not outcome.delivered and wait is not None:
                outcome = await self._wait(message, outcome, wait)
            if outcome.delivered:
                self._tally.messages["delivered"] += 1
                self._tally.delays.add(max(0.0, time.time() - message.source.timestamp / 1_000))
                return
            if wait is None:
                await self._put_by(GivenUp(message, outcome, tries, first, time.time()))
                self._tally.messages["undelivered"] += 1
                return

    async def _wait(self, message: Message, outcome: Outcome, seconds: float) -> Outcome:
        """Wait until the next try. Where the server comes back before, one is made at once, beside those that count."""
        due = time.monotonic() + seconds
        while await self._is_back(due - time.monotonic(), server=outcome.server):
            outcome = await self._ask(message, again=True)
            if outcome.delivered:
                break
        return outcome

    async def _is_back(self, seconds: float, *, server: bool) -> bool:
        """Whether within some seconds the server is back, where it was the server's fault."""
        if self._stopping:
            raise asyncio.CancelledError
        try:
            async with asyncio.timeout(seconds):
                await (self._back if server else asyncio.Event()).wait()
        except TimeoutError:
            return False
        return True

    async def _ask(self, message: Message, *, again: bool) -> Outcome:
        """A request, when it is this message's turn."""
        task: Any = asyncio.current_task()
        async with self._slots:
            while (left := self._silent_until - time.monotonic()) > 0:
                await asyncio.sleep(left)
            if self._stopping:
                raise asyncio.CancelledError
            self._tally.retries += again
            self._asking.add(task)
            try:
                outcome = await self._attempt(message)
            finally:
                self._asking.discard(task)
        self._heard(outcome)
        if outcome.gone:
            self._stopping = True
            raise Gone
        return outcome

    def _heard(self, outcome: Outcome) -> None:
        """What an answer tells of the server."""
        said = "accepted" if outcome.delivered else "failed" if outcome.server else "refused"
        self._tally.requests[said] += 1
        self._tally.state = "failing" if outcome.server else "delivering"
        now = time.monotonic()
        if outcome.server and outcome.retry_after:
            self._silent_until = now + min(outcome.retry_after, self._hook.schedule.longest)
        if outcome.delivered:
            if now - self._taken > self._outage:
                self._back.set()
                self._back = asyncio.Event()
            self._taken = now

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._failed(error)
