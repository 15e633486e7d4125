"""Dead letters: messages after their last try, kept in a topic until somebody sends them again or drops them."""

from __future__ import annotations

import base64
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Collection, Sequence

from schemas.errors import InputError, RecordError
from schemas.undelivered import Undelivered
from streams.client import Producer
from streams.events import each_message
from streams.out.webhooks.config import Hook
from streams.out.webhooks.lanes import GivenUp
from streams.out.webhooks.message import Message, Role, Source, iso, made_again
from streams.out.webhooks.post import Outcome, Poster
from streams.settings import Settings
from streams.topics import declared

log = logging.getLogger(__name__)

LARGEST = 8 * 1_048_576
"""Bytes of a request to the broker before compression: an event of the largest size in base64, and then some."""


class Letters:
    """Writes the topic of what was not delivered.

    Args:
        producer: connected, of requests up to `LARGEST`.
        topic: its name.
    """

    def __init__(self, producer: Producer, topic: str) -> None:
        self._producer, self._topic = producer, topic

    async def put_by(self, hook: str, one: GivenUp) -> None:
        """Keep a message that was given up.

        Raises:
            SendError: it was not confirmed.
        """
        letter = written(hook, one)
        log.error("webhook %s: %s given up after %d tries: %s", hook, letter.message, one.tries, letter.reason)
        await self.write(letter)

    async def write(self, letter: Undelivered) -> None:
        """Put a letter in the place of the one before; raises as `put_by`."""
        await self._send(letter.record_key, letter.to_bytes())

    async def settle(self, letter: Undelivered) -> None:
        """Take a letter out; raises as `put_by`."""
        await self._send(letter.record_key, None)

    async def _send(self, key: str, value: bytes | None) -> None:
        await self._producer.confirm([await self._producer.send(self._topic, value, key=key)])


@contextlib.asynccontextmanager
async def letters_of(settings: Settings) -> AsyncIterator[Letters]:
    """The topic of what was not delivered, open for writing.

    Raises:
        BrokerError: the broker cannot be reached.
    """
    topic = declared(settings)["undelivered"].name
    async with Producer(settings, [topic], LARGEST) as producer:
        yield Letters(producer, topic)


def written(hook: str, one: GivenUp) -> Undelivered:
    """A message that was given up, as it is kept."""
    message, source = one.message, one.message.source
    return Undelivered(
        hook=hook,
        message=message.id,
        topic=source.topic,
        partition=source.partition,
        offset=source.offset,
        timestamp=source.timestamp,
        key=message.key,
        value=None if message.value is None else base64.b64encode(message.value).decode(),
        outside=message.outside,
        tries=one.tries,
        reason=one.outcome.reason,
        status=one.outcome.status,
        first=iso(one.first),
        last=iso(one.last),
    )


async def standing_letters(settings: Settings, unreadable: Callable[[str], None]) -> list[Undelivered]:
    """All letters that are not settled, the oldest first.

    Args:
        settings: how to reach the broker.
        unreadable: told of a record there that is no letter.
    """
    last: dict[bytes, Undelivered] = {}
    async for message in each_message(settings, "undelivered"):
        last.pop(message.key or b"", None)
        if message.value is None:
            continue
        try:
            letter = Undelivered.from_bytes(message.value, where=f"{message.topic}[0]@{message.offset}")
        except RecordError as error:
            unreadable(str(error))
        else:
            last[message.key or b""] = letter
    return list(last.values())


def chosen(letters: Sequence[Undelivered], names: Collection[str], hook: str | None) -> list[Undelivered]:
    """The letters of some ids and of a hook; all where neither is given.

    Raises:
        RecordError: no letter has that id.
    """
    known = {letter.message for letter in letters}
    for name in names:
        if name not in known:
            remedy = "'wirespin webhooks undelivered list' shows the ids"
            raise RecordError("no such message is undelivered", where=name, remedy=remedy)
    return [one for one in letters if (not names or one.message in names) and hook in (None, one.hook)]


async def sent_again(
    letters: Sequence[Undelivered], hooks: Sequence[Hook], poster: Poster, kept: Letters, prefix: str, now: float
) -> AsyncIterator[tuple[Undelivered, Outcome]]:
    """Try letters once more, one after another in the order in which their events were written.

    One that is delivered is settled, one that is not stands on with its new reason. Each is told as it is over.
    """
    known = {hook.name: hook for hook in hooks}
    for letter in sorted(letters, key=lambda one: (one.hook, one.topic, one.partition, one.offset)):
        outcome = await _again(letter, known.get(letter.hook), poster, prefix)
        if outcome.delivered:
            await kept.settle(letter)
        else:
            tried = {"tries": letter.tries + 1, "reason": outcome.reason, "status": outcome.status, "last": iso(now)}
            await kept.write(letter.model_copy(update=tried))
        yield letter, outcome


async def _again(letter: Undelivered, hook: Hook | None, poster: Poster, prefix: str) -> Outcome:
    if hook is None:
        return Outcome(False, f"no hook is called {letter.hook} any more")
    try:
        message = message_in(letter, prefix)
    except InputError as error:
        return Outcome(False, error.problem)
    return await poster.post(hook, message.id, message.body)


def message_in(letter: Undelivered, prefix: str) -> Message:
    """The message of a letter, to the byte as it was tried before.

    Raises:
        RecordError: its event cannot be read.
    """
    role: Role = "republications" if letter.topic.endswith(".republications") else "alerts"
    source = Source(role, letter.topic, letter.partition, letter.offset, letter.timestamp)
    return made_again(source, letter.key, letter.event, prefix, outside=letter.outside)
