"""Versions, corrections, kills and forms: which wire story a copy is measured against."""

from __future__ import annotations

import itertools

import pytest

from schemas.accepted import Accepted
from schemas.article import PubStatus
from tests.wirespin.story.desk import Desk, after, pairs
from tests.wirespin.story.making import article

STORY = """The port of Riga closed on Monday after thick ice trapped two ferries outside the harbour walls.

"We have not seen ice like this since 1987," harbour master Janis Berzins told a news conference.

Some {trapped} passengers spent the night on board and were fed from the ships' own stores, the operator said.

The opposition blamed the Transport Ministry for selling two icebreakers to a Finnish company in 2023.

Breakers from Finland are expected to reach the Gulf of Riga before the end of the week, weather permitting."""

DIVIDEND = """The board of {company} declared a regular quarterly dividend of {cents} cents per common share.

The dividend is payable on May {pay} to shareholders of record at the close of business on April {record}, it said.

The company has paid dividends without interruption for as long as its shares have been listed on an exchange."""


def story(name: str, publisher: str, hour: int, trapped: int, pub_status: PubStatus = "usable") -> Accepted:
    credit = "RIGA, March 3 (Reuters) - " if publisher == "Reuters" else ""
    text = credit + STORY.format(trapped=trapped)
    return article(name, text, publisher=publisher, at=f"2025-03-03T{hour:02}:00:00Z", pub_status=pub_status)


FIRST = story("first", "Reuters", 10, 340)
CORRECTED = story("corrected", "Reuters", 12, 410)
OF_FIRST = story("of-first", "Daily Ledger", 11, 340)
OF_CORRECTED = story("of-corrected", "The Courier", 13, 410)
KILL = story("kill", "Reuters", 14, 410, "canceled")
AGAIN = story("again", "Reuters", 16, 415)


def measured(desk: Desk) -> dict[str, tuple[str, int, str]]:
    """For each copy the version it is measured against, its number, and the first version."""
    return {event.copy_.id: (event.original.id, event.original.version, event.original.first) for event in desk.said}


def test_copies_are_measured_against_the_closest_version_whatever_came_first() -> None:
    for order in itertools.permutations([FIRST, CORRECTED, OF_FIRST, OF_CORRECTED]):
        desk = after(order)
        assert pairs(desk) == [("corrected", "of-corrected"), ("first", "of-first")]
        assert measured(desk) == {"of-first": ("first", 1, "first"), "of-corrected": ("corrected", 2, "first")}
        assert {event.type for event in desk.said} == {"republication"}  # type: ignore[attr-defined]


def test_a_correction_under_the_same_id_is_a_version_too() -> None:
    corrected = article("first", CORRECTED.article.body, publisher="Reuters", at="2025-03-03T12:00:00Z", version=2)
    for order in itertools.permutations([FIRST, corrected, OF_FIRST, OF_CORRECTED]):
        desk = after(order)
        assert measured(desk) == {"of-first": ("first", 1, "first"), "of-corrected": ("first", 2, "first")}


def test_a_kill_under_an_id_of_its_own_withdraws_what_it_replaces() -> None:
    for order in itertools.permutations([FIRST, CORRECTED, OF_FIRST, KILL]):
        desk = after(order)
        assert desk.standing == []
        assert {gone.key for gone in desk.withdrawn} == {event.key for event in desk.said}


def test_what_is_issued_after_a_kill_stands() -> None:
    follows = story("follows", "The Courier", 17, 415)
    for order in itertools.permutations([FIRST, KILL, AGAIN, follows]):
        assert pairs(after(order)) == [("again", "follows")]


def test_a_kill_of_another_agency_takes_nothing_back() -> None:
    text = "RIGA (AFP) - " + STORY.format(trapped=340)
    kill = article("kill", text, publisher="AFP", at="2025-03-03T14:00:00Z", pub_status="canceled")
    assert pairs(after([FIRST, OF_FIRST, kill])) == [("first", "of-first")]


def dividend(name: str, publisher: str, hour: int, notice: tuple[str, int, int, int]) -> Accepted:
    company, cents, pay, record = notice
    return article(
        name,
        DIVIDEND.format(company=company, cents=cents, pay=pay, record=record),
        publisher=publisher,
        at=f"2025-03-03T{hour:02}:00:00Z",
        headline=f"{company} sets quarterly dividend",
    )


TOOLS, MILLS = ("Harbour Tools", 12, 15, 30), ("Lakeside Mills", 47, 21, 11)
FORMS = [dividend("tools", "Reuters", 10, TOOLS), dividend("mills", "Reuters", 11, MILLS)]
COPIES = [dividend("of-tools", "Daily Ledger", 12, TOOLS), dividend("of-mills", "The Courier", 13, MILLS)]


def test_notices_by_one_form_are_neither_versions_nor_republications() -> None:
    for order in itertools.permutations(FORMS + COPIES):
        desk = after(order)
        assert pairs(desk) == [("mills", "of-mills"), ("tools", "of-tools")]
        assert measured(desk) == {"of-tools": ("tools", 1, "tools"), "of-mills": ("mills", 1, "mills")}


@pytest.mark.parametrize("order", [[FORMS[0], COPIES[1]], [COPIES[1], FORMS[0]]])
def test_a_notice_is_no_copy_of_another_companys(order: list[Accepted]) -> None:
    desk = after(order)
    assert desk.standing == []
    assert desk.relations == {"independent": 1}


def test_a_roundup_of_two_notices_has_two_sources() -> None:
    both = article(
        "both",
        "\n\n".join(form.article.body for form in FORMS),
        publisher="The Argus",
        at="2025-03-03T15:00:00Z",
        headline="Dividends of the day",
    )
    for order in itertools.permutations([*FORMS, both]):
        desk = after(order)
        assert pairs(desk) == [("mills", "both"), ("tools", "both")]
        assert {event.original.version for event in desk.said} == {1}


def test_a_later_report_with_the_same_background_is_not_named_a_version() -> None:
    news = "Finnish breakers freed both ferries on Tuesday and led them into the port of Tallinn, the coast guard said."
    rest = STORY.format(trapped=340).split("\n\n")
    text = "\n\n".join(
        [f"TALLINN, March 4 (Reuters) - {news}", "Nobody was hurt, but 12 children had colds.", *rest[1:4]]
    )
    later = article(
        "later", text, publisher="Reuters", at="2025-03-04T09:00:00Z", headline="Ferries reach Tallinn after two nights"
    )
    for order in itertools.permutations([FIRST, later, OF_FIRST]):
        desk = after(order)
        assert measured(desk)["of-first"] == ("first", 1, "first")
        assert pairs(desk) == [("first", "of-first")]


def test_an_outlets_reissue_is_no_event_and_both_stand_as_copies_of_the_wire() -> None:
    again = story("of-first-again", "Daily Ledger", 15, 340)
    assert after([OF_FIRST, again]).said == []
    assert after([OF_FIRST, again]).relations == {"own_update": 1}
    assert pairs(after([again, FIRST, OF_FIRST])) == [("first", "of-first"), ("first", "of-first-again")]
