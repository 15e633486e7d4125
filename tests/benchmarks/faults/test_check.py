"""The comparison with an undisturbed run: whatever is lost, added, altered or left over is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from benchmarks.chain import run
from benchmarks.faults.__main__ import table
from benchmarks.faults.check import Outcome, compared, indexed
from benchmarks.faults.planted import articles
from benchmarks.faults.run import Told, late
from schemas.article import Article
from schemas.events import Event
from streams.events import Said

SENT = frozenset({"a", "b"})


@pytest.fixture(scope="module")
def events() -> list[Event]:
    members = [one for one in articles(240, 1) if (one.key or "").startswith("s0-")]
    found = run([Article.from_bytes(one.value) for one in members], received=datetime(2026, 1, 9, tzinfo=UTC))
    assert len(found) > 2
    return found


def said(events: list[Event]) -> list[Said]:
    return [Said("republications", event.key, event, event.to_bytes()) for event in events]


@pytest.fixture
def calm(events: list[Event]) -> Outcome:
    return Outcome(said(events), SENT, [100_000_000], 0, (2, "2026-01-05"))


def test_repeats_and_the_way_there_are_no_difference(calm: Outcome, events: list[Event]) -> None:
    again = [events[0].model_copy(update={"supersedes": ["x"]}), *events, *events]
    verdict = compared(calm, replace(calm, said=said(again)), SENT)
    assert verdict.failures == []
    assert verdict.counts["repeated"] == len(events)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda events: events[1:], "1 standing events lost"),
        (lambda events: [*events, events[0].model_copy(update={"key": "k", "id": "i"})], "1 standing events too many"),
        (lambda events: [*events, events[0].model_copy(update={"rules": "0"})], "1 standing events differ"),
        (
            lambda events: [events[0].model_copy(update={"rules": "0"}), *events],
            "1 event ids with more than one content",
        ),
    ],
)
def test_what_stands_otherwise_is_told(calm: Outcome, events: list[Event], change: object, told: str) -> None:
    assert callable(change)
    verdict = compared(calm, replace(calm, said=said(change(events))), SENT)
    assert any(told in failure for failure in verdict.failures), verdict.failures


def test_a_withdrawn_event_does_not_stand(calm: Outcome, events: list[Event]) -> None:
    gone = [*calm.said, Said("republications", events[0].key, None, None)]
    assert any("lost" in failure for failure in compared(calm, replace(calm, said=gone), SENT).failures)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"accepted": frozenset({"a"})}, "1 articles were never accepted: b"),
        ({"resident": [100_000_000, 190_000_000]}, "190 MB at the end, 100 MB undisturbed"),
        ({"rejected": 3}, "3 records rejected, 0 undisturbed"),
        ({"indexed": (1, "2026-01-05")}, "the index holds (1"),
    ],
)
def test_what_is_left_over_or_missing_is_told(calm: Outcome, change: dict[str, object], told: str) -> None:
    (failure,) = compared(calm, replace(calm, **change), SENT).failures  # type: ignore[arg-type]
    assert told in failure


def test_the_index_is_read_from_a_status() -> None:
    assert indexed({"stages": {"match": {"index": {"articles": 3, "oldest": "o"}}}}) == (3, "o")
    assert indexed({"stages": {"match": {}}}) == (0, None)


def test_workers_that_stop_late_or_badly_are_told() -> None:
    assert late([(1.0, 0), (0.1, -15)]) == []
    assert len(late([(10.5, 0), (1.0, 70)])) == 2


def test_the_table_has_a_row_for_every_kind_that_came() -> None:
    told = [
        Told("worker-kill", "t", 0.0, seconds, seconds, seconds, True, (-9,), 1, 100) for seconds in (9.0, 11.0, 14.0)
    ]
    assert table(told).splitlines()[2:] == ["| worker-kill | 3 | 0.0 | 11.0 | 14.0 | 11.0 | 14.0 | 3 |"]
