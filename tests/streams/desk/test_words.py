"""Words of the desk's search."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from streams.desk.words import MOST, encoded, wanted, words


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_word_begins_another_if_and_only_if_it_does_so_encoded(left: str, right: str) -> None:
    for one in words(left):
        assert encoded(one).isalnum()
        assert encoded(one).isascii()
        for other in words(right):
            assert encoded(other).startswith(encoded(one)) == other.startswith(one)


def test_words_are_whole_in_scripts_with_vowel_signs_and_single_where_there_are_no_spaces() -> None:
    assert words("प्रधानमंत्री ने कहा।") == ["प्रधानमंत्री", "ने", "कहा"]
    assert words("ราคา") == ["ร", "า", "ค"]
    assert words("İSTANBUL ẞ ﬁne ２０２６") == ["istanbul", "ss", "fine", "2026"]


def test_an_endless_query_is_cut() -> None:
    assert len(wanted(" ".join(map(str, range(1_000))))) == MOST
