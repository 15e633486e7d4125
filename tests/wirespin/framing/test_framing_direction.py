"""For or against whom a finding speaks: said where the text says it, not said where it does not."""

from __future__ import annotations

import pytest

from tests.wirespin.framing.framing_texts import STORY, document, edited, framing, of_device
from wirespin.framing import FramingView, compare_framing
from wirespin.framing.direction import subject
from wirespin.text.document import Document


def speakers(text: str) -> list[str | None]:
    view = FramingView(Document(text, language="en"))
    verbs = [mark for mark in view.marks if mark.kind == "report" and not view.quoted[mark.first]]
    return [party.name if (party := subject(view, mark)) else None for mark in verbs]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Finance Minister Lenka Hudcova said no.", ["Lenka Hudcova"]),
        ("Finance Minister Lenka Hudcova also later said no.", ["Lenka Hudcova"]),
        ('"No," said director Elin Marsh.', ["Elin Marsh"]),
        ("Northline, which has three ships, denied it.", ["Northline"]),
        ("Northline denied it and said it would appeal.", ["Northline", "Northline"]),
        ("Northline denied it, saying the fine was wrong.", ["Northline", "Northline"]),
        ("According to the union, nobody left.", ["the union"]),
        ("The union of ferry workers said no.", ["the union"]),
        ("The ship sank near Kuankus, officials said.", ["the officials"]),
        ("Director Elin Marsh left. She said no.", ["Elin Marsh"]),
        ("Director Elin Marsh met director Ada Holm. She said no.", [None]),
        ("The minister's critics in Oslo and Bergen said no.", [None]),
        ("The wind grew stronger, it was said.", [None]),
    ],
)
def test_the_subject_is_who_stands_by_the_verb(text: str, wanted: list[str | None]) -> None:
    assert speakers(text) == wanted


@pytest.mark.parametrize(
    ("before", "after", "device", "favours"),
    [
        ("Elin Marsh told reporters", "Elin Marsh claimed", "doubt_added", "against the director (Marsh)"),
        ("Jonas Veit said.", "Jonas Veit whined.", "loaded_language", "against the spokesman (Jonas Veit)"),
        ("About 300 protesters", "About 300 rioters", "label_change", "against the protesters"),
        ("Northline denied the accusation and said", "Northline said", "omission", "against Northline"),
        ("We did not act in haste. We warned", "We warned", "quote_truncated", "against the director (Marsh)"),
        ("The union of ferry workers said the company", "The company", "doubt_removed", "for the union"),
        ("found 14 life rafts", "found 40 life rafts", "number_changed", None),
    ],
)
def test_favours_says_for_or_against_whom(before: str, after: str, device: str, favours: str | None) -> None:
    findings = of_device(framing(edited((before, after))), device)
    assert findings
    assert {finding.favours for finding in findings} == {favours}


def test_praise_speaks_for_who_is_praised() -> None:
    body = edited(("fined the ferry operator Northline", "fined the admirable operator Northline"))
    [finding] = of_device(framing(body), "loaded_language")
    assert finding.favours == "for Northline"


def test_an_actor_who_is_gone_is_favoured() -> None:
    result = framing(edited(("Police used batons to clear", "Batons were used to clear")))
    [finding] = of_device(result, "agency_shift")
    assert finding.favours == "for police"


def test_the_explanation_contrasts_with_who_is_still_believed() -> None:
    body = edited(("Marsh said.", "Marsh claimed."))
    [finding] = of_device(framing(body), "doubt_added")
    assert finding.explanation == "'said' became 'claimed' for Marsh; the harbour authority still 'said'."


def test_other_languages_say_nothing_of_direction() -> None:
    text = "Der Minister Karl Moor sagte, der Hafen bleibe offen. Die Werft erklärte, sie baue weiter."
    original, copy = (Document(body, language="de") for body in (text, text.replace("sagte", "behauptete")))
    assert {finding.favours for finding in compare_framing(original, copy).devices} <= {None}


def test_a_story_against_itself_speaks_for_nobody() -> None:
    assert compare_framing(document(), document(STORY)).devices == []
