"""The records between the stages and what comes out at the end."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from schemas.accepted import Accepted
from schemas.base import WireRecord
from schemas.errors import RecordError
from schemas.events import Alert, Passage, Republication
from schemas.rejection import Rejection
from schemas.story import Candidate, StoryItem
from tests.schemas.examples import ACCEPTED, EVENT, EXAMPLES, REJECTION


@pytest.mark.parametrize(("record", "data"), EXAMPLES)
def test_round_trip_keeps_all_and_unknown_fields_at_every_depth(record: type[WireRecord], data: dict[str, Any]) -> None:
    read = record.from_data({**data, "x_new": {"deep": [1]}})
    assert record.from_bytes(read.to_bytes()) == read
    back = json.loads(read.to_bytes())
    assert back["x_new"] == {"deep": [1]}
    assert_within(data, back)


def assert_within(given: Any, back: Any) -> None:
    """Everything given is in what came back, at its place."""
    if isinstance(given, dict):
        for name, value in given.items():
            if value is not None:
                assert_within(value, back[name])
    elif isinstance(given, list):
        for one, other in zip(given, back, strict=True):
            assert_within(one, other)
    else:
        assert given == back


@pytest.mark.parametrize(("record", "data"), EXAMPLES)
def test_each_required_field_is_named_when_it_is_missing(record: type[WireRecord], data: dict[str, Any]) -> None:
    required = [info.alias or name for name, info in record.model_fields.items() if info.is_required()]
    assert required
    for name in required:
        with pytest.raises(RecordError, match=f"field {name}: Field required"):
            record.from_data({field: value for field, value in data.items() if field != name})


@pytest.mark.parametrize(
    ("record", "change", "field"),
    [
        (Accepted, {"date_source": "guessed"}, "date_source"),
        (Accepted, {"sketch": {"scale": 0, "shingles": 0, "hashes": "", "tenths": ""}}, "sketch.scale"),
        (Accepted, {"spans": [[0]]}, "spans.0.1"),
        (Accepted, {"article": {"id": "a"}}, "article"),
        (Accepted, {"published": "yesterday"}, "published"),
        (Accepted, {"published": "2026-13-01T00:00:00Z"}, "published"),
        (Accepted, {"published": "2026-11-22T10:00:00"}, "published"),
        (Accepted, {"spans": [[0, 10**6]]}, "record"),
        (Accepted, {"spans": [[-1, 1]]}, "record"),
        (Accepted, {"spans": [[1, 2], [0, 1]]}, "record"),
        (Accepted, {"article": {"url": "https://a.example", "body": "Rates rise in Riga."}}, "record"),
        (StoryItem, {"candidates": [{"uid": "b", "shared": 0}]}, "candidates.0.shared"),
        (Republication, {"direction": {"confidence": 1.5, "reason": ""}}, "direction.confidence"),
        (Republication, {"relation": "theft"}, "relation"),
        (Republication, {"type": "alert"}, "type"),
        (Alert, {"framing": {"altered": "maybe", "score": 0.5}}, "framing.altered"),
        (Rejection, {"offset": "last"}, "offset"),
    ],
)
def test_wrong_values_are_named_by_path(record: type[WireRecord], change: dict[str, Any], field: str) -> None:
    data = next(data for known, data in EXAMPLES if known is record)
    with pytest.raises(RecordError) as caught:
        record.from_data({**data, **change}, where="here")
    assert f"field {field}: " in str(caught.value)
    assert str(caught.value).endswith(f"see the schema of {record.__name__}")


@pytest.mark.parametrize(("record", "data"), EXAMPLES)
def test_newer_formats_are_refused(record: type[WireRecord], data: dict[str, Any]) -> None:
    with pytest.raises(RecordError, match="newer"):
        record.from_data({**data, "schema_version": 2})


def test_copy_is_called_copy_on_the_wire_and_copy_underscore_in_code() -> None:
    event = Republication.from_data(EVENT)
    assert event.copy_.id == "b"
    assert event.reuse.passages[0].copy_ == (3, 12)
    back = json.loads(event.to_bytes())
    assert back["copy"]["id"] == "b"
    assert back["reuse"]["passages"] == [{"original": [0, 9], "copy": [3, 12], "words": 2}]
    assert b"copy_" not in event.to_bytes().replace(b"copy_share", b"").replace(b"copy_tenths", b"")
    assert Passage(original=(0, 1), copy_=(0, 1), words=1) == Passage.model_validate(
        {"original": (0, 1), "copy": (0, 1), "words": 1}
    )


def test_an_article_is_named_by_id_and_its_version_by_id_and_digest() -> None:
    accepted = Accepted.from_data(ACCEPTED)
    assert (accepted.id, accepted.uid) == ("a", "a@d1")


def test_a_candidate_shares_something() -> None:
    with pytest.raises(ValidationError):
        Candidate(uid="a", shared=0)


@given(
    offset=st.integers(0, 2**62),
    headers=st.lists(st.tuples(st.text(st.characters(exclude_categories=["Cs"])), st.none() | st.just("eA=="))),
    message=st.text(st.characters(exclude_categories=["Cs"])),
)
def test_rejections_round_trip(offset: int, headers: list[tuple[str, str | None]], message: str) -> None:
    rejection = Rejection.from_data({**REJECTION, "offset": offset, "headers": headers, "message": message})
    assert Rejection.from_bytes(rejection.to_bytes()) == rejection


@given(st.lists(st.tuples(st.integers(0, 9**9), st.integers(0, 9**9)), max_size=5), st.floats(0, 1))
def test_events_round_trip(spans: list[tuple[int, int]], score: float) -> None:
    passages = [{"original": span, "copy": span, "words": 4} for span in spans]
    event = Republication.from_data(
        {**EVENT, "reuse": {**EVENT["reuse"], "passages": passages}, "framing": {"altered": "no", "score": score}}
    )
    assert Republication.from_bytes(event.to_bytes()) == event
    assert Republication.from_bytes(event.to_bytes()).to_bytes() == event.to_bytes()
