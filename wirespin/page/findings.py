"""Findings, as they stand in the margin, in the summary and in the list at the end."""

from __future__ import annotations

from collections.abc import Iterable

from schemas.events import Finding
from wirespin.page.marks import Marking, marked
from wirespin.page.markup import NOTHING, Html, element, joined, line
from wirespin.page.side import Letter
from wirespin.page.texts import Texts
from wirespin.plain import MEANINGS, device_name, favours, weight
from wirespin.text.tokens import Span

STRONGEST = 3
"""Findings of the summary: what an editor reads in ten seconds."""

SHOWN = 280
"""Characters of a quoted text in the summary; the list at the end has all of it."""

ABSENT: dict[Letter, str] = {"o": "(not in the original)", "c": "(not in the copy)"}

NAMES: dict[Letter, str] = {"o": "Original", "c": "Copy"}


Part = tuple[Letter, str, Span | None]
"""What a finding shows of one text: the words and their place."""


def marking(number: int, finding: Finding, letter: Letter) -> Marking | None:
    """The finding's mark in a text, with its number; None where that text has nothing to show."""
    span = finding.original_span if letter == "o" else finding.rewritten_span
    if span is None or span[0] >= span[1]:
        return None
    anchor = element("a", str(number), href=f"#f{number}", title=f"Finding {number}: {device_name(finding.device)}")
    return Marking(
        span,
        "mark",
        weight(finding.severity),
        f"{number}. {device_name(finding.device)}: {line(finding.explanation)}",
        0,
        f"{letter}{number}",
        element("sup", anchor, class_="n"),
    )


def card(number: int, finding: Finding) -> Html:
    """A finding in the margin, beside the place where it stands."""
    return element(
        "div",
        element("p", _number(number, f"#d{number}"), " ", _name(finding), class_="device"),
        element("p", line(finding.explanation), dir="auto"),
        _favours(finding),
        _ways(number, finding),
        class_=f"card {weight(finding.severity)}",
        id=f"f{number}",
    )


def _ways(number: int, finding: Finding) -> Html:
    """Links from the margin to the places in the texts."""
    named = ((letter, "in the original" if letter == "o" else "in the copy") for letter in NAMES)
    links = [
        element("a", name, href=f"#{letter}{number}", aria_label=f"Finding {number} {name}")
        for letter, name in named
        if marking(number, finding, letter)
    ]
    shown = (joined(" · " if at else "", one) for at, one in enumerate(links))
    return element("p", *shown, class_="ways") if links else NOTHING


def summary(findings: Iterable[tuple[int, Finding]], texts: Texts) -> Html:
    """The strongest findings, each with both texts."""
    items = (
        element(
            "li",
            element("p", _number(number, f"#f{number}"), " ", _name(finding), class_="device"),
            element("p", line(finding.explanation), class_="says", dir="auto"),
            _favours(finding),
            _texts(finding, texts, SHOWN),
            class_=weight(finding.severity),
        )
        for number, finding in findings
    )
    return element("ol", *items, class_="strongest")


def full_list(findings: Iterable[tuple[int, Finding]], texts: Texts) -> Html:
    """All findings with all that the event has of them."""
    items = (
        element(
            "li",
            element("h3", _number(number, f"#f{number}"), " ", _name(finding)),
            element("p", line(finding.explanation), class_="says", dir="auto"),
            _favours(finding),
            _texts(finding, texts, None),
            element("p", *_places(number, finding), class_="places"),
            id=f"d{number}",
        )
        for number, finding in findings
    )
    return element("ol", *items, class_="all")


def meanings(findings: Iterable[Finding]) -> Html:
    """What the devices are that were found, for a reader who meets them for the first time."""
    found = dict.fromkeys(finding.device for finding in findings)
    entries = (joined(element("dt", device_name(device)), element("dd", MEANINGS[device])) for device in found)
    return element("dl", *entries, class_="meanings")


def _number(number: int, target: str) -> Html:
    return element("a", str(number), class_="n", href=target, aria_label=f"Finding {number}")


def _name(finding: Finding) -> Html:
    place = " in the headline" if finding.where == "headline" and finding.device != "headline_spin" else ""
    degree = element(
        "span", f" · {weight(finding.severity)}", class_="weight", title=f"weight {finding.severity:.2f} of 1"
    )
    return joined(element("strong", device_name(finding.device), place), degree)


def _favours(finding: Finding) -> Html:
    said = line(favours(finding))
    return element("p", said[:1].upper() + said[1:], class_="favours", dir="auto") if said else NOTHING


def _texts(finding: Finding, texts: Texts, most: int | None) -> Html:
    """Both texts, before and after, marked as they are where they stand."""
    rows = (_quoted(finding, texts, part, most) for part in _parts(finding))
    return element("dl", *rows, class_="texts")


def _quoted(finding: Finding, texts: Texts, part: Part, most: int | None) -> Html:
    letter, words, span = part
    name, side = element("dt", NAMES[letter]), texts.side(letter)
    if not words.strip():
        return joined(name, element("dd", ABSENT[letter], class_="absent"))
    printed = side.headline if finding.where == "headline" else side.body
    if span and printed[slice(*span)] == words:
        whole, (start, end), markings = printed, span, texts.words[letter, finding.where]
    else:
        whole, start, end, markings = words, 0, len(words), []
    stop = end
    if most is not None and end - start > most:
        stop = max(whole.rfind(" ", start, start + most), start + most // 2)
    shown = joined(marked(whole, (start, stop), markings), "" if stop == end else " …")
    return joined(name, element("dd", shown, lang=side.language, dir=side.direction))


def _places(number: int, finding: Finding) -> Iterable[str]:
    """Where both texts stand, to the character, and how much the finding weighs."""
    for letter, _, span in _parts(finding):
        name = NAMES[letter].lower()
        if span is None:
            yield f"{name}: no place · "
        else:
            place = f"{name}: {finding.where} {span[0]}–{span[1]}"
            yield joined(element("a", place, href=f"#{letter}{number}") if span[0] < span[1] else place, " · ")
    yield f"weight {finding.severity:.2f}"


def _parts(finding: Finding) -> tuple[Part, Part]:
    return ("o", finding.original, finding.original_span), ("c", finding.rewritten, finding.rewritten_span)
