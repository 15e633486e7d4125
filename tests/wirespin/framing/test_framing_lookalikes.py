"""What looks like a device and is none: misprints, nouns, asides of a site, halves of a sentence."""

from __future__ import annotations

import pytest

from tests.wirespin.framing.framing_texts import STORY, devices_of, document, edited, framing, of_device
from wirespin.framing import compare_framing
from wirespin.framing.direction import subject
from wirespin.framing.view import view_of
from wirespin.text.document import Document


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("its technical staff", "its tehnical staff"),
        ("the ferry operator", "the fery operator"),
        ("About 300 protesters", "About 300 demonstrators"),
        ("for lack of evidence.", "for lack of evidence. More soon."),
        ("for lack of evidence.", "for lack of evidence. Your browser does not support the video tag."),
        ("for lack of evidence.", "for lack of evidence. Are you a ferry worker? Get in touch."),
        ("for lack of evidence.", "for lack of evidence. A second hearing is planned."),
        ("a year. In 2021", "a year. The route remains open. In 2021"),
        ("for lack of evidence.", 'for lack of evidence. Readers may know the yacht "Reckless Spectacle" from there.'),
    ],
)
def test_a_fair_edit_finds_nothing(before: str, after: str) -> None:
    result = framing(edited((before, after)))
    assert devices_of(result) == set()
    assert result.altered == "no"


def test_a_negation_of_its_own_turns_nothing_round() -> None:
    body = edited(("Northline denied the accusation", "Northline was not amused and denied the accusation"))
    assert not of_device(framing(body), "polarity_flip")


def test_an_opposite_in_another_form_turns_a_sentence_round() -> None:
    original = f"{STORY} The contract obliges the company to run two ships."
    copy = f"{STORY} The contract allows the company to run two ships."
    result = compare_framing(Document(original, language="en"), Document(copy, language="en"))
    assert of_device(result, "polarity_flip")


def test_a_charge_that_is_answered_is_no_caution() -> None:
    body = edited(("Northline denied the accusation and said", "Northline rejected this and said"))
    assert not of_device(framing(body), "doubt_removed")


@pytest.mark.parametrize(
    "sentence",
    [
        "The streets were empty but for two dogs.",
        "The state-owned yard is the largest in the region.",
        "Most shops opened at nine while the market opened at six.",
        "Police responded to 100 calls.",
        "Two men were accused of theft.",
    ],
)
def test_context_that_is_left_out_is_no_counterpoint(sentence: str) -> None:
    paragraphs = STORY.split("\n\n")
    original = "\n\n".join([*paragraphs[:4], sentence, *paragraphs[4:]])
    result = compare_framing(Document(original, language="en"), Document(STORY, language="en"))
    [finding] = of_device(result, "omission")
    assert finding.explanation.startswith("The copy leaves out context")
    assert result.altered == "no"


def test_quotations_of_others_in_the_same_paragraph_are_not_missing_from_this_one() -> None:
    between = (
        "The harbour was built in 1931 and widened in 1958, and again when the first car ferry came, in 1987. " * 2
    )
    both = f'"The rafts were late and we are sorry," Marsh said. {between}"I left on the first bus," Piet Vos said.'
    original = f"{STORY}\n\n{both}"
    copy = f'{STORY}\n\n"The rafts were late and we are sorry," Marsh said. {between}'
    result = compare_framing(Document(original, language="en"), Document(copy, language="en"))
    assert not of_device(result, "quote_truncated")


def test_a_phrase_that_both_headlines_have_is_not_new() -> None:
    left, right = "U-turn over the harbour budget", "Port board: U-turn over the budget for the harbour"
    result = compare_framing(Document(STORY, left, language="en"), Document(STORY, right, language="en"))
    assert "u-turn" not in " ".join(finding.explanation.casefold() for finding in result.devices)


@pytest.mark.parametrize("words", ["amid claims that", "of the claims that", "and it is worth noting that"])
def test_a_noun_is_no_verb_of_speech(words: str) -> None:
    original = f"{STORY} The board met at noon and the rafts were too old for the sea."
    copy = f"{STORY} The board met at noon {words} the rafts were too old for the sea."
    result = compare_framing(Document(original, language="en"), Document(copy, language="en"))
    told = [finding.explanation for finding in result.devices if finding.device != "editorializing"]
    assert not [text for text in told if "became" in text or "no such verb" in text]


def test_a_charge_that_became_a_finding_is_settled() -> None:
    body = edited(("Northline denied the accusation and said", "Northline shrugged off the finding and said"))
    told = [finding.explanation for finding in of_device(framing(body), "doubt_removed")]
    assert any("'accusation' is gone" in text for text in told)


def test_caution_that_went_with_what_it_was_about_is_left_out_and_not_settled() -> None:
    sentence = "The island has 4,000 inhabitants and one harbour{}."
    original, copy = (f"{STORY} {sentence.format(cut)}" for cut in (", and the smugglers are suspected of arson", ""))
    result = compare_framing(Document(original, language="en"), Document(copy, language="en"))
    assert not of_device(result, "doubt_removed")
    [finding] = of_device(result, "omission")
    assert "suspected of arson" in finding.explanation
    assert result.altered == "no"


def test_a_source_cut_with_the_sentence_before_it_is_gone() -> None:
    body = edited(
        (
            "The union of ferry workers said the company had cut its technical staff by a third since 2019.",
            "The boats were full. Ferry officers said the company had cut its technical staff by a third since 2019.",
        ),
    )
    copy = body.replace("The boats were full. Ferry officers said the company", "The company")
    result = compare_framing(document(body), document(copy))
    told = [finding.explanation for finding in of_device(result, "doubt_removed")]
    assert any("Ferry officers said" in text for text in told)


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("The judge dismissed the two claims of the mayor.", "the judge"),
        ("The survey said that the raft was old.", None),
        ("Both rafts are claimed by the minister.", None),
    ],
)
def test_a_role_that_speaks_is_a_party(sentence: str, wanted: str | None) -> None:
    view = view_of(Document(f"{sentence} It rained.", language="en"))
    mark = next(mark for mark in view.marks if mark.kind == "report")
    party = subject(view, mark)
    assert (party.label if party else None) == wanted
