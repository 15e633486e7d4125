"""Of two texts that say the same, the one with more loaded words is the more slanted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.slant.model import Model, features, model, slant

PLAIN = "The minister told the union that the two yards at Orsk would close in May."
TEXTS = st.lists(
    st.sampled_from("the a brilliant minister said claimed, regime 12 quickly ! shamefully yards closed".split()),
    max_size=12,
).map(" ".join)


@pytest.mark.parametrize(
    "loaded",
    [
        "The disgraced minister told the union that the two yards at Orsk would close in May.",
        "The minister shamefully told the union that the two yards at Orsk would close in May.",
        "The minister told the terrorist union that the two yards at Orsk would close in May.",
    ],
)
def test_a_loaded_word_slants(loaded: str) -> None:
    assert slant(PLAIN, loaded) > 0 > slant(loaded, PLAIN)


def test_words_that_vouch_for_nothing_make_a_text_plainer() -> None:
    told = "The yards at Orsk closed as the owner ran out of money."
    assert slant(told, "The yards at Orsk closed as the owner allegedly ran out of money.") < slant(
        told, "The yards at Orsk closed as the owner shamefully ran out of money."
    )


@given(TEXTS, TEXTS)
def test_exchanging_the_texts_turns_the_sign_round(before: str, after: str) -> None:
    there, back = features(before, after, {"regim": 1.0}), features(after, before, {"regim": 1.0})
    assert there == {name: -value for name, value in back.items()}
    assert slant(before, after) == pytest.approx(-slant(after, before))


@given(TEXTS)
def test_a_text_is_not_more_slanted_than_itself(text: str) -> None:
    assert features(text, text, {}) == {}


def test_other_weights_can_be_given() -> None:
    chosen = Model({"word.glad": 2.0, "ins.marked": 1.0}, {"glad": 3.0})
    assert slant("they left", "they left glad", chosen) == pytest.approx(3.5)


def test_weights_hold_single_words_only() -> None:
    assert all(stem.isalnum() or "'" in stem or "." in stem or "," in stem for stem in model().stems)
    assert all(" " not in name for name in model().weights)
