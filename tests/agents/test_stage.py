"""The loop of all stages: what is sent, what is acknowledged, and when not."""

from __future__ import annotations

import base64

import pytest

from agents.records import Outgoing, Record
from agents.stage import LARGEST_KEPT, LARGEST_VALUE, attempt, run_stage
from schemas.errors import ArticleError, SendError
from schemas.rejection import Rejection
from tests.support.fakes import NOON, Acks, ListOutlet, batches, record


def echo(one: Record) -> list[Outgoing]:
    return [Outgoing("out", str(one.offset), one.value)]


async def test_everything_is_sent_and_then_acknowledged_in_order() -> None:
    outlet, acks = ListOutlet(), Acks()
    await run_stage("s", batches([record(b"a", 0), record(b"b", 1)], [record(b"c", 2)]), echo, outlet, acks)
    assert [one.value for one in outlet.sent] == [b"a", b"b", b"c"]
    assert acks.offsets == [0, 1, 2]


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
    assert len(outgoing.value or b"") < 10_000


def test_what_would_be_too_large_for_the_broker_is_rejected_here() -> None:
    (outgoing,) = attempt("s", lambda _: [Outgoing("out", "k", b"x" * (LARGEST_VALUE + 1))], record(b"a"))
    assert outgoing.role == "rejected"
    assert "1,000,001 bytes" in Rejection.from_bytes(outgoing.value).message
