"""Numbers and names that two texts share."""

from __future__ import annotations

import pytest

from wirespin.reuse.particulars import shared_names, shared_numbers
from wirespin.text.document import Document

ORIGINAL = (
    "On Monday the mayor of Riga, Anna Ozola, met Jean-Luc Petit of the World Bank about 340 houses, 12 of them new."
)


def nothing(copy: str) -> list[bool]:
    """No word of a copy is matched."""
    return [False] * len(Document(copy).tokens)


@pytest.mark.parametrize(
    ("copy", "share", "count"),
    [
        ("Talks with Anna Ozola and Petit about houses.", 1.0, 3),
        ("Talks with Anna Ozola and Berta Kalnina about houses.", 0.5, 2),
        ("It is Ozola's plan. Berta was not there. “Kalnina Berta” is quoted: Nobody.", 1.0, 1),
        ("nobody with a name", 0.0, 0),
        ("里加市长", 0.0, 0),
        ("", 0.0, 0),
    ],
)
def test_names_are_capitals_inside_sentences_and_outside_quotations(copy: str, share: float, count: int) -> None:
    assert shared_names(Document(ORIGINAL), Document(copy), nothing(copy)) == (share, count)


def test_a_name_counts_where_the_original_has_it_in_a_quotation_or_at_the_start() -> None:
    original, copy = Document('Kalnina left. "Berta knows," she said.'), "So Kalnina and Berta went."
    assert shared_names(original, Document(copy), nothing(copy)) == (1.0, 2)


def test_what_stands_in_a_matched_passage_comes_along_with_it() -> None:
    copy = Document("It was Anna Ozola, met by 340 in 1994.")
    matched = [token.norm in ("anna", "340") for token in copy.tokens]
    assert shared_names(Document(ORIGINAL), copy, matched) == (1.0, 1)
    assert shared_numbers(Document(ORIGINAL), copy, matched) == (0.0, 0)


@pytest.mark.parametrize(
    ("copy", "share", "count"),
    [("340 and 12 and 340", 1.0, 2), ("340 and 99", 0.5, 1), ("7 of 9", 0.0, 0), ("", 0.0, 0)],
)
def test_numbers_of_two_digits_and_more_are_counted_once(copy: str, share: float, count: int) -> None:
    assert shared_numbers(Document(ORIGINAL), Document(copy), nothing(copy)) == (share, count)
