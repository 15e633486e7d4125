"""The verdict: monotone, capped, and deaf to single weak signals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.events import Finding
from tests.wirespin.framing.framing_texts import document, edited
from wirespin.framing.decide import CAPS, GROUPS, NOISE, UNSURE, YES, score, verdict
from wirespin.framing.pair import Pair
from wirespin.framing.view import view_of
from wirespin.text.document import Document

VERBATIM = Pair(view_of(document()), view_of(document()))
EDITED = Pair(view_of(document()), view_of(document(edited(("14 life rafts", "a good dozen of the rafts on board")))))

findings = st.builds(
    Finding,
    device=st.sampled_from(sorted(GROUPS)),
    severity=st.floats(0, 1).map(lambda value: round(value, 3)),
    explanation=st.just("x"),
)


@given(st.lists(findings, max_size=8), findings, st.sampled_from([VERBATIM, EDITED]))
def test_a_further_finding_never_lowers_the_score(found: list[Finding], further: Finding, pair: Pair) -> None:
    assert score(pair, [*found, further]) >= score(pair, found)


@given(st.lists(findings, max_size=30))
def test_the_score_is_a_share_whatever_is_found_and_in_whatever_order(found: list[Finding]) -> None:
    value = score(VERBATIM, found)
    assert 0 <= value <= 1
    assert score(VERBATIM, list(reversed(found))) == value


@pytest.mark.parametrize("device", sorted(GROUPS))
def test_a_single_weak_signal_never_decides(device: str) -> None:
    weak = Finding(device=device, severity=0.3, explanation="x")
    assert verdict(score(VERBATIM, [weak])) == "no"


def test_a_lost_or_kept_credit_weighs_nothing() -> None:
    credit = [Finding(device=one, severity=1.0, explanation="x") for one in ("credit_removed", "credit_kept")]
    assert score(VERBATIM, credit) == score(VERBATIM, [])


def test_every_group_is_capped_and_noise_is_no_reward() -> None:
    assert set(GROUPS.values()) == set(CAPS)
    assert set(NOISE) <= set(CAPS)
    assert all(value >= 0 for value in [*CAPS.values(), *NOISE.values()])


@pytest.mark.parametrize(
    ("value", "altered"), [(0.0, "no"), (UNSURE - 0.01, "no"), (UNSURE, "unsure"), (YES - 0.01, "unsure"), (YES, "yes")]
)
def test_the_verdict_has_a_band_of_doubt(value: float, altered: str) -> None:
    assert verdict(value) == altered


def test_of_one_paragraph_left_out_only_the_gravest_counts() -> None:
    first, second, third = "One thing is so.", "Another thing is so.", "A third thing is so."
    pair = Pair(view_of(Document(f"{first} {second}\n\n{third}")), view_of(Document(third)))
    left_out = [_omission(0, len(first)), _omission(len(first) + 1, len(first) + 1 + len(second))]
    apart = [left_out[0], _omission(len(first) + len(second) + 3, len(first) + len(second) + 3 + len(third))]
    assert score(pair, left_out) == score(pair, left_out[:1]) < score(pair, apart)


def _omission(start: int, end: int) -> Finding:
    return Finding(device="omission", original="x", original_span=(start, end), severity=0.4, explanation="left out")
