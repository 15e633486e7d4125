"""What two texts have to do with each other, told apart on articles as they are really written."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from schemas.article import Article
from tests.wirespin.reuse import common_texts as texts
from wirespin.accept import accept
from wirespin.reuse.verdict import NUMBERS_ALIKE, level
from wirespin.story.pair import Comparer, Verdict

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


def verdict(original: str, copy: str, publisher: str) -> Verdict:
    source, made = (
        accept(Article(id=name, publisher=name, body=body), NOON)
        for name, body in ((publisher, original), ("Paper", copy))
    )
    return Comparer().verdict(source, made)


@pytest.mark.parametrize("publisher", ["Reuters", "Another Paper"])
def test_two_reports_of_one_press_release_have_a_common_source(publisher: str) -> None:
    """One quotation, the release's numbers and its last sentence, in reports of their own."""
    said = verdict(texts.RELEASE_BY_AGENCY, texts.RELEASE_BY_PAPER, publisher)
    assert said.overlap.numbers >= NUMBERS_ALIKE
    assert said.relation == "common_source"


@pytest.mark.parametrize("publisher", ["Reuters", "Another Paper"])
def test_the_whole_statement_of_a_release_makes_no_republication(publisher: str) -> None:
    longer = texts.RELEASE_BY_PAPER.replace(
        "let it be known.",
        'let it be known. "Production at the plant stands still until every line has been taken apart and cleaned."',
    )
    said = verdict(texts.RELEASE_BY_AGENCY, longer, publisher)
    assert said.overlap.quotes == 2
    assert said.relation == "common_source"


def test_a_rewrite_of_the_report_on_a_release_is_one() -> None:
    said = verdict(texts.RELEASE_BY_AGENCY, texts.RELEASE_REWRITTEN, "Reuters")
    assert said.overlap.unquoted_share < 0.05
    assert (said.relation, level(said.overlap)) == ("republication", "rewritten")


@pytest.mark.parametrize("publisher", ["AP", "Another Paper"])
def test_two_reports_of_one_speech_have_a_common_source(publisher: str) -> None:
    """Three quotations all over both texts are still one speaker whom both heard."""
    said = verdict(texts.SPEECH_BY_AGENCY, texts.SPEECH_BY_PAPER, publisher)
    assert (said.overlap.quotes, said.overlap.original_tenths, said.overlap.unquoted_tenths) == (3, 6, 1)
    assert said.relation == "common_source"


@pytest.mark.parametrize("publisher", ["dpa", "Another Paper"])
@pytest.mark.parametrize("turned", [False, True])
def test_a_paragraph_from_the_archive_is_background(publisher: str, *, turned: bool) -> None:
    pair = (texts.ARCHIVE_BY_AGENCY, texts.ARCHIVE_BY_PAPER)
    said = verdict(*(pair[::-1] if turned else pair), publisher)
    assert said.overlap.unquoted_share > 0.3
    assert said.relation == "background"


def test_a_paragraph_from_the_archive_and_one_quotation_are_still_background() -> None:
    quoting = texts.ARCHIVE_BY_PAPER.replace(
        "Fishermen had asked",
        'The last man saved there said: "The last one off was the captain, as it should be." Fishermen',
    )
    said = verdict(texts.ARCHIVE_BY_AGENCY, quoting, "dpa")
    assert said.overlap.quotes == 1
    assert said.relation == "background"


@pytest.mark.parametrize("text", [texts.RELEASE_BY_AGENCY, texts.SPEECH_BY_AGENCY, texts.ARCHIVE_BY_AGENCY])
def test_the_agency_report_itself_reprinted_is_a_republication(text: str) -> None:
    reprinted = verdict(text, "More from our partners\n\n" + text, "Reuters")
    assert (reprinted.relation, level(reprinted.overlap)) == ("republication", "verbatim")
    assert reprinted.overlap.density > 0.99
    half = "\n\n".join(text.split("\n\n")[:3])
    cut = verdict(text, half, "Reuters")
    assert (cut.relation, level(cut.overlap)) == ("republication", "excerpt")


def test_density_tells_one_copied_stretch_from_scattered_phrases() -> None:
    whole = verdict(texts.ARCHIVE_BY_AGENCY, texts.ARCHIVE_BY_AGENCY, "dpa").overlap
    recycled = verdict(texts.ARCHIVE_BY_AGENCY, texts.ARCHIVE_BY_PAPER, "dpa").overlap
    speech = verdict(texts.SPEECH_BY_AGENCY, texts.SPEECH_BY_PAPER, "AP").overlap
    assert whole.density == recycled.density == 1
    assert speech.density < 0.5
    assert whole.unquoted_of_matched == pytest.approx(0.93, abs=0.02)
    assert recycled.unquoted_of_matched == 1
    assert speech.unquoted_of_matched < 0.1
