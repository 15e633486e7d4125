"""The messages that break things, and the stages on them without any broker."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.poison.account import Account
from benchmarks.poison.kinds import KINDS, Kind
from benchmarks.poison.messages import Message, messages
from benchmarks.poison.mutate import altered, damaged
from benchmarks.poison.target import WIRE, Wrong, article, between, one, wire_accepted, wire_story
from benchmarks.poison.texts import HOSTILE
from streams.settings import Settings


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_becomes_what_it_must(kind: Kind) -> None:
    dice = random.Random(3)
    for number in range(3):
        outcome = one(kind.make(dice, str(number)))
        assert kind.expected in (outcome, "either")


@pytest.mark.parametrize("piece", HOSTILE, ids=ascii)
def test_a_text_of_one_piece(piece: str) -> None:
    assert one(article(f"{piece * 50}\n\n\n{piece * 500}")) == "accepted"


@settings(max_examples=150)
@given(st.binary())
def test_any_bytes(value: bytes) -> None:
    one(value)
    between(value, value)


@settings(max_examples=150)
@given(st.text())
def test_any_text(text: str) -> None:
    one(article(text))


@given(st.integers(0, 2**32))
def test_damaged_records(seed: int) -> None:
    dice = random.Random(seed)
    for damage in (damaged, altered):
        one(damage(dice, WIRE))
        between(damage(dice, wire_accepted()), damage(dice, wire_story()))


def test_one_seed_gives_the_same_messages_and_every_kind() -> None:
    first, second = (list(messages(1_000, 7, 0)) for _ in range(2))
    assert first == second
    assert len(first) == 1_000
    assert {message.kind for message in first} >= {kind.name for kind in KINDS}
    assert {message.role for message in first} == {"articles", "accepted", "stories"}


def account() -> Account:
    """Three articles sent: one let in, one rejected, one either."""
    made = Account(Settings(prefix="w"))
    for offset, (kind, expected, name) in enumerate(
        [("ordinary", "accepted", "a"), ("no value", "rejected", None), ("damaged bytes", "either", None)]
    ):
        made.enter(("w.articles", 0, offset), Message(kind, expected, "articles", b"", name))  # type: ignore[arg-type]
    made.accepted, made.names = 2, {"a", "b"}
    made.rejected = {("w.articles", 0, 1): ("RecordError", "the record has no value")}
    return made


def test_what_adds_up_is_no_discrepancy() -> None:
    assert account().discrepancies() == []
    assert any(row.split() == ["no", "value", "1", "0", "1"] for row in account().table())


def test_each_discrepancy_is_told() -> None:
    lost, unnamed, let_in, refused, twice, inner = (account() for _ in range(6))
    lost.accepted = 1
    unnamed.rejected[("w.articles", 0, 1)] = ("KeyError", "x")
    let_in.rejected, let_in.accepted = {}, 3
    refused.rejected[("w.articles", 0, 0)], refused.accepted = ("RecordError", "no"), 1
    twice.twice = 1
    inner.rejected[("w.stories", 0, 5)] = ("RecordError", "no")
    said = [one.discrepancies() for one in (lost, unnamed, let_in, refused, twice, inner)]
    for problems, words in zip(
        said,
        ("do not add up", "is not named", "was not rejected", "was not accepted", "twice rejected", "ingest let in"),
        strict=True,
    ):
        assert any(words in problem for problem in problems), problems


def test_a_rejection_that_names_nothing_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.poison.target.NAMED", {"ArticleError"})
    with pytest.raises(Wrong, match="RecordError"):
        one(b"{")
