from difflib import SequenceMatcher

from hypothesis import given
from hypothesis import strategies as st

from wirespin.framing.opcodes import opcodes

rows = st.lists(st.sampled_from("abc"), max_size=8)


@given(rows, rows)
def test_opcodes_are_those_of_difflib(before: list[str], after: list[str]) -> None:
    assert list(opcodes(before, after)) == SequenceMatcher(None, before, after, autojunk=False).get_opcodes()


@given(rows, rows, rows)
def test_a_row_within_another_is_told_as_difflib_tells_it(head: list[str], row: list[str], tail: list[str]) -> None:
    whole = head + row + tail
    assert list(opcodes(whole, row)) == SequenceMatcher(None, whole, row, autojunk=False).get_opcodes()
    assert list(opcodes(row, whole)) == SequenceMatcher(None, row, whole, autojunk=False).get_opcodes()
