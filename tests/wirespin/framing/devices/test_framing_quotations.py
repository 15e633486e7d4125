"""quote_truncated, quote_altered, quote_reattributed."""

from __future__ import annotations

import pytest

from tests.wirespin.framing.framing_texts import STORY, devices_of, document, edited, framing, of_device
from wirespin.framing import compare_framing

WARNED = "We warned the company three times, and three times we were told to wait"
QUOTED = {"quote_truncated", "quote_altered", "quote_reattributed"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("We did not act in haste.", "We acted in haste."),
        ("Not one passenger was ever in danger", "Every passenger was in danger"),
        ("but the paperwork was late", "but the paperwork was forged"),
    ],
)
def test_words_exchanged_inside_a_quotation_alter_it(before: str, after: str) -> None:
    result = framing(edited((before, after)))
    [finding] = of_device(result, "quote_altered")
    assert result.altered == "yes"
    assert after.rsplit(maxsplit=1)[-1].strip(".") in finding.rewritten
    assert before in finding.original


def test_two_quotations_joined_into_one_are_altered_and_reattributed() -> None:
    body = edited(
        (
            "Not one passenger was ever in danger. The certificates had been renewed, but the paperwork was late,",
            f"{WARNED}. Not one passenger was ever in danger,",
        ),
        (f"haste. {WARNED},", "haste,"),
    )
    assert {"quote_altered", "quote_reattributed"} <= devices_of(framing(body))


def test_a_misprint_does_not_alter_a_quotation() -> None:
    result = framing(edited(("but the paperwork was late", "but the paperwrok was late")))
    assert not QUOTED & devices_of(result)


def test_other_quotation_marks_and_a_moved_attribution_leave_a_quotation_alone() -> None:
    body = edited(
        (
            f'"We did not act in haste. {WARNED}," Marsh said.',
            f"“We did not act in haste,” Marsh said. “{WARNED}.”",
        ),
    )
    assert not QUOTED & devices_of(framing(body))


def test_a_quotation_cut_at_its_but_is_truncated() -> None:
    result = framing(edited((" The certificates had been renewed, but the paperwork was late,", ",")))
    [finding] = of_device(result, "quote_truncated")
    assert "but the paperwork was late" in finding.original
    assert "but" in finding.explanation
    assert "danger" in finding.rewritten


def test_a_quotation_left_out_with_its_paragraph_is_not_truncated() -> None:
    paragraphs = STORY.split("\n\n")
    assert not QUOTED & devices_of(framing("\n\n".join(paragraphs[:4])))


def test_the_same_words_from_another_mouth_are_reattributed() -> None:
    result = framing(edited(("company spokesman Jonas Veit said.", "director Elin Marsh said.")))
    [finding] = of_device(result, "quote_reattributed")
    assert "Veit" in finding.explanation
    assert "Marsh" in finding.explanation
    assert result.altered == "yes"


@pytest.mark.parametrize(
    "speaker",
    [
        "Mr Veit, a spokesman for the company, said.",
        "said company spokesman Jonas Veit.",
        "the company spokesman said.",
        "a spokesman for the operator said.",
        "he said.",
    ],
)
def test_a_speaker_named_otherwise_is_the_same_speaker(speaker: str) -> None:
    result = framing(edited(("company spokesman Jonas Veit said.", speaker)))
    assert not of_device(result, "quote_reattributed")


def test_a_speaker_whom_only_the_copy_names_is_the_same_speaker() -> None:
    body = edited(("company spokesman Jonas Veit said.", "the company spokesman said."))
    result = compare_framing(document(body), document())
    assert not of_device(result, "quote_reattributed")


CLASH = """\
Fighting broke out at the gate of the port on Monday evening after the union called a strike, and four people were hurt.

"They fired before anybody had thrown a single stone," witnesses said.

Police denied that and said the crowd had thrown bottles. "We were patient for more than three hours," police said.

The union has called another strike for Thursday. The port authority refused to comment on the events of the evening."""


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('stone," witnesses said.', 'stone," police said.', True),
        ('hours," police said.', 'hours," witnesses said.', True),
        ('stone," witnesses said.', 'stone," several witnesses said.', False),
        ('stone," witnesses said.', 'stone," people at the gate said.', False),
        ('hours," police said.', 'hours," a police officer said.', False),
    ],
)
def test_words_of_the_public_in_the_mouth_of_the_state_are_reattributed(before: str, after: str, told: bool) -> None:
    result = compare_framing(document(CLASH), document(CLASH.replace(before, after)))
    assert bool(of_device(result, "quote_reattributed")) is told


def test_an_explanation_calls_the_speakers_as_the_texts_do() -> None:
    result = compare_framing(document(CLASH), document(CLASH.replace('stone," witnesses', 'stone," police')))
    [finding] = of_device(result, "quote_reattributed")
    assert finding.explanation == "The original quotes witnesses; the copy puts the words in the mouth of police."


def test_scare_quotes_that_the_original_has_in_other_words_are_its_own() -> None:
    quoted = edited(("alleged safety breaches on", 'alleged "safety breaches" on'))
    misprinted = edited(("alleged safety breaches on", 'alleged "safety braeches" on'))
    assert not of_device(compare_framing(document(quoted), document(misprinted)), "scare_quotes")


def test_the_end_of_a_long_quotation_is_shown_where_it_was_cut() -> None:
    said = " ".join(
        f"We counted the rafts of ship number {word} in the spring." for word in "one two three four five six".split()
    )
    end = "But nobody has asked us for the certificates"
    before = edited((f"We did not act in haste. {WARNED},", f"{said} {end},"))
    after = edited((f"We did not act in haste. {WARNED},", f"{said[:-1]},"))
    [finding] = of_device(compare_framing(document(before), document(after)), "quote_truncated")
    assert end in finding.original


@pytest.mark.parametrize("head", ["If it rains we use the old quay.", "Until May the ships stay where they are."])
def test_a_condition_that_was_cut_as_a_whole_sentence_is_shortening(head: str) -> None:
    before = edited(("We did not act in haste.", head))
    after = edited((f"We did not act in haste. {WARNED}", WARNED))
    result = compare_framing(document(before), document(after))
    assert result.altered == "no"


def test_a_but_that_was_cut_as_a_whole_sentence_is_no_shortening() -> None:
    body = edited(("The certificates had been renewed, but the paperwork was late,", "But the paperwork was late,"))
    after = edited(("danger. The certificates had been renewed, but the paperwork was late,", "danger,"))
    [finding] = of_device(compare_framing(document(body), document(after)), "quote_truncated")
    assert finding.severity == 0.6
