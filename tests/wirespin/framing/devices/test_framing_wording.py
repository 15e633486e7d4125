"""loaded_language, editorializing, label_change, headline_spin: each where it should fire and where it should not."""

from __future__ import annotations

import pytest

from tests.wirespin.framing.framing_texts import HEADLINE, STORY, edited, framing, of_device


@pytest.mark.parametrize(
    ("before", "after", "word"),
    [
        ("fined the ferry operator", "fined the shameless ferry operator", "shameless"),
        ("Jonas Veit said.", "Jonas Veit whined.", "whined"),
        ("about 300".capitalize(), "A mere 300", "mere"),
        ("cut its technical staff", "ruthlessly butchered its technical staff", "butchered"),
    ],
)
def test_judging_words_are_loaded_language(before: str, after: str, word: str) -> None:
    findings = of_device(framing(edited((before, after))), "loaded_language")
    assert any(word in finding.rewritten and word in finding.explanation for finding in findings)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("About 300", "Some 300"),
        ("outside the terminal", "in front of the terminal"),
        ("The union of ferry workers", "The ferry workers' union"),
        ("carries 1.9 million passengers", "transports 1.9 million passengers"),
    ],
)
def test_plain_synonyms_are_not_loaded_language(before: str, after: str) -> None:
    result = framing(edited((before, after)))
    assert not of_device(result, "loaded_language")
    assert result.altered == "no"


def test_judging_words_inside_quotations_are_somebody_elses() -> None:
    body = edited(("a third since 2019.", 'a third since 2019. "That was shameless," a member of the union said.'))
    assert not of_device(framing(body), "loaded_language")


@pytest.mark.parametrize(
    "sentence",
    [
        "It was about time.",
        "One can only wonder who will be next.",
        "How many more scandals must the island endure?",
        "We all know who will pay for this in the end.",
        "The whole affair is a disgrace and a shameful farce.",
    ],
)
def test_a_sentence_in_the_outlets_own_voice_is_editorializing(sentence: str) -> None:
    body = edited(("fine.\n\n", f"fine. {sentence}\n\n"))
    [finding] = of_device(framing(body), "editorializing")
    assert finding.rewritten == sentence
    assert finding.original == ""
    assert finding.original_span is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Almery is the second largest port of the country and has 4,100 workers.",
        "The ministry of transport in Lorne said on Tuesday that it was studying the report.",
        "The next inspection is due in October, according to the authority.",
    ],
)
def test_a_paragraph_of_background_is_not_editorializing(sentence: str) -> None:
    result = framing(f"{STORY}\n\n{sentence}")
    assert not of_device(result, "editorializing")
    assert result.altered == "no"


def test_a_clause_of_opinion_slipped_into_a_sentence_is_editorializing() -> None:
    slipped = "In a show of backbone that other towns could learn from, the Port of Almery fined"
    [finding] = of_device(framing(edited(("The Port of Almery fined", slipped))), "editorializing")
    assert "In a show of backbone" in finding.rewritten


@pytest.mark.parametrize(
    ("before", "after", "old", "new"),
    [
        ("300 protesters gathered", "300 rioters gathered", "protesters", "rioters"),
        ("company spokesman", "company mouthpiece", "spokesman", "mouthpiece"),
    ],
)
def test_a_charged_name_for_the_same_party_is_a_label_change(before: str, after: str, old: str, new: str) -> None:
    [finding] = of_device(framing(edited((before, after))), "label_change")
    assert old in finding.original
    assert new in finding.rewritten
    assert old in finding.explanation
    assert new in finding.explanation


def test_another_plain_name_is_at_most_a_weak_sign() -> None:
    result = framing(edited(("300 protesters gathered", "300 demonstrators gathered")))
    assert result.altered == "no"
    assert all(finding.severity <= 0.15 for finding in of_device(result, "label_change"))


@pytest.mark.parametrize(
    "headline",
    [
        "Ferry bosses caught gambling with lives in shameful safety scandal",
        "Northline breached safety rules on island ferries",  # the original says "alleged"
        "Port bureaucrats hammer ferry firm!",
        "Northline misled the port over alleged safety breaches",
    ],
)
def test_a_headline_that_judges_or_drops_the_caution_is_spun(headline: str) -> None:
    assert of_device(framing(headline=headline), "headline_spin")


@pytest.mark.parametrize(
    "headline",
    [
        HEADLINE,
        "",
        "Almery port fines Northline 2.4 million euros over alleged breaches",
        "Northline to appeal against fine in safety case",
        "Harbour authority fines US ferry operator over alleged safety breaches",
    ],
)
def test_a_new_plain_headline_is_no_spin(headline: str) -> None:
    result = framing(headline=headline)
    assert not of_device(result, "headline_spin")
    assert result.altered == "no"
