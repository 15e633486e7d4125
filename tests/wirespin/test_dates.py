"""Publication times: a wrong one is a wrong accusation."""

from __future__ import annotations

import time as clock
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirespin.dates import CLOCK_SKEW, CLOCK_SLACK, EARLIEST, Published, iso, published, seconds

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("given_as", "time", "source"),
    [
        ("2026-11-22T10:00:00Z", "2026-11-22T10:00:00Z", "published_at"),
        ("2026-11-22T10:00:00.123456Z", "2026-11-22T10:00:00Z", "published_at"),
        ("2026-11-22 10:00:00+02:00", "2026-11-22T08:00:00Z", "published_at"),
        (" 2026-11-22T10:00Z\n", "2026-11-22T10:00:00Z", "published_at"),
        ("Sun, 22 Nov 2026 10:00:00 GMT", "2026-11-22T10:00:00Z", "published_at"),
        ("Sun, 22 Nov 2026 10:00:00 UT", "2026-11-22T10:00:00Z", "published_at"),
        ("Sun, 22 Nov 2026 10:00:00 Z", "2026-11-22T10:00:00Z", "published_at"),
        ("Sun, 22 Nov 2026 10:00:00 -0000", "2026-11-22T10:00:00Z", "published_at"),
        ("Sun, 22 Nov 2026 10:00:00 +0530", "2026-11-22T04:30:00Z", "published_at"),
        ("Sun, 22 Nov 2026 10:00:00 -0500 (EST)", "2026-11-22T15:00:00Z", "published_at"),
        ("22 Nov 26 10:00 GMT", "2026-11-22T10:00:00Z", "published_at"),
        ("Sun, 22 Nov 2026 08:00:00 EST", "2026-11-22T13:00:00Z", "published_at"),
        ("Wed, 22 Jul 2026 10:00:00 EDT", "2026-07-22T14:00:00Z", "published_at"),
        ("Wed, 22 Jul 2026 10:00:00 CST", "2026-07-22T16:00:00Z", "published_at"),
        ("Wed, 22 Jul 2026 10:00:00 CDT", "2026-07-22T15:00:00Z", "published_at"),
        ("Wed, 22 Jul 2026 10:00:00 MST", "2026-07-22T17:00:00Z", "published_at"),
        ("Wed, 22 Jul 2026 10:00:00 MDT", "2026-07-22T16:00:00Z", "published_at"),
        ("Wed, 22 Jul 2026 10:00:00 PST", "2026-07-22T18:00:00Z", "published_at"),
        ("Wed, 22 Jul 2026 10:00:00 PDT", "2026-07-22T17:00:00Z", "published_at"),
        ("2026-11-22", "2026-11-22T00:00:00Z", "date_only"),
        ("20261122", "2026-11-22T00:00:00Z", "date_only"),
        ("2026-W47-7", "2026-11-22T00:00:00Z", "date_only"),
        ("22 November 2026", "2026-11-22T00:00:00Z", "date_only"),
        ("Nov. 22, 2026", "2026-11-22T00:00:00Z", "date_only"),
        ("2016/6/7", "2016-06-07T00:00:00Z", "date_only"),
        ("29/06/2016", "2016-06-29T00:00:00Z", "date_only"),
        ("06/29/2016", "2016-06-29T00:00:00Z", "date_only"),
        ("2026-11-22T00:00:00Z", "2026-11-22T00:00:00Z", "date_only"),
        ("2026-11-22T00:00:00", "2026-11-22T00:00:00Z", "date_only"),
        ("2026-11-22T00:00:00+01:00", "2026-11-21T23:00:00Z", "date_only"),
        ("Sun, 22 Nov 2026 00:00:00 GMT", "2026-11-22T00:00:00Z", "date_only"),
        ("2026-11-22T00:00:01Z", "2026-11-22T00:00:01Z", "published_at"),
        ("2026-11-22T01:00:00+01:00", "2026-11-22T00:00:00Z", "published_at"),
        ("2026-11-22T10:00:00", "2026-11-22T10:00:00Z", "no_zone"),
        ("Sun, 22 Nov 2026 10:00:00", "2026-11-22T10:00:00Z", "no_zone"),
        ("Lun, 22 nov 2026 10:00:00 +0100", "2026-11-22T09:00:00Z", "published_at"),
        ("dim., 22 nov. 2026 10:00:00 +0100", "2026-11-22T09:00:00Z", "published_at"),
        ("jeu, 20 août 2026 10:00:00 +0200", "2026-08-20T08:00:00Z", "published_at"),
        ("So, 22. Nov 2026 10:00:00 +0100", "2026-11-22T09:00:00Z", "published_at"),
        ("Mi, 22 Okt 2025 10:00:00 MESZ", "2025-10-22T08:00:00Z", "published_at"),
        ("Sun, 22 Nov 2026 10:00:00 MEST", "2026-11-22T08:00:00Z", "published_at"),
        ("Sun, 22 Nov 2026 10:00:00 CET", "2026-11-22T09:00:00Z", "published_at"),
        ("mié, 21 ene 2026 10:00:00 GMT", "2026-01-21T10:00:00Z", "published_at"),
        ("qui, 22 out 2026 10:00:00 -0300", "2026-10-22T13:00:00Z", "published_at"),
        ("segunda-feira, 2 fev 2026 10:00:00 -0300", "2026-02-02T13:00:00Z", "published_at"),
        ("gio, 22 ott 2026 10:00:00 +0200", "2026-10-22T08:00:00Z", "published_at"),
        ("dom, 22 nov 2026 10:00", "2026-11-22T10:00:00Z", "no_zone"),
        ("Sun, 22 Nov 2026 10:00:00 JST", "2026-11-22T01:00:00Z", "published_at"),
        ("Sun Nov 22 2026 10:00:00 GMT+0100 (Central European Standard Time)", "2026-11-22T09:00:00Z", "published_at"),
        ("Sun, 22 Nov 2026 10:00:00 UTC-5", "2026-11-22T15:00:00Z", "published_at"),
        ("2016/6/29 15:07:41", "2016-06-29T15:07:41Z", "no_zone"),
    ],
)
def test_readable(given_as: str, time: str, source: str) -> None:
    found = published(given_as, NOW + timedelta(days=1))
    assert (found.text(), found.source) == (time, source)
    assert found.exact == (source == "published_at")


