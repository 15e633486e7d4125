"""Measured overlap and the verdict on it."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.article import Article
from wirespin.accept import accept
from wirespin.dates import EARLIEST
from wirespin.reuse.overlap import overlap
from wirespin.reuse.verdict import closeness, level, relation
from wirespin.story.pair import Comparer
from wirespin.text.document import Document

SETS = Path(__file__).parents[3] / "benchmarks" / "sets"
FIELDS = ("id", "url", "publisher", "headline", "body", "published_at")
LEVELS = {"verbatim": "verbatim", "trimmed": "excerpt", "copyedit": "edited", "neutral_rewrite": "rewritten"}
"""The level of reuse of the fair kinds."""


ORIGINAL = (
    "The port of Riga closed on Monday as thick ice stopped two ferries outside the harbour.\n\n"
    '"We have not seen this since 1987," harbour master Janis Berzins told a news conference.\n\n'
    "Some 340 passengers spent the night on board and were fed from the ships' stores.\n\n"
    "Breakers from Finland are expected to reach the bay before the end of the week."
)


def test_of_nothing() -> None:
    empty = overlap(Document(""), Document(""))
    assert empty.passages == ()
    assert (empty.original_share, empty.copy_share, empty.unquoted_share, empty.numbers) == (0, 0, 0, 0)
    assert (empty.names, empty.density, empty.unquoted_of_matched) == (0, 0, 0)
    assert relation(empty, credited=True) == "independent"
    assert overlap(Document(ORIGINAL), Document("")).original_share == 0
    assert overlap(Document(""), Document(ORIGINAL)).copy_share == 0


def test_of_the_same_text() -> None:
    same = overlap(Document(ORIGINAL), Document(ORIGINAL))
    words = len(Document(ORIGINAL).tokens)
    assert [(passage.original, passage.copy) for passage in same.passages] == [((0, len(ORIGINAL) - 1),) * 2]
    assert (same.original_share, same.copy_share, same.unquoted_share, same.unquoted_original) == (1, 1, 1, 1)
    assert (same.original_tenths, same.copy_tenths) == (10, 10)
    assert (same.quotes, same.quotes_share, same.density) == (1, 1, 1)
    assert (same.numbers, same.names) == (0, 0)  # all of them came along with a passage
    assert (same.longest, same.longest_unquoted) == (words, words - 7)
    assert same.unquoted_words == words - 7
    assert (relation(same, credited=False), level(same), closeness(same)) == ("republication", "verbatim", 1)


def test_shares_count_words() -> None:
    first = ORIGINAL.split("\n\n", maxsplit=1)[0]
    found = overlap(Document(ORIGINAL), Document(first + "\n\nNobody had asked for any of that, one might add."))
    assert found.original_share == pytest.approx(16 / len(Document(ORIGINAL).tokens))
    assert found.copy_share == pytest.approx(16 / 26)
    assert found.longest == 16
    assert found.density == 1
    assert found.unquoted_of_matched == 1
    assert found.elsewhere == 0


def numbered(words: int, first: int = 0) -> str:
    """A text in which no word stands twice."""
    return " ".join(str(n).translate(str.maketrans("0123456789", "abcdefghij")) for n in range(first, first + words))


@pytest.mark.parametrize(
    ("copied", "elsewhere"),
    [
        ([(0, 200)], 120 / 200),
        ([(0, 80)], 0),
        ([(0, 60), (140, 200)], 60 / 120),
        ([(0, 20), (100, 120), (180, 200)], 40 / 60),
    ],
)
def test_elsewhere_leaves_the_densest_place_of_the_original_out(
    copied: list[tuple[int, int]], elsewhere: float
) -> None:
    copy = "\n\n".join(numbered(end - start, start) for start, end in copied)
    assert overlap(Document(numbered(200)), Document(copy)).elsewhere == pytest.approx(elsewhere)


def test_a_copy_in_quotation_marks_has_shares_too() -> None:
    found = overlap(Document(numbered(200)), Document(f'"{numbered(200)}" amen'))
    assert found.elsewhere <= 1
    assert found.unquoted_share == 0


def test_what_lies_outside_the_spans_is_not_shared() -> None:
    at = ORIGINAL.index("\n\n")
    found = overlap(Document(ORIGINAL, spans=((0, at),)), Document(ORIGINAL, spans=((at, len(ORIGINAL)),)))
    assert found.passages == ()


def test_one_shared_quotation_is_a_common_source() -> None:
    other = 'Ferries waited.\n\n"We have not seen this since 1987," one Berzins claimed when asked by radio.'
    found = overlap(Document(ORIGINAL), Document(other))
    assert found.quotes == 1
    assert found.unquoted_words == 0
    assert relation(found, credited=False) == "common_source"


def test_one_shared_paragraph_is_background() -> None:
    long = ORIGINAL.replace(
        "the end of the week.", "the end of the week, " + "as they did in the long winters of war and want, " * 2
    )
    other = (
        long.split("\n\n")[3]
        + "\n\n"
        + "Elsewhere a council of nobody in particular voted on an entirely different plan. " * 6
    )
    assert relation(overlap(Document(long), Document(other)), credited=False) == "background"


def test_an_excerpt() -> None:
    parts = ORIGINAL.split("\n\n")
    found = overlap(Document(ORIGINAL), Document("\n\n".join(parts[2:])))
    assert found.unquoted_words >= 29
    excerpt = overlap(Document(ORIGINAL), Document("\n\n".join([parts[0], parts[2]])))
    assert (relation(excerpt, credited=False), level(excerpt)) == ("republication", "excerpt")


REWRITE = {
    "unquoted_share": 0.03,
    "unquoted_original": 0.03,
    "elsewhere": 0.0,
    "original_share": 0.1,
    "copy_share": 0.1,
    "original_tenths": 4,
    "unquoted_words": 9,
    "quotes": 3,
    "quotes_share": 0.74,
    "numbers": 1.0,
    "number_count": 3,
    "names": 0.0,
    "name_count": 0,
    "unquoted_tenths": 1,
}
"""A fair rewrite: only its quotations and numbers are the original's."""


