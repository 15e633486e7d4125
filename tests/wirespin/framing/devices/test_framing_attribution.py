"""doubt_added, doubt_removed, attribution_changed, scare_quotes."""

from __future__ import annotations

import pytest

from tests.wirespin.framing.framing_texts import document, edited, framing, of_device
from wirespin.framing import compare_framing
from wirespin.text.document import Document


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("workers said the company", "workers claimed the company"),
        ("workers said the company", "workers speculated the company"),
        ("Inspectors found 14", "Inspectors supposedly found 14"),
        ("14 life rafts", "14 so-called life rafts"),
        ("told reporters.", "told reporters, without presenting evidence."),
    ],
)
def test_doubt_is_added(before: str, after: str) -> None:
    findings = of_device(framing(edited((before, after))), "doubt_added")
    assert findings
    assert findings[0].severity >= 0.5


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("over alleged safety breaches", "over safety breaches"),
        ("workers said the company", "workers proved the company"),
        ("The union of ferry workers said the company", "The company"),
    ],
)
def test_doubt_is_removed(before: str, after: str) -> None:
    assert of_device(framing(edited((before, after))), "doubt_removed")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("told reporters", "said to reporters"),
        ("the harbour authority said", "the harbour authority announced"),
        ("workers said the company had", "workers reported that the company had"),
        ("About 300", "Around 300"),
        ("Northline denied the accusation", "Northline rejected the accusation"),
    ],
)
def test_verbs_of_one_class_are_house_style(before: str, after: str) -> None:
    result = framing(edited((before, after)))
    assert not result.devices
    assert result.altered == "no"


def test_the_explanation_names_who_is_doubted_and_who_is_not() -> None:
    original = Document("Brazdil said the rate was right. Hudcova said the decision would cost growth.", language="en")
    copy = Document("Brazdil said the rate was right. Hudcova claimed the decision would cost growth.", language="en")
    [finding] = of_device(compare_framing(original, copy), "doubt_added")
    assert finding.explanation == "'said' became 'claimed' for Hudcova; Brazdil still 'said'."
    assert finding.favours == "against Hudcova"
    assert "Hudcova said" in finding.original
    assert "Hudcova claimed" in finding.rewritten


@pytest.mark.parametrize("verb", ["admitted to", "explained to"])
def test_a_verb_of_another_class_changes_the_attribution(verb: str) -> None:
    [finding] = of_device(framing(edited(("told reporters", f"{verb} reporters"))), "attribution_changed")
    assert "told" in finding.original
    assert verb in finding.rewritten


def test_another_source_changes_the_attribution() -> None:
    original = Document(
        "The message was published by the official Korean Central News Agency on Monday.", language="en"
    )
    copy = Document("The message was published on Monday by the Russian state media.", language="en")
    [finding] = of_device(compare_framing(original, copy), "attribution_changed")
    assert "Korean Central News Agency" in finding.original
    assert "the Russian state media" in finding.rewritten


def test_the_same_source_in_fewer_words_is_no_change() -> None:
    original = Document(
        "The message was published by the official Korean Central News Agency on Monday.", language="en"
    )
    copy = Document("The message was published on Monday by the Korean agency.", language="en")
    assert not of_device(compare_framing(original, copy), "attribution_changed")


@pytest.mark.parametrize("word", ["valid", "without valid"])
def test_quotation_marks_around_plain_words_are_scare_quotes(word: str) -> None:
    marked = "rafts without valid certificates in March".replace(word, f"“{word}”")
    [finding] = of_device(framing(edited(("rafts without valid certificates in March", marked))), "scare_quotes")
    assert word in finding.rewritten
    assert word in finding.original


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Northline 2.4 million", "“Northline” 2.4 million"),  # a name
        ("a third since 2019.", 'a third since 2019, and that "three times".'),  # the original quotes the words
    ],
)
def test_names_and_quoted_words_are_no_scare_quotes(before: str, after: str) -> None:
    assert not of_device(framing(edited((before, after))), "scare_quotes")


TIED = "Eating late in the evening is linked to poor sleep among nurses on the wards of Almery, a survey showed."


def told(after: str) -> list[str]:
    result = compare_framing(Document(TIED, language="en"), Document(after, language="en"))
    return [one.explanation for one in of_device(result, "doubt_removed") if "cause" in one.explanation]


def test_a_tie_told_as_a_cause_removes_doubt() -> None:
    assert told("Eating late in the evening ruins the sleep of nurses on the wards of Almery, a survey showed.") == [
        "What the original says goes together ('linked to') reads as cause and effect ('ruins')."
    ]


@pytest.mark.parametrize(
    "after",
    [
        "Eating late in the evening is associated with poor sleep among nurses on the wards of Almery, it showed.",
        "Eating late in the evening could ruin the sleep of nurses on the wards of Almery, it showed.",
        "Eating late in the evening is linked to poor sleep, which ruins the mood of nurses on the wards of Almery.",
        'Eating late in the evening "ruins" the sleep of nurses on the wards of Almery, a survey showed.',
    ],
)
def test_a_tie_kept_or_a_cause_with_caution_does_not(after: str) -> None:
    assert not told(after)


COUNCIL = """\
The council of Almery will close two of its five schools in the autumn, the mayor said after a long meeting on Monday.

The mayor said that the number of pupils had fallen by a third in ten years and that there was no other way to save.

The teachers' union said that it would take the matter to court before the end of the month."""


def test_a_speaker_told_by_the_role_is_called_by_it() -> None:
    body = COUNCIL.replace("The mayor said that", "The mayor claimed that")
    result = compare_framing(document(COUNCIL), document(body))
    said = [finding.explanation for finding in result.devices if "'said' became 'claimed'" in finding.explanation]
    assert said
    assert all("for the mayor; the teachers' union still 'said'" in one for one in said)
