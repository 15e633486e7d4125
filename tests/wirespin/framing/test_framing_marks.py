"""Marks that sites break accuse nobody: texts of the same words never differ in what they quote."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from benchmarks.quality import load
from tests.wirespin.framing.damaged_marks import damaged
from tests.wirespin.framing.framing_texts import devices_of, document, edited, framing, of_device
from wirespin.framing import compare_framing
from wirespin.framing.view import view_of
from wirespin.text.document import Document

DEVICES = {"quote_altered", "quote_truncated", "quote_reattributed", "scare_quotes"}
EVERY = 7
"""Of the ~2,000 damaged bodies one in so many is compared, a prime, so that all stories and ways have their turn."""

CLUTTER = "READ ALSO: Where to park your savings | Mortgage calculator\n\nSign up for our newsletter here."


def misprinted(body: str) -> str:
    """The body with two letters exchanged in the longest word of every other quotation."""
    for number, quotation in enumerate(re.finditer(r"(?<!\S)[\"“]([^\"“”\n]+)", body)):
        word = max(re.finditer(r"[a-z]+", quotation[0]), key=lambda one: len(one[0]), default=None)
        if number % 2 and word and len(word[0]) > 4:
            at = quotation.start() + word.start() + len(word[0]) // 2
            body = body[: at - 1] + body[at] + body[at - 1] + body[at + 1 :]
    return body


def originals() -> list[dict[str, str]]:
    return [item for name in ("set-a", "set-b") for item in load(name) if item["kind"] == "original"]


def cases() -> Iterator[tuple[str, dict[str, str], str]]:
    every = ((way, item, body) for item in originals() for way, body in damaged(item["body"]))
    return (case for number, case in enumerate(every) if number % EVERY == 0)


def test_broken_marks_on_either_side_are_no_finding() -> None:
    for way, item, body in cases():
        whole = view_of(Document(item["body"], item["headline"], language="en"))
        broken = Document(body, item["headline"], language="en")
        for left, right in ((whole, broken), (broken, whole)):
            result = compare_framing(left, right)
            assert not DEVICES & devices_of(result), (way, item["id"])
            assert result.altered != "yes", (way, item["id"])


def test_neither_are_they_beside_misprints_and_clutter() -> None:
    for way, item, body in list(cases())[::3]:
        whole = view_of(Document(item["body"], item["headline"], language="en"))
        copy = Document(f"{misprinted(body)}\n\n{CLUTTER}", item["headline"], language="en")
        assert not DEVICES & devices_of(compare_framing(whole, copy)), (way, item["id"])


@pytest.mark.parametrize("name", ["set-a", "set-b"])
def test_a_text_quotes_itself_right(name: str) -> None:
    for item in load(name):
        view = view_of(Document(item["body"], item["headline"], language="en"))
        assert not DEVICES & devices_of(compare_framing(view, view)), item["id"]


BROKEN = ('late," company', "late, company")


def test_words_exchanged_in_a_quotation_that_nothing_closes_are_found() -> None:
    result = framing(edited(('but the paperwork was late," company', "but the paperwork was forged, company")))
    [finding] = of_device(result, "quote_altered")
    assert "forged" in finding.explanation
    assert result.altered == "yes"


def test_words_cut_from_a_quotation_beside_a_stray_mark_are_found() -> None:
    cut = (" The certificates had been renewed, but the paperwork was late,", ",")
    result = framing(edited(cut, ("Jonas Veit said", 'Jonas Veit" said')))
    [finding] = of_device(result, "quote_truncated")
    assert "but the paperwork was late" in finding.original


def test_a_speaker_exchanged_beside_a_stray_mark_is_found_by_the_name_alone() -> None:
    stray = ("paperwork was late,", 'paperwork" was late,')
    assert of_device(framing(edited(stray, ("company spokesman Jonas Veit said", "Marsh said"))), "quote_reattributed")
    assert not of_device(framing(edited(stray)), "quote_reattributed")


def test_words_that_two_people_said_are_the_words_of_either() -> None:
    body = edited(("it would appeal against the fine.", 'it would appeal. "We did not act in haste," Veit said.'))
    assert not of_device(compare_framing(document(body), document(body)), "quote_reattributed")


def test_scare_quotes_of_a_paragraph_with_a_stray_mark_need_words_of_its_own() -> None:
    plain = edited(("the accusation", 'the "accusation"'))
    broken = edited(("the accusation", 'the "accusation"'), ("appeal against the fine", 'appeal" against the fine'))
    assert of_device(framing(plain), "scare_quotes")
    assert not of_device(framing(broken), "scare_quotes")


def test_a_mark_that_came_astray_on_the_original_side_is_no_finding() -> None:
    result = compare_framing(document(edited(BROKEN)), document())
    assert not DEVICES & devices_of(result)
