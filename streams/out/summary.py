"""An event in a few words, for those who see no more of it than a message: a line, a paragraph, a page of HTML."""

from __future__ import annotations

import re

from schemas.events import Alert, Event, Finding
from wirespin import plain
from wirespin.page.markup import Html, element, joined, line, link

STRONGEST = 5
"""Findings that are shown; the desk and the event have all of them."""

LONGEST = 280
"""Characters of a quoted text: enough to see what changed, too few to be a copy of the article."""

CLAIM = (
    "Found by comparing two texts. It says what differs between them, not who changed it or why; "
    "read both before you repeat it."
)
"""What an alert does and does not claim."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def headline(event: Event) -> str:
    """One line: the verdict, the copy's headline, who printed it."""
    name = line(event.copy_.headline) or "(no headline)"
    return _cut(f"{plain.verdict(event)}: {name} – {line(event.copy_.publisher or 'an unnamed outlet')}")


def in_short(event: Event) -> str:
    """One paragraph without markup: whose story, how much of it, and the strongest findings."""
    findings = event.framing.devices
    said = "; ".join(line(_sentence(finding)) for finding in findings[:STRONGEST])
    more = len(findings) - STRONGEST
    source = f"From {line(event.original.wire or 'a wire')}: “{_cut(line(event.original.headline))}”."
    told = f" {said}{f'; and {more} more' if more > 0 else ''}." if said else ""
    return f"{source} Reuse {line(plain.reuse(event.reuse))}.{told}"


def details(event: Event) -> Html:
    """HTML without style or script: both headlines, the strongest findings with their texts, what speaks against."""
    findings = event.framing.devices
    more = len(findings) - STRONGEST
    return joined(
        _sides(event),
        element("ol", *(_finding(finding, event.copy_.language) for finding in findings[:STRONGEST])),
        element("p", f"And {more} more.") if more > 0 else Html(""),
        _against(event),
        element("p", element("small", CLAIM)),
    )


def _sides(event: Event) -> Html:
    original, copy = event.original, event.copy_
    rows = (
        ("Original", original.headline, original.wire, original.published, original.date_source, original.url),
        ("Copy", copy.headline, copy.publisher, copy.published, copy.date_source, copy.url),
    )
    paragraphs = [
        element(
            "p",
            element("b", f"{label}: "),
            element("bdi", _cut(line(name)) or "(no headline)"),
            f" – {line(who or 'unnamed')}, {line(plain.date(when, source))} ",
            link(url) if url else "",
        )
        for label, name, who, when, source, url in rows
    ]
    facts = (
        ("Reuse", plain.reuse(event.reuse)),
        ("Credit", plain.credit(event.credit, event.original.wire)),
        ("Source", plain.direction(event)),
    )
    told = [element("li", f"{label}: {line(text)}") for label, text in facts]
    kind = "Alert" if isinstance(event, Alert) else "Republication"
    return joined(element("p", f"{kind}. {plain.verdict(event)}."), *paragraphs, element("ul", *told))


def _finding(finding: Finding, language: str) -> Html:
    texts = [("Original", finding.original), ("Copy", finding.rewritten)]
    lang = language if _LANGUAGE.fullmatch(language) else None
    quoted = [
        element("blockquote", element("b", f"{label}: "), element("bdi", _cut(line(text)), lang=lang))
        for label, text in texts
        if text
    ]
    return element("li", element("p", line(_sentence(finding))), *quoted)


def _sentence(finding: Finding) -> str:
    """What was found, in a sentence of its own."""
    whom = f" ({plain.favours(finding)})" if finding.favours else ""
    place = ", in the headline" if finding.where == "headline" else ""
    return f"{plain.device_name(finding.device)}{place}: {finding.explanation.rstrip('.')}{whom}"


def _against(event: Event) -> Html:
    if not event.framing.against:
        return Html("")
    lines = (element("li", line(one)) for one in event.framing.against)
    return joined(element("p", "What speaks against it:"), element("ul", *lines))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"
