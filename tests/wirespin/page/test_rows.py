"""Two texts side by side: each complete and in its own order, beside what it was made of."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from wirespin.framing.pair import Pair
from wirespin.framing.view import view_of
from wirespin.page.rows import ROW, Link, Row, heaviest, rows
from wirespin.page.units import units
from wirespin.text.document import Document

SENTENCES = (
    "The finance minister raised the tax on imported fuel to nine percent.",
    "Opposition leaders in parliament rejected the budget as unfair.",
    "A hospital in the northern town of Vik treated forty patients.",
    "Researchers counted three hundred whales near the frozen harbour.",
    "The football club sold its goalkeeper for two million crowns.",
)


def laid(original: list[str], copy: list[str], gap: str = "\n\n") -> tuple[list[Row], str, str]:
    left, right = gap.join(original), gap.join(copy)
    pair = Pair(view_of(Document(left, language="en")), view_of(Document(right, language="en")))
    return rows(pair, units(pair.original), units(pair.copy)), left, right


def shown(found: tuple[list[Row], str, str]) -> list[tuple[str, str, str]]:
    of_rows, left, right = found
    return [
        (
            row.kind,
            "".join(left[unit.start : unit.end] for unit in row.original).strip(),
            "".join(right[unit.start : unit.end] for unit in row.copy).strip(),
        )
        for row in of_rows
    ]


def test_the_same_text_stands_beside_itself() -> None:
    assert shown(laid([*SENTENCES], [*SENTENCES])) == [("linked", one, one) for one in SENTENCES]


def test_what_is_left_out_stands_where_it_stood_and_what_is_added_where_it_stands() -> None:
    a, b, c, d, e = SENTENCES
    assert shown(laid([a, b, c, e], [a, c, d, e])) == [
        ("linked", a, a),
        ("left_out", b, ""),
        ("linked", c, c),
        ("added", "", d),
        ("linked", e, e),
    ]


def test_what_moved_is_told_of_on_both_sides() -> None:
    a, b, c, d, _ = SENTENCES
    found = laid([a, b, c, d], [d, a, b, c])
    assert shown(found) == [
        ("moved_here", "", d),
        ("linked", a, a),
        ("linked", b, b),
        ("linked", c, c),
        ("moved_away", d, ""),
    ]
    assert (found[0][0].others, found[0][-1].others) == ((3,), (0,))


def test_sentences_of_a_paragraph_share_a_row_as_long_as_it_is_short() -> None:
    found = laid([*SENTENCES] * 3, [*SENTENCES] * 3, " ")[0]
    assert 1 < len(found) < 15
    assert all(row.original[-1].end - row.original[0].start <= ROW for row in found)
    assert [row.kind for row in laid([*SENTENCES], [*SENTENCES])[0]] == ["linked"] * 5, "paragraphs have their own"


def test_texts_that_share_no_sentence_stand_side_by_side() -> None:
    (row,) = laid([SENTENCES[0]], [SENTENCES[3], SENTENCES[4]])[0]
    assert (row.kind, len(row.original), len(row.copy)) == ("unaligned", 1, 2)
    (row,) = laid([], [])[0]
    assert row.kind == "unaligned"


mixed = st.lists(st.sampled_from([*SENTENCES, "Share this", "Read more | here", "He said so."]), max_size=8)


@given(mixed, mixed, st.sampled_from([" ", "\n", "\n\n"]))
def test_either_side_is_all_of_its_body_in_order(original: list[str], copy: list[str], gap: str) -> None:
    found, left, right = laid(original, copy, gap)
    assert "".join(left[unit.start : unit.end] for row in found for unit in row.original) == left
    assert "".join(right[unit.start : unit.end] for row in found for unit in row.copy) == right
    for row in found:
        assert (row.kind in ("moved_here", "moved_away")) == bool(row.others)


links = st.lists(
    st.tuples(st.tuples(st.integers(0, 4), st.integers(0, 4)), st.sampled_from([0.5, 1.0, 2.0, 5.0])),
    max_size=7,
    unique_by=lambda link: link[0],
)


@given(links)
def test_the_chain_is_the_heaviest_that_does_not_cross(given_: list[tuple[Link, float]]) -> None:
    weights = dict(given_)
    found = heaviest(given_)
    assert _uncrossed(found)
    assert sum(weights[link] for link in found) == max(
        sum(weights[link] for link in some)
        for size in range(len(weights) + 1)
        for some in combinations(sorted(weights), size)
        if _uncrossed(list(some))
    )


def _uncrossed(found: list[Link]) -> bool:
    return all(a[0] <= b[0] and a[1] <= b[1] for a, b in combinations(found, 2))
