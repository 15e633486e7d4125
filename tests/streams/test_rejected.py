"""What a rejection says of itself, and how one is printed."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.rejection import REJECTED_AT, REPLAYS, Rejection
from streams.cli.rejected_shown import printable
from streams.rejected import Rejected, named

NONE: Mapping[str, bytes] = {}
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def rejected(
    message: str = "no", offset: int = 7, value: bytes = b"x", headers: Mapping[str, bytes] = NONE
) -> Rejected:
    coded = [(name, base64.b64encode(content).decode()) for name, content in headers.items()]
    rejection = Rejection(
        stage="ingest", topic="w.articles", partition=0, offset=offset, error="RecordError", message=message,
        value=base64.b64encode(value).decode(), headers=coded,
    )  # fmt: skip
    return Rejected(rejection, NOW, "w")


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ("w.articles[0]@7: not JSON (unexpected end): b''; send UTF-8 JSON", "not JSON"),
        ("w.articles[0]@7: the record has no value; send a JSON object (Article)", "the record has no value"),
        ("w.articles[0]@7: not a JSON object but list; send one object", "not a JSON object but list"),
        ("w.articles[0]@7: field id: x, got 5; field body: y, got 6; see the schema of Article", "field id"),
        ("w.articles[0]@7: field spans.7.1: Field required, got [1]; see the schema", "field spans"),
        ("w.articles[0]@7: field record: none of id, url, guid is there; see", "none of id"),
        ("accepted: too large: leads to a record of 1,000,001 bytes, over the limit", "too large"),
        ("Accepted: cannot be written as JSON: x; send flatter fields", "cannot be written as JSON"),
        ("", "RecordError"),
        ("7", "RecordError"),
    ],
)
def test_reasons_leave_the_particulars_out(message: str, reason: str) -> None:
    assert rejected(message).reason == reason


def test_an_id_is_the_first_place_and_stays_the_same() -> None:
    first = rejected()
    marks = {REPLAYS: b"2", REJECTED_AT: b"w.articles-0-7"}
    second = rejected(offset=9, headers=marks).again({first.identity})
    assert (first.id, second.id, second.replays) == ("articles-0-7", "articles-0-7", 2)
    assert named([second], "articles-0-7") == named([second], "articles-0-9") == named([second], "w.articles-0-9")
    assert named([second], "articles-0-8") == []


@pytest.mark.parametrize("mark", [b"w.articles-0-8", b"w.articles-0-x", b"\xff", b"", b"\x1b[2J-0-7", b"-" * 10_000])
def test_a_header_that_names_no_rejection_is_not_believed(mark: bytes) -> None:
    first = rejected()
    assert rejected(offset=9, headers={REJECTED_AT: mark}).again({first.identity}).id == "articles-0-9"


def test_a_header_on_another_value_is_not_believed() -> None:
    first = rejected()
    assert (
        rejected(offset=9, value=b"y", headers={REJECTED_AT: b"w.articles-0-7"}).again({first.identity}).first is None
    )


@pytest.mark.parametrize("count", [b"x", b"-1", b"", "٣".encode(), b"9" * 5_000])
def test_counts_that_are_none(count: bytes) -> None:
    assert rejected(headers={REPLAYS: count}).replays == 0


@given(st.text())
def test_what_is_printed_cannot_move_the_cursor(text: str) -> None:
    shown = printable(text)
    assert shown.isprintable()
    assert shown.encode() is not None
    if text.isprintable():
        assert shown == text
