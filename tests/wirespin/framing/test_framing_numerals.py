"""Figures as papers of different languages write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirespin.framing.numerals import decimal_of, figure
from wirespin.framing.view import view_of
from wirespin.text.document import Document


@pytest.mark.parametrize(
    ("language", "written", "plain"),
    [
        ("de", "1.234,5", "1234.5"),
        ("de", "1.250", "1250"),
        ("de", "3,4", "3.4"),
        ("de", "14.30", "14.30"),
        ("de", "14:30", "14.30"),
        ("fr", "3,0", "3"),
        ("es", "1.250", "1250"),
        ("es", "1,250", "1250"),
        ("es", "3,4", "3.4"),
        ("es", "1,234.5", "1234.5"),
        ("zh", "1,234.5", "1234.5"),
        ("ar", "٣٤٠٠", "3400"),
        ("pt", "1.234.567", "1234567"),
        ("de", "Haus", "Haus"),
    ],
)
def test_figures_have_one_form(language: str, written: str, plain: str) -> None:
    assert figure(written, decimal_of(language)) == plain


@pytest.mark.parametrize("gap", [" ", "\u00a0", "\u202f", "'"])
def test_groups_of_digits_are_one_figure(gap: str) -> None:
    canon = view_of(Document(f"La ville compte 12{gap}300,5 personnes en 2024.", language="fr")).canon
    assert canon == ["la", "ville", "compte", "12300.5", "", "personnes", "en", "2024"]


def test_a_year_and_a_figure_are_two() -> None:
    assert view_of(Document("En 2024 300 personnes", language="fr")).canon == ["en", "2024", "300", "personnes"]


@pytest.mark.parametrize(
    ("language", "text", "canon"),
    [
        ("fr", "trente pour cent", ["30", "%", "%"]),
        ("es", "doce por ciento", ["12", "%", "%"]),
        ("pt", "vinte por cento", ["20", "%", "%"]),
        ("de", "zwölf Prozent", ["12", "%"]),
    ],
)
def test_spelled_figures_and_per_cent(language: str, text: str, canon: list[str]) -> None:
    assert view_of(Document(text, language=language)).canon == canon


@given(st.integers(min_value=1, max_value=10**9), st.integers(min_value=1, max_value=9))
def test_both_ways_of_writing_a_figure_meet(whole: int, tenth: int) -> None:
    english = f"{whole:,}.{tenth}"
    swapped = english.translate(str.maketrans(",.", ".,"))
    assert figure(swapped, ",") == figure(english, ".") == f"{whole}.{tenth}"
    assert float(figure(english, None)) > 0


@given(st.from_regex(r"\d{1,4}([.,]\d{1,4}){0,3}", fullmatch=True), st.sampled_from([",", ".", None]))
def test_a_figure_in_its_one_form_stays_as_it_is(written: str, decimal: str | None) -> None:
    once = figure(written, decimal)
    if "," not in once and once.count(".") <= 1 and (decimal == "." or "." not in once):
        assert figure(once, decimal) == once
