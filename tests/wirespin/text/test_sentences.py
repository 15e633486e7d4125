"""Paragraphs and sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirespin.text.sentences import split_paragraphs, split_sentences


def paragraphs(text: str) -> list[str]:
    return [text[start:end] for start, end in split_paragraphs(text)]


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text, (0, len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n \n", []),
        ("one", ["one"]),
        ("one\n\ntwo", ["one", "two"]),
        ("one\n \t\n\n  two  \n", ["one", "two"]),
        ("one\r\n\r\ntwo\r\n", ["one", "two"]),
        ("one\r\n \r\ntwo", ["one", "two"]),
        ("one\ntwo", ["one", "two"]),
        ("one\u2028two\u2029three", ["one", "two", "three"]),
        ("one\rtwo", ["one", "two"]),
        ("wrapped\nline\n\nnext", ["wrapped\nline", "next"]),
        ("\n\none\ntwo\n\n", ["one", "two"]),
    ],
)
def test_paragraphs(text: str, expected: list[str]) -> None:
    assert paragraphs(text) == expected


def test_only_the_spans_are_looked_at() -> None:
    text = "one\n\ntwo\n\nthree"
    assert split_paragraphs(text, [(0, 3), (7, 15)]) == [(0, 3), (7, 8), (10, 15)]
    assert split_paragraphs(text, []) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Rates rose.", "Wages fell."),
        ("Did rates rise?", "They did!"),
        ("Rates rose to 6.25%.", "Wages fell 1.5."),
        ("“Rates rose.”", "“Wages fell.”"),
        ('He said: "Rates rose."', 'She said: "No."'),
        ("He left (early.)", "(She stayed.)"),
        ("Rates rose...", "Wages fell."),
        ("Rates rose…", "Wages fell."),
        ("Rates rose?!", "Wages fell."),
        ("It was over.", "2024 was better."),
        ("Il pleut.", "École fermée."),
        ("Курс вырос.", "Цены упали."),
        ("It rained.", "‘Nobody came.’"),
        ("利率上升。", "工资下降。"),
        ("هل ارتفعت الأسعار؟", "نعم ارتفعت."),
        ("ब्याज दर बढ़ी।", "वेतन घटा।"),
        ("Das war 1903.", "März war kalt."),
    ],
)
def test_two_sentences(first: str, second: str) -> None:
    assert sentences(f"{first} {second}") == [first, second]


def test_full_width_stops_need_no_space() -> None:
    assert sentences("利率上升。他说：「不对。」真的吗？是！") == ["利率上升。", "他说：「不对。」", "真的吗？", "是！"]


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Smith met Dr. Jones.",
        "He met J. R. Tolkien and George W. Bush.",
        "On Jan. 6 and Sept. 11 it rained.",
        "The U.S. Senate met at 9 a.m. Monday.",
        "Gen. Mark Milley of the U.S. Army spoke.",
        "Acme Inc. Chairman Lee resigned.",
        "St. Petersburg vs. Moscow, No. 10 won.",
        "Rates rose 6.25 percent to 1.200 points.",
        'The "proxy war... to foil" claim stood.',
        "He waited ... and left.",
        "See example.com for more.",
        "Der Preis stieg bzw. Fiel um ca. 5 Euro.",
        "Das Werk öffnet am 3. März wieder.",
        "Die Kirche stammt aus dem 12. Jahrhundert.",
        "No stop at all",
    ],
)
def test_one_sentence(text: str) -> None:
    assert sentences(text) == [text]


def test_a_paragraph_in_the_middle_of_a_text() -> None:
    text = "Before. This one. That one. After."
    assert [text[a:b] for a, b in split_sentences(text, (8, 27))] == ["This one.", "That one."]


TEXTS = st.text(st.characters() | st.sampled_from('aA .!?…\n\r"”’)。 '))


@given(TEXTS)
def test_spans_are_ordered_trimmed_and_lose_no_word(text: str) -> None:
    at = 0
    for paragraph in split_paragraphs(text):
        assert at <= paragraph[0] < paragraph[1] <= len(text)
        assert not text[at : paragraph[0]].strip()
        inner = paragraph[0]
        for start, end in split_sentences(text, paragraph):
            assert inner <= start < end <= paragraph[1]
            assert text[start:end] == text[start:end].strip()
            assert not text[inner:start].strip()
            inner = end
        assert not text[inner : paragraph[1]].strip()
        at = paragraph[1]
    assert not text[at:].strip()
