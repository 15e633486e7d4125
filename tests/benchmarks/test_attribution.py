"""The attribution benchmark, on made articles."""

from __future__ import annotations

import lzma
from pathlib import Path
from typing import Any

import orjson
import pytest

from benchmarks.attribution import heads, labelled, main, measure, parts_of, quoted_parts, rows
from wirespin.text.tokens import Span

TEXT = (
    "The port was shut on Monday. “Nobody told us anything,” aide Jane Hart, head of the union, said. “We waited.”\n\n"
    "Police said that the gate was locked."
)


def span(part: str, text: str = TEXT) -> Span:
    assert text.count(part) == 1, part
    return text.index(part), text.index(part) + len(part)


def labels(*parts: str) -> list[list[str]]:
    offsets = ";".join(f"{start} {end}" for start, end in map(span, parts))
    return [[offsets, " ".join(parts)]]


def article(**fields: Any) -> dict[str, Any]:
    quoted = {
        "content": labels("“Nobody told us anything,”", "“We waited.”"),
        "cue": labels("said. “"),
        "source": labels("aide Jane Hart, head of the union"),
    }
    indirect = {
        "content": labels("that the gate was locked"),
        "cue": labels("said that"),
        "source": labels("Police"),
    }
    return {"text": TEXT, "repo_split": "dev", "attributions": [quoted, indirect, {}]} | fields


def tallies(*given: dict[str, Any]) -> dict[str, tuple[int, int, int]]:
    return {name: (one.hit, one.given, one.wanted) for name, one in measure(given).tallies.items()}


def test_an_article_read_right_counts_full() -> None:
    assert tallies(article()) == {
        "quoted parts, exact": (2, 2, 2),
        "quoted parts, by half": (2, 2, 2),
        "cues of quotations": (2, 2, 2),
        "sources of quotations": (2, 2, 2),
        "cues of indirect speech": (1, 1, 1),
        "sources of indirect speech": (1, 1, 1),
    }


def test_what_is_not_labelled_counts_against_precision() -> None:
    found = tallies(article(attributions=[]))
    assert found["quoted parts, by half"] == (0, 2, 0)
    assert found["sources of quotations"] == (0, 2, 0)


def test_another_source_and_cue_are_wrong() -> None:
    first = article()["attributions"][0] | {"source": labels("Police"), "cue": labels("was shut")}
    found = tallies(article(attributions=[first]))
    assert found["quoted parts, exact"] == (2, 2, 2)
    assert found["cues of quotations"] == (0, 2, 2)
    assert found["sources of quotations"] == (0, 2, 2)


def test_a_part_of_a_quotation_is_found_by_half_only() -> None:
    first = article()["attributions"][0] | {"content": labels("told us anything,”")}
    found = tallies(article(attributions=[first]))
    assert (found["quoted parts, exact"][0], found["quoted parts, by half"][0]) == (0, 1)


def test_quotations_within_tags_are_left_out() -> None:
    text = 'Nobody came. <tweet author="a man with many words"/> The port was shut.'
    assert tallies(article(text=text, attributions=[]))["quoted parts, by half"] == (0, 0, 0)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ('he said "one two" and "three"', ["one two", "three"]),
        ("he said “one two", ["one two"]),
        ("one two,” he", ["one two"]),
        ("“one\n\n“two,” he", ["one", "two"]),
        ("“one\n\ntwo” he", ["one", "two"]),
        ("nothing", []),
    ],
)
def test_quoted_parts_of_a_content(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in quoted_parts(text, [(0, len(text))])] == parts


def test_marks_at_the_edge_of_a_content_belong_to_it() -> None:
    assert [TEXT[a:b] for a, b in quoted_parts(TEXT, [span("We waited.")])] == ["We waited"]


def test_parts_labelled_by_sentence_are_one() -> None:
    text = "“One came. Two went,” Hart said."
    row = {"attributions": [{"content": [["0 10", "“One came."]]}, {"content": [["11 21", "Two went,”"]]}]}
    [part] = parts_of(text, labelled(row))
    assert text[slice(*part.span)] == "One came. Two went"
    assert len(part.owners) == 2


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("aide Jane Hart, head of the union", ["hart"]),
        ("a spokeswoman for Northline", ["spokeswoman"]),
        ("Jane Hart and Jonas Veit", ["hart", "veit"]),
        ("his wife, Jane Hart", ["wife", "hart"]),
        ("Jane Hart Jr.", ["hart"]),
        ("he", ["he"]),
    ],
)
def test_heads_of_sources(source: str, words: list[str]) -> None:
    assert [word for _, word in heads(source, [(0, len(source))])] == words


def test_the_command_reads_packed_files_and_one_split(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "articles.jsonl.xz"
    path.write_bytes(lzma.compress(b"\n".join(map(orjson.dumps, [article(), article(repo_split="train")]))))
    assert len(rows(path)) == 2
    assert main(["--articles", str(path)]) == 0
    printed = capsys.readouterr().out
    assert "1 articles" in printed
    assert "sources of quotations            precision 1.000  recall 1.000" in printed
