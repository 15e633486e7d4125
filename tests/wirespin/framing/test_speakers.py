"""Who is who: roles, pronouns, and speakers of two texts held against one another."""

from __future__ import annotations

import pytest

from wirespin.framing.phrases import role_of
from wirespin.framing.speakers import same_speaker
from wirespin.framing.view import FramingView
from wirespin.text.document import Document


def view(body: str) -> FramingView:
    return FramingView(Document(body, language="en"))


def last_speaker(body: str) -> tuple[str | None, str | None]:
    source = view(body).speech[-1].source
    assert source is not None
    return source.surname, source.role


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Governor Tomas Brazdil came. The governor said no.", ("brazdil", "governor")),
        ("Gov. Tomas Brazdil came. The governor said no.", ("brazdil", "governor")),
        ("Health minister Jana Hudcova came. The minister said no.", ("hudcova", "minister")),
        ("Jana Hudcova, the health minister, came. The minister said no.", ("hudcova", "minister")),
        ("Governor Brazdil met Governor Reyes. The governor said no.", (None, "governor")),
        ("Governor Brazdil came. A governor said no.", (None, "governor")),
        ("A surgeon at the clinic, Ana Reyes, said no.", ("reyes", None)),
        ("No, said a surgeon at the clinic, Ana Reyes.", ("reyes", "surgeon")),
        ("Police came. Officials at the port said no.", (None, "official")),
    ],
)
def test_a_role_stands_for_the_one_person_introduced_with_it(
    body: str, expected: tuple[str | None, str | None]
) -> None:
    assert last_speaker(body) == expected


@pytest.mark.parametrize(
    ("body", "surname"),
    [
        ("Veit said no. He said it twice.", "veit"),
        ("Veit said no. The gate was shut. He said it twice.", "veit"),
        ("Ms. Reyes and Mr. Veit came. He said no.", "veit"),
        ("Mr. Veit met Ms. Reyes. She said no.", "reyes"),
        ("Hudcova praised Veit, Reyes said. She said it twice.", "reyes"),
        ("Veit said no. He praised Reyes. He said it twice.", "veit"),
        ("Veit said yes. The plan was that of Reyes and all her friends, he said.", "veit"),
        ("The Ministry said no. He said it twice.", None),
        ("It rained. He said no.", None),
        ("Jonas Veit came. Veit wept. Northline said it would pay. He said no.", "veit"),
    ],
)
def test_pronouns_are_led_back_to_who_spoke_or_was_named(body: str, surname: str | None) -> None:
    assert last_speaker(body)[0] == surname


def test_a_pronoun_keeps_its_own_place_and_that_of_the_name() -> None:
    seen = view("Jonas Veit said no. He said it twice.")
    source = seen.speech[-1].source
    assert source is not None
    assert (seen.text(source.span), source.pronoun) == ("He", "he")
    assert seen.text(source.name or (0, 0)) == "Jonas Veit"


@pytest.mark.parametrize(
    ("original", "copy", "same"),
    [
        ("Jana Hudcova said no.", "Minister Hudcova said no.", True),
        ("Health minister Jana Hudcova came. Hudcova said no.", "The minister said no.", True),
        ("The minister said no.", "Jana Hudcova, the minister, came. Hudcova said no.", True),
        ("Kim Jong Un said no.", "Kim said no.", True),
        ("A spokesman said no.", "The spokesmen said no.", True),
        ("Jana Hudcova said no.", "Jonas Veit said no.", False),
        ("Witnesses said no.", "Police said no.", False),
        ("Health minister Jana Hudcova came. Hudcova said no.", "The governor said no.", False),
    ],
)
def test_two_descriptions_of_one_speaker(original: str, copy: str, same: bool) -> None:
    left, right = view(original), view(copy)
    first, second = left.speech[-1].source, right.speech[-1].source
    assert first is not None
    assert second is not None
    assert same_speaker((left.people, first), (right.people, second)) is same
    assert same_speaker((right.people, second), (left.people, first)) is same


@pytest.mark.parametrize(
    ("norm", "role"),
    [
        ("ministers", "minister"),
        ("gov", "governor"),
        ("ministry's", "ministry"),
        ("ministries", "ministry"),
        ("witnesses", "witness"),
        ("tree", ""),
    ],
)
def test_one_form_of_a_role(norm: str, role: str) -> None:
    assert role_of(norm) == role