THROUGHOUT = {
    "original_tenths": 8,
    "copy_tenths": 8,
    "unquoted_tenths": 7,
    "unquoted_original": 0.2,
    "names": 0.7,
    "name_count": 9,
}
"""An agency's report retold from beginning to end, with its numbers and names and without any quotation."""


@pytest.mark.parametrize(
    ("change", "credited", "stands_in", "verdict"),
    [
        ({}, False, False, "republication"),
        ({}, False, True, "common_source"),
        ({}, True, True, "republication"),
        ({"numbers": 0.6}, False, False, "common_source"),
        ({"number_count": 2}, False, False, "common_source"),
        ({"numbers": 0.6}, True, False, "republication"),
        ({"quotes": 1}, False, False, "common_source"),
        ({"quotes": 2}, False, False, "common_source"),
        ({"quotes": 2, "names": 0.7, "name_count": 3}, False, False, "republication"),
        ({"quotes": 2, "names": 0.69, "name_count": 3}, False, False, "common_source"),
        ({"quotes": 2, "names": 0.7, "name_count": 2}, False, False, "common_source"),
        ({"quotes": 1, "names": 1.0, "name_count": 9}, False, False, "common_source"),
        ({"quotes": 9, "numbers": 0.0, "original_tenths": 10}, False, False, "common_source"),
        ({"quotes": 9, "numbers": 0.0, "unquoted_tenths": 5}, False, False, "common_source"),
        ({"numbers": 0.0, "names": 0.7, "name_count": 3}, False, False, "common_source"),
        ({"numbers": 0.0, "names": 0.7, "name_count": 3, "quotes_share": 0.75}, False, False, "common_source"),
        ({"numbers": 0.0, "names": 0.7, "name_count": 3, "quotes_share": 0.75}, True, False, "republication"),
        ({"number_count": 2, "names": 0.7, "name_count": 3, "quotes_share": 0.75}, False, False, "republication"),
        ({"number_count": 1, "names": 0.7, "name_count": 3, "quotes_share": 0.75}, False, False, "common_source"),
        ({"quotes_share": 1.0, "names": 0.59, "name_count": 7}, False, False, "common_source"),
        ({"quotes_share": 1.0, "names": 0.59, "name_count": 3}, False, False, "republication"),
        ({"quotes_share": 1.0, "names": 0.6, "name_count": 7}, False, False, "republication"),
        ({"quotes": 2, "names": 0.7, "name_count": 3, "quotes_share": 1.0}, True, False, "republication"),
        ({"names": 0.7, "name_count": 3}, False, True, "republication"),
        ({"names": 0.7, "name_count": 3, "number_count": 2, "quotes_share": 0.75}, False, True, "common_source"),
        ({"unquoted_tenths": 9}, False, True, "common_source"),
        ({"unquoted_share": 0.25, "elsewhere": 0.15}, False, False, "republication"),
        ({"unquoted_share": 0.25, "elsewhere": 0.15}, True, True, "republication"),
        ({"unquoted_share": 0.39, "elsewhere": 0.15}, False, True, "common_source"),
        ({"unquoted_share": 0.4, "elsewhere": 0.15}, False, True, "republication"),
        ({"unquoted_original": 0.4, "elsewhere": 0.15}, False, True, "republication"),
        ({"unquoted_share": 0.4, "elsewhere": 0.14}, False, True, "common_source"),
        ({"quotes": 0}, True, False, "independent"),
        ({"quotes": 0, "unquoted_words": 30}, True, False, "background"),
        ({"quotes": 2, "unquoted_words": 30, "unquoted_of_matched": 0.5}, False, False, "background"),
        ({"quotes": 2, "unquoted_words": 30, "unquoted_of_matched": 0.49}, False, False, "common_source"),
        ({"quotes": 0, "unquoted_words": 30, "unquoted_of_matched": 0.49}, False, False, "background"),
        ({"quotes": 0, "unquoted_words": 99} | THROUGHOUT, False, False, "republication"),
        ({"quotes": 0, "unquoted_words": 99} | THROUGHOUT, False, True, "background"),
        ({"numbers": 0.0, "quotes_share": 1.0} | THROUGHOUT, False, True, "republication"),
        ({"numbers": 0.0, "quotes_share": 1.0} | THROUGHOUT | {"copy_tenths": 7}, False, True, "common_source"),
        ({"quotes": 0, "unquoted_words": 99} | THROUGHOUT | {"copy_tenths": 7}, False, False, "background"),
        ({"quotes": 0, "unquoted_words": 99} | THROUGHOUT | {"unquoted_original": 0.19}, False, False, "background"),
    ],
)
def test_rewrites(change: dict[str, Any], verdict: str, *, credited: bool, stands_in: bool) -> None:
    found = replace(overlap(Document(ORIGINAL), Document(ORIGINAL)), **(REWRITE | change))
    assert relation(found, credited=credited, stands_in=stands_in) == verdict


