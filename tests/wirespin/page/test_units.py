"""A body in pieces: nothing lost, lines that are no article apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wirespin.framing.view import view_of
from wirespin.page.units import Unit, units
from wirespin.text.document import Document

pieces = st.sampled_from(
    [
        "The bridge is safe. ",
        "He said so.",
        "\n",
        "\n\n",
        "\r\n",
        " ",
        "…",
        "* * *",
        "Read more",
        "PARIS (AFP) - ",
        "\u2028",
    ]
)


def texts(body: str, found: list[Unit]) -> list[str]:
    return [body[unit.start : unit.end] for unit in found]


def test_sentences_paragraphs_and_lines() -> None:
    body = "\n PARIS (AFP) - One is here. Two is here.\n\nThree is here. [Read more]\nShare this\n"
    spans = ((16, 41), (43, 57))
    found = units(view_of(Document(body, spans=spans)))
    assert texts(body, found) == [
        *["\n PARIS (AFP) - One is here. ", "Two is here.\n\n", "Three is here. [Read more]\n", "Share this\n"],
    ]
    assert [unit.sentence for unit in found] == [0, 1, 2, None]
    assert [unit.paragraph for unit in found] == [1, 1, 2, 2]
    assert [unit.begins for unit in found] == [True, False, True, True]


def test_a_body_without_sentences_is_one_unit() -> None:
    assert units(view_of(Document(""))) == [Unit(0, 0, None, 1, True)]
    assert texts("* * *", units(view_of(Document("* * *")))) == ["* * *"]


@given(st.lists(pieces, max_size=12).map("".join), st.data())
def test_units_are_all_of_the_body_in_order(body: str, data: st.DataObject) -> None:
    ends = sorted(data.draw(st.lists(st.integers(0, len(body)), max_size=4)))
    spans = tuple((a, b) for a, b in zip(ends[::2], ends[1::2], strict=False) if a < b) or None
    view = view_of(Document(body, spans=spans))
    found = units(view)
    assert "".join(texts(body, found)) == body
    assert [unit.sentence for unit in found if unit.sentence is not None] == list(range(len(view.sentences)))
    for unit in found:
        if unit.sentence is not None:
            sentence = view.sentences[unit.sentence]
            assert unit.start <= sentence.start < sentence.end <= unit.end
