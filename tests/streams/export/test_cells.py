"""Cells that no spreadsheet computes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.export.cells import plain, safe


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "'=", "＝", "＠", "\xa0="])
def test_what_could_be_computed_gets_an_apostrophe(start: str) -> None:
    assert safe(f"{start}cmd|' /C calc'!A0").startswith("'")


@pytest.mark.parametrize("text", ["", "Rates rise", "5 = 5", "'Tis", "a@b.example", "“=”"])
def test_what_could_not_stays(text: str) -> None:
    assert safe(text) == text


@given(st.text(st.sampled_from("'= +-@\t\r\nab＝"), max_size=8) | st.text())
def test_the_text_comes_back(text: str) -> None:
    assert plain(safe(text)) == text
    assert not safe(text).lstrip(" \t\r\n").startswith(("=", "+", "-", "@"))
