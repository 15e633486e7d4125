"""Ids as segments of a path."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from schemas.errors import InputError
from streams.desk.paths import alert_path, from_segment, is_local, story_path, to_segment

ODD = ["..", ".", "a/b", "https://a.example/?q=1#f", "~x", "", " ", "\u202e", "a.html", "%2e%2e", "x" * 4_096]


@given(st.text(max_size=60) | st.sampled_from(ODD))
def test_any_id_is_a_segment_that_no_browser_changes_and_leads_back(name: str) -> None:
    segment = to_segment(name)
    assert from_segment(segment) == name
    assert set(segment) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~")
    assert URL("http://127.0.0.1" + story_path(name)).raw_path == story_path(name)


def test_an_events_id_stays_readable() -> None:
    assert alert_path("alert-1f145fe933869492551baaf9") == "/alert/alert-1f145fe933869492551baaf9"


@pytest.mark.parametrize("segment", ["~", "~!", "a.b", "-a", "~YQ==", "~YR", "~YWJj", "%61", "", "~/w"])
def test_what_is_no_segment_of_ours_is_refused(segment: str) -> None:
    if segment == "~":
        assert from_segment(segment) == ""
        return
    with pytest.raises(InputError, match="no id"):
        from_segment(segment)


@pytest.mark.parametrize(
    "path", ["//evil.example", "/\\evil.example", "https://evil.example/", "javascript:alert(1)", "", "/a\nb", "/a\\b"]
)
def test_what_leads_away_is_not_local(path: str) -> None:
    assert not is_local(path)


def test_what_is_here_is_local() -> None:
    assert is_local("/alert/x?sent#decision")
    assert not urlsplit("/alert/x").netloc
