"""An event on a terminal: who, when, how much is reused, then each finding with both texts and what changed in them.

Readable without colour: where the terminal has none, changed words are put into [-…-] and {+…+}, as wdiff does.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from rich.console import Console
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from schemas.events import Alert, CreditChange, Event, Finding, Reuse
from wirespin.wire.labels import agency_name

GONE, NEW = "bold red", "bold green"
LABEL_WIDTH = 9
LONGEST_TEXT = 600
"""Characters of a finding's text that are shown; the event has all of it."""

ARTICLES = {"a", "an", "the"}

_PIECE = re.compile(r"\S+\s*")
_EDGES = re.compile(r"^\W+|\W+$")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control and direction marks: a headline must not move the cursor of the one who reads it."""


def render(console: Console, event: Event) -> None:
    """Print an event."""
    title, style = _title(event)
    console.print(Rule(Text(title, style), align="left", style="dim", characters="─" if _unicode(console) else "-"))
    console.print(_facts(event))
    marked = not console.color_system
    for number, finding in enumerate(event.framing.devices, 1):
        console.print(_finding(number, finding, marked=marked))
    if event.framing.against:
        console.print(_against(event.framing.against))
    console.print(Text(f"\n {event.id}", "dim"))
    console.print()


def _title(event: Event) -> tuple[str, str]:
    """The first line: what kind of event, and how sure."""
    if isinstance(event, Alert):
        return f" ALERT  framing altered, score {event.framing.score:.2f} ", "bold red"
    verdict = {"yes": "framing altered", "no": "framing kept", "unsure": "framing perhaps altered"}
    return f" {event.relation.upper().replace('_', ' ')}  {verdict[event.framing.altered]} ", "bold"


def _facts(event: Event) -> Table:
    """Who, when, how much."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=LABEL_WIDTH, style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    original, copy = event.original, event.copy_
    for label, side, name in (("original", original, original.wire), ("copy", copy, copy.publisher)):
        facts = (name, _date(side.published, side.date_source), side.id)
        grid.add_row(f" {label}", Text(_clean(side.headline) or "(no headline)", "bold"))
        grid.add_row("", Text(_clean(" · ".join(fact for fact in facts if fact)), "dim"))
    if copy.url:
        grid.add_row("", Text(_clean(copy.url), "dim"))
    grid.add_row(" reuse", _reuse(event.reuse))
    grid.add_row(" credit", _credit(event.credit, original.wire))
    grid.add_row(" source", f"{event.direction.reason} (confidence {event.direction.confidence:.2f})")
    return grid


def _date(published: str | None, source: str) -> str:
    """A time of publication, no more exact than it is known."""
    if published is None:
        return "no date" if source == "missing" else f"no date ({source})"
    return published[:10] if source == "date_only" else published.replace("T", " ").replace("Z", " UTC")


def _reuse(reuse: Reuse) -> str:
    return (
        f"{reuse.level}: {reuse.original_share:.0%} of the original's words stand in the copy and make "
        f"{reuse.copy_share:.0%} of it; longest passage {reuse.longest} words"
    )


def _credit(credit: CreditChange, wire: str | None) -> str:
    name = wire or "the agency"
    named = ", ".join(sorted({agency_name(found.agency) for found in credit.in_copy}))
    return {
        "kept": f"{name} is named as the source",
        "removed": f"gone: the copy does not name {name}",
        "changed": f"changed: the copy names {named} instead of {name}",
        "none": "the original names no agency",
    }[credit.status]


def _finding(number: int, finding: Finding, *, marked: bool) -> Table:
    """A finding: what it is in a sentence, then both texts."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=4, justify="right", style="bold", no_wrap=True)
    grid.add_column(overflow="fold")
    place = " (headline)" if finding.where == "headline" else ""
    heading = Text(f"{finding.device.replace('_', ' ')}{place}: ", "bold yellow")
    grid.add_row("", "")
    grid.add_row(f"{number}.", heading.append(_clean(finding.explanation), "not bold default"))
    grid.add_row("", _texts(finding, marked=marked))
    return grid


def _against(lines: Iterable[str]) -> Table:
    """What speaks against an altered framing."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=LABEL_WIDTH, style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row("", "")
    for number, line in enumerate(lines):
        grid.add_row("" if number else " against", _clean(line))
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
    for changed, a, b, c, d in _runs(*folded):
        _append(old, "".join(left[a:b]), GONE if changed else "", "[-", "-]", marked=marked)
        _append(new, "".join(right[c:d]), NEW if changed else "", "{+", "+}", marked=marked)
    return old, new


def _runs(left: list[str], right: list[str]) -> list[tuple[bool, int, int, int, int]]:
    """Runs of equal and changed words, cut for reading.

    A single equal word between two changes is taken into them, and so is the article in front of a change.
    """
    runs: list[tuple[bool, int, int, int, int]] = []
    codes = _with_articles(left, right)
    for at, (kind, a, b, c, d) in enumerate(codes):
        changed = kind != "equal" or (0 < at < len(codes) - 1 and b - a <= 1)
        if runs and changed and runs[-1][0]:
            runs[-1] = (True, runs[-1][1], b, runs[-1][3], d)
        else:
            runs.append((changed, a, b, c, d))
    return runs


def _with_articles(left: list[str], right: list[str]) -> list[tuple[str, int, int, int, int]]:
    """Operations in which an article belongs to the change that follows it: "by [-the Korean agency-]"."""
    codes: list[tuple[str, int, int, int, int]] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        before = codes[-1] if codes else ("", 0, 0, 0, 0)
        if before[0] == "equal" and kind != "equal" and before[2] - before[1] > 1 and left[a - 1] in ARTICLES:
            codes[-1] = ("equal", before[1], a - 1, before[3], c - 1)
            codes.append((kind, a - 1, b, c - 1, d))
        else:
            codes.append((kind, a, b, c, d))
    return codes


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
