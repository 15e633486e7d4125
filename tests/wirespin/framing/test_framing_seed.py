"""The changes that docs/seed-report.md lists as found are found in the seeds, and nothing else is."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from schemas.events import Finding
from wirespin import compare
from wirespin.seedfile import parse_seed

ROOT = Path(__file__).parents[3]
REPORT = (ROOT / "docs" / "seed-report.md").read_text(encoding="utf-8")
FOUND = [
    ("headline_spin", "Kim and Putin", None),
    ("editorializing", "one of the most unlikely events taking place", None),
    ("attribution_changed", "Russian state media", None),
    ("attribution_changed", "'praised'", None),
    ("editorializing", "clearly suggesting", None),
    ("doubt_added", "'accused' became 'claims'", "against the United States"),
    ("doubt_removed", "'claimed' became 'said'", "for the United States"),
    ("doubt_added", "denied as false by Pyongyang", "against the United States"),
    ("agency_shift", "'because Russia is", None),
    ("label_change", "Wagner 'mercenary'", "for Wagner"),
    ("label_change", "North Korea 'impoverished'", None),
    ("editorializing", "It is also worth noting'", None),
    ("editorializing", "'interesting to see'", None),
    ("credit_removed", "AFP", None),
]
"""Device, words of the explanation or of the copy, and direction, in the order of the report."""


@cache
def findings() -> tuple[Finding, ...]:
    paths = sorted((ROOT / "seeds").glob("0*.txt"))
    original, copy = (parse_seed(path.read_text(encoding="utf-8"), path.stem) for path in paths)
    return tuple(compare(original, copy).framing.devices)


def shows(finding: Finding, device: str, words: str) -> bool:
    return finding.device == device and (words in finding.explanation or words in finding.rewritten)


@pytest.mark.parametrize(("device", "words", "favours"), FOUND)
def test_a_listed_change_is_found(device: str, words: str, favours: str | None) -> None:
    [finding] = [one for one in findings() if shows(one, device, words)]
    assert finding.favours == favours


def test_every_finding_is_a_listed_change() -> None:
    assert len(findings()) == len(FOUND)
    assert all(any(shows(one, device, words) for device, words, _ in FOUND) for one in findings())


def test_the_report_lists_what_is_found() -> None:
    rows = re.findall(r"^\| \d+ \| .+ \| (\w+)[^|]* \|$", REPORT, re.MULTILINE)
    named = [row for row in rows if row not in ("missed", "shown")]
    assert named == [device for device, _, _ in FOUND]
    assert f"Found: {len(FOUND)} of {len(rows)}" in REPORT
