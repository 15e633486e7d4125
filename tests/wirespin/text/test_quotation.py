"""Quotation marks."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wirespin.text.quotation import LONGEST, LONGEST_SINGLE, in_quotation, pair_marks, quotations
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
        ('He said “no" and left.', ["no"]),
        ('He said "no” and left.', ["no"]),
        ('Er sagte „nein" und ging.', ["nein"]),
        ("He said “no“ and “never“.", ["no", "never"]),
        ("He said 'no' and ‘never’.", ["no", "never"]),
        ("offered 'full support', he said", ["full support"]),
        ('""', []),
        ("no marks", []),
        ("", []),
    ],
)
def test_marks(text: str, expected: list[str]) -> None:
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
        ("“a „b” c", ["a ", "b"]),
        ("``a'' and ''b''", ["a", "b"]),
        ("“''a''” b", ["''a''"]),
        ("»a« «b»", ["a", "b"]),
        ("“a “b “c", ["a ", "b ", "c"]),
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
        ('"It is true.\n\nNothing here.\n\nNobody knew," she said.', ["It is true."]),
    ],
)
def test_a_quotation_goes_on_in_a_paragraph_that_closes_it(text: str, expected: list[str]) -> None:
    paragraphs = split_paragraphs(text)
    assert [text[start:end] for start, end in quotations(text, paragraphs)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"I will go, he said. "I said so," she said.', ["I will go, he said. ", "I said so,"]),
        ('I will go," he said. "I said so," she said.', ["I said so,"]),
        ('It is 6\' 2" tall. He said "no" and left.', ["no"]),
        ('"It is a 6" pipe," he said. "No," she said.', ['It is a 6" pipe,', "No,"]),
        ('A word"word. He said "no" and left.', ["no"]),
        ('A word " word. He said "no" and left.', ["no"]),
        ('A word" word. He said "no" and left.', ["no"]),
        ('"I never," he said. It was"so. "No," she said.', ["I never,", "No,"]),
        ('He said"no"and left.', []),
        ('He said:"No." "Yes,"she said.', ["No.", "Yes,"]),
        ('צה"ל ובארה"ב', []),
        ('—"No," she said—"never"—and left ("so").', ["No,", "never", "so"]),
        (
            'He said "...no" and ".5 per cent" and "$4" and "[we]" and "‘no’".',
            ["...no", ".5 per cent", "$4", "[we]", "‘no’"],
        ),
        ('He was "going—" and "the "old" one".', ["going—", "the ", "old"]),
        ("\"He said, 'No,' \" she said.", ["He said, 'No,' "]),
        ('Il a dit "\u00a0non\u00a0" hier.', ["\u00a0non\u00a0"]),
        ("Hän sanoi »ei» ja »joo».", ["ei", "joo"]),
        ('“He said "no" twice,” she said.', ['He said "no" twice,']),
        ('He said """"no.', []),
    ],
)
def test_a_mark_out_of_place_turns_nothing_inside_out(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    "text", ['他说"不"然后"走"了', "他说“不”然后“走”了", '그는 "아니"라고 "가"고', 'เขา"ไม่"และ"ไป"']
)
def test_scripts_without_spaces(text: str) -> None:
    assert len(quoted(text)) == 2
    assert all(len(part) <= 3 for part in quoted(text))


def test_no_quotation_is_longer_than_the_limit() -> None:
    words = "word " * (LONGEST // 5)
    assert quoted(f'He said "{words}and "no" and left.') == ["no"]
    assert quoted(f'He said "{words}and left.') == []
    assert quoted(f'He said "{words[:-6]}" and left.') == [words[:-6]]


@pytest.mark.parametrize(
    ("text", "unbalanced"),
    [
        ('He said "no" and “never” and «non».', set()),
        ("No marks.", set()),
        ('He said "no and left.', {0}),
        ('He said no" and left.', {0}),
        ('He said "no, and "never" and left.', {0}),
        ('It is 6" tall.', {0}),
        ('A word " word.', {0}),
        ('"It is true.\n\nNobody knew," she said.\n\n"No," he said.', {0, 1}),
        ('"It is true.\n\n"Nobody knew," she said.', {0}),
        ("She said so.\n\nHe said “no and left.", {1}),
    ],
)
def test_paragraphs_whose_marks_do_not_come_in_pairs(text: str, unbalanced: set[int]) -> None:
    assert pair_marks(text, split_paragraphs(text)).unbalanced == unbalanced


SENTENCES = ['"I will go," he said. ', "She “left” early. ", "Nobody knew. ", "Er sagte „nein“. ", "« Non », dit-il. "]


@given(st.lists(st.sampled_from(SENTENCES), max_size=8), st.sampled_from('"“”'), st.data())
def test_one_stray_mark_leaves_the_sentences_apart_from_it_alone(
    parts: list[str], mark: str, data: st.DataObject
) -> None:
    text = "".join(parts)
    at = data.draw(st.integers(0, len(text)))
    whole = quoted(text)
    broken = quoted(text[:at] + mark + text[at:])
    assert len([part for part in whole if part not in broken]) <= 2


@given(st.text(st.sampled_from("ab .,-6\"“”„«»‹›「」'`\n"), max_size=200), st.integers(0, 200))
def test_a_place_is_quoted_where_its_line_has_a_quotation(text: str, at: int) -> None:
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    line = (start, end if end >= 0 else len(text))
    double = text.replace("'", "-")
    expected = any(first <= at < last for first, last in quotations(double, [line]))
    assert in_quotation(double, at) == expected


def test_the_place_behind_a_closed_quotation_is_not_quoted() -> None:
    text = 'It is 6" tall. "No," she said. Subscribe now.'
    assert in_quotation(text, text.index("No"))
    assert not in_quotation(text, text.index("tall"))
    assert not in_quotation(text, text.index("Subscribe"))
