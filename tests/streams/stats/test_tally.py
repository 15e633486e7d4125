"""What is counted."""

from __future__ import annotations

import io
from collections import Counter

import orjson
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from schemas.events import Republication
from streams.stats.shown import show
from streams.stats.summary import Data, summary
from streams.stats.tally import UNKNOWN, counted
from tests.streams.stats.events import event

events = st.lists(
    st.builds(
        event,
        agency=st.sampled_from(["afp", "ap", None]),
        outlet=st.sampled_from(["Gazette", "Herald", None]),
        altered=st.sampled_from(["yes", "no", "unsure"]),
        minutes=st.sampled_from([None, 0, 5, 300]),
        devices=st.sampled_from([(), ("omission",), ("omission", "omission", "label_change")]),
        stands_in=st.booleans(),
        date_source=st.sampled_from(["published_at", "date_only"]),
    ),
    max_size=12,
)


def told(found: Data, top: int = 20) -> str:
    text = io.StringIO()
    show(Console(file=text, width=160), found, top)
    return text.getvalue()


@given(events)
def test_everything_adds_up(given_events: list[Republication]) -> None:
    found = summary(counted(given_events))
    assert orjson.loads(orjson.dumps(found)) == found
    assert found["events"] == len(given_events)
    for rows in ("pairs", "agencies", "outlets"):
        assert sum(row["events"] for row in found[rows]) == len(given_events)
        assert sum(row["altered"]["count"] for row in found[rows]) == found["altered"]["count"]
        assert sum(row["delay"]["n"] for row in found[rows]) == found["delay"]["n"]
    for rows in ("reuse", "credit"):
        assert sum(row["events"]["count"] for row in found[rows]) == len(given_events)
    assert sum(row["events"] for row in found["days"]) + found["undated"] == len(given_events)
    assert all(row["in_altered"]["count"] <= row["in_altered"]["of"] for row in found["devices"])


@given(events)
def test_the_order_of_the_events_does_not_matter(given_events: list[Republication]) -> None:
    assert summary(counted(given_events)) == summary(counted(reversed(given_events)))


@given(events)
def test_what_is_told_names_no_percentage_of_few(given_events: list[Republication]) -> None:
    text = told(summary(counted(given_events)))
    assert f"{len(given_events)} republications stand" in text
    if len(given_events) < 10:
        assert "%" not in text.partition("Shares:")[0]


def test_delays_count_where_both_times_are_known_and_the_original_is_the_wire_s() -> None:
    tally = counted([
        event(minutes=5),
        event(minutes=15),
        event(minutes=5, date_source="date_only"),
        event(minutes=None),
        event(minutes=5, stands_in=True),
    ])  # fmt: skip
    assert list(tally.whole.delays) == [300.0, 900.0]
    assert summary(tally)["delay"] == {
        "n": 2, "lower_quartile": 450.0, "median": 600.0, "upper_quartile": 750.0, "before_the_original": 0
    }  # fmt: skip
    assert (tally.stand_ins, summary(tally)["undated"]) == (1, 1)


def test_a_copy_dated_before_its_original_is_counted_as_such() -> None:
    early = event(minutes=0)
    copy = early.copy_.model_copy(update={"published": "2026-11-22T09:30:00Z"})
    found = summary(counted([early.model_copy(update={"copy_": copy})]))
    assert (found["delay"]["median"], found["delay"]["before_the_original"]) == (-1_800.0, 1)
    assert "1 dated before the original" in told(found)


def test_a_device_counts_once_an_event_and_of_the_altered_apart() -> None:
    found = summary(counted([
        event(altered="yes", devices=("omission", "omission")),
        event(altered="no", devices=("omission",)),
        event(altered="yes", devices=("label_change",)),
    ]))  # fmt: skip
    shares = {
        row["device"]: (row["in_altered"]["count"], row["in_altered"]["of"], row["in_all"]["count"])
        for row in found["devices"]
    }
    assert shares == {"omission": (1, 2, 2), "label_change": (1, 2, 1)}


def test_names_are_told_and_cannot_steer_a_terminal() -> None:
    found = summary(counted([event(outlet="[red]Ev\x1b[2Jil", agency=None)]))
    assert found["pairs"][0]["agency"] == UNKNOWN
    assert "\x1b" not in told(found)
    assert "[red]Ev" in told(found)


def test_only_the_largest_are_told_and_it_is_said() -> None:
    found = summary(counted([event(outlet=f"Outlet {number}") for number in range(5)]))
    assert "Who republishes whom (the largest 2 of 5)" in told(found, top=2)
    assert Counter(told(found, top=2).split())["Gazette"] == 0
