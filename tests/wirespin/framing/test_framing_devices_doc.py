"""The document of the devices names each of them, and its examples are true."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from schemas.events import Device
from tests.wirespin.framing.test_framing_properties import check_offsets
from wirespin.framing import compare_framing
from wirespin.text.document import Document

DOCUMENT = (Path(__file__).parents[3] / "docs" / "devices.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", DOCUMENT, re.DOTALL | re.MULTILINE))
CREDITS = ("credit_removed", "credit_kept")
BEFORE = """\
The Port of Almery closed the western quay on Monday after a survey of its foundations.

Work is to begin in the second week of June and will take five months, according to the timetable."""
BEHIND = """\
Lorries are led through the northern gate until then. The fish market stays open on weekdays.

The quay was built in 1931 and widened twice, in 1958 and in 1987, when the first car ferry came."""


def report(middle: str) -> str:
    return "\n\n".join([BEFORE, *middle.split(" / "), BEHIND])


def lines(device: str, label: str) -> list[str]:
    return re.findall(rf"^> {label}: (.+)$", SECTIONS[device], re.MULTILINE)


def found(device: str, original: str, copy: str, headlines: tuple[str, str] = ("Quay", "Quay")) -> bool:
    left, right = (
        Document(report(text), headline, language="en")
        for text, headline in zip((original, copy), headlines, strict=True)
    )
    result = compare_framing(left, right)
    check_offsets(result, left, right)
    return any(finding.device == device for finding in result.devices)


def examples() -> list[tuple[str, str, str]]:
    return [
        (device, original, copy)
        for device in SECTIONS
        for original, copy in zip(lines(device, "original"), lines(device, "copy"), strict=True)
    ]


def test_each_device_has_a_section() -> None:
    assert set(get_args(Device)) <= SECTIONS.keys()


@pytest.mark.parametrize("device", [device for device in get_args(Device) if device not in CREDITS])
def test_each_section_has_two_examples_and_a_fair_one(device: str) -> None:
    kind = " headline" if device == "headline_spin" else ""
    assert len(lines(device, f"copy{kind}")) == 2
    assert len(lines(device, f"fair{kind}")) == 1


@pytest.mark.parametrize(("device", "original", "copy"), examples())
def test_the_examples_fire(device: str, original: str, copy: str) -> None:
    assert found(device, original, copy)


@pytest.mark.parametrize("device", [device for device in SECTIONS if lines(device, "fair")])
def test_the_fair_ones_do_not(device: str) -> None:
    [fair] = lines(device, "fair")
    originals = lines(device, "original")
    near = max(originals, key=lambda text: len(set(text.split()) & set(fair.split())))
    assert not found(device, near, fair)


def test_the_headlines_fire_and_the_fair_one_does_not() -> None:
    middle = "The harbour board fined the ferry operator over alleged safety breaches."
    originals, copies = lines("headline_spin", "headline"), lines("headline_spin", "copy headline")
    for original, copy in zip(originals, copies, strict=True):
        assert found("headline_spin", middle, middle, (original, copy))
    [fair] = lines("headline_spin", "fair headline")
    assert not found("headline_spin", middle, middle, (originals[0], fair))


@pytest.mark.parametrize("device", SECTIONS)
def test_each_section_says_what_it_tells_of_direction(device: str) -> None:
    assert device == "Direction" or "Direction:" in SECTIONS[device]