@pytest.mark.parametrize(
    ("change", "grade"),
    [
        ({"copy_share": 0.95, "original_share": 0.95}, "verbatim"),
        ({"copy_share": 0.94, "original_share": 0.95}, "edited"),
        ({"copy_share": 0.95, "original_share": 0.79}, "excerpt"),
        ({"copy_share": 0.79, "original_share": 0.3, "unquoted_share": 0.4}, "edited"),
        ({"copy_share": 0.5, "original_share": 0.5, "unquoted_share": 0.39}, "rewritten"),
    ],
)
def test_levels(change: dict[str, Any], grade: str) -> None:
    assert level(replace(overlap(Document(ORIGINAL), Document(ORIGINAL)), **change)) == grade


TEXTS = st.lists(
    st.sampled_from(["port", "ice", "Riga", "1987", "“", "”", '"', "\n\n", ".", "ferry", "Monday", "中", "'"]),
    max_size=60,
).map(" ".join)


@given(TEXTS, TEXTS)
def test_measures_are_in_range_and_passages_cut_equal_words(one: str, other: str) -> None:
    original, copy = Document(one), Document(other)
    found = overlap(original, copy)
    for share in (
        found.original_share,
        found.copy_share,
        found.unquoted_share,
        found.unquoted_original,
        found.elsewhere,
        found.unquoted_of_matched,
        found.density,
        found.numbers,
        found.names,
    ):
        assert 0 <= share <= 1
    assert found.density >= found.copy_share
    assert 0 <= found.unquoted_tenths <= found.original_tenths <= 10
    assert 0 <= found.copy_tenths <= 10
    assert found.longest_unquoted <= found.longest
    at = 0
    for passage in found.passages:
        assert at <= passage.copy[0]
        at = passage.copy[1]
        words = [
            [t.norm for t in Document(text[a:b]).tokens]
            for text, (a, b) in ((one, passage.original), (other, passage.copy))
        ]
        assert words[0] == words[1]
        assert len(words[0]) == passage.words
    assert relation(found, credited=False) in ("republication", "common_source", "background", "independent")


