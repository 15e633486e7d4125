"""The feeds of a partition: out of its records, and changed by them."""

from __future__ import annotations

import logging
from typing import Any

import orjson
import pytest

from schemas.base import WireRecord
from schemas.feed import FeedConfig, FeedSeen, FeedState
from streams.feeds.book import Book, feed_id, key_of, packed, split_key, unpacked
from streams.feeds.health import Health, count, health
from streams.feeds.schedule import DAY, Policy

NOW, POLICY, URL = 1_800_000_000.0, Policy(), "https://wire.example/rss"
NAME = feed_id(URL)
STATE = FeedState(interval=7_200, due=NOW + 100, tried=NOW - 100, succeeded=NOW - 100, changed=NOW - 100)


def opened(*records: tuple[str, WireRecord | bytes | None]) -> Book:
    book = Book(3)
    for key, record in records:
        book.take(key.encode(), record.to_bytes() if isinstance(record, WireRecord) else record)
    book.open(POLICY, NOW)
    return book


def config(**changes: Any) -> FeedConfig:
    return FeedConfig.model_validate({"url": URL} | changes)


def test_a_feed_goes_by_its_url_whatever_the_case_of_its_host() -> None:
    assert feed_id("https://WIRE.example/rss#top") == NAME != feed_id("https://wire.example/RSS")


@pytest.mark.parametrize("piece", ["config", "state", "seen"])
def test_keys(piece: Any) -> None:
    assert split_key(key_of(NAME, piece).encode()) == (NAME, piece)


@pytest.mark.parametrize("key", [None, b"", b"x", b"feed-1/other", b"/state", b"\xff"])
def test_other_keys_are_none_of_ours(key: bytes | None) -> None:
    assert split_key(key) is None


def test_the_last_record_of_each_key_counts() -> None:
    seen = FeedSeen(entries={"a": "1"})
    book = opened(
        (f"{NAME}/config", config(title="old")),
        (f"{NAME}/state", STATE.model_copy(update={"sent": 1})),
        (f"{NAME}/seen", b"{}"),
        (f"{NAME}/seen", seen),
        (f"{NAME}/config", config(title="new")),
        (f"{NAME}/state", STATE),
    )
    (feed,) = book.feeds.values()
    assert (feed.config.title, feed.state) == ("new", STATE)
    assert orjson.loads(unpacked(feed.seen)) == {"a": "1"}
    assert book.ready


def test_a_feed_without_a_state_is_due_now_and_a_state_without_a_feed_is_an_orphan() -> None:
    other = feed_id("https://gone.example/")
    book = opened(
        (f"{NAME}/config", config()),
        (f"{other}/config", config()),
        (f"{other}/state", STATE),
        (f"{other}/config", None),
    )
    assert [(name, feed.state.due) for name, feed in book.feeds.items()] == [(NAME, NOW)]
    assert book.orphans == {(other, "state")}


def test_records_that_cannot_be_read_cost_one_feed_and_no_more(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        book = opened(
            ("feed-x/config", b"not json"),
            (f"{NAME}/config", config()),
            (f"{NAME}/state", b"{}"),
            ("nonsense", b"1"),
            (f"{NAME}/seen", b"["),
        )
    assert list(book.feeds) == [NAME]
    assert len(caplog.records) == 4


def test_what_a_person_changes_is_taken_in_and_keeps_the_state() -> None:
    book = opened((f"{NAME}/config", config()), (f"{NAME}/state", STATE))
    paused = book.configure(NAME, config(paused=True).to_bytes(), POLICY, NOW)
    assert paused is book.feeds[NAME]
    assert paused is not None
    assert not paused.runs
    assert paused.state == STATE
    assert book.configure(NAME, b"?", POLICY, NOW) is paused
    assert book.configure(NAME, None, POLICY, NOW) is None
    assert book.feeds == {}


def test_what_a_feed_has_had_takes_half_the_bytes() -> None:
    entries = orjson.dumps({feed_id(str(number)): feed_id(str(-number)) for number in range(2_000)})
    assert unpacked(packed(entries)) == entries
    assert len(packed(entries)) < len(entries) / 1.8
    assert unpacked(None) == b"{}"


@pytest.mark.parametrize(
    ("changes", "state", "said"),
    [
        ({}, None, {"new"}),
        ({}, {}, {"ok"}),
        ({}, {"tried": 0.0}, {"new"}),
        ({"paused": True}, {}, {"paused"}),
        ({}, {"failures": 3.0}, {"failing"}),
        ({}, {"failures": 2.5}, {"ok"}),
        ({}, {"failures": 0.5, "succeeded": 0.0}, {"failing"}),
        ({}, {"gone": NOW - 100}, {"gone"}),
        ({"resumed": NOW - 10}, {"gone": NOW - 100}, {"ok"}),
        ({}, {"moved_to": "https://new.example/"}, {"moved"}),
        ({}, {"redirect": "https://new.example/"}, {"moved"}),
        ({}, {"changed": NOW - 15 * DAY}, {"silent"}),
        ({"added": NOW - DAY}, {"changed": 0.0}, {"ok"}),
        ({}, {"changed": NOW - 15 * DAY, "succeeded": 0.0, "failures": 9.0}, {"failing"}),
        ({"paused": True}, {"failures": 3.0, "redirect": "https://n.example/"}, {"paused", "failing", "moved"}),
    ],
)
def test_health(changes: dict[str, Any], state: dict[str, Any] | None, said: set[Health]) -> None:
    known = None if state is None else STATE.model_copy(update=state)
    assert health(config(**changes), known, NOW) == said


def test_counts() -> None:
    counts = count([{"ok"}, {"ok"}, {"failing", "moved"}])
    assert {word: number for word, number in counts.items() if number} == {"ok": 2, "failing": 1, "moved": 1}
