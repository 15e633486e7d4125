"""Names told by their capitals."""

from __future__ import annotations

import pytest

from wirespin.framing.names import RUN
from wirespin.framing.spelling import unaccented
from wirespin.framing.view import FramingView
from wirespin.text.document import Document


def names(body: str) -> list[str]:
    view = FramingView(Document(body, language="en"))
    return [view.text(view.words_span(name.first, name.last)) for name in view.people.named]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("On Monday Jonas Veit met Ana de la Cruz in Almery.", ["Jonas Veit", "Ana de la Cruz", "Almery"]),
        ("The Department of Justice sued Jonas Veit of Almery.", ["Department of Justice", "Jonas Veit", "Almery"]),
        ("Dr. J. R. Veit Jr. came.", ["J. R. Veit Jr"]),
        ("Veit came. Reyes went.", ["Veit", "Reyes"]),
        ("Almery's Ana Reyes came.", ["Almery's", "Ana Reyes"]),
        ('Veit read "The Lost Harbour" twice.', ["Veit"]),
        ("Indeed, nobody came.", []),
    ],
)
def test_names_outside_quotations(body: str, expected: list[str]) -> None:
    assert names(body) == expected


def test_a_line_in_capitals_is_no_endless_name() -> None:
    assert max(len(name.split()) for name in names("VEIT REYES " * 40 + "came.")) <= RUN


def test_a_surname_is_no_junior() -> None:
    view = FramingView(Document("Jonas Veit Jr. said no.", language="en"))
    assert view.people.named[0].surname == "veit"


@pytest.mark.parametrize(("name", "plain"), [("bragança", "braganca"), ("veit", "veit"), ("łuk", "łuk")])
def test_accents(name: str, plain: str) -> None:
    assert unaccented(name) == plain
