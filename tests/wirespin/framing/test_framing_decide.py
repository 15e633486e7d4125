"""The verdict: monotone, capped, and deaf to single weak signals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.events import Altered, Finding
from tests.wirespin.framing.framing_texts import document, edited
from wirespin.framing import Thresholds
from wirespin.framing.decide import ALERT, DEFAULT, GROUPS, RAMPS, UNSURE, score, weighing
from wirespin.framing.pair import Pair
from wirespin.framing.view import view_of
from wirespin.text.document import Document

VERBATIM = Pair(view_of(document()), view_of(document()))
EDITED = Pair(view_of(document()), view_of(document(edited(("14 life rafts", "a good dozen of the rafts on board")))))
FOREIGN = Pair(view_of(document()), view_of(document("A single sentence tells of the fine in words of its own.")))

spans = st.none() | st.tuples(st.integers(0, 300), st.integers(301, 600))
findings = st.builds(
    Finding,
    device=st.sampled_from(sorted(GROUPS)),
    severity=st.floats(0, 1).map(lambda value: round(value, 3)),
    explanation=st.just("x"),
    original=st.just("x"),
    original_span=spans,
    rewritten=st.just("x"),
    rewritten_span=spans,
)


@given(st.lists(findings, max_size=8), findings, st.sampled_from([VERBATIM, EDITED, FOREIGN]))
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
    assert DEFAULT.verdict(score(VERBATIM, [weak])) == "no"


def test_a_lost_or_kept_credit_weighs_nothing() -> None:
    credit = [Finding(device=one, severity=1.0, explanation="x") for one in ("credit_removed", "credit_kept")]
    assert score(VERBATIM, credit) == score(VERBATIM, [])


def test_one_verb_told_of_in_two_ways_weighs_once() -> None:
    verb = [
        Finding(device=one, severity=0.5, explanation="x", rewritten="x", rewritten_span=(3, 9))
        for one in ("doubt_removed", "attribution_changed")
    ]
    assert score(VERBATIM, verb) == score(VERBATIM, verb[:1])
    elsewhere = verb[1].model_copy(update={"rewritten_span": (30, 39)})
    assert score(VERBATIM, [verb[0], elsewhere]) > score(VERBATIM, verb)


def test_every_group_is_weighed_and_capped_and_noise_is_no_reward() -> None:
    rule = weighing()
    assert set(GROUPS.values()) == set(rule.caps) == set(rule.weights)
    assert set(rule.noise) | set(RAMPS) <= set(rule.caps)
    assert all(value >= 0 for value in [*rule.caps.values(), *rule.noise.values(), *rule.weights.values()])
    assert rule.slope > 0
    for ramp in RAMPS.values():
        assert list(ramp) == sorted(ramp)


def test_a_change_of_words_weighs_more_the_more_of_the_wording_is_kept() -> None:
    changed = [Finding(device="loaded_language", severity=0.9, explanation="x")]
    assert score(FOREIGN, changed) < score(EDITED, changed) <= score(VERBATIM, changed)


@pytest.mark.parametrize(
    ("value", "altered"),
    [(0.0, "no"), (UNSURE - 0.01, "no"), (UNSURE, "unsure"), (ALERT - 0.01, "unsure"), (ALERT, "yes")],
)
def test_the_verdict_has_a_band_of_doubt(value: float, altered: Altered) -> None:
    assert DEFAULT.verdict(value) == altered


@given(st.floats(0, 1), st.floats(0.01, 1), st.floats(0.01, 1))
def test_a_higher_threshold_never_accuses_more(value: float, one: float, other: float) -> None:
    low, high = Thresholds(min(one, other), 0.0), Thresholds(max(one, other), 0.0)
    assert high.verdict(value) != "yes" or low.verdict(value) == "yes"


def test_of_one_paragraph_left_out_only_the_gravest_counts() -> None:
    first, second, third = "One thing is so.", "Another thing is so.", "A third thing is so."
    pair = Pair(view_of(Document(f"{first} {second}\n\n{third}")), view_of(Document(third)))
    left_out = [_omission(0, len(first)), _omission(len(first) + 1, len(first) + 1 + len(second))]
    apart = [left_out[0], _omission(len(first) + len(second) + 3, len(first) + len(second) + 3 + len(third))]
    assert score(pair, left_out) == score(pair, left_out[:1]) < score(pair, apart)


def _omission(start: int, end: int) -> Finding:
    return Finding(device="omission", original="x", original_span=(start, end), severity=0.4, explanation="left out")
