"""An event on a terminal: complete, readable without colour, harmless."""

from __future__ import annotations

import io
import re
from typing import Literal

import pytest
from rich.console import Console

from schemas.accepted import Credit
from schemas.events import (
    Alert,
    CopyRef,
    CreditChange,
    Direction,
    Event,
    Finding,
    Framing,
    OriginalRef,
    Relation,
    Republication,
    Reuse,
)
from streams.render import render

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


PARTS = [
    "ALERT framing altered, score 0.93",
    "Bridge is safe",
    "AFP · no date · o",
    "Minister claims bridge is safe",
    "Outlet · no date · c",
    "https://o.example/c",
    "50% of the original's words",
    "75% of it",
    "longest passage 31 words",
    "changed: the copy names Reuters instead of AFP",
    "published by AFP itself (confidence 0.90)",
    "attribution changed: 'said' became 'claimed'",
    "against All quotations are intact.",
    "alert-1",
]


def alert(headline: str = "Minister claims bridge is safe", **finding: str) -> Alert:
    said = {"original": "the minister said on Monday", "rewritten": "the minister claimed on Monday"} | finding
    shares = {"original_share": 0.5, "copy_share": 0.75, "unquoted_share": 0.7}
    return Alert(
        id="alert-1",
        key="alert-k",
        rules="r",
        republication="republication-1",
        original=OriginalRef(
            id="o", first="o", wire="AFP", agency="afp", headline="Bridge is safe", digest="d", date_source="missing"
        ),
        copy_=CopyRef(
            id="c", publisher="Outlet", headline=headline, url="https://o.example/c", date_source="missing", digest="e"
        ),
        direction=Direction(confidence=0.9, reason="published by AFP itself"),
        reuse=Reuse(level="edited", original_tenths=9, copy_tenths=9, longest=31, **shares),
        credit=CreditChange(status="changed", in_copy=[Credit(agency="reuters", name="Reuters", form="dateline")]),
        framing=Framing(
            altered="yes",
            score=0.934,
            devices=[
                Finding(device="attribution_changed", severity=0.5, explanation="'said' became 'claimed'", **said)
            ],
            against=["All quotations are intact."],
        ),
    )


def shown(event: Event, *, colour: bool = False, width: int = 100) -> str:
    out = io.StringIO()
    system: Literal["standard"] | None = "standard" if colour else None
    render(Console(file=out, width=width, highlight=False, force_terminal=colour, color_system=system), event)
    return out.getvalue()


def test_everything_a_person_needs_is_there() -> None:
    text = " ".join(shown(alert()).split())
    for part in PARTS:
        assert part in text


def test_changed_words_are_marked_without_colour() -> None:
    text = shown(alert())
    assert "the minister [-said-] on Monday" in text
    assert "the minister {+claimed+} on Monday" in text


def test_changed_words_are_coloured_on_a_terminal_and_then_not_bracketed() -> None:
    text = shown(alert(), colour=True)
    assert "[-" not in text
    assert "\x1b[1;31msaid" in text
    assert "\x1b[1;32mclaimed" in text
    assert "the minister claimed on Monday" in ESCAPE.sub("", text)


@pytest.mark.parametrize(("side", "said"), [("original", "(not in the original)"), ("rewritten", "(not in the copy)")])
def test_an_empty_side_says_that_it_is(side: str, said: str) -> None:
    text = shown(alert(**{side: ""}))
    assert said in text
    assert "[-" not in text


def test_a_hostile_headline_moves_no_cursor_and_runs_no_markup() -> None:
    text = shown(alert("\x1b[2J\x07[bold red]x[/] \u202egnp.exe"))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "[bold red]x[/]" in text


def test_markup_in_what_is_said_is_text() -> None:
    said = alert()
    framing = said.framing.model_copy(update={"against": ["[red]x[/red]"]})
    direction = said.direction.model_copy(update={"reason": "[bold]y"})
    text = shown(said.model_copy(update={"framing": framing, "direction": direction}))
    assert "[red]x[/red]" in text
    assert "[bold]y (confidence 0.90)" in text


def test_whom_a_finding_favours_is_told() -> None:
    assert "'said' became 'claimed' (works against Brown)" in " ".join(shown(alert(favours="against Brown")).split())
    assert "(favours or blames: Brown)" in " ".join(shown(alert(favours="Brown")).split())


@pytest.mark.parametrize(
    ("relation", "said"),
    [
        ("republication", "REPUBLICATION framing altered: no (0.12)"),
        ("independent", "INDEPENDENT neither was made from the other"),
        ("common_source", "COMMON SOURCE both were made from a third text"),
    ],
)
def test_the_title_of_a_republication_has_the_verdict(relation: Relation, said: str) -> None:
    fields = {name: getattr(alert(), name) for name in Event.model_fields if name != "type"}
    framing = Framing(altered="no", score=0.12, against=["All quotations are intact."])
    text = shown(Republication(**fields | {"relation": relation, "framing": framing}))
    assert said in " ".join(text.split())
    assert ("against" in text) == (relation == "republication")


@pytest.mark.parametrize("width", [40, 80, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert all(len(line) <= width for line in shown(alert(), width=width).splitlines())
