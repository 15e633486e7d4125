"""A stream of messages, mostly bad: values of every kind, under odd keys, headers and Kafka timestamps."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

import orjson

from agents.ingest import work
from agents.records import Headers, Record
from benchmarks.poison.kinds import KINDS, Expected
from benchmarks.poison.mutate import altered, damaged
from benchmarks.poison.texts import article, filled
from schemas.accepted import Accepted
from wirespin.story.place import Arrival, Placer

HOUR_MS = 3_600_000
DAY = 86_400.0
COPIES = 0.2
"""Share of the ordinary articles that copy the one before, so that all stages have work."""

INNER = 0.04
"""Share of the messages that go to the topics between the stages, where only a fault or a stranger puts them."""

ODD_KEY = 0.02
"""Share with a key, a header or a timestamp that is odd."""

LARGE_KEY = 700_000
"""Bytes of the largest key: with its copy in base64 more than a broker takes."""


@dataclass(frozen=True)
class Message:
    """What is sent.

    Attributes:
        kind: what it is called in the report.
        expected: what must become of it.
        role: of the topic it goes to.
        value: its bytes.
        name: id of the article where it is an ordinary one.
        key: its key.
        headers: its headers.
        timestamp: Kafka's, in milliseconds.
    """

    kind: str
    expected: Expected
    role: str
    value: bytes | None
    name: str | None = None
    key: bytes | None = None
    headers: Headers = ()
    timestamp: int = 0


def messages(count: int, seed: int, now: int) -> Iterator[Message]:
    """So many messages, the same for one seed.

    Every kind comes at least once where there are a thousand.

    Args:
        count: how many.
        seed: of the dice.
        now: Kafka timestamp about which the clocks of the producers jump, in milliseconds.
    """
    dice = random.Random(seed)
    kinds = dice.choices(KINDS, [kind.weight for kind in KINDS], k=count)
    if count >= 1_000:
        kinds[: len(KINDS)] = KINDS
    before = b""
    for number, kind in enumerate(kinds):
        name = f"{seed}-{number}"
        if before and number >= len(KINDS) and dice.random() < INNER:
            yield _odd(dice, _inner(dice, before, name), now)
            continue
        value = kind.make(dice, name)
        if kind.name == "ordinary":
            if before and dice.random() < COPIES:
                value = _copied(before, name)
            before = value or b""
        ordinary = name if kind.expected == "accepted" else None
        yield _odd(dice, Message(kind.name, kind.expected, "articles", value, ordinary), now)


def _copied(before: bytes, name: str) -> bytes:
    copied: dict[str, object] = orjson.loads(before)
    return orjson.dumps({**copied, "id": name, "url": f"https://copy.example/{name}", "publisher": "Copy"})


def _odd(dice: random.Random, message: Message, now: int) -> Message:
    """With a key, headers and a timestamp, now and then odd ones; a clock jumps by an hour every so often."""
    timestamp = now + dice.choice((0, 0, 0, 0, -HOUR_MS, HOUR_MS - 60_000))
    headers: Headers = [("trace", b"1"), ("none", None)] if dice.random() < 0.1 else []
    key = dice.choice((None, b"", b"key", dice.randbytes(12)))
    if dice.random() < ODD_KEY:
        key = dice.choice((filled(dice, 200).encode(), b"\0", dice.randbytes(3_000)))
        headers = [(filled(dice, 50), dice.randbytes(200)) for _ in range(dice.randrange(40))]
        timestamp = dice.choice((0, 1, now - 400 * 24 * HOUR_MS, now))
        if dice.random() < ODD_KEY:
            key = dice.randbytes(LARGE_KEY)
    return replace(message, key=key, headers=headers, timestamp=timestamp)


def _inner(dice: random.Random, before: bytes, name: str) -> Message:
    """A damaged record of the accepted or the stories topic."""
    fields = {**orjson.loads(before), "id": f"inner-{name}"}
    record = Record("articles", 0, 0, 2_000_000_000_000, None, orjson.dumps(fields))
    value = work(record)[0].value or b""
    role = dice.choice(("accepted", "stories"))
    if role == "stories":
        arrival = Arrival.of(Accepted.from_bytes(value), 0, dice.choice((0, 2**62)))
        value = Placer(7 * DAY).place([arrival])[0][0].to_bytes()
    how = dice.randrange(4)
    if how == 0:
        return Message(f"{role}: no value", "rejected", role, None)
    if how == 1:
        return Message(f"{role}: an article", "rejected", role, orjson.dumps(article(dice, name)))
    bad = damaged(dice, value) if how == 2 else altered(dice, value)
    return Message(f"{role}: {'damaged bytes' if how == 2 else 'altered JSON'}", "either", role, bad)
