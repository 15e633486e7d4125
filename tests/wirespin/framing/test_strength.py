"""Claims of cause and effect stand on the right step of the ladder."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirespin.framing.strength import CAN, CAUSE, MAY, OPEN, TIE, claims, strength


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("late dinners are linked to poor sleep", TIE),
        ("night workers are more likely to fall ill", TIE),
        ("late dinners may be linked to poor sleep", MAY),
        ("grip strength predicts how long people live", OPEN),
        ("late dinners could ruin your sleep", MAY),
        ("the drug might one day spare patients the knife", MAY),
        ("a walk before lunch can lift the mood", CAN),
        ("late dinners ruin your sleep", CAUSE),
        ("a pill that prevents migraines", CAUSE),
        ("noise is to blame for poor sleep", CAUSE),
    ],
)
def test_the_first_claim_has_its_step(text: str, step: int) -> None:
    claim = strength(text.split())
    assert claim is not None
    assert claim.step == step


@pytest.mark.parametrize("text", ["the minister met her colleagues", "a sharp increase in the number of owls", ""])
def test_other_statements_make_no_claim(text: str) -> None:
    assert strength(text.split()) is None


def test_a_softener_does_not_reach_over_the_sentence() -> None:
    text = "it may rain on sunday and in any case noise ruins sleep"
    assert [claim.step for claim in claims(text.split())] == [CAUSE]


@given(st.lists(st.sampled_from("may can cause linked to help the risk of more likely could cut sleep".split())))
def test_claims_lie_in_the_row_and_in_order(words: list[str]) -> None:
    found = claims(words)
    assert found == sorted(found)
    assert all(0 <= claim.first < claim.last <= len(words) and TIE <= claim.step <= CAUSE for claim in found)
