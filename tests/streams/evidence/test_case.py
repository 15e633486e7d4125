"""Gathering a case from topics: the right records, and what is said where they are gone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import orjson
import pytest

from agents.records import Record
from schemas.disposition import Disposition
from schemas.errors import RecordError
from streams.evidence.case import find_case
from streams.settings import Settings
from tests.streams.evidence.cases import case, record

SETTINGS = Settings()


class Topics:
    """Topics in memory."""

    def __init__(self, **records: list[Record]) -> None:
        self._records = records

    async def __call__(self, settings: Settings, role: str) -> AsyncIterator[Any]:
        for one in self._records.get(role, []):
            yield one


@pytest.fixture
def topics(monkeypatch: pytest.MonkeyPatch) -> Any:
    def put(**records: list[Record]) -> None:
        monkeypatch.setattr("streams.evidence.case.each_message", Topics(**records))

    return put


def accepted(**changed: object) -> Record:
    """The copy as accepted another time."""
    data = orjson.loads(case().copy.value or b"")
    return record("accepted", 9, orjson.dumps({**data, **changed}), "en")


async def test_a_case_is_what_the_topics_hold(topics: Any) -> None:
    one = case()
    other = record("alerts", 3, one.record.value, "alert-other")
    topics(alerts=[other, one.record], accepted=[one.original, one.copy])
    assert await find_case(SETTINGS, one.event.id) == one


async def test_a_text_that_is_gone_is_named_with_what_keeps_it(topics: Any) -> None:
    one = case()
    topics(alerts=[one.record], accepted=[one.copy])
    with pytest.raises(RecordError, match=rf"{one.event.original.id}.*{one.event.original.digest}.*kept 10 days"):
        await find_case(SETTINGS, one.event.id)


async def test_of_a_text_accepted_twice_the_one_with_the_event_s_date_is_taken(topics: Any) -> None:
    one = case()
    later = accepted(published="2026-11-22T10:00:00Z", date_source="published_at")
    for order in ([later, one.copy], [one.copy, later]):
        topics(alerts=[one.record], accepted=[one.original, *order])
        assert (await find_case(SETTINGS, one.event.id)).copy == one.copy
    topics(alerts=[one.record], accepted=[one.original, later])
    assert (await find_case(SETTINGS, one.event.id)).copy == later


async def test_another_version_of_the_article_is_not_its_text(topics: Any) -> None:
    one = case()
    topics(alerts=[one.record], accepted=[one.original, accepted(digest="0" * 24)])
    with pytest.raises(RecordError, match="not in"):
        await find_case(SETTINGS, one.event.id)


@pytest.mark.parametrize("garbage", [b"{", b"[]", b"null", b'{"article": 7}'])
async def test_what_is_no_record_is_passed_over(topics: Any, garbage: bytes) -> None:
    one = case()
    needles = b" ".join([garbage, one.event.id.encode(), one.event.copy_.digest.encode()])
    topics(
        alerts=[record("alerts", 1, needles, one.event.key), one.record],
        accepted=[record("accepted", 7, needles, "en"), one.original, one.copy],
    )
    found = await find_case(SETTINGS, one.event.id)
    assert (found.event, found.copy) == (one.event, one.copy)


async def test_what_is_no_event_withdraws_none(topics: Any) -> None:
    one = case()
    garbage, gone = record("alerts", 6, b"{", one.event.key), record("alerts", 7, None, one.event.key)
    for after, standing in (([garbage], one.event.id), ([garbage, gone], None), ([gone, garbage], None)):
        topics(alerts=[one.record, *after], accepted=[one.original, one.copy])
        assert (await find_case(SETTINGS, one.event.id)).standing == standing


async def test_a_decision_that_was_taken_back_is_none(topics: Any) -> None:
    one = case()
    said = Disposition(alert=one.event.key, event=one.event.id, verdict="confirmed", by="N.", at="2026-11-22T13:00:00Z")
    made = record("dispositions", 0, said.to_bytes(), one.event.key)
    undone = record("dispositions", 1, None, one.event.key)
    for dispositions, expected in (([made], made), ([made, undone], None), ([undone, made], made)):
        topics(alerts=[one.record], accepted=[one.original, one.copy], dispositions=dispositions)
        assert (await find_case(SETTINGS, one.event.id)).disposition == expected
