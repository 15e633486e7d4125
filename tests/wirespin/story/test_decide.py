"""Which events stand, whatever the order in which the articles came."""

from __future__ import annotations

import itertools

import pytest

from schemas.events import Alert
from tests.wirespin.story.desk import Desk, after, pairs
from tests.wirespin.story.making import article
from wirespin.identity import event_key
from wirespin.story.decide import Withdrawn

LEAD = "The port of Riga closed on Monday after thick ice trapped two ferries and a tanker outside the harbour walls."
QUOTE = '"We have not seen ice like this since 1987," harbour master Janis Berzins told a news conference.'
NIGHT = "Some 340 passengers spent the night on board and were fed from the ships' own stores, the operator said."
BLAME = "The opposition blamed the transport ministry for selling two icebreakers to a Finnish company in 2023."
DENIAL = "The ministry denied that the sale had anything to do with the closure and said the ships had been too old."
END = "Breakers from Finland are expected to reach the bay before the end of the week, weather permitting."
UPDATE = "Some 410 passengers were flown from two trapped ferries to the shore on Monday night, the coast guard said."
STORY = [LEAD, QUOTE, NIGHT, BLAME, DENIAL, END]


def body(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


WIRE = article(
    "wire", body(f"RIGA, March 3 (Reuters) - {LEAD}", *STORY[1:]), publisher="Reuters", at="2025-03-03T10:00:00Z"
)
WIRE_2 = article(
    "wire-2", body(f"RIGA, March 3 (Reuters) - {UPDATE}", *STORY), publisher="Reuters", at="2025-03-03T18:00:00Z"
)
COPY = article("copy", body(*STORY), publisher="Daily Ledger", at="2025-03-03T12:00:00Z")
FOLLOWS = article("follows", body(UPDATE, *STORY), publisher="Daily Ledger", at="2025-03-03T20:00:00Z")
UNDATED = article("undated", body(*STORY), publisher="Harbour Blog")
CREDITED = article("credited", body(*STORY, "Reuters"), publisher="The Courier", at="2025-03-03T11:00:00Z")
CREDITED_2 = article("credited-2", body(*STORY[:-1], "Reuters"), publisher="The Argus", at="2025-03-03T13:00:00Z")
SLANTED = article(
    "slanted",
    body(
        "In a shameful and utterly predictable disaster, " + LEAD[0].lower() + LEAD[1:],
        QUOTE,
        NIGHT.replace("spent the night", "were callously left to suffer the night"),
        BLAME.replace("blamed", "rightly exposed"),
        "The failed ministry desperately claimed, without evidence, that the sale had nothing to do with the closure.",
    ),
    publisher="The Hammer",
    at="2025-03-03T14:00:00Z",
    headline="Shameful: crooked ministry abandons hundreds to the ice",
)
INDEPENDENT = article(
    "own-report",
    body(
        "RIGA (AFP) - Latvia shut its biggest harbour at dawn, leaving ships stranded in the worst freeze for decades.",
        "Janis Berzins, who runs the harbour, said conditions were extraordinary. Officials hoped for help by Friday.",
        "Travellers described long hours without news. One family of five had been on the way home to Stockholm.",
    ),
    publisher="AFP",
    at="2025-03-03T10:30:00Z",
)


def named_later(desk: Desk) -> set[str]:
    return {name for event in desk.said for name in event.supersedes}


def test_original_and_copy_in_both_orders() -> None:
    one, other = after([WIRE, COPY]), after([COPY, WIRE])
    assert one.at == other.at
    assert pairs(one) == [("wire", "copy")]
    [event] = one.said
    assert (event.original.agency, event.original.wire, event.original.stands_in) == ("reuters", "Reuters", False)
    assert event.reuse.level == "verbatim"
    assert event.time == "2025-03-03T12:00:00Z"
    assert (event.direction.confidence, event.direction.reason) == (
        0.98,
        "published by Reuters itself, 2 hours before the copy",
    )
    assert event.credit.status == "removed"
    assert event.supersedes == []


@pytest.mark.parametrize("turn", [1, -1])
def test_a_copy_without_a_date_is_still_a_pair(turn: int) -> None:
    desk = after([WIRE, UNDATED][::turn])
    assert pairs(desk) == [("wire", "undated")]
    assert desk.said[0].copy_.date_source == "missing"
    assert desk.said[0].direction.reason.endswith("the copy has no usable date")


def test_a_slanted_copy_is_a_republication_and_an_alert() -> None:
    desk = after([SLANTED, WIRE])
    assert desk.standing == [("alert", "wire", "slanted"), ("republication", "wire", "slanted")]
    said, alarm = desk.said
    assert isinstance(alarm, Alert)
    assert alarm.republication == said.id
    assert alarm.framing == said.framing
    assert alarm.key == event_key("alert", "slanted", "wire")
    assert said.key == event_key("republication", "slanted", "wire")


def test_arriving_twice_or_swapped_says_nothing_more() -> None:
    desk = after([WIRE, SLANTED])
    assert desk.take(SLANTED, WIRE, WIRE) == []
    assert after([SLANTED, WIRE]).at == desk.at


def test_an_agencys_update_is_no_event_and_its_copies_are_measured_against_it() -> None:
    for order in itertools.permutations([WIRE, WIRE_2, COPY, FOLLOWS]):
        desk = after(order)
        assert pairs(desk) == [("wire", "copy"), ("wire-2", "follows")]
        last = {event.copy_.id: event for event in desk.said}
        assert (last["follows"].original.version, last["follows"].original.first) == (2, "wire")
        assert (last["copy"].original.version, last["copy"].original.first) == (1, "wire")


def test_where_no_agency_was_read_the_earliest_credited_copy_stands_in() -> None:
    desk = after([CREDITED, COPY])
    assert pairs(desk) == [("credited", "copy")]
    assert desk.said[0].original.stands_in
    assert desk.said[0].original.wire == "Reuters"
    assert "no feed of Reuters was read" in desk.said[0].direction.reason


def test_an_earlier_stand_in_replaces_a_later_one_once() -> None:
    desk = after([CREDITED_2, UNDATED])
    [first] = desk.said
    assert (first.original.id, first.copy_.id) == ("credited-2", "undated")
    second = [event for event in desk.take(CREDITED) if event.copy_.id == "undated"]
    assert [(event.original.id, event.supersedes) for event in second] == [("credited", [first.id])]
    assert pairs(desk) == [("credited", "credited-2"), ("credited", "undated")]
    assert desk.take(CREDITED, CREDITED_2, UNDATED) == []
    assert [event.id for event in desk.said].count(first.id) == 1


def test_the_agencys_own_article_replaces_who_stood_in_for_it_once() -> None:
    desk = after([CREDITED, COPY])
    [stood_in] = desk.said
    corrected = [event for event in desk.take(WIRE) if event.copy_.id == "copy"]
    assert [(event.original.id, event.supersedes) for event in corrected] == [("wire", [stood_in.id])]
    assert [gone.key for gone in desk.withdrawn] == [stood_in.key]
    assert pairs(desk) == [("wire", "copy"), ("wire", "credited")]
    assert stood_in.id in named_later(desk)
    assert desk.take(COPY, WIRE) == []


def test_independent_reports_of_two_agencies_are_no_events() -> None:
    assert after([WIRE, INDEPENDENT]).said == []
    assert after([INDEPENDENT, WIRE]).said == []
    assert pairs(after([INDEPENDENT, COPY, WIRE])) == [("wire", "copy")]


def test_an_outlets_own_update_is_no_event() -> None:
    again = article("again", body(*STORY, "Reuters"), publisher="the courier ", at="2025-03-03T15:00:00Z")
    assert after([CREDITED, again]).said == []


KILL = article(
    "wire",
    body(f"RIGA, March 3 (Reuters) - {LEAD}", *STORY[1:]),
    publisher="Reuters",
    at="2025-03-03T10:00:00Z",
    pub_status="canceled",
)


def test_a_canceled_story_is_nobodys_source() -> None:
    for order in itertools.permutations([WIRE, KILL, SLANTED]):
        desk = after(order)
        assert desk.standing == []
        keys = {event.key for event in desk.said}
        assert {gone.key for gone in desk.withdrawn} == keys
    assert after([KILL, COPY]).said == []


def test_a_kill_that_keeps_little_of_the_text_withdraws_too() -> None:
    notice = article(
        "wire",
        body("KILL: do not use.", *STORY[1:4]),
        publisher="Reuters",
        at="2025-03-03T19:00:00Z",
        pub_status="canceled",
    )
    assert after([WIRE, COPY, notice]).standing == []
    assert after([WIRE, notice, COPY]).standing == []


def test_a_kill_of_which_the_copy_has_no_word_withdraws_too() -> None:
    excerpt = article("excerpt", body(*STORY[:3]), publisher="Daily Ledger", at="2025-03-03T12:00:00Z")
    notice = article("wire", body(*STORY[3:]), publisher="Reuters", at="2025-03-03T19:00:00Z", pub_status="canceled")
    desk = after([WIRE, excerpt])
    assert pairs(desk) == [("wire", "excerpt")]
    assert desk.take(notice) == []
    assert desk.standing == []


def test_a_newer_version_of_the_copy_takes_the_place_of_the_older() -> None:
    longer = article(
        "copy",
        body(*STORY, "Our own reporter adds that it is cold."),
        publisher="Daily Ledger",
        at="2025-03-03T16:00:00Z",
    )
    desk = after([WIRE, COPY])
    [old] = desk.said
    [new] = desk.take(longer)
    assert (new.key, new.supersedes) == (old.key, [old.id])
    assert new.id != old.id
    assert after([longer, WIRE, COPY]).at == desk.at


def test_an_alert_falls_when_the_copy_is_corrected() -> None:
    mended = article("slanted", body(*STORY), publisher="The Hammer", at="2025-03-03T17:00:00Z")
    desk = after([WIRE, SLANTED])
    said, alarm = desk.said
    [corrected] = desk.take(mended)
    assert corrected.supersedes == sorted([alarm.id, said.id])
    assert desk.standing == [("republication", "wire", "slanted")]
    assert desk.withdrawn == [Withdrawn("alert", alarm.key)]


def test_an_alert_falls_when_a_closer_version_explains_the_change() -> None:
    wire_3 = article(
        "wire-3",
        SLANTED.article.body,
        publisher="Reuters",
        at="2025-03-03T13:30:00Z",
        headline=SLANTED.article.headline,
    )
    desk = after([WIRE, SLANTED])
    said, alarm = desk.said
    [closer] = [event for event in desk.take(wire_3) if event.copy_.id == "slanted"]
    assert (closer.type, closer.original.id, closer.original.version) == ("republication", "wire-3", 2)  # type: ignore[attr-defined]
    assert closer.supersedes == sorted([alarm.id, said.id])
    assert after([wire_3, SLANTED, WIRE]).at == after([SLANTED, wire_3, WIRE]).at == desk.at


SMALL = [WIRE, WIRE_2, COPY, CREDITED, SLANTED]


def test_any_order_of_a_small_story_ends_the_same() -> None:
    orders = list(itertools.permutations(SMALL))[::3]
    ends = {tuple(sorted(after(order).at.items())) for order in orders}
    assert len(ends) == 1
    assert pairs(after(SMALL)) == [("wire", "copy"), ("wire", "credited"), ("wire", "slanted")]


def test_pairs_are_counted_by_what_they_came_to() -> None:
    desk = after([WIRE, WIRE_2])
    assert desk.relations == {"own_update": 1}
    desk.take(FOLLOWS)
    assert desk.relations == {"own_update": 1, "republication": 2}
    assert after([FOLLOWS, WIRE_2, WIRE]).relations == desk.relations
    desk.take(WIRE, WIRE_2, FOLLOWS)
    assert desk.relations == {"own_update": 1, "republication": 2}


def test_a_new_version_under_the_same_id_is_counted_whatever_its_words() -> None:
    shorter = article("copy", body(*STORY[:3]), publisher="Daily Ledger", at="2025-03-03T16:00:00Z")
    assert after([COPY, shorter]).relations == {"own_update": 1}


def test_pairs_that_cannot_be_source_and_copy_are_not_counted() -> None:
    other = article("other", body(*STORY), publisher="Harbour Blog", at="2025-03-03T13:00:00Z")
    assert after([COPY, other]).relations == {}
