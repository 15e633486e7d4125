"""CloudEvents 1.0 headers, binary mode."""

from __future__ import annotations

from typing import Any

import pytest

from schemas.cloudevents import headers
from schemas.events import Alert, Event, Republication
from tests.schemas.examples import EVENT

FIELDS: dict[str, Any] = EVENT | {
    "id": "event-1",
    "key": "key-1",
    "copy": {"id": "Ärzte/1", "date_source": "published_at", "digest": "2"},
}


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        (Republication.from_data(FIELDS), "org.wirespin.republication.found.v1"),
        (Alert.from_data({**FIELDS, "republication": "r"}), "org.wirespin.alert.framing-altered.v1"),
    ],
)
def test_headers_are_complete_and_the_same_every_time(event: Event, kind: str) -> None:
    expected = [
        ("ce_specversion", b"1.0"),
        ("ce_id", b"event-1"),
        ("ce_type", kind.encode()),
        ("ce_source", b"/wirespin"),
        ("ce_subject", "Ärzte/1".encode()),
        ("ce_time", b"2025-01-01T01:00:00Z"),
        ("content-type", b"application/json"),
    ]
    assert headers(event, "/wirespin") == expected
    assert headers(type(event).from_bytes(event.to_bytes()), "/wirespin") == expected


def test_an_undated_event_has_no_time_header() -> None:
    names = [name for name, _ in headers(Republication.from_data({**FIELDS, "time": None}), "/x")]
    assert "ce_time" not in names
    assert {"ce_specversion", "ce_id", "ce_type", "ce_source"} <= set(names)
