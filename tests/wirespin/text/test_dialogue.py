"""Speech behind dashes."""

from __future__ import annotations

import pytest

from wirespin.text.dialogue import dialogue
from wirespin.text.document import Document


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("– Nie mamy pieniędzy – powiedziała Nowak. – Trudno.", ["Nie mamy pieniędzy", "Trudno."]),
        ("— No iremos —dijo Pérez—. No hay dinero.", ["No iremos", "No hay dinero."]),
        ("— Мы не будем, — сказал Иванов. — Денег нет.", ["Мы не будем", "Денег нет."]),
        ("— ¿Por qué? —preguntó.", ["¿Por qué?"]),
        ("– La empresa cierra dos plantas en mayo", []),
        ("– Madrid – Barcelona en tres horas", []),
        ("La empresa – dijo – cierra.", []),
        ("—", []),
    ],
)
def test_speech_ends_where_the_writer_s_words_begin(text: str, spoken: list[str]) -> None:
    assert [text[start:end] for start, end in dialogue(text, (0, len(text)))] == spoken


def test_a_long_passage_between_dashes_is_no_writer_s_aside() -> None:
    text = "— Primero — " + "palabra " * 25 + "— segundo."
    assert dialogue(text, (0, len(text))) == []


def test_only_languages_that_quote_so_are_read_so() -> None:
    text = "– Nie mamy pieniędzy – powiedziała Nowak. – Trudno."
    assert len(Document(text, language="pl").quotations) == 2
    assert Document(text, language="en").quotations == []


def test_marks_and_dashes_do_not_count_twice() -> None:
    text = "– Mówił: „nie mamy pieniędzy” – powiedziała Nowak."
    [(start, end)] = Document(text, language="pl").quotations
    assert text[start:end] == "Mówił: „nie mamy pieniędzy”"
