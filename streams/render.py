"""An event on a terminal: who, when, how much is reused, then each finding with both texts and what changed in them.

Readable without colour: where the terminal has none, changed words are put into [-…-] and {+…+}, as wdiff does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rich.console import Console
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from schemas.events import Alert, Event, Finding
from wirespin import plain
from wirespin.page.differences import runs

GONE, NEW = "bold red", "bold green"
LABEL_WIDTH = 9
LONGEST_TEXT = 600
"""Characters of a finding's text that are shown; the event has all of it."""

_PIECE = re.compile(r"\S+\s*")
_EDGES = re.compile(r"^\W+|\W+$")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control and direction marks: a headline must not move the cursor of the one who reads it."""


def render(console: Console, event: Event, *, in_full: int | None = None) -> None:
    """Print an event.

    Args:
        console: where to.
        event: what was said.
        in_full: findings, the strongest first, that are shown with both texts; the others in a line. All where None.
    """
    title, style = _title(event)
    console.print(Rule(Text(title, style), align="left", style="dim", characters="─" if _unicode(console) else "-"))
    console.print(_facts(event))
    marked = not console.color_system
    for number, finding in enumerate(event.framing.devices, 1):
        if in_full is None or number <= in_full:
            console.print(_finding(number, finding, marked=marked))
    if in_full is not None and event.framing.devices[in_full:]:
        console.print(_in_short(in_full, event.framing.devices[in_full:]))
    if event.framing.against and event.relation == "republication":
        console.print(_against(event.framing.against))
    console.print(Text(f"\n {event.id}", "dim"))
    console.print()


def _title(event: Event) -> tuple[str, str]:
    """The first line: what kind of event, and how sure."""
    if isinstance(event, Alert):
        return f" ALERT  framing altered, score {event.framing.score:.2f} ", "bold red"
    verdict = f"framing altered: {event.framing.altered} ({plain.score(event.framing.score)})"
    said = verdict if event.relation == "republication" else plain.RELATIONS[event.relation]
    return f" {event.relation.upper().replace('_', ' ')}  {said} ", "bold"


def _facts(event: Event) -> Table:
    """Who, when, how much."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=LABEL_WIDTH, style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    original, copy = event.original, event.copy_
    for label, side, name in (("original", original, original.wire), ("copy", copy, copy.publisher)):
        facts = (name, plain.date(side.published, side.date_source), side.id)
        grid.add_row(f" {label}", Text(_clean(side.headline) or "(no headline)", "bold"))
        grid.add_row("", Text(_clean(" · ".join(fact for fact in facts if fact)), "dim"))
    if copy.url:
        grid.add_row("", Text(_clean(copy.url), "dim"))
    grid.add_row(" reuse", plain.reuse(event.reuse))
    grid.add_row(" credit", Text(_clean(plain.credit(event.credit, original.wire))))
    grid.add_row(" source", Text(_clean(plain.direction(event))))
    return grid


def _finding(number: int, finding: Finding, *, marked: bool) -> Table:
    """A finding: what it is in a sentence, then both texts."""
    grid = _numbered()
    grid.add_row("", "")
    grid.add_row(f"{number}.", _heading(finding))
    grid.add_row("", _texts(finding, marked=marked))
    return grid


def _in_short(shown: int, findings: list[Finding]) -> Table:
    """Further findings, a sentence each."""
    grid = _numbered()
    grid.add_row("", "")
    for number, finding in enumerate(findings, shown + 1):
        grid.add_row(f"{number}.", _heading(finding))
    return grid


def _numbered() -> Table:
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=4, justify="right", style="bold", no_wrap=True)
    grid.add_column(overflow="fold")
    return grid


def _heading(finding: Finding) -> Text:
    place = " (headline)" if finding.where == "headline" else ""
    heading = Text(f"{finding.device.replace('_', ' ')}{place}: ", "bold yellow")
    favours = f" ({_clean(plain.favours(finding))})" if finding.favours else ""
    return heading.append(f"{_clean(finding.explanation)}{favours}", "not bold default")


def _against(lines: Iterable[str]) -> Table:
    """What speaks against an altered framing."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=LABEL_WIDTH, style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row("", "")
    for number, line in enumerate(lines):
        grid.add_row("" if number else " against", Text(_clean(line)))
    return grid


def _texts(finding: Finding, *, marked: bool) -> Table:
    """Both texts, the words that differ marked; an empty side says that it is."""
    original, rewritten = _clean(finding.original), _clean(finding.rewritten)
    left, right = _differences(original[:LONGEST_TEXT], rewritten[:LONGEST_TEXT], marked=marked)
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=LABEL_WIDTH, style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row("original", left if original else Text("(not in the original)", "dim italic"))
    grid.add_row("copy", right if rewritten else Text("(not in the copy)", "dim italic"))
    return grid


def _differences(original: str, rewritten: str, *, marked: bool) -> tuple[Text, Text]:
    """Both texts with the words that the other lacks marked; one that stands alone is left plain."""
    if not original or not rewritten:
        return Text(original), Text(rewritten)
    left, right = _PIECE.findall(original), _PIECE.findall(rewritten)
    folded = [_fold(piece) for piece in left], [_fold(piece) for piece in right]
    old, new = Text(), Text()
    for changed, a, b, c, d in runs(*folded):
        _append(old, "".join(left[a:b]), GONE if changed else "", "[-", "-]", marked=marked)
        _append(new, "".join(right[c:d]), NEW if changed else "", "{+", "+}", marked=marked)
    return old, new


def _append(text: Text, run: str, style: str, opening: str, closing: str, *, marked: bool) -> None:
    """Append a run of words, marked where it has a style."""
    core = run.strip()
    if not style or not core:
        text.append(run)
        return
    before, _, after = run.partition(core)
    text.append(before)
    text.append(f"{opening}{core}{closing}" if marked else core, style)
    text.append(after)


def _fold(piece: str) -> str:
    """A word as it is compared: without case, the marks around it, and the shape of apostrophes and hyphens."""
    word = piece.strip().casefold().replace("’", "'")
    return (_EDGES.sub("", word) or word).replace("-", "")


def _clean(text: str) -> str:
    return " ".join(_CONTROL.sub("\ufffd", text).split())


def _unicode(console: Console) -> bool:
    return (console.encoding or "").lower().startswith("utf")
