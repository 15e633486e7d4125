"""Words with their places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirespin.text.tokens import fold, is_unspaced, tokenize


def words(text: str) -> list[str]:
    return [text[token.start : token.end] for token in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\t—…!", []),
        ("Rates rose.", ["Rates", "rose"]),
        ("PM's rate-cut", ["PM's", "rate", "cut"]),
        ("don’t O'Neill’s l'été canʼt", ["don’t", "O'Neill’s", "l'été", "canʼt"]),
        ("the '90s, players' union", ["the", "90", "s", "players", "union"]),
        ("6.25% 1,200,000 10:30 3. 4,", ["6.25", "1,200,000", "10:30", "3", "4"]),
        ("G7 co2 A320neo", ["G", "7", "co", "2", "A", "320", "neo"]),
        ("snake_case __x", ["snake", "case", "x"]),
        ("U.S.-led", ["U", "S", "led"]),
        ("$5m €3.5bn", ["5", "m", "3.5", "bn"]),
        ("中国 2024年", ["中", "国", "2024", "年"]),
        ("東京タワー", ["東", "京", "タ", "ワ", "ー"]),
        ("ไทย", ["ไ", "ท", "ย"]),
        ("서울 시민", ["서울", "시민"]),
        ("шелест Ёлка", ["шелест", "Ёлка"]),
        ("שלום عالم", ["שלום", "عالم"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("বাংলা தமிழ்", ["বাংলা", "தமிழ்"]),
        ("مُحَمَّد", ["مُحَمَّد"]),
        ("می\u200cخواهم", ["می\u200cخواهم"]),
        ("Regie\u00adrung", ["Regie\u00adrung"]),
        ("cafe\u0301s", ["cafe\u0301s"]),
        ("a\x00b \ud800c", ["a", "b", "c"]),
        ("😀ok👍🏽", ["ok"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Don’t", "don't"),
        ("donʼt", "don't"),
        ("STRASSE", "straße"),
        ("cafe\u0301", "café"),
        ("Regie\u00adrung", "Regierung"),
        ("ﬁnance", "finance"),
        ("１２", "12"),
    ],
)
def test_spellings_that_are_the_same_word(one: str, other: str) -> None:
    assert fold(one) == fold(other)
    assert [token.norm for token in tokenize(one)] == [token.norm for token in tokenize(other)]


@pytest.mark.parametrize(("one", "other"), [("cafe", "café"), ("6.25", "625"), ("well", "we'll"), ("с", "c")])
def test_words_that_differ(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_part_of_a_text() -> None:
    text = "one two three four"
    assert [token.norm for token in tokenize(text, 4, 13)] == ["two", "three"]
    assert tokenize(text, 4)[0].start == 4
    assert tokenize(text, 5, 5) == []


@pytest.mark.parametrize(
    ("norm", "expected"), [("中", True), ("ไ", True), ("ア", True), ("a", False), ("中国", False), ("서", False)]
)
def test_unspaced(norm: str, expected: bool) -> None:
    assert is_unspaced(norm) is expected


TEXTS = st.text(st.characters() | st.sampled_from("ab '’\u0301\u00ad1.,中"))


@given(TEXTS)
def test_offsets_cut_the_words_in_order(text: str) -> None:
    at = 0
    for token in tokenize(text):
        assert at <= token.start < token.end <= len(text)
        assert token.norm == fold(text[token.start : token.end])
        assert token.norm
        at = token.end


@given(TEXTS, TEXTS)
def test_texts_side_by_side_have_the_words_of_both(one: str, other: str) -> None:
    assert [t.norm for t in tokenize(f"{one} {other}")] == [t.norm for t in [*tokenize(one), *tokenize(other)]]


@given(st.text(st.sampled_from("aB é'’ʼ1.,:_-ß\u00adก\u0301")))
def test_words_are_the_same_beside_signs_that_need_the_full_pattern(text: str) -> None:
    assert tokenize(text) == tokenize(text + " ก")[:-1]
