"""One self-contained page of an event: no script, nothing loaded, everything escaped, the same bytes every time."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files

from schemas.accepted import Accepted
from schemas.article import Article
from schemas.events import Event
from wirespin.page.findings import full_list, meanings
from wirespin.page.heading import evidence, heading
from wirespin.page.markup import NOTHING, Html, element, joined, line
from wirespin.page.side import side
from wirespin.page.table import Table
from wirespin.page.texts import Texts
from wirespin.plain import verdict

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""Content Security Policy (level 3): the page has its own style and nothing else."""


SHEETS = ("style.css", "texts.css")
"""Style of the page, and of what shows the two texts, which stands on other pages too."""


@dataclass(frozen=True)
class Sections:
    """What a page of an event is made of.

    Attributes:
        heading: the verdict and the names of the two, a `header`.
        evidence: the strongest findings, what speaks against them, and the facts of the pair.
        texts: the legend and both texts side by side, the findings in the margin.
        findings: all findings in full and what their names mean; nothing where there are none.
    """

    heading: Html
    evidence: Html
    texts: Html
    findings: Html


def sections(event: Event, original: Article | Accepted, copy: Article | Accepted) -> Sections:
    """The parts of an event's page, for pages that have a head and a style of their own; see `render`.

    Raises:
        InputError: one of the articles is another version than the event speaks of.
    """
    texts = Texts(side(original, "o", event.original.digest), side(copy, "c", event.copy_.digest))
    table = Table(event, texts)
    beside = element("section", element("h2", "The two texts"), _legend(), table.html(), class_="texts-section")
    return Sections(heading(event), evidence(event, texts), beside, _findings(table))


def render(event: Event, original: Article | Accepted, copy: Article | Accepted) -> str:
    """The page of an event.

    Args:
        event: a republication or an alert.
        original: the version that the event measures against, as it was sent or as it was accepted. Which parts of a
            body are the article is taken from the latter; of the former it is worked out without a boilerplate table.
        copy: the article made from it.

    Returns:
        HTML. Both bodies stand in it to the letter, each in its own order.

    Raises:
        InputError: one of the articles is another version than the event speaks of.
    """
    parts = sections(event, original, copy)
    main = element("main", parts.evidence, parts.texts, parts.findings)
    body = element("body", parts.heading, main, _footer(event))
    title = f"{verdict(event)}: {line(event.copy_.headline)}"
    return "<!DOCTYPE html>\n" + element("html", _head(title), body, lang="en") + "\n"


def _head(title: str) -> Html:
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=POLICY),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", title),
        element("style", _style()),
    )


@cache
def _style() -> Html:
    """The style sheet. It holds no < and nothing of any input, so it stands as it is."""
    sheet = "".join(files("wirespin.page").joinpath(name).read_text("utf-8") for name in SHEETS)
    assert "<" not in sheet
    return Html(sheet)


def style_hash() -> str:
    """What a Content Security Policy (level 3, 2.3.1) names the page's style by: ``'sha256-...'``."""
    digest = hashlib.sha256(_style().encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _legend() -> Html:
    entries = (
        joined(element("del", "struck"), " taken out"),
        joined(element("ins", "underlined"), " put in"),
        joined(element("mark", "marked", class_="strong"), " a finding, numbered by weight"),
        joined(element("del", "barred", class_="whole"), " sentence not found in the other text"),
        joined(element("span", "grey", class_="site"), " not part of the article: site's lines, dateline, credit"),
    )
    return element("ul", *(element("li", one) for one in entries), class_="legend", aria_label="Legend")


def _findings(table: Table) -> Html:
    if not table.findings:
        return NOTHING
    return element(
        "section",
        element("h2", "All findings"),
        full_list(table.findings, table.texts),
        element("h2", "What the names mean"),
        meanings(finding for _, finding in table.findings),
        id="findings",
    )


def _footer(event: Event) -> Html:
    lines = [
        f"Made with wirespin {_version()}, rules {event.rules}. Found by rules and word lists; every finding can be "
        "checked against the texts above.",
        f"Event {event.id}" + (f", {event.time}" if event.time else ""),
        f"Original {line(event.original.id)}, digest {event.original.digest}",
        f"Copy {line(event.copy_.id)}, digest {event.copy_.digest}",
        "Digests are of headline and body (BLAKE2b, 96 bits); places count Unicode characters from 0.",
    ]
    return element("footer", *(element("p", one) for one in lines))


@cache
def _version() -> str:
    try:
        return version("wirespin")
    except PackageNotFoundError:  # run from its source, without being installed
        return "(not installed)"
