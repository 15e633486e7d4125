"""The head of the page: the verdict, what shows it, what speaks against it, and the facts of the pair."""

from __future__ import annotations

from schemas.events import CopyRef, Event, OriginalRef
from wirespin import plain
from wirespin.framing.view import SENTENCES
from wirespin.page.findings import STRONGEST, summary
from wirespin.page.markup import NOTHING, Html, element, joined, line, link
from wirespin.page.texts import Texts

LEADS = {
    "yes": "The copy tells the story with another framing than the original. The evidence follows.",
    "unsure": "The comparison cannot tell: the differences below are for a person to weigh.",
    "no": "No altered framing was found. What differs is marked below.",
}
"""What the verdict means, in a sentence."""


def heading(event: Event) -> Html:
    """The head of the page."""
    derived = event.relation == "republication"
    lead = (
        LEADS[event.framing.altered]
        if derived
        else "Their wording is compared below; nothing is said of their framing."
    )
    return element(
        "header",
        element("p", "Framing comparison", class_="kicker"),
        element("h1", plain.verdict(event)),
        element("p", lead, class_="lead"),
        element("p", *_who(event), class_="who"),
        class_=event.framing.altered if derived else "none",
    )


def evidence(event: Event, texts: Texts) -> Html:
    """The strongest findings, and what speaks against them, side by side."""
    devices = event.framing.devices
    numbered = list(enumerate(devices, 1))[:STRONGEST]
    rest = len(devices) - len(numbered)
    more = (
        element("p", element("a", f"All {len(devices)} findings", href="#findings"), class_="more") if rest else NOTHING
    )
    found = summary(numbered, texts) if numbered else element("p", "No finding.", class_="none")
    derived = event.relation == "republication"
    title = "Strongest evidence" if derived and event.framing.altered == "yes" else "Largest differences"
    return element(
        "div",
        element("section", element("h2", title), found, more, class_="evidence"),
        element("div", _against(event) if derived else NOTHING, _facts(event, texts), class_="beside"),
        class_="glance",
    )


def _who(event: Event) -> list[Html]:
    """Copy and original by name, in a line each."""
    lines = []
    for label, ref, name in (
        ("Copy", event.copy_, event.copy_.publisher),
        ("Original", event.original, event.original.wire or event.original.publisher),
    ):
        who = joined(" · ", element("bdi", line(name))) if name else NOTHING
        headline = element("bdi", element("b", line(ref.headline) or "(no headline)"))
        lines.append(element("span", f"{label}: ", headline, who, f" · {plain.date(ref.published, ref.date_source)}"))
    return lines


def _against(event: Event) -> Html:
    said = event.framing.against or ["Nothing that the comparison looks for."]
    items = (element("li", line(one), dir="auto") for one in said)
    title = "What speaks against" + ("" if event.framing.altered == "yes" else " an altered framing")
    return element("section", element("h2", title), element("ul", *items), class_="against")


def _facts(event: Event, texts: Texts) -> Html:
    rows: list[tuple[str, str]] = [
        ("Relation", plain.RELATIONS[event.relation]),
        ("Reuse", plain.reuse(event.reuse)),
        ("Credit", line(plain.credit(event.credit, event.original.wire))),
        ("Direction", line(plain.direction(event))),
        ("Original", _reference(event.original)),
        ("Copy", _reference(event.copy_)),
    ]
    if event.original.stands_in:
        rows.append(("Stands in", "the earliest credited copy stands for the wire: no feed of the agency was read"))
    if event.framing.coverage == "partial":
        rows.append(("Coverage", "partial: the word lists do not know the language; other devices were used"))
    for name, side in (("original", texts.original), ("copy", texts.copy)):
        if len(side.view.document.sentences) > SENTENCES <= len(side.view.sentences):
            rows.append(("Compared", f"of the {name} only the first {SENTENCES} sentences"))
    rows.append(("Rules", event.rules))
    entries = (joined(element("dt", name), element("dd", value)) for name, value in rows)
    return element("section", element("h2", "The pair"), element("dl", *entries), class_="facts")


def _reference(ref: OriginalRef | CopyRef) -> Html:
    """Where an article stands."""
    name = element("bdi", line(ref.id), class_="id")
    return joined(link(ref.url), element("br"), name) if ref.url else name
