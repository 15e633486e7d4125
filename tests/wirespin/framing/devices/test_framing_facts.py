"""agency_shift, number_changed, polarity_flip, omission, reordering."""

from __future__ import annotations

import pytest

from tests.wirespin.framing.framing_texts import STORY, document, edited, framing, of_device
from wirespin.framing import compare_framing


def test_an_actor_that_vanishes_from_its_deed_shifts_agency() -> None:
    result = framing(edited(("Police used batons to clear", "Batons were used to clear")))
    [finding] = of_device(result, "agency_shift")
    assert "Police used batons" in finding.original
    assert "Batons were used" in finding.rewritten


def test_wording_in_which_no_one_acts_shifts_agency() -> None:
    result = framing(edited(("four people were hurt", "four people were hurt in clashes")))
    assert of_device(result, "agency_shift")


def test_a_passive_that_names_the_actor_shifts_nothing() -> None:
    result = framing(edited(("Police used batons to clear", "Batons were used by police to clear")))
    assert not of_device(result, "agency_shift")


@pytest.mark.parametrize(("before", "after"), [("14 life rafts", "40 life rafts"), ("About 300 prot", "About 30 prot")])
def test_another_figure_is_a_changed_number(before: str, after: str) -> None:
    [finding] = of_device(framing(edited((before, after))), "number_changed")
    assert before.split()[-2] in finding.original
    assert after.split()[-2] in finding.rewritten


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("14 life rafts", "fourteen life rafts"),
        ("1.9 million passengers", "1.9m passengers"),
        ("1.9 million passengers", "19 lakh passengers"),
        ("2.4 million euros", "2,400,000 euros"),
        ("four people", "4 people"),
    ],
)
def test_a_figure_in_house_style_is_unchanged(before: str, after: str) -> None:
    assert not of_device(framing(edited((before, after))), "number_changed")


@pytest.mark.parametrize(
    ("before", "after"),
    [("it would appeal", "it would not appeal"), ("a court cleared it", "a court charged it")],
)
def test_a_sentence_turned_round_flips_polarity(before: str, after: str) -> None:
    [finding] = of_device(framing(edited((before, after))), "polarity_flip")
    assert after in finding.rewritten


def test_a_negation_in_other_words_flips_nothing() -> None:
    result = framing(edited(("We did not act in haste.", "We didn't act in haste.")))
    assert not of_device(result, "polarity_flip")


def test_a_gap_in_the_middle_is_an_omission_and_the_tail_is_not() -> None:
    paragraphs = STORY.split("\n\n")
    gap = framing("\n\n".join(paragraphs[:3] + paragraphs[5:]))
    assert any("denied the accusation" in finding.original for finding in of_device(gap, "omission"))
    assert all(finding.rewritten_span is None for finding in of_device(gap, "omission"))
    assert not of_device(framing("\n\n".join(paragraphs[:5])), "omission")


def test_a_tail_that_takes_every_answer_with_it_is_an_omission() -> None:
    result = framing("\n\n".join(STORY.split("\n\n")[:3]))
    [finding] = of_device(result, "omission")
    assert "denied the accusation" in finding.original
    assert finding.severity >= 0.9


def test_a_balancing_clause_cut_from_a_sentence_is_an_omission() -> None:
    body = edited(("denied the accusation and said that it would appeal", "said that it would appeal"))
    assert any("denied the accusation" in finding.original for finding in of_device(framing(body), "omission"))


def test_a_denial_moved_to_the_end_is_reordering() -> None:
    paragraphs = STORY.split("\n\n")
    late = "\n\n".join([*paragraphs[:3], *paragraphs[5:], *paragraphs[3:5]])
    result = framing(late)
    assert any("denied the accusation" in finding.original for finding in of_device(result, "reordering"))
    assert result.altered == "no"


def test_a_denial_told_with_a_negation_at_the_end_is_reordering() -> None:
    ruling = "A judge in Almery dismissed the claims of the dockers on the two older contracts of the yard."
    paragraphs = STORY.split("\n\n")
    original = "\n\n".join([ruling, *paragraphs])
    copy = "\n\n".join([*paragraphs, "The claims of the dockers on the two older contracts were not upheld in Almery."])
    assert any(
        "dismissed" in one.original
        for one in of_device(compare_framing(document(original), document(copy)), "reordering")
    )


def test_a_later_statement_made_the_lead_is_reordering() -> None:
    paragraphs = STORY.split("\n\n")
    result = framing("\n\n".join([paragraphs[6], *paragraphs[:6], paragraphs[7]]))
    assert any(finding.rewritten.startswith("The union") for finding in of_device(result, "reordering"))
    assert result.altered == "no"


def test_the_same_order_is_no_reordering() -> None:
    paragraphs = STORY.split("\n\n")
    assert not of_device(framing("\n\n".join(paragraphs[:2] + paragraphs[3:])), "reordering")
