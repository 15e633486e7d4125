"""Which evidence a reader sees first, and what is said against it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.events import Finding
from tests.wirespin.framing.framing_texts import HEADLINE, STORY, document, edited, framing
from wirespin.framing import Thresholds, compare_framing
from wirespin.framing.decide import GROUPS
from wirespin.framing.pair import Pair
from wirespin.framing.strongest import strongest_first
from wirespin.framing.view import view_of

PAIR = Pair(view_of(document()), view_of(document(edited(("14 life rafts", "a good dozen of the rafts")))))
DENIAL = "Northline denied the accusation and said that it would appeal against the fine.\n\n"


def finding(device: str, severity: float, start: int) -> Finding:
    return Finding(device=device, severity=severity, explanation="x", rewritten="x", rewritten_span=(start, start + 5))


findings = st.builds(
    finding,
    st.sampled_from([*sorted(GROUPS), "credit_removed"]),
    st.floats(0, 1).map(lambda value: round(value, 3)),
    st.integers(0, 500),
)


@given(st.lists(findings, max_size=9))
def test_no_finding_is_lost_and_none_comes_twice(found: list[Finding]) -> None:
    shown = strongest_first(PAIR, found)
    assert sorted(map(id, shown)) == sorted(map(id, found))


@given(st.lists(findings, min_size=1, max_size=9))
def test_the_order_in_which_they_were_found_is_of_no_account(found: list[Finding]) -> None:
    assert strongest_first(PAIR, found) == strongest_first(PAIR, found[::-1])


def test_three_of_one_device_do_not_hide_another() -> None:
    same = [finding("loaded_language", 0.5, at) for at in (0, 50, 100)]
    other = finding("polarity_flip", 0.3, 200)
    assert other in strongest_first(PAIR, [*same, other])[:3]


def test_two_findings_of_one_place_do_not_hide_another() -> None:
    told = [finding("doubt_added", 0.5, 0), finding("loaded_language", 0.5, 2), finding("agency_shift", 0.5, 3)]
    elsewhere = finding("number_changed", 0.4, 90)
    assert strongest_first(PAIR, [*told, elsewhere])[1] == elsewhere


def test_a_credit_comes_last_and_the_heaviest_first() -> None:
    found = [finding("credit_removed", 1.0, 0), finding("label_change", 0.3, 20), finding("omission", 0.9, 40)]
    assert [one.device for one in strongest_first(PAIR, found)] == ["omission", "label_change", "credit_removed"]


def test_a_copy_to_the_letter_has_all_against_it() -> None:
    said = framing().against
    assert said == [
        "100% of the copy's words stand in the original's wording.",
        "All quotations that the copy prints are intact (2 of 2), with their speakers.",
        "All 9 figures of the original stand in the copy.",
        "No denial or answer of the original is left out (3 of 3 kept).",
        "The headline is the original's.",
        "Every sentence of the original is found in the copy.",
    ]


@pytest.mark.parametrize(
    ("body", "headline", "unsaid"),
    [
        (edited(("We did not act in haste", "We acted in haste")), HEADLINE, "All quotations"),
        (edited((DENIAL, "")), HEADLINE, "No denial or answer"),
        (STORY.replace("1.9 million", "9.1 million"), HEADLINE, "All 9 figures"),
        (STORY, "Ferry fined", "The headline is"),
        (edited((DENIAL, "")), HEADLINE, "Every sentence"),
    ],
)
def test_what_was_changed_is_not_said_to_be_kept(body: str, headline: str, unsaid: str) -> None:
    assert not any(unsaid in said for said in framing(body, headline).against)


def test_the_thresholds_move_the_verdict_and_nothing_else() -> None:
    copy = document(edited(("protesters", "rioters"), ("after bottles were thrown", "")))
    usual = compare_framing(document(), copy)
    strict = compare_framing(document(), copy, thresholds=Thresholds(1.0, usual.score))
    lax = compare_framing(document(), copy, thresholds=Thresholds(usual.score, usual.score))
    assert (strict.altered, lax.altered) == ("unsure", "yes")
    assert strict.score == lax.score == usual.score
    assert strict.devices == lax.devices
