"""The loop of all stages: what is sent, what is acknowledged, and when not."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import threading
from typing import get_args

import pytest

from agents.records import Outgoing, Record
from agents.rejected import HEAD_KEPT, LARGEST_KEPT, LONGEST_MESSAGE, Reason, rejection
from agents.stage import LARGEST_VALUE, attempt, run_stage
from schemas.errors import ArticleError, FeedError, RecordError, SendError
from schemas.rejection import REJECTED_AT, REPLAYS, Rejection
from tests.support.fakes import NOON, Acks, ListOutlet, batches, record


def echo(one: Record) -> list[Outgoing]:
    return [Outgoing("out", str(one.offset), one.value)]


async def test_everything_is_sent_and_then_acknowledged_in_order() -> None:
    outlet, acks = ListOutlet(), Acks()
    await run_stage("s", batches([record(b"a", 0), record(b"b", 1)], [record(b"c", 2)]), echo, outlet, acks)
    assert [one.value for one in outlet.sent] == [b"a", b"b", b"c"]
    assert acks.offsets == [0, 1, 2]


async def test_the_loop_turns_while_a_record_is_worked_on_apart() -> None:
    turned = threading.Event()

    def wait(one: Record) -> list[Outgoing]:
        assert turned.wait(20), "the loop stood still"
        return echo(one)

    outlet, acks = ListOutlet(), Acks()
    asyncio.get_running_loop().call_later(0.01, turned.set)
    await run_stage("s", batches([record(b"a", 0), record(b"b", 1)]), wait, outlet, acks, apart=True)
    assert [one.value for one in outlet.sent] == [b"a", b"b"]
    assert acks.offsets == [0, 1]


async def test_a_batch_that_was_not_delivered_is_not_acknowledged() -> None:
    outlet, acks = ListOutlet(fails=1), Acks()
    with pytest.raises(SendError):
        await run_stage("s", batches([record(b"a", 0)], [record(b"b", 1), record(b"c", 2)]), echo, outlet, acks)
    assert acks.offsets == [0]


@pytest.mark.parametrize("error", [ArticleError("bad", where="here"), ValueError("x"), KeyError("y"), RecursionError()])
async def test_a_record_that_cannot_be_worked_on_is_rejected_whole(error: Exception) -> None:
    def fail(one: Record) -> list[Outgoing]:
        if one.offset == 1:
            raise error
        return echo(one)

    outlet, acks = ListOutlet(), Acks()
    await run_stage("match", batches([record(b"a", 0), record(b"\xff\x00", 1), record(b"c", 2)]), fail, outlet, acks)
    assert acks.offsets == [0, 1, 2]
    assert [one.role for one in outlet.sent] == ["out", "rejected", "out"]
    rejected = Rejection.from_bytes(outlet.sent[1].value)
    assert (rejected.stage, rejected.topic, rejected.partition, rejected.offset) == ("match", "t.articles", 0, 1)
    assert (rejected.timestamp, rejected.error, rejected.message) == (NOON, type(error).__name__, str(error))
    assert base64.b64decode(rejected.value or "") == b"\xff\x00"
    assert base64.b64decode(rejected.key or "") == b"key"
    assert rejected.headers == [("trace", base64.b64encode(b"1").decode()), ("empty", None)]


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (ArticleError("bad"), "article"),
        (RecordError("bad"), "record"),
        (FeedError("bad"), "record"),
        (ValueError("bad"), "internal"),
        (type("Anything", (Exception,), {})(), "internal"),
    ],
)
def test_rejections_are_of_a_few_kinds(error: Exception, kind: str) -> None:
    def fail(_: Record) -> list[Outgoing]:
        raise error

    (rejected,) = attempt("match", fail, record(b"x"))
    assert rejected.reason == kind
    assert kind in get_args(Reason)


def test_a_tombstone_is_rejected_as_one() -> None:
    def fail(_: Record) -> list[Outgoing]:
        raise ValueError("nothing")

    rejected = Rejection.from_bytes(attempt("s", fail, record(None))[0].value)
    assert rejected.value is None
    assert rejected.truncated is None


def test_a_value_too_large_to_keep_is_pointed_at() -> None:
    def fail(_: Record) -> list[Outgoing]:
        raise ValueError("large")

    (outgoing,) = attempt("s", fail, record(b"x" * (LARGEST_KEPT + 1)))
    rejected = Rejection.from_bytes(outgoing.value)
    assert rejected.value is None
    assert rejected.truncated == LARGEST_KEPT + 1
    assert rejected.omitted == ["value"]
    assert base64.b64decode(rejected.head or "") == b"x" * HEAD_KEPT
    assert rejected.sha256 == hashlib.sha256(b"x" * (LARGEST_KEPT + 1)).hexdigest()
    assert len(outgoing.value or b"") < 2 * HEAD_KEPT


@pytest.mark.parametrize("size", [0, 1_000, 590_000, 700_000, 3_000_000])
@pytest.mark.parametrize("part", ["key", "value", "name", "header"])
def test_no_part_of_a_record_makes_a_rejection_that_the_broker_refuses(size: int, part: str) -> None:
    key, value, name, content = (b"x" * size if part == one else b"x" for one in ("key", "value", "name", "header"))
    headers = (("\0" * len(name), content), (REPLAYS, b"3"), (REJECTED_AT, b"t[0]@1"))
    given = Record("t.articles", 0, 1, NOON, key, value, headers)
    outgoing = rejection("s", given, ValueError("unfit"))
    assert len(outgoing.value or b"") < LARGEST_VALUE
    rejected = Rejection.from_bytes(outgoing.value)
    omitted = {"key": "key", "value": "value", "name": "headers", "header": "headers"}[part]
    assert rejected.omitted == ([omitted] if size > 600_000 or (part == "name" and size > 100_000) else [])
    assert {name for name, _ in rejected.headers} >= {REPLAYS, REJECTED_AT}


@pytest.mark.parametrize("said", ["lone \ud800", "two\nlines", "\x1b[2J", "\u202e", "x" * 10_000])
def test_what_an_error_says_can_be_printed(said: str) -> None:
    outgoing = rejection("s", record(b"x"), ValueError(said))
    message = Rejection.from_bytes(outgoing.value).message
    assert message.isprintable()
    assert len(message) <= LONGEST_MESSAGE


def test_what_would_be_too_large_for_the_broker_is_rejected_here() -> None:
    (outgoing,) = attempt("s", lambda _: [Outgoing("out", "k", b"x" * (LARGEST_VALUE + 1))], record(b"a"))
    assert outgoing.role == "rejected"
    assert "1,000,001 bytes" in Rejection.from_bytes(outgoing.value).message
