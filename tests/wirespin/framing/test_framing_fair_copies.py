"""What any paper does to any story alerts nobody: printed as it is, cut, reordered, in house style, without credit."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.quality import SETS, load
from schemas.events import CreditChange, Framing
from wirespin.framing import FramingView, compare_framing
from wirespin.text.document import Document

ORIGINALS = [item for name in SETS for item in load(name) if item["kind"] == "original"]

STYLE = {
    r"\bdefence": "defense", r"\bcentre": "center", r"\bper cent\b": "percent", r"organis": "organiz",
    r"\bfavour": "favor", r"\blabour": "labor", r"\bkilometres?\b": "km", r"neighbour": "neighbor",
    r"\btowards\b": "toward", r"travelled": "traveled", r"\bprogramme\b": "program", r"recognis": "recogniz",
    r"cooperat": "co-operat", r"\bemail": "e-mail", r"\bwhile\b": "whilst", r"\bMr\.? ": "", r"\bmln\b": "million",
}  # fmt: skip
NUMERALS = dict(zip("two three four five six seven eight nine".split(), "23456789", strict=True))
MARKS = {'"': "“", "'": "’", "“": '"', "”": '"', "’": "'"}

stories = st.integers(0, len(ORIGINALS) - 1)


@cache
def view(number: int) -> FramingView:
    item = ORIGINALS[number]
    return FramingView(Document(item["body"], item["headline"], language="en"))


def framing(number: int, body: str, credit: CreditChange | None = None) -> Framing:
    return compare_framing(view(number), Document(body, ORIGINALS[number]["headline"], language="en"), credit=credit)


def paragraphs(number: int) -> list[str]:
    return [part for part in ORIGINALS[number]["body"].split("\n\n") if part.strip()]


def denies(number: int) -> bool:
    original = view(number)
    return any(mark.tag == "balance.denial" for mark in original.marks)


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_a_cut_at_a_paragraphs_end_that_keeps_a_denial_never_alerts(data: st.DataObject) -> None:
    number = data.draw(stories)
    parts = paragraphs(number)
    kept = "\n\n".join(parts[: data.draw(st.integers(max(1, len(parts) // 3), len(parts)))])
    cut = Document(kept, language="en")
    if denies(number) and not any(mark.tag == "balance.denial" for mark in FramingView(cut).marks):
        return
    assert framing(number, kept).altered != "yes"


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_paragraphs_in_another_order_never_alert(data: st.DataObject) -> None:
    number = data.draw(stories)
    assert framing(number, "\n\n".join(data.draw(st.permutations(paragraphs(number))))).altered != "yes"


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_house_style_never_alerts(data: st.DataObject) -> None:
    number = data.draw(stories)
    body = ORIGINALS[number]["body"]
    for pattern, put in data.draw(st.lists(st.sampled_from(sorted(STYLE.items())), unique=True)):
        body = re.sub(pattern, put, body)
    for word in data.draw(st.lists(st.sampled_from(sorted(NUMERALS)), unique=True)):
        body = re.sub(rf"\b{word}\b", NUMERALS[word], body)
    if data.draw(st.booleans()):
        body = _curled(body)
    assert framing(number, body).altered != "yes"


def _curled(body: str) -> str:
    """Curly marks for straight ones, straight ones for curly ones."""
    if "“" in body:
        return "".join(MARKS.get(sign, sign) for sign in body)
    curled = re.sub(r'(^|[\s(])"', r"\1“", body).replace('"', "”")
    return curled.replace("'", "’")


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_misprints_never_alert(data: st.DataObject) -> None:
    number = data.draw(stories)
    body = ORIGINALS[number]["body"]
    words = list(re.finditer(r"[a-z]{5,}", body))
    chosen = data.draw(st.lists(st.sampled_from(range(len(words))), max_size=3, unique=True))
    for at in sorted(chosen, reverse=True):
        start = words[at].start() + data.draw(st.integers(1, len(words[at].group()) - 2))
        body = body[:start] + body[start + 1 :]
    assert framing(number, body).altered != "yes"


@pytest.mark.parametrize("number", range(len(ORIGINALS)), ids=[item["id"] for item in ORIGINALS])
def test_a_copy_to_the_letter_without_credit_is_unaltered_and_says_so(number: int) -> None:
    result = framing(number, ORIGINALS[number]["body"], CreditChange(status="removed"))
    assert result.altered == "no"
    assert {finding.device for finding in result.devices} == {"credit_removed"}
    assert "100% of the copy's words stand in the original's wording." in result.against


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_leaving_out_two_paragraphs_and_no_denial_never_alerts(data: st.DataObject) -> None:
    number = data.draw(stories)
    parts = paragraphs(number)
    plain = [at for at in range(1, len(parts)) if not _balances(parts[at])]
    gone = data.draw(st.lists(st.sampled_from(plain), max_size=2, unique=True))
    assert framing(number, "\n\n".join(part for at, part in enumerate(parts) if at not in gone)).altered != "yes"


@pytest.mark.parametrize("number", range(len(ORIGINALS)), ids=[item["id"] for item in ORIGINALS])
def test_leaving_out_all_that_answers_alerts(number: int) -> None:
    """The paragraphs with what answers or balances are cut out, the others are kept to the letter."""
    kept = [part for part in paragraphs(number) if not _balances(part)]
    assert 2 < len(kept) < len(paragraphs(number))
    result = framing(number, "\n\n".join(kept))
    assert result.altered == "yes"
    assert result.devices[0].device == "omission"


def _balances(part: str) -> bool:
    marks = FramingView(Document(part, language="en")).marks
    return any(mark.tag in ("balance.denial", "balance.contrast") for mark in marks)
