"""Findings held against the stored texts."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from schemas.accepted import Accepted
from schemas.events import Event, Finding, Framing
from streams.evidence.findings import as_csv, checked, counts
from streams.export.cells import plain
from tests.streams.evidence.cases import case

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def with_findings(*findings: Finding) -> tuple[Event, Accepted, Accepted]:
    one = case()
    framing = Framing(altered="yes", score=0.9, devices=list(findings))
    return one.event.model_copy(update={"framing": framing}), *one.texts


def finding(quoted: str, span: tuple[int, int] | None) -> Finding:
    return Finding(device="omission", original=quoted, original_span=span, severity=0.5, explanation="left out")


def test_all_findings_of_the_seeds_are_verified() -> None:
    one = case()
    rows = checked(one.event, *one.texts)
    assert counts(rows) == {"verified": len(one.event.framing.devices), "unplaced": 0, "unverifiable": 0}
    assert len(rows) > 5


def test_what_does_not_stand_there_is_marked_and_shown() -> None:
    body = case().texts[0].article.body
    right, wrong, beyond, nowhere = (
        finding(body[3:9], (3, 9)), finding("x" * 6, (3, 9)), finding("x", (len(body), len(body) + 1)),
        finding(body[:4], None),
    )  # fmt: skip
    rows = checked(*with_findings(right, wrong, beyond, nowhere))
    assert [row["check"] for row in rows] == ["verified", "unverifiable", "unverifiable", "unplaced"]
    assert [row["original"]["state"] for row in rows] == ["equal", "differs", "outside", "unplaced"]
    assert rows[1]["original"]["found"] == body[3:9]
    assert rows[2]["original"]["found"] is None
    assert rows[3]["original"]["occurs"]
    assert {row["copy"]["state"] for row in rows} == {"none"}


@given(st.integers(-5, 2_000), st.integers(-5, 2_000), texts)
def test_verified_means_that_it_stands_there(start: int, end: int, quoted: str) -> None:
    event, original, copy = with_findings(finding(quoted, (start, end)))
    body = original.article.body
    stands = 0 <= start <= end <= len(body) and body[start:end] == quoted
    assert (checked(event, original, copy)[0]["check"] == "verified") == stands


@given(texts)
def test_the_table_holds_the_texts_and_no_formula(quoted: str) -> None:
    data = as_csv(checked(*with_findings(finding(quoted, None))))
    (row,) = csv.DictReader(io.StringIO(data.decode(), newline=""))
    assert plain(row["original_quoted"]) == quoted
    assert not row["original_quoted"].lstrip().startswith(("=", "+", "-", "@"))
