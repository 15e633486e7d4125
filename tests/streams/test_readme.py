"""What the README shows is what the program says."""

from __future__ import annotations

import io
import re

from rich.console import Console

from benchmarks.chain import run
from schemas.article import Article
from schemas.events import Alert
from streams.render import render
from streams.sources import read_articles
from tests.support.pipeline import ROOT, SEEDS


def test_the_demo_s_output_is_current() -> None:
    events = run(Article.from_bytes(one.value) for one in read_articles([str(SEEDS)]))
    (alert,) = (event for event in events if isinstance(event, Alert))
    out = io.StringIO()
    render(Console(file=out, width=100, highlight=False), alert)
    said = [line.rstrip() for line in out.getvalue().strip("\n").splitlines()]
    shown = re.search(r"```\n( ALERT.*?)\n```", (ROOT / "README.md").read_text(), re.DOTALL)
    assert shown, "the README shows no demo"
    assert [line.rstrip("─-") for line in shown[1].splitlines()] == [line.rstrip("─-") for line in said]


def test_the_schemas_that_it_links_exist() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", (ROOT / "README.md").read_text())
    assert links
    assert [link for link in links if not link.startswith("http") and not (ROOT / link).exists()] == []