@pytest.mark.parametrize(
    "given_as",
    [
        "1795341600",
        "1795341600000",
        "1795341600.25",
        "1795341600000000",
        "-1795341600",
        "202306121000000",
        "0",
        "Sun, 22 Nov 2026 10:00:00 IST",
        "Sun, 22 Nov 2026 10:00:00 BST",
        "Sun, 22 Nov 2026 10:00:00 MSK",
        "Xyz, 22 nov 2026 10:00:00 +0100",
        "Sun, 22 Xyz 2026 10:00:00 +0100",
        "Wed, 22 Jul 2026 10:00:00 CET",
        "Wed, 22 Jul 2026 10:00:00 MEZ",
        "Sun, 22 Nov 2026 10:00:00 CET 7",
        "Sun, 22 Nov 2026 10:00:00 +2500",
        "06/12/2023 10:00",
        "06/12/2023",
        "12.06.2023 10:00 +0000",
        "230612",
        "12/06/23",
        "2023",
        "2023-06",
        "June 2023",
        "Monday",
        "10:00",
        "12 June",
        "yesterday",
        "now",
        "2023-02-30",
        "2023-06-12T25:00:00Z",
        "2023-06-12T10:00:00Z[UTC]",
        "\x00",
        "T",
        "١٢",
        "<b>2023-06-12</b>",
    ],
)
def test_what_can_be_read_in_two_ways_or_none_is_not_guessed(given_as: str) -> None:
    assert published(given_as, NOW) == Published(None, "unreadable")


@pytest.mark.parametrize("given_as", [None, "", " \n\t"])
def test_missing(given_as: str | None) -> None:
    assert published(given_as, NOW) == Published(None, "missing")


@pytest.mark.parametrize(
    "given_as",
    [
        "1970-01-01T00:00:00Z",
        "1970-01-01",
        "1979-12-31T23:59:59Z",
        "1795-12-07T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-10:00",
    ],
)
def test_implausible(given_as: str) -> None:
    assert published(given_as, NOW) == Published(None, "implausible")


@pytest.mark.parametrize(
    ("ahead", "source"),
    [
        (timedelta(0), "published_at"),
        (CLOCK_SKEW, "published_at"),
        (CLOCK_SKEW + timedelta(seconds=1), "wrong_zone"),
        (timedelta(hours=1), "wrong_zone"),
        (CLOCK_SLACK, "wrong_zone"),
        (CLOCK_SLACK + timedelta(seconds=1), "future"),
        (timedelta(days=36_500), "future"),
    ],
)
def test_ahead_of_its_arrival_is_another_zone_and_then_the_future(ahead: timedelta, source: str) -> None:
    found = published(iso(NOW + ahead), NOW)
    assert found.source == source
    assert found.exact == (source == "published_at")


@pytest.mark.parametrize("hours", [1, 2, 3, 5.5, 5.75, 8, 9, 12, 14])
@pytest.mark.parametrize("late", [0, 2, 30])
def test_a_local_time_published_as_utc_is_kept_but_decides_nothing(hours: float, late: int) -> None:
    """The clock on the wall of Berlin, Delhi or Tokyo with a Z behind it, arriving minutes after it was written."""
    written = NOW - timedelta(minutes=late, seconds=7)
    found = published(iso(written + timedelta(hours=hours)), NOW)
    assert (found.source, found.exact) == ("wrong_zone", False)
    assert found.time == written + timedelta(hours=hours)


