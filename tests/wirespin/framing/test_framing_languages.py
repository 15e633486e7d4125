"""The comparison in other languages than English: fair copies pass, altered ones show the device at its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.events import Device, Finding, Framing
from wirespin.framing import compare_framing
from wirespin.text.document import Document

DATA = Path(__file__).parents[2] / "data"
STORIES = json.loads((DATA / "framing_languages.json").read_text(encoding="utf-8"))["languages"]
REUSED = json.loads((DATA / "languages.json").read_text(encoding="utf-8"))
DOCS = Path(__file__).parents[3] / "docs" / "languages.md"
LISTED = ("de", "fr", "es", "pt")
CASES = [(language, device) for language, story in STORIES.items() for device in story["altered"]]
GRAVE = [(language, device) for language, device in CASES if device in ("quote_altered", "scare_quotes")]
GRAVE += [(language, "omission") for language in LISTED]


def exchanged(language: str, edits: list[list[str]]) -> str:
    body: str = STORIES[language]["original"]
    for before, after in edits:
        assert body.count(before) == 1, before
        body = body.replace(before, after)
    return body


def original(language: str) -> Document:
    return Document(STORIES[language]["original"], STORIES[language]["headline"], language=language)


def altered(language: str, device: str) -> tuple[Document, Framing]:
    story, edits = STORIES[language], STORIES[language]["altered"][device]
    if device == "headline_spin":
        copy = Document(story["original"], edits[0], language=language)
    else:
        copy = Document(exchanged(language, edits), story["headline"], language=language)
    return copy, compare_framing(original(language), copy)


def of_device(result: Framing, device: str) -> list[Finding]:
    return [finding for finding in result.devices if finding.device == device]


@pytest.mark.parametrize("language", STORIES)
def test_a_fair_copy_is_not_altered(language: str) -> None:
    body = exchanged(language, STORIES[language]["fair"])
    copy = Document(body, STORIES[language]["fair_headline"], language=language)
    result = compare_framing(original(language), copy)
    assert result.altered == "no", result.devices
    assert result.devices == []
    assert result.coverage == "partial"


@pytest.mark.parametrize("language", LISTED)
def test_a_fair_rewrite_is_not_altered(language: str) -> None:
    body = exchanged(language, STORIES[language]["rewrite"])
    copy = Document(body, STORIES[language]["fair_headline"], language=language)
    result = compare_framing(original(language), copy)
    assert result.altered == "no", result.devices


@pytest.mark.parametrize("language", REUSED)
def test_a_copy_with_lines_of_its_own_is_not_altered(language: str) -> None:
    story = REUSED[language]
    left, right = (Document(story[side], language=language) for side in ("original", "copy"))
    result = compare_framing(left, right)
    assert result.altered == "no", result.devices


@pytest.mark.parametrize(("language", "device"), CASES)
def test_an_altered_copy_shows_the_device_at_its_place(language: str, device: str) -> None:
    copy, result = altered(language, device)
    found = of_device(result, device)
    assert found, result.devices
    before, after = (original(language).headline, copy.headline) if device == "headline_spin" else ("", "")
    for finding in found:
        for text, span, whole in (
            (finding.original, finding.original_span, before or original(language).body),
            (finding.rewritten, finding.rewritten_span, after or copy.body),
        ):
            assert text == ("" if span is None else whole[span[0] : span[1]])
    if device not in ("headline_spin", "doubt_removed", "editorializing", "quote_reattributed"):
        assert any(_holds(finding, edit) for finding in found for edit in STORIES[language]["altered"][device]), found


def _holds(finding: Finding, edit: list[str]) -> bool:
    """Whether a finding shows the passage that was exchanged: a word that only one side of the exchange has."""
    before, after = edit[0], edit[1]
    gone = [word for word in before.split() if word not in after.split()]
    come = [word for word in after.split() if word not in before.split()]
    return any(word in finding.original for word in gone) or any(word in finding.rewritten for word in come)


@pytest.mark.parametrize(("language", "device"), GRAVE)
def test_a_grave_change_is_called_altered(language: str, device: str) -> None:
    assert altered(language, device)[1].altered == "yes"


@pytest.mark.parametrize("language", [language for language in STORIES if language not in LISTED])
def test_a_headline_alone_is_never_called_altered_without_lists(language: str) -> None:
    assert altered(language, "headline_spin")[1].altered == "unsure"


@pytest.mark.parametrize("language", LISTED)
def test_only_what_was_changed_is_shown(language: str) -> None:
    for device in ("quote_altered", "quote_truncated", "number_changed", "omission", "doubt_added", "polarity_flip"):
        shown = {finding.device for finding in altered(language, device)[1].devices}
        assert shown == {device}


@pytest.mark.parametrize("language", [language for language in STORIES if language not in LISTED])
def test_without_lists_a_denial_left_out_is_not_known_for_one(language: str) -> None:
    _, result = altered(language, "omission")
    assert of_device(result, "omission")
    assert result.altered == "no"


def table() -> dict[str, dict[str, str]]:
    """The table of docs/languages.md: device to language to mark."""
    rows = [
        line.strip("| \n").split("|") for line in DOCS.read_text(encoding="utf-8").splitlines() if line[:3] == "| `"
    ]
    head = next(line for line in DOCS.read_text(encoding="utf-8").splitlines() if line.startswith("| device"))
    columns = [cell.strip() for cell in head.strip("| ").split("|")][1:]
    return {row[0].strip(" `"): dict(zip(columns, [cell.strip() for cell in row[1:]], strict=True)) for row in rows}


@pytest.mark.parametrize(("language", "device"), CASES)
def test_the_documented_table_says_what_was_shown(language: str, device: str) -> None:
    column = language if language in LISTED else "others"
    assert table()[device][column] in ("yes", "in part")


def test_the_documented_table_promises_others_nothing_that_no_case_shows() -> None:
    shown = set.intersection(*(set(story["altered"]) for code, story in STORIES.items() if code not in LISTED))
    tested_elsewhere = {"credit_removed", "credit_kept", "reordering"}
    promised = {device for device, row in table().items() if row["others"] != "no"}
    assert promised == shown | tested_elsewhere


def test_the_documented_table_promises_listed_languages_nothing_that_no_case_shows() -> None:
    tested_elsewhere = {"credit_removed", "credit_kept", "reordering"}
    for language in LISTED:
        assert set(table()) == set(STORIES[language]["altered"]) | tested_elsewhere


def test_the_documented_table_has_every_device() -> None:
    assert set(table()) == set(get_args(Device))


def test_a_later_statement_made_the_lead_is_seen_in_any_language() -> None:
    for language, story in STORIES.items():
        if language in LISTED:
            continue
        paragraphs = story["original"].split("\n\n")
        moved = "\n\n".join([paragraphs[4], *paragraphs[:4], paragraphs[5]])
        result = compare_framing(original(language), Document(moved, story["headline"], language=language))
        assert of_device(result, "reordering"), language
        assert result.altered == "no"


def test_a_german_denial_is_found_about_its_clause_and_its_mood_is_attribution() -> None:
    body = (
        "Die Firma habe den Fluss über Jahre verschmutzt und die Prüfer in Welsheim getäuscht.\n\n"
        "Das Werk liegt am Ufer der Welse und beschäftigt dort nach einer Erweiterung 420 Menschen."
    )
    plain = body.replace("habe den", "hat den")
    result = compare_framing(Document(body, language="de"), Document(plain, language="de"))
    assert [(finding.device, finding.severity) for finding in result.devices] == [("doubt_removed", 0.3)]
    attributed = plain.replace("Die Firma hat", "Laut Anklage hat die Firma")
    result = compare_framing(Document(body, language="de"), Document(attributed, language="de"))
    assert not of_device(result, "doubt_removed")


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(sorted(STORIES)), st.data())
def test_any_edit_of_a_story_gives_exact_offsets(language: str, data: st.DataObject) -> None:
    signs = list(STORIES[language]["original"])
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(signs) - 1))
        signs[at : at + data.draw(st.integers(0, 30))] = data.draw(st.sampled_from(["", " ", "x", "1 250", "– ", "“"]))
        signs = signs or ["x"]
    copy = Document("".join(signs), STORIES[language]["headline"], language=language)
    for finding in compare_framing(original(language), copy).devices:
        assert (finding.original_span is None) == (finding.original == "")
        assert (finding.rewritten_span is None) == (finding.rewritten == "")
        if finding.original_span:
            assert original(language).cut(finding.original_span) == finding.original
        if finding.rewritten_span:
            assert copy.cut(finding.rewritten_span) == finding.rewritten


def test_speech_behind_dashes_is_a_quotation() -> None:
    body = (
        "– Ostrzegaliśmy firmę trzy razy i nikt nam nie odpowiedział – powiedziała Anna Dolecka. – Woda jest zła.\n\n"
        "Huta zatrudnia 420 osób i płaci rocznie 3,4 miliona złotych podatków."
    )
    copy = body.replace("firmę trzy razy i", "firmę przez wiele lat i")
    result = compare_framing(Document(body, language="pl"), Document(copy, language="pl"))
    assert of_device(result, "quote_altered")
