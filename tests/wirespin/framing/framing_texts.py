"""A short wire story for tests, and ways to make copies of it."""

from __future__ import annotations

from schemas.events import Finding, Framing
from wirespin.framing import compare_framing
from wirespin.text.document import Document

HEADLINE = "Harbour authority fines ferry operator over alleged safety breaches"
STORY = """\
The Port of Almery fined the ferry operator Northline 2.4 million euros on Monday over alleged safety breaches on the \
island route, the harbour authority said.

Inspectors found 14 life rafts without valid certificates in March, director Elin Marsh told reporters.

"We did not act in haste. We warned the company three times, and three times we were told to wait," Marsh said.

Northline denied the accusation and said that it would appeal against the fine.

"Not one passenger was ever in danger. The certificates had been renewed, but the paperwork was late," company \
spokesman Jonas Veit said.

About 300 protesters gathered outside the terminal in the evening. Police used batons to clear the entrance after \
bottles were thrown, and four people were hurt.

The union of ferry workers said the company had cut its technical staff by a third since 2019.

Northline carries 1.9 million passengers a year. In 2021 a court cleared it of similar charges for lack of evidence."""


def document(body: str = STORY, headline: str = HEADLINE) -> Document:
    return Document(body, headline, language="en")


def edited(*changes: tuple[str, str]) -> str:
    """The story with passages exchanged; each must stand in it once."""
    body = STORY
    for before, after in changes:
        assert body.count(before) == 1, before
        body = body.replace(before, after)
    return body


def framing(body: str = STORY, headline: str = HEADLINE) -> Framing:
    return compare_framing(document(), document(body, headline))


def of_device(result: Framing, device: str) -> list[Finding]:
    return [finding for finding in result.devices if finding.device == device]


def devices_of(result: Framing) -> set[str]:
    return {finding.device for finding in result.devices}
