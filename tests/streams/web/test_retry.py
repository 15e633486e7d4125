"""Times that servers name: never an error, never negative, never more than a day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.web.retry import DAY, fresh_for, http_date, retry_after

NOW = datetime(2026, 11, 22, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Sun, 22 Nov 2026 12:00:00 GMT", NOW),
        ("Sunday, 22-Nov-26 12:00:00 GMT", NOW),  # RFC 850
        ("Sun Nov 22 12:00:00 2026", NOW),  # asctime
        ("Sun, 22 Nov 2026 13:00:00 +0100", NOW),
        ("Sun, 22 Nov 2026 12:00:00", NOW),
        ("Sun, 99 Nov 2026 12:00:00 GMT", None),
        ("Sun, 22 Nov 2026 12:00:00 +9999999", None),
        ("0", None),
        ("-1", None),
        ("", None),
        ("2026-11-22T12:00:00Z", None),
    ],
)
def test_dates(text: str, date: datetime | None) -> None:
    assert http_date(text) == date


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"cache-control": "max-age=600"}, 600.0),
        ({"cache-control": "public,MAX-AGE = 600"}, 600.0),
        ({"cache-control": 'max-age="600"'}, 600.0),
        ({"cache-control": "s-maxage=60"}, None),
        ({"cache-control": "max-age=600", "age": "100"}, 500.0),
        ({"cache-control": "max-age=600", "age": "700"}, 0.0),
        ({"cache-control": "max-age=600", "age": "²"}, 600.0),
        ({"cache-control": "max-age=99999999999"}, DAY),
        ({"cache-control": "max-age=-1"}, None),
        ({"cache-control": "max-age=soon"}, None),
        ({"cache-control": "no-cache, max-age=600"}, 0.0),
        ({"cache-control": "no-store"}, 0.0),
        ({"cache-control": "max-age=600", "expires": "0"}, 600.0),
        ({"expires": "Sun, 22 Nov 2026 12:10:00 GMT"}, 600.0),
        ({"expires": "Sun, 22 Nov 2026 10:10:00 GMT", "date": "Sun, 22 Nov 2026 10:00:00 GMT"}, 600.0),
        ({"expires": "Sun, 22 Nov 2026 10:10:00 GMT", "date": "today"}, 0.0),
        ({"expires": "0"}, 0.0),
        ({"expires": "-1"}, 0.0),
        ({"expires": "Thu, 01 Jan 1970 00:00:00 GMT"}, 0.0),
        ({"expires": "Fri, 31 Dec 9999 23:59:59 -1200"}, 0.0),
        ({}, None),
    ],
)
def test_freshness(headers: dict[str, str], seconds: float | None) -> None:
    assert fresh_for(headers, NOW) == seconds


@pytest.mark.parametrize("text", ["１２０", "1e3", "0x10", "120 seconds", "nan", "inf", "1_000", "9" * 400])
def test_odd_numbers(text: str) -> None:
    assert retry_after({"retry-after": text}, NOW) == (DAY if text[0] == "9" else None)


SECONDS = st.integers(-200_000, 200_000)
DATES = st.datetimes(datetime(1971, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)).map(
    lambda date: date.replace(microsecond=0)
)


@given(SECONDS, DATES, DATES)
def test_a_date_is_taken_by_the_servers_own_clock(seconds: int, theirs: datetime, ours: datetime) -> None:
    then = format_datetime(theirs + timedelta(seconds=seconds), usegmt=True)
    expected = max(0.0, min(float(seconds), DAY))
    assert retry_after({"retry-after": then, "date": format_datetime(theirs, usegmt=True)}, ours) == expected
    assert fresh_for({"expires": then}, theirs) == expected


@given(st.integers(0, 10**12))
def test_seconds_are_seconds(seconds: int) -> None:
    assert retry_after({"retry-after": str(seconds)}, NOW) == min(float(seconds), DAY)
    assert fresh_for({"cache-control": f"max-age={seconds}"}, NOW) == min(float(seconds), DAY)


ANY = st.text(max_size=60) | st.from_regex(r"[A-Z][a-z]{2}, \d{1,3} [A-Z][a-z]{2} \d{1,6} \d\d:\d\d:\d\d [+-]?\w{1,6}")


@given(st.dictionaries(st.sampled_from(["retry-after", "date", "expires", "cache-control", "age"]), ANY))
def test_no_header_breaks_them(headers: dict[str, str]) -> None:
    for seconds in (retry_after(headers, NOW), fresh_for(headers, NOW)):
        assert seconds is None or 0 <= seconds <= DAY