@cache
def labelled(name: str) -> dict[str, list[dict[str, Any]]]:
    """The articles of a labelled set by story."""
    stories: dict[str, list[dict[str, Any]]] = {}
    for line in (SETS / f"set-{name}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        stories.setdefault(row["story"], []).append(row)
    return stories


STORIES = [(name, story) for name in "ab" for story in labelled(name)]


@pytest.mark.parametrize(("name", "story"), STORIES)
def test_labelled_stories(name: str, story: str) -> None:
    """Each derived kind is a republication, of its level; independent reports and neighbours are none."""
    rows = labelled(name)[story]
    accepted = {row["kind"]: accept(Article(**{field: row[field] for field in FIELDS}), EARLIEST) for row in rows}
    comparer = Comparer()
    verdicts = {kind: comparer.verdict(accepted["original"], copy) for kind, copy in accepted.items()}
    relations = {kind: said.relation for kind, said in verdicts.items() if kind not in ("original", "update")}
    assert relations.pop("independent") in ("common_source", "independent")
    assert relations.pop("neighbour") == "background"
    assert set(relations.values()) == {"republication"}
    assert {kind: level(verdicts[kind].overlap) for kind in LEVELS} == LEVELS


ROUNDED = replace(
    overlap(Document(""), Document("")),
    quotes=4,
    quotes_share=1.0,
    numbers=0.64,
    number_count=5,
    names=0.8,
    name_count=12,
)
"""A paraphrase that keeps quotations and names, and rounds some of the numbers."""


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "republication"),
        ({"quotes": 3}, "common_source"),
        ({"quotes_share": 0.8}, "common_source"),
        ({"number_count": 3}, "common_source"),
        ({"numbers": 0.5}, "common_source"),
    ],
)
def test_many_quotations_and_no_others_make_up_for_rounded_numbers(changed: dict[str, Any], said: str) -> None:
    assert relation(replace(ROUNDED, **changed), credited=False) == said


@pytest.mark.parametrize(
    ("credited", "mentioned", "said"),
    [(False, False, "common_source"), (False, True, "republication"), (True, False, "republication")],
)
def test_an_agency_named_in_the_text_is_a_sign(*, credited: bool, mentioned: bool, said: str) -> None:
    found = replace(ROUNDED, quotes=2, numbers=1.0, names=0.65)
    assert relation(found, credited=credited, mentioned=mentioned) == said
    assert relation(found, credited=False, mentioned=mentioned, stands_in=True) == "common_source"
