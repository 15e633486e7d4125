"""Rows as they are shown: paragraphs, what empty cells say, and findings beside their place."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from schemas.article import Article
from tests.wirespin.page.test_rows import SENTENCES
from wirespin import compare
from wirespin.page import render

A, B, C, D, E = SENTENCES


def rows_of(original: str, copy: str) -> list[list[str]]:
    """Cells of each row behind that of the headlines."""
    left = Article(id="o", headline="Fuel tax raised", body=original, publisher="AFP")
    right = Article(id="c", headline="Fuel tax raised", body=copy)
    html = render(compare(left, right, datetime(2026, 11, 22, tzinfo=UTC)), left, right)
    found = re.findall(r'<tr class="[^"]*" id="r\d+" role="row">(.*?)</tr>', html, re.DOTALL)
    return [re.findall(r"<td.*?>(.*?)</td>", row, re.DOTALL) for row in found]


def seen(cell: str) -> str:
    return " ".join(re.sub(r"<sup.*?</sup>|<[^>]*>", "", cell).split())


def test_a_paragraph_is_a_paragraph_and_has_a_number() -> None:
    (first, second) = rows_of(f"{A} {B}\n\n{C}", f"{A} {B}\n\n{C}")
    assert [cell.count("<p") for cell in first[:2]] == [1, 1]
    assert [seen(cell) for cell in first[:2]] == [f"{A} {B}"] * 2
    assert [re.findall(r'data-n="(\d+)"', cell) for cell in second[:2]] == [["2"], ["2"]]


def test_empty_cells_say_why() -> None:
    found = rows_of("\n\n".join((A, B, C, E)), "\n\n".join((A, C, D, E)))
    assert [seen(cell) for cell in found[1][:2]] == [B, "not found in the copy"]
    assert [seen(cell) for cell in found[3][:2]] == ["not found in the original", D]
    assert '<del class="whole"' in found[1][0]
    assert '<ins class="whole"' in found[3][1]


def test_moved_sentences_point_at_each_other_and_are_repeated_beside() -> None:
    found = rows_of("\n\n".join((A, B, C, D)), "\n\n".join((D, A, B, C)))
    assert seen(found[0][0]) == f"moved from paragraph 4 of the original:{D}"
    assert 'href="#r4"' in found[0][0]
    assert seen(found[4][1]) == "moved to paragraph 1 of the copy"
    assert 'href="#r0"' in found[4][1]


def test_a_sentence_made_of_two_points_at_the_second() -> None:
    merged = (
        "The football club sold its goalkeeper for two million crowns, and researchers counted three hundred whales "
        "near the frozen harbour."
    )
    found = rows_of("\n\n".join((D, A, B, E)), "\n\n".join((D, A, B, merged)))
    assert "also from paragraph 1 of the original" in seen(found[-1][0])


def test_a_finding_stands_beside_its_place() -> None:
    found = rows_of("\n\n".join((A, B, C)), "\n\n".join((A, B, C.replace("forty", "ninety"))))
    beside = [number for number, row in enumerate(found) if "Number changed" in row[2]]
    assert beside == [2]
    assert "<del title=" in found[2][0]
    assert "<ins title=" in found[2][1]


def test_lines_that_are_no_article_are_grey() -> None:
    found = rows_of("\n\n".join((A, B, C)), "\n\n".join((A, B, C, "Share this story on Facebook", "Sign up now")))
    assert '<span class="site">Share this story on Facebook' in found[-1][1]
    assert seen(found[-1][0]) == ""
