"""What stands, read in two passes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from schemas.disposition import Disposition
from schemas.events import Alert
from streams.desk.filters import Filter
from streams.export.facts import alert_key
from streams.export.standing import chosen, decisions, standing_events
from streams.settings import Settings
from tests.schemas.examples import ALERT

SETTINGS = Settings()
writes = st.lists(st.tuples(st.integers(0, 1), st.sampled_from("abcd"), st.booleans()), max_size=30)


class Log:
    """A topic in memory, with records that come between the passes."""

    def __init__(self, before: list[Any], between: list[Any] | None = None) -> None:
        self._passes = [before, before + (between or [])]

    async def __call__(self, settings: Settings, role: str) -> AsyncIterator[Any]:
        for message in self._passes.pop(0) if len(self._passes) > 1 else self._passes[0]:
            yield message


def alert(key: str, name: str) -> bytes:
    return Alert.model_validate({**ALERT, "key": key, "id": name}).to_bytes()


def message(offset: int, key: str | None, value: bytes | None, partition: int = 0) -> Any:
    raw = None if key is None else key.encode()
    return SimpleNamespace(topic="t", partition=partition, offset=offset, key=raw, value=value)


def log_of(given: list[tuple[int, str, bool]]) -> list[Any]:
    """Records: partition, key, whether it is a tombstone."""
    return [
        message(offset, f"{key}{partition}", None if gone else alert(f"{key}{partition}", f"e{offset}"), partition)
        for offset, (partition, key, gone) in enumerate(given)
    ]


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(writes, writes)
async def test_the_last_of_each_key_stands_as_of_the_first_pass(
    monkeypatch: pytest.MonkeyPatch, before: list[tuple[int, str, bool]], later: list[tuple[int, str, bool]]
) -> None:
    first, both = log_of(before), log_of(before + later)
    monkeypatch.setattr("streams.export.standing.each_message", Log(first, both[len(first) :]))
    found = [event.id async for event in standing_events(SETTINGS, "alerts", pytest.fail)]
    last = {(partition, key): (offset, gone) for offset, (partition, key, gone) in enumerate(before)}
    assert found == [f"e{offset}" for offset, gone in sorted(last.values()) if not gone]


async def test_what_is_no_event_is_told_and_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    records = [message(0, "a", b"{}"), message(1, None, b"x"), message(2, "b", alert("b", "e2"))]
    monkeypatch.setattr("streams.export.standing.each_message", Log(records))
    problems: list[str] = []
    found = [event.id async for event in standing_events(SETTINGS, "alerts", problems.append)]
    assert found == ["e2"]
    assert len(problems) == 1
    assert problems[0].startswith("t[0]@0: ")


async def test_decisions_are_the_last_of_each_key_and_can_be_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    said = {"alert": "k", "event": "e", "verdict": "confirmed", "by": "N.", "at": "2026-11-22T10:00:00Z"}
    one, other = (
        Disposition.model_validate({**said, "verdict": verdict}).to_bytes() for verdict in ("confirmed", "watching")
    )
    records = [message(0, "k", one), message(1, "l", one), message(2, "k", other), message(3, "l", None)]
    monkeypatch.setattr("streams.export.standing.each_message", Log(records))
    found = await decisions(SETTINGS, pytest.fail)
    assert {key: one.verdict for key, one in found.items()} == {"k": "watching"}


async def test_the_filter_sees_what_was_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    records = [message(0, "a", alert("a", "e0"))]
    key = alert_key(Alert.model_validate(ALERT))
    said = Disposition(alert=key, event="e0", verdict="confirmed", by="N.", at="2026-11-22T10:00:00Z")
    for wanted, count in (("confirmed", 1), ("undecided", 0)):
        monkeypatch.setattr("streams.export.standing.each_message", Log(records))
        found = [one async for one in chosen(SETTINGS, Filter(verdict=wanted), {key: said}, pytest.fail)]  # type: ignore[arg-type]
        assert len(found) == count
