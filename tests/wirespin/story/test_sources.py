"""Who can have been whose source."""

from __future__ import annotations

from typing import Any

import pytest

from schemas.accepted import Accepted, Credit
from tests.wirespin.story.making import sketched
from wirespin.story.place import rank
from wirespin.story.sources import direction, later, may_be_source, same_house, stand_in_order, wire_agency

HOUR = 1 / 24


def outlet(name: str, **values: Any) -> Accepted:
    """An article of an outlet of its own."""
    made = sketched(name, [1], **values)
    return made.model_copy(update={"article": made.article.model_copy(update={"publisher": f"Daily {name}"})})


def with_article(accepted: Accepted, **values: Any) -> Accepted:
    return accepted.model_copy(update={"article": accepted.article.model_copy(update=values)})


WIRE = outlet("wire", agency="afp")
PLAIN = outlet("plain", day=1 + HOUR)
CREDITS = outlet("credits", day=1 + HOUR, credited="afp")
UNPUBLISHED = with_article(CREDITS, publisher=None)


@pytest.mark.parametrize(
    ("source", "copy", "answer"),
    [
        (WIRE, PLAIN, True),
        (PLAIN, WIRE, False),
        (WIRE, CREDITS, True),
        (CREDITS, WIRE, False),
        (WIRE, WIRE, False),
        (PLAIN, CREDITS, False),
        (CREDITS, PLAIN, True),
        (CREDITS, outlet("earlier", day=1), False),
        (CREDITS, outlet("earlier", day=1, credited="afp"), False),
        (outlet("earlier", day=1, credited="afp"), CREDITS, True),
        (CREDITS, outlet("undated", day=None, credited="afp"), True),
        (outlet("undated", day=None, credited="afp"), CREDITS, False),
        (WIRE, outlet("undated", day=None), True),
        (outlet("undated wire", day=None, agency="afp"), PLAIN, True),
        (WIRE, outlet("before", day=1 - HOUR), False),
        (WIRE, outlet("clocks differ", day=1 - HOUR / 7), True),
        (WIRE, outlet("before but credits", day=1 - HOUR, credited="afp"), True),
        (WIRE, outlet("before, credits another", day=1 - HOUR, credited="dpa"), False),
        (WIRE, outlet("other wire", agency="dpa"), False),
        (WIRE, outlet("other wire, crediting", agency="dpa", credited="afp"), True),
        (WIRE, outlet("same wire", agency="afp", day=2), False),
        (with_article(WIRE, pub_status="canceled"), PLAIN, False),
        (WIRE, with_article(PLAIN, pub_status="canceled"), False),
        (with_article(CREDITS, publisher="daily PLAIN "), PLAIN, False),
        (CREDITS, with_article(PLAIN, id="credits"), False),
    ],
)
def test_may_be_source(source: Accepted, copy: Accepted, *, answer: bool) -> None:
    assert may_be_source(source, copy) is answer


@pytest.mark.parametrize("kind", ["date_only", "no_zone", "wrong_zone"])
def test_an_inexact_time_does_not_decide_within_a_day(kind: str) -> None:
    early = outlet("early", day=1 - HOUR).model_copy(update={"date_source": kind})
    assert may_be_source(WIRE, early)
    assert not may_be_source(WIRE, outlet("days before", day=-2).model_copy(update={"date_source": kind}))


@pytest.mark.parametrize("days", [0.1, 3])
def test_a_time_of_change_settles_the_order_one_way_only(days: float) -> None:
    changed = outlet("changed", day=1).model_copy(update={"date_source": "changed"})
    assert not may_be_source(outlet("wire", day=1 + days, agency="afp"), changed)
    wire = outlet("wire", day=1 - days, agency="afp")
    assert may_be_source(wire, changed)
    assert "do not settle the order" in direction(wire, changed, "AFP").reason


def test_never_both_ways() -> None:
    all_of_them = [
        outlet(f"{day}{agency}{credited}", day=day, agency=agency, credited=credited)
        for day in (None, 1, 1.001, 1.5)
        for agency in (None, "afp", "dpa")
        for credited in (None, "afp", "dpa")
    ]
    for one in all_of_them:
        for other in all_of_them:
            assert not (may_be_source(one, other) and may_be_source(other, one))


