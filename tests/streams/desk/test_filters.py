"""Filters: what they read, what they write, what they let through."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import InputError
from schemas.events import Device
from streams.desk.filters import Filter, VerdictWanted
from tests.support.desk import decision, event

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).map(str.strip).filter(bool)
TIMES = st.datetimes(datetime(1000, 1, 3), datetime(2999, 12, 30)).map(
    lambda moment: moment.replace(tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
)
DAYS = TIMES.map(lambda time: time[:10] + "T00:00:00Z")
FILTERS = st.builds(
    Filter,
    agency=st.none() | TEXTS,
    outlet=st.none() | TEXTS,
    device=st.none() | st.sampled_from(get_args(Device)),
    score=st.none() | st.floats(0, 1),
    language=st.none() | TEXTS,
    since=st.none() | TIMES | DAYS,
    until=st.none() | TIMES | DAYS,
    text=st.none() | TEXTS,
    verdict=st.none() | st.sampled_from(get_args(VerdictWanted)),
    kind=st.sampled_from(["alerts", "republications"]),
)


@given(FILTERS)
def test_what_is_written_is_read_again(chosen: Filter) -> None:
    query = chosen.to_query()
    assert Filter.from_query(query) == chosen
    assert list(query) == sorted(query)


def test_no_parameters_are_all_alerts_and_empty_ones_are_left_out() -> None:
    assert Filter.from_query({}) == Filter.from_query({"agency": "", "score": "  "}) == Filter()
    assert Filter().to_query() == {}
    assert Filter(kind="republications").to_query() == {"kind": "republications"}


def test_a_day_to_the_end_includes_that_day() -> None:
    chosen = Filter.from_query({"since": "2026-11-18", "until": "2026-11-18"})
    assert (chosen.since, chosen.until) == ("2026-11-18T00:00:00Z", "2026-11-19T00:00:00Z")
    assert chosen.matches(event(time="2026-11-18T00:00:00Z"))
    assert chosen.matches(event(time="2026-11-18T23:59:59Z"))
    assert not chosen.matches(event(time="2026-11-19T00:00:00Z"))
    assert chosen.to_query() == {"since": "2026-11-18", "until": "2026-11-18"}


@pytest.mark.parametrize(
    ("given_as", "meant"),
    [
        ("2026-11-18T10:00:00Z", "2026-11-18T10:00:00Z"),
        ("2026-11-18T10:00", "2026-11-18T10:00:00Z"),
        ("2026-11-18 10:00:00.5+02:00", "2026-11-18T08:00:00Z"),
    ],
)
def test_times_are_read_as_browsers_and_programs_write_them(given_as: str, meant: str) -> None:
    assert Filter.from_query({"since": given_as}).since == meant


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("scor", "1"), ("score", "1.01"), ("score", "nan"), ("score", "high"), ("score", "-0.1"), ("device", "lies"),
        ("verdict", "maybe"), ("kind", "alert"), ("since", "yesterday"), ("since", "2026-13-01"), ("since", "20261118"),
        ("until", "9999-12-31"), ("until", "2999-12-31"), ("since", "0001-01-01"), ("since", "０００１-01-01"),
        ("outlet", "x" * 501), ("agency", "a\ud800"),
    ],
)  # fmt: skip
def test_what_is_unfit_is_refused_by_name_and_value(name: str, value: str) -> None:
    with pytest.raises(InputError) as error:
        Filter.from_query({name: value})
    assert error.value.where == name
    assert name == "scor" or repr(value[:80])[1:-1] in str(error.value)


def test_a_filter_that_could_not_be_written_cannot_be_made() -> None:
    for wrong in ({"agency": ""}, {"outlet": " x"}, {"since": "2026-11-18"}, {"score": 2.0}):
        with pytest.raises(InputError):
            Filter(**wrong)


@given(st.text(max_size=500))
def test_no_query_text_is_too_odd(text: str) -> None:
    Filter.from_query({"text": text}).matches(event())


@pytest.mark.parametrize(
    ("chosen", "fits", "does_not"),
    [
        (Filter(agency="afp"), {}, {"agency": "ap"}),
        (Filter(outlet="the lantern"), {"outlet": "The  LANTERN"}, {"outlet": "Lantern"}),
        (Filter(outlet="lantern.example"), {"outlet": None, "url": "https://www.lantern.example/1"}, {"outlet": "x"}),
        (Filter(device="omission"), {"devices": ["doubt_added", "omission"]}, {"devices": ["doubt_added"]}),
        (Filter(score=0.5), {"score": 0.5}, {"score": 0.49}),
        (Filter(language="de"), {"language": "de"}, {}),
        (Filter(since="2026-11-18T10:00:00Z"), {}, {"time": "2026-11-18T09:59:59Z"}),
        (Filter(until="2027-01-01T00:00:00Z"), {}, {"time": None}),
        (Filter(until="2027-01-01T00:00:00Z"), {}, {"time": "soon"}),
        (Filter(text="ministre a ÉLY"), {"headline": "Le Ministre à l'Élysée"}, {"headline": "Élysée"}),
        (Filter(text="full support"), {"evidence": "full support"}, {"evidence": "support"}),
        (Filter(text="北京"), {"headline": "在北京的会议"}, {"headline": "在北方"}),
        (Filter(text="!?"), {}, {"kind": "republication"}),
        (Filter(kind="republications"), {"kind": "republication"}, {}),
    ],
)  # fmt: skip
def test_what_passes(chosen: Filter, fits: dict[str, object], does_not: dict[str, object]) -> None:
    assert chosen.matches(event(**fits))  # type: ignore[arg-type]
    assert not chosen.matches(event(**does_not))  # type: ignore[arg-type]


def test_verdicts() -> None:
    alert = event()
    assert Filter(verdict="undecided").matches(alert)
    assert not Filter(verdict="undecided").matches(alert, decision(alert))
    assert Filter(verdict="dismissed").matches(alert, decision(alert, "dismissed"))
