"""Articles from plain text files."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemas.errors import SeedError
from wirespin.seedfile import LONGEST_TITLE, parse_seed

SEEDS = Path(__file__).parents[2] / "seeds"
TITLE = "Ministers meet in Riga"
BODY = "Ministers met on Monday.\n\nThey agreed on little."


def read(name: str) -> str:
    return (SEEDS / f"{name}.txt").read_text(encoding="utf-8")


def test_the_agency_seed() -> None:
    article = parse_seed(read("000_a342bc336784f21b"), "000")
    assert article.id == "000"
    assert article.headline == "North Korea's Kim offers 'full support' to Putin on Russia Day"
    assert article.published_at == "2023-06-12"
    assert article.body.startswith(
        'North Korean leader Kim Jong Un offered his country\'s "full support and solidarity"'
    )
    assert article.body.endswith("nuclear weapons and missile programmes.\n\nAFP")
    assert article.body in read("000_a342bc336784f21b")


def test_the_rewrite_seed() -> None:
    article = parse_seed(read("002_1d667fcee3213ee1"), "002")
    assert article.headline == "Kim and Putin"
    assert article.published_at is None
    assert article.body.startswith("In one of the most unlikely events taking place in the world, North Korea’s Kim")
    assert article.body.endswith("Humans often tend to create and sustain differences between each other. In…")
    assert article.body in read("002_1d667fcee3213ee1")


@pytest.mark.parametrize(
    ("head", "date"),
    [
        (f"{TITLE}\n\n", None),
        (f"{TITLE}\n", None),
        (f"{TITLE}\n{TITLE}\n\n{TITLE}\n", None),
        (f"\n\n  {TITLE}  \n\n", None),
        (f"{TITLE}\n2023-06-12\n\n", "2023-06-12"),
        (f"2023-06-12\n{TITLE}\n\n", "2023-06-12"),
        (f"date 2023-06-12 {TITLE}\n\n", "2023-06-12"),
        (f"DATE: 2023-06-12\n{TITLE}\n", "2023-06-12"),
        (f"Published: 2023-06-12T10:00:00+02:00\n{TITLE}\n", "2023-06-12T10:00:00+02:00"),
        (f"{TITLE}\ndate: 2023-06-12 10:00\n\n", "2023-06-12 10:00"),
        (f"date 2023-06-12 {TITLE}\n\n2023-06-12\n{TITLE}\n{TITLE}\n\n", "2023-06-12"),
        (f"{TITLE}\nMINISTERS MEET IN RIGA\n\n", None),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_heads(head: str, date: str | None, end: str, mark: str) -> None:
    article = parse_seed(mark + f"{head}{BODY}\n\n".replace("\n", end), "x")
    assert (article.headline, article.published_at) == (TITLE, date)
    assert article.body == BODY.replace("\n", end)


def test_a_long_first_line_is_no_title() -> None:
    line = "word " * (LONGEST_TITLE // 5 + 1)
    article = parse_seed(f"{line}\n\n{BODY}", "x")
    assert article.headline == ""
    assert article.body == f"{line}\n\n{BODY}"


def test_the_date_of_the_body_is_not_the_articles() -> None:
    article = parse_seed(f"{TITLE}\n\n{BODY}\n\n2019-01-01\n\n{TITLE}", "x")
    assert article.published_at is None
    assert article.body.endswith(f"2019-01-01\n\n{TITLE}")


def test_a_title_that_speaks_of_a_date_is_a_title() -> None:
    assert parse_seed(f"Date night returns\n\n{BODY}", "x").headline == "Date night returns"


def test_a_title_alone_is_an_article() -> None:
    assert parse_seed(TITLE, "x").headline == TITLE


@pytest.mark.parametrize("text", ["", "\ufeff", " \n\t\r\n", "2023-06-12\n", "date: 2023-06-12"])
def test_nothing_to_read(text: str) -> None:
    with pytest.raises(SeedError, match=r"empty\.txt: the file holds no text"):
        parse_seed(text, "empty.txt")
