"""Facts in plain words."""

from __future__ import annotations

import pytest

from schemas.events import CreditChange, Finding
from wirespin.plain import credit, date, device_name, favours, score, weight


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "under 0.01"),
        (0.0099, "under 0.01"),
        (0.01, "0.01"),
        (0.99, "0.99"),
        (0.9901, "over 0.99"),
        (1, "over 0.99"),
    ],
)
def test_no_score_is_nothing_or_certainty(value: float, said: str) -> None:
    assert score(value) == said


@pytest.mark.parametrize(
    ("published", "source", "said"),
    [
        (None, "missing", "no date"),
        (None, "future", "no date (future)"),
        ("2026-11-22T00:00:00Z", "date_only", "2026-11-22"),
        ("2026-11-22T10:30:00Z", "published_at", "2026-11-22 10:30:00 UTC"),
    ],
)
def test_a_date_is_no_more_exact_than_it_is_known(published: str | None, source: str, said: str) -> None:
    assert date(published, source) == said


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (None, ""),
        (" ", ""),
        ("for Brown", "works for Brown"),
        ("against  the\nunion", "works against the union"),
        ("Fortuna", "favours or blames: Fortuna"),
    ],
)
def test_whom_a_change_favours(given: str | None, said: str) -> None:
    assert favours(Finding(device="omission", severity=0.5, explanation="x", favours=given)) == said


def test_names_weights_and_credits() -> None:
    assert device_name("headline_spin") == "Headline spin"
    assert [weight(value) for value in (0.5, 0.49, 0.25, 0.24)] == ["strong", "moderate", "moderate", "slight"]
    assert credit(CreditChange(status="removed"), None) == "gone: the copy does not name the agency"
    assert credit(CreditChange(status="none"), "AFP") == "the original names no agency"
