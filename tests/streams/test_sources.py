"""Articles from files: kinds, order, and what is said of bad ones."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import orjson
import pytest

from schemas.errors import SeedError
from streams.sources import read_articles
from tests.support.pipeline import SEEDS


def lines(path: Path, *articles: object) -> str:
    path.write_bytes(b"\n".join(orjson.dumps(article) for article in articles) + b"\n\n")
    return str(path)


def test_the_seeds_folder_in_order_of_publication_with_the_undated_last() -> None:
    keys = [article.key for article in read_articles([str(SEEDS)])]
    assert keys == ["000_a342bc336784f21b", "002_1d667fcee3213ee1"]


def test_given_order_is_kept(tmp_path: Path) -> None:
    early = {"id": "early", "body": "b", "published_at": "2024-01-01T00:00:00Z"}
    late = {"id": "late", "body": "b", "published_at": "2024-01-02T00:00:00Z"}
    path = lines(tmp_path / "x.jsonl", late, early)
    assert [article.key for article in read_articles([path])] == ["early", "late"]
    assert [article.key for article in read_articles([path], order="given")] == ["late", "early"]


def test_lines_travel_to_the_letter_even_broken_ones(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(b'{"id": 5,  "body":"b"}\n{broken\n[1]\n')
    assert [article.value for article in read_articles([str(path)])] == [b'{"id": 5,  "body":"b"}', b"{broken", b"[1]"]
    assert [article.key for article in read_articles([str(path)])] == [None, None, None]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"id":"x","body":"b"}\n')))
    assert [article.key for article in read_articles(["-"])] == ["x"]


def test_a_folder_is_searched_deep_and_by_name(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "b.txt").write_text("Title B\n\nBody b.")
    (tmp_path / "deep" / "a.txt").write_text("Title A\n\nBody a.")
    (tmp_path / "README.md").write_text("no article")
    assert [article.key for article in read_articles([str(tmp_path)])] == ["b", "a"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("missing.txt", None, "no such file"),
        ("x.pdf", b"x", r"'\.pdf' is not a known kind"),
        ("x.txt", b"\xff\xfe\x00", "not UTF-8 at byte 0"),
        ("empty.txt", b" \n ", "holds no text"),
        ("empty.jsonl", b"\n", "no article found"),
    ],
)
def test_a_bad_file_is_named(tmp_path: Path, name: str, content: bytes | None, message: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SeedError, match=message) as caught:
        read_articles([str(path)])
    assert path.stem in str(caught.value)
