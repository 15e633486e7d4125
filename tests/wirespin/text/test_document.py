"""A text taken apart: the parts agree, and nothing takes long."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirespin.text.document import Document
from wirespin.text.language import language_of, primary_tag

BODY = 'Photo: x\n\nRates rose. "Wages fell," he said.\n\nMore follows. Buy now!'
SIZE = 250_000


def test_parts() -> None:
    document = Document(BODY, "Rates rise")
    assert [document.cut(span) for span in document.paragraphs] == BODY.split("\n\n")
    assert [BODY[s.start : s.end] for s in document.sentences] == [
        "Photo: x",
        "Rates rose.",
        '"Wages fell," he said.',
        "More follows.",
        "Buy now!",
    ]
    assert [s.paragraph for s in document.sentences] == [0, 1, 1, 2, 2]
    assert [[t.norm for t in document.tokens[s.first : s.last]] for s in document.sentences][2] == [
        "wages",
        "fell",
        "he",
        "said",
    ]
    assert [document.cut(span) for span in document.quotations] == ["Wages fell,"]
    assert [t.norm for t, inside in zip(document.tokens, document.quoted, strict=True) if inside] == ["wages", "fell"]
    assert [t.norm for t in document.headline_tokens] == ["rates", "rise"]


def test_what_lies_outside_the_spans_is_not_there() -> None:
    start, end = BODY.index("Rates"), BODY.index(" Buy")
    document = Document(BODY, spans=((start, end),))
    assert [t.norm for t in document.tokens] == ["rates", "rose", "wages", "fell", "he", "said", "more", "follows"]
    assert all(start <= s.start < s.end <= end for s in document.sentences)
    assert Document(BODY, spans=()).tokens == []


def test_a_quotation_does_not_reach_over_a_gap_between_spans() -> None:
    body = 'He said "I go.\n\nADVERT\n\nShe stayed.'
    document = Document(body, spans=((0, 14), (body.index("She"), len(body))))
    assert [document.cut(span) for span in document.quotations] == ["I go."]


@given(
    st.text(st.characters() | st.sampled_from("aA .!?\n\"“”'’中。")),
    st.lists(st.integers(0, 60), max_size=6),
)
def test_offsets_are_in_range_ordered_and_apart(body: str, cuts: list[int]) -> None:
    bounds = sorted({min(cut, len(body)) for cut in cuts})
    spans = tuple(zip(bounds[::2], bounds[1::2], strict=False))
    for document in (Document(body), Document(body, spans=spans)):
        allowed = spans if document.spans is not None else ((0, len(body)),)
        for parts in (
            document.paragraphs,
            [(t.start, t.end) for t in document.tokens],
            [(s.start, s.end) for s in document.sentences],
            document.quotations,
        ):
            at = 0
            for start, end in parts:
                assert at <= start < end <= len(body)
                assert any(first <= start and end <= last for first, last in allowed)
                at = end
        assert len(document.quoted) == len(document.tokens)
        covered = [at for s in document.sentences for at in range(s.first, s.last)]
        assert covered == list(range(len(document.tokens)))


HOSTILE = {
    "line": "The same line again and again, he said.\n",
    "paragraph": "The same line again.\n\n",
    "one line": "The same line again and again. ",
    "straight": '"',
    "curly": "“",
    "closing": "”",
    "single": "'",
    "unclosed single": " 'a",
    "single by double": '\'a "b" ',
    "stops": ".",
    "stops and marks": '."',
    "white": " \n",
    "windows": "\r\n",
    "emoji": "😀",
    "family": "👨\u200d👩\u200d👧",
    "hebrew": "שלום ",
    "nul": "\x00",
    "surrogate": "\ud800",
    "accents": "e\u0301",
    "only accents": "\u0301",
    "digits": "1",
    "decimals": "1.",
    "letters": "a",
    "apostrophes": "a'",
    "han": "中",
    "han stops": "中。",
}


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_text_takes_long(unit: str) -> None:
    """A quarter of a megabyte takes well under a second; anything quadratic would take minutes."""
    document = Document((unit * (SIZE // len(unit) + 1))[:SIZE])
    begun = time.process_time()
    assert len(document.quoted) == len(document.tokens)
    assert len(document.sentences) <= SIZE
    assert time.process_time() - begun < 3


@pytest.mark.parametrize(
    ("tag", "primary"),
    [
        ("en", "en"),
        ("EN-us", "en"),
        ("pt_BR", "pt"),
        ("zh-Hant-TW", "zh"),
        (" de ", "de"),
        ("gsw", "gsw"),
        ("english", None),
        ("x-private", None),
        ("i-klingon", None),
        ("e1", None),
        ("éü", None),
        ("", None),
        (None, None),
    ],
)
def test_primary_tag(tag: str | None, primary: str | None) -> None:
    assert primary_tag(tag) == primary


ENGLISH = "The central bank raised its main interest rate on Thursday, saying wages had grown faster than expected."


@pytest.mark.parametrize(
    ("text", "declared", "language"),
    [
        (ENGLISH, None, "en"),
        (ENGLISH, "de-AT", "de"),
        (ENGLISH, "und", "en"),
        (ENGLISH, "english", "en"),
        ("Die Zentralbank hat am Donnerstag den Leitzins erhöht und dies mit steigenden Löhnen begründet.", None, "de"),
        ("La banque centrale a relevé jeudi son taux directeur en raison de la hausse des salaires.", None, "fr"),
        ("Центральный банк в четверг повысил ключевую ставку из-за быстрого роста заработной платы.", None, "ru"),
        ("中国人民银行周四宣布上调基准利率，称工资增长快于预期，通胀压力依然存在。", None, "zh"),
        ("", None, "und"),
        ("12345 " * 100, None, "und"),
        ("short", None, "und"),
        ("\x00" * 2_000, None, "und"),
    ],
)
def test_language(text: str, declared: str | None, language: str) -> None:
    assert language_of(text, declared) == language


def test_lone_surrogates_are_no_obstacle() -> None:
    assert language_of("\ud800" + ENGLISH) == "en"
