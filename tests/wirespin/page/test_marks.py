"""Marks that cross, nested properly."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from wirespin.page.marks import Marking, marked
from wirespin.page.markup import element

TEXT = "abc<def>ghi&jkl mno"


def test_crossing_marks_are_closed_and_opened_again() -> None:
    made = marked("abcdef", (0, 6), [Marking((0, 4), "mark", id="m"), Marking((2, 6), "del", rank=1)])
    assert made == '<mark id="m">ab<del>cd</del></mark><del>ef</del>'


def test_the_lower_rank_stands_outside_and_of_one_rank_the_longer() -> None:
    made = marked("abcd", (0, 4), [Marking((0, 2), "ins", rank=1), Marking((0, 2), "mark"), Marking((0, 4), "b")])
    assert made == "<b><mark><ins>ab</ins></mark>cd</b>"


def test_what_opens_outside_pushes_what_was_open_inside() -> None:
    made = marked("abcd", (0, 4), [Marking((0, 4), "del", rank=1), Marking((2, 4), "mark")])
    assert made == "<del>ab</del><mark><del>cd</del></mark>"


def test_only_the_first_piece_has_the_anchor_and_the_number() -> None:
    one = Marking((1, 5), "mark", id="o1", before=element("sup", "1"))
    assert marked("abcdef", (0, 3), [one]) == 'a<mark id="o1"><sup>1</sup>bc</mark>'
    assert marked("abcdef", (3, 6), [one]) == "<mark>de</mark>f"


def test_spans_outside_and_empty_ones_are_nothing() -> None:
    assert marked("abc", (1, 2), [Marking((0, 1), "b"), Marking((2, 3), "b"), Marking((1, 1), "b")]) == "b"


spans = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(lambda span: (min(span), max(span)))


@given(st.lists(st.tuples(spans, st.integers(0, 3)), max_size=8), spans)
def test_every_character_stands_in_exactly_its_marks(
    given_: list[tuple[tuple[int, int], int]], part: tuple[int, int]
) -> None:
    markings = [Marking(span, f"t{number}", rank=rank) for number, (span, rank) in enumerate(given_)]
    seen: list[tuple[str, set[str]]] = []
    stack: list[str] = []

    class Parser(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            stack.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert stack.pop() == tag

        def handle_data(self, data: str) -> None:
            seen.extend((sign, set(stack)) for sign in data)

    parser = Parser()
    parser.feed(marked(TEXT, part, markings))
    parser.close()
    expected = [
        (TEXT[at], {one.tag for one in markings if one.span[0] <= at < one.span[1]}) for at in range(part[0], part[1])
    ]
    assert seen == expected
    assert stack == []