def test_a_time_without_zone_ahead_of_its_arrival_is_still_without_zone() -> None:
    assert published(f"{NOW + timedelta(hours=2):%Y-%m-%dT%H:%M:%S}", NOW).source == "no_zone"
    assert published(f"{NOW + timedelta(hours=30):%Y-%m-%dT%H:%M:%S}", NOW).source == "future"


def test_tomorrows_date_may_be_todays_elsewhere() -> None:
    assert published("2026-11-23", NOW).source == "date_only"
    assert published("2026-11-25", NOW).source == "future"


def test_an_article_replayed_later_keeps_its_time() -> None:
    assert published("2026-11-22T13:00:00Z", NOW + timedelta(days=365)).exact


def test_the_first_believable_second() -> None:
    assert published(iso(EARLIEST), NOW).time == EARLIEST


@pytest.mark.parametrize("zone", ["Asia/Kolkata", "Europe/London", "Europe/Moscow"])
def test_zone_names_mean_the_same_on_every_machine(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", zone)
    clock.tzset()
    try:
        for name in ("IST", "BST", "MSK"):
            assert published(f"Wed, 22 Jul 2026 10:00:00 {name}", NOW).source == "unreadable"
        assert published("Sun, 22 Nov 2026 10:00:00 GMT", NOW).text() == "2026-11-22T10:00:00Z"
        assert published("Wed, 22 Jul 2026 10:00:00 GMT", NOW).text() == "2026-07-22T10:00:00Z"
    finally:
        monkeypatch.undo()
        clock.tzset()


def test_the_month_of_arrival_changes_nothing() -> None:
    answers = {published("2016/6/29 15:07:41", NOW - timedelta(days=31 * months)).text() for months in range(12)}
    assert len(answers) == 1


FRAGMENTS = st.lists(
    st.sampled_from(
        [
            "2023",
            "06",
            "12",
            "1",
            "31",
            "-",
            "/",
            ".",
            ":",
            " ",
            "T",
            "Z",
            "+",
            "00",
            "10:00",
            "Jun",
            "Mon,",
            "GMT",
            "EST",
            "pm",
            "AM",
            "W24",
            ",",
            "'",
            "0000",
            "99",
            "\x00",
            "–",
        ]
    ),
    max_size=12,
).map("".join)


@given(st.text() | FRAGMENTS | st.from_regex(r"[0-9 :/.+TZ-]{1,30}", fullmatch=True))
def test_nothing_raises_and_nothing_impossible_is_believed(given_as: str) -> None:
    found = published(given_as, NOW)
    if found.time is not None:
        assert found.time.utcoffset() == timedelta(0)
        assert EARLIEST <= found.time <= NOW + CLOCK_SLACK
        assert found.source in ("published_at", "date_only", "no_zone", "wrong_zone")
        assert not found.exact or found.time <= NOW + CLOCK_SKEW
    else:
        assert found.source in ("missing", "unreadable", "implausible", "future")
        assert found.text() is None


@given(
    st.datetimes(datetime(1980, 1, 2), datetime(2026, 11, 21)),
    st.integers(-14 * 60, 14 * 60),
)
def test_iso_and_rfc_2822_agree(naive: datetime, minutes: int) -> None:
    sign, (hours, rest) = "-" if minutes < 0 else "+", divmod(abs(minutes), 60)
    true = iso(naive.replace(tzinfo=UTC) - timedelta(minutes=minutes))
    as_iso = published(f"{naive:%Y-%m-%dT%H:%M:%S}{sign}{hours:02}:{rest:02}", NOW)
    as_mail = published(f"{naive:%a, %d %b %Y %H:%M:%S} {sign}{hours:02}{rest:02}", NOW)
    assert as_iso.text() == as_mail.text() == true
    assert as_iso.exact == as_mail.exact == (naive.replace(microsecond=0).time() != clock_time.min)


def test_seconds_reads_what_iso_writes() -> None:
    assert seconds(iso(NOW)) == NOW.timestamp()
    assert seconds(None) is None


@pytest.mark.parametrize("field", ["updated", "lastmod", "date_modified"])
def test_a_time_of_change_is_known_to_be_one(field: str) -> None:
    found = published("2026-11-22T08:00:00Z", NOW, field)
    assert (found.source, found.exact) == ("changed", False)
    assert published("2026-11-22", NOW, field).source == "date_only"
    assert published("2026-11-22T08:00:00Z", NOW, "published").exact