@pytest.mark.parametrize(
    ("left", "right", "answer"),
    [
        ({"publisher": "Daily"}, {"publisher": " daily"}, True),
        ({"publisher": "Daily"}, {"publisher": "Weekly"}, False),
        ({"url": "https://www.x.example/1"}, {"url": "https://x.example/2"}, True),
        ({"url": "https://x.example/1"}, {"url": "https://y.example/1"}, False),
        ({"url": "https://[x"}, {"url": "https://[x"}, False),
        ({"publisher": "Daily", "url": "https://x.example/1"}, {"url": "https://x.example/2"}, True),
        ({}, {}, False),
    ],
)
def test_same_house(left: dict[str, str], right: dict[str, str], *, answer: bool) -> None:
    one, other = with_article(sketched("a", [1]), **left), with_article(sketched("b", [1]), **right)
    assert same_house(one, other) is same_house(other, one) is answer


def test_an_agency_is_one_house_whatever_the_names() -> None:
    assert same_house(WIRE, outlet("other desk", agency="afp"))
    assert not same_house(WIRE, with_article(PLAIN, publisher="Daily wire"))


@pytest.mark.parametrize(
    ("source", "copy", "confidence", "reason"),
    [
        (WIRE, PLAIN, 0.98, "published by AFP itself, 1 hour before the copy"),
        (WIRE, outlet("x", day=4), 0.98, "published by AFP itself, 3 days before the copy"),
        (WIRE, outlet("x", day=1), 0.98, "published by AFP itself, less than a minute before the copy"),
        (WIRE, outlet("x", day=None), 0.9, "published by AFP itself; the copy has no usable date"),
        (
            outlet("w", day=None, agency="afp"),
            PLAIN,
            0.9,
            "published by AFP itself; their dates do not settle the order",
        ),
        (
            WIRE,
            outlet("x", day=1 - 2 * HOUR, credited="afp"),
            0.75,
            "published by AFP itself, 2 hours after the copy; the copy credits AFP",
        ),
        (CREDITS, outlet("x", day=2), 0.9, "credits AFP; no feed of AFP was read, 23 hours before the copy"),
        (CREDITS, outlet("x", day=None), 0.5, "credits AFP; no feed of AFP was read; the copy has no usable date"),
        (UNPUBLISHED, outlet("x", day=None), 0.75, "credits AFP; no feed of AFP was read; the copy has no usable date"),
    ],
)
def test_direction(source: Accepted, copy: Accepted, confidence: float, reason: str) -> None:
    said = direction(source, copy, "AFP")
    assert (said.confidence, said.reason) == (confidence, reason)


def test_a_copy_that_credits_nobody_is_not_said_to_credit() -> None:
    said = direction(WIRE, outlet("clocks differ", day=1 - HOUR / 7), "AFP")
    assert said.reason == "published by AFP itself, 9 minutes after the copy; no more than clocks differ"


def test_rank_and_wire_agency() -> None:
    two = CREDITS.model_copy(update={"credits": [*CREDITS.credits, Credit(agency="dpa", name="dpa", form="credit")]})
    assert [rank(item) for item in (WIRE, two, PLAIN)] == [2, 1, 0]
    assert [wire_agency(item) for item in (WIRE, two, PLAIN)] == ["afp", "afp", None]


def test_order_of_stand_ins() -> None:
    row = [
        outlet("b", day=1, credited="afp"),
        outlet("c", day=1, credited="afp"),
        outlet("a", day=2, credited="afp"),
        outlet("d", day=None, credited="afp"),
        outlet("e", day=0),
    ]
    assert sorted([row[at] for at in (3, 1, 4, 0, 2)], key=stand_in_order) == row


def test_later() -> None:
    assert later("2025-01-01T00:00:00Z", "2025-01-02T00:00:00Z") == "2025-01-02T00:00:00Z"
    assert later(None, "2025-01-02T00:00:00Z") == later("2025-01-02T00:00:00Z", None) == "2025-01-02T00:00:00Z"
    assert later(None, None) is None
