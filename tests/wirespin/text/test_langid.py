"""The walk over all places at once says what the package says."""

from __future__ import annotations

from functools import lru_cache

import py3langid
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wirespin.text.langid import Identifier

TEXTS = (
    "The central bank raised its main interest rate on Thursday, saying wages had grown faster than expected.",
    "DIE ZENTRALBANK HAT AM DONNERSTAG DEN LEITZINS ERHÖHT",
    "La banque centrale a relevé jeudi son taux directeur en raison de la hausse des salaires.",
    "Центральный банк в четверг повысил ключевую ставку из-за быстрого роста заработной платы.",
    "中国人民银行周四宣布上调基准利率，称工资增长快于预期，通胀压力依然存在。",
    "ธนาคารกลางปรับขึ้นอัตราดอกเบี้ย",
    "Cafe\u0301 et the\u0301, deux fois",
    "ab",
    "der",
)


@lru_cache(maxsize=1)
def identifier() -> Identifier:
    return Identifier()


@pytest.mark.parametrize("text", TEXTS)
def test_the_answer_is_the_packages(text: str) -> None:
    assert identifier().classify(text) in (py3langid.classify(text)[0], None)


@pytest.mark.parametrize("text", TEXTS[:7])
def test_a_sentence_has_an_answer(text: str) -> None:
    assert identifier().classify(text) is not None


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([*" ".join(TEXTS), "the ", "und ", "ção", "\ud800", "\x00"]), min_size=1, max_size=80))
def test_any_mixture_is_taken_for_the_same_language(pieces: list[str]) -> None:
    text = "".join(pieces)
    found = identifier().classify(text)
    assert found is None or found == py3langid.classify(text)[0]


@pytest.mark.parametrize("text", ["", "1", "\x00\x00"])
def test_what_has_no_letters_has_no_language(text: str) -> None:
    assert identifier().classify(text) is None
