"""What must hold for any two texts: no error, exact offsets, one answer."""

from __future__ import annotations

import time
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.quality import GIVEN, load
from schemas.article import Article
from schemas.events import Device, Framing
from tests.wirespin.framing.framing_texts import STORY
from wirespin import compare
from wirespin.framing import FramingView, compare_framing
from wirespin.text.document import Document

WORDS = [
    *STORY.split(" "),
    *'said claimed denied "so-called" not never 14 40 rioters shameful allegedly but because'.split(" "),
    *'admitted \n\n " “ ” „ « \x00'.split(" "),
    *"– wies zurück 1 250 1.250 l'accord n'a pas pour cent sei habe soll haben D’après".split(" "),
    *"🙂 مرحبا שלום 漢字 ‘ ’ … ! ? | Police was were \ufffd".split(" "),
]
texts = st.lists(st.sampled_from(WORDS), max_size=120).map(" ".join) | st.text(max_size=200)
languages = st.sampled_from(["en", "und", "de", "fr", "es", "pt", "pl", "ar", "zh"])


def check_offsets(result: Framing, original: Document, copy: Document) -> None:
    for finding in result.devices:
        for document, text, span in (
            (original, finding.original, finding.original_span),
            (copy, finding.rewritten, finding.rewritten_span),
        ):
            if span is None:
                # an agency that the byline or the publisher names is told by name, without a place in the body
                assert text == "" or finding.device.startswith("credit_")
                continue
            source = document.headline if finding.where == "headline" else document.body
            assert source[span[0] : span[1]] == text
            assert text


@settings(deadline=None, max_examples=150)
@given(texts, texts, st.text(max_size=40), st.text(max_size=40), languages)
def test_any_two_texts_give_exact_offsets_and_one_answer(
    left: str, right: str, headline: str, other: str, language: str
) -> None:
    original, copy = Document(left, headline, language=language), Document(right, other, language=language)
    result = compare_framing(original, copy)
    check_offsets(result, original, copy)
    assert compare_framing(FramingView(original), FramingView(copy)) == result


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_any_edit_of_a_story_gives_exact_offsets(data: st.DataObject) -> None:
    words = STORY.split(" ")
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(words) - 1))
        words[at : at + data.draw(st.integers(0, 6))] = data.draw(st.lists(st.sampled_from(WORDS), max_size=4))
        words = words or ["x"]
    original, copy = Document(STORY, language="en"), Document(" ".join(words), language="en")
    check_offsets(compare_framing(original, copy), original, copy)


@settings(deadline=None, max_examples=60)
@given(texts, languages)
def test_a_text_against_itself_is_unaltered(text: str, language: str) -> None:
    document = Document(text, text[:30], language=language)
    assert compare_framing(document, document).altered == "no"


@pytest.mark.parametrize(
    "body", ["", " ", "x", "\x00", "\n\n\n", "🙂", "“", '"' * 1000, "a" * 100_000, "٠١٢ مرحبا", ". . . .", "''``" * 50]
)
def test_odd_bodies_raise_nothing(body: str) -> None:
    for original, copy in ((body, STORY), (STORY, body), (body, body)):
        left, right = Document(original, body[:50]), Document(copy, "Headline")
        check_offsets(compare_framing(left, right), left, right)


@pytest.mark.parametrize("piece", ['"', "“", "' ", "a “b” ", "He said it was not so. ", "word "])
def test_long_bodies_take_no_more_than_linear_time(piece: str) -> None:
    body = piece * (300_000 // len(piece))
    start = time.perf_counter()
    compare_framing(Document(STORY), Document(body))
    assert time.perf_counter() - start < 20


def test_the_findings_of_every_device_cut_the_exact_text_from_the_bodies_as_they_came() -> None:
    seen = set()
    for name in ("set-a", "set-b"):
        labelled = {item["id"]: item for item in load(name)}
        for copy in labelled.values():
            if copy["reframed"]:
                original = labelled[copy["derived_from"]]
                left, right = (Article.from_data({field: one[field] for field in GIVEN}) for one in (original, copy))
                result = compare(left, right)
                before, after = (Document(one["body"], one["headline"]) for one in (original, copy))
                check_offsets(result.framing, before, after)
                seen |= {finding.device for finding in result.framing.devices}
    assert seen == set(get_args(Device))


def test_spans_shut_the_rest_out() -> None:
    shame = "It was a shameful disgrace, and we all know who is to blame for it!"
    body = f"{STORY}\n\n{shame}"
    shut = compare_framing(Document(STORY, language="en"), Document(body, spans=((0, len(STORY)),), language="en"))
    assert shut.devices == []
