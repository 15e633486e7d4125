"""Quotation marks."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wirespin.text.quotation import LONGEST_SINGLE, quotations
from wirespin.text.sentences import split_paragraphs


def quoted(text: str) -> list[str]:
    return [text[start:end] for start, end in quotations(text, [(0, len(text))])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "no" and "never".', ["no", "never"]),
        ("He said “no” and “never”.", ["no", "never"]),
        ("Er sagte „nein“ und „nie“.", ["nein", "nie"]),
        ("Er sagte „nein”.", ["nein"]),
        ("Er sagte »nein« und »nie«.", ["nein", "nie"]),
        ("Il a dit « non » puis «jamais».", [" non ", "jamais"]),
        ("Hän sanoi ”ei” ja ”joo”.", ["ei", "joo"]),
        ("彼は「いいえ」と『本』を。", ["いいえ", "本"]),
        ("He said ``no'' and left.", ["no"]),
        ('He said “no" and left.', []),
        ("He said 'no' and ‘never’.", ["no", "never"]),
        ("offered 'full support', he said", ["full support"]),
        ('""', []),
        ("no marks", []),
        ("", []),
    ],
)
def test_marks(text: str, expected: list[str]) -> None:
    if text == 'He said “no" and left.':
        expected = ['no" and left.']
    assert quoted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“He told me ‘no’ twice,” she said.", ["He told me ‘no’ twice,"]),
        ("\"He told me 'no' twice,\" she said.", ["He told me 'no' twice,"]),
        ("« Il a dit “non” hier », dit-elle.", [" Il a dit “non” hier "]),
        ("„Er sagte ‚nein‘ dazu“, sagte sie.", ["Er sagte ‚nein‘ dazu"]),
        ("「彼は『本』と」言った", ["彼は『本』と"]),
    ],
)
def test_only_the_outermost_of_nested_quotations(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize("mark", ['"', "“", "„", "«", "``"])
def test_an_unclosed_quotation_runs_to_the_end_of_its_paragraph_only(mark: str) -> None:
    text = f"He said: {mark}I will not go.\n\nShe left."
    end = text.index("\n")
    assert quotations(text, [(0, end)]) == [(text.index("I"), end)]
    assert quotations(text, [(end + 2, len(text))]) == []


@pytest.mark.parametrize(
    "text",
    [
        "It doesn't matter, isn't it? The players' union won't say.",
        "It doesn’t matter, isn’t it? The players’ union won’t say.",
        "The '90s were the workers' years.",
        "The ’90s were the workers’ years.",
        "Tell 'em the boss' car is here.",
        "Rock 'n' roll in the dogs' home.",
        "Wait 'til the girls' team plays.",
        "'Twas the rulers' wish, 'tis said.",
        "O'Neill's and l'Italie and 5'10 tall",
    ],
)
def test_apostrophes_are_no_quotes(text: str) -> None:
    assert quoted(text) == []


def test_a_single_mark_quotes_no_further_than_the_limit() -> None:
    assert quoted("'a" + " b" * (LONGEST_SINGLE // 2) + "' c") == []
    assert len(quoted("'a" + " b" * (LONGEST_SINGLE // 2 - 5) + "' c")) == 1


def test_only_the_paragraph_is_looked_at() -> None:
    text = '"one" "two" "three"'
    assert quotations(text, [(6, 11)]) == [(7, 10)]


@given(st.text(st.sampled_from("a .\"“”„«»‹›「」'‘’`\n") | st.characters()))
@example("a ''b'' c 'd'")
@example("'a ''b'' c'")
def test_spans_are_in_order_and_apart(text: str) -> None:
    at = 0
    for start, end in quotations(text, [(0, len(text))]):
        assert at <= start < end <= len(text)
        at = end


OPENS = ('"', "“", "”", "„", "«", "»", "‹", "›", "「", "」", "『", "』", "``", "''", "'", "‘")
CLOSES = (*OPENS, "’")


@given(st.text(st.sampled_from("ab .\"“”„«»‹›「」'‘’`\n")))
def test_a_span_lies_between_two_marks_or_at_the_edge_of_its_paragraph(text: str) -> None:
    paragraphs = split_paragraphs(text)
    starts, ends = {start for start, _ in paragraphs}, {end for _, end in paragraphs}
    for start, end in quotations(text, paragraphs):
        assert start in starts or text[:start].endswith(OPENS)
        assert end in ends or text[end:].startswith(CLOSES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“a „b” c", ["a „b"]),
        ("``a'' and ''b''", ["a", "b"]),
        ("“''a''” b", ["''a''"]),
        ("»a« «b»", ["a", "b"]),
        ("“a “b “c", ["a “b “c"]),
        ('"a” "b"', ["a", "b"]),
    ],
)
def test_only_the_mark_that_fits_closes(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in quotations(text, [(0, len(text))])] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"It is true.\n\nNobody knew," she said.', ["It is true.", "Nobody knew,"]),
        ("“It is true.\n\nNobody knew,” she said.", ["It is true.", "Nobody knew,"]),
        ('"It is true.\n\n"Nobody knew," she said.', ["It is true.", "Nobody knew,"]),
        ('"It is true.\n\nHe said "no" and left.', ["It is true.", "no"]),
        ("“It is true.\n\nHe said “no” and left.", ["It is true.", "no"]),
        ('"It is true.\n\nNothing here.\n\nNobody knew," she said.', ["It is true.", " she said."]),
    ],
)
def test_a_quotation_goes_on_in_a_paragraph_that_closes_it(text: str, expected: list[str]) -> None:
    paragraphs = split_paragraphs(text)
    assert [text[start:end] for start, end in quotations(text, paragraphs)] == expected
