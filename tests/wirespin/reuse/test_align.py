"""Matched passages."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wirespin.reuse.align import SEED_WORDS, Tile, tiles
from wirespin.text.tokens import Token, tokenize


def tokens(words: list[str]) -> list[Token]:
    return tokenize(" ".join(words))


def found(original: str, copy: str) -> list[tuple[int, int, int]]:
    return [(tile.original, tile.copy, tile.words) for tile in tiles(tokenize(original), tokenize(copy))]


@pytest.mark.parametrize(
    ("original", "copy", "expected"),
    [
        ("", "", []),
        ("a b c d", "", []),
        ("a b c", "a b c", []),
        ("a b c d", "a b c d", [(0, 0, 4)]),
        ("a b c d e", "x a b c d y", [(0, 1, 4)]),
        ("a b c d e f g h", "e f g h a b c d", [(4, 0, 4), (0, 4, 4)]),
        ("a b c d x e f g h", "a b c d y e f g h", [(0, 0, 4), (5, 5, 4)]),
        ("A B “C” d.", "a b c, D", [(0, 0, 4)]),
        ("a b c d q a b c d e", "a b c d e", [(5, 0, 5)]),
    ],
)
def test_tiles(original: str, copy: str, expected: list[tuple[int, int, int]]) -> None:
    assert found(original, copy) == expected


def test_of_equal_matches_the_one_that_goes_on_wins() -> None:
    assert found("p q r s x a b c d e f g h y a b c d", "e f g h z a b c d") == [(9, 0, 4), (5, 5, 4)]
    assert found("a b c d x 1 2 3 4 a b c d", "1 2 3 4 q a b c d") == [(5, 0, 4), (9, 5, 4)]
    assert found("a b c d x 1 2 3 4 y a b c d", "1 2 3 4 q a b c d") == [(5, 0, 4), (0, 5, 4)]
    assert found("a b c d . q w e r a b c d", "q w e r a b c d") == [(4, 0, 8)]


FEW_WORDS = st.lists(st.sampled_from("a b c".split()), max_size=30)


@given(FEW_WORDS, FEW_WORDS)
@example(["a"] * 30, ["a"] * 17)
def test_tiles_are_equal_words_in_order_and_apart(original: list[str], copy: list[str]) -> None:
    at = 0
    for tile in tiles(tokens(original), tokens(copy)):
        assert tile.words >= SEED_WORDS
        assert at <= tile.copy
        at = tile.copy + tile.words
        assert at <= len(copy)
        assert tile.original + tile.words <= len(original)
        assert original[tile.original : tile.original + tile.words] == copy[tile.copy : at]


@given(FEW_WORDS, FEW_WORDS)
def test_no_match_is_left_out(original: list[str], copy: list[str]) -> None:
    """Every run of four words of the copy that the original has touches a tile."""
    runs = {tuple(original[at : at + SEED_WORDS]) for at in range(len(original) - SEED_WORDS + 1)}
    covered = {at for tile in tiles(tokens(original), tokens(copy)) for at in range(tile.copy, tile.copy + tile.words)}
    for at in range(len(copy) - SEED_WORDS + 1):
        if tuple(copy[at : at + SEED_WORDS]) in runs:
            assert covered & set(range(at, at + SEED_WORDS))


@given(FEW_WORDS, FEW_WORDS)
def test_where_one_side_matches_the_other_does(original: list[str], copy: list[str]) -> None:
    left, right = tokens(original), tokens(copy)
    assert bool(tiles(left, right)) == bool(tiles(right, left))


@given(FEW_WORDS, FEW_WORDS)
def test_a_match_goes_on_as_far_as_the_words_are_equal(original: list[str], copy: list[str]) -> None:
    for tile in tiles(tokens(original), tokens(copy)):
        ahead = original[tile.original + tile.words :][:1]
        assert not ahead or ahead != copy[tile.copy + tile.words :][:1]


@given(st.integers(0, 200), st.integers(0, 200), st.integers(0, 200))
def test_runs_of_any_length_are_measured_exactly(before: int, run: int, behind: int) -> None:
    left = tokens([str(1_000 + number) for number in range(before + run)])
    right = tokens([str(1_000 + number) for number in range(before, before + run)] + ["x"] * behind)
    assert [tile.words for tile in tiles(left, right)] == [run] * (run >= SEED_WORDS)


UNIQUE = st.permutations("a b c d e f g h i j k l m n o p".split())


@given(UNIQUE, UNIQUE, st.integers(0, 16), st.integers(0, 16))
def test_coverage_is_symmetric_where_no_word_stands_twice(one: list[str], other: list[str], i: int, j: int) -> None:
    left, right = tokens([*one[i:], "x", "y"]), tokens(other[j:])
    there = tiles(left, right)
    back = tiles(right, left)
    assert sorted(there, key=lambda t: t.copy) == sorted(
        (Tile(tile.copy, tile.original, tile.words) for tile in back), key=lambda t: t.copy
    )


@given(UNIQUE)
def test_a_text_is_all_of_itself(words: list[str]) -> None:
    assert tiles(tokens(words), tokens(words)) == [Tile(0, 0, 16)]


@pytest.mark.parametrize(
    ("original", "copy"),
    [
        ("the same line again and again " * 5_000, "the same line again and again " * 5_000),
        ("spam " * 25_000, "spam " * 25_000),
        ("spam " * 25_000, "spam spam spam spam egg " * 5_000),
        ("a b c d " * 6_000 + "x", "a b c d " * 6_000 + "y"),
    ],
)
def test_repetition_is_no_trap(original: str, copy: str) -> None:
    left, right = tokenize(original), tokenize(copy)
    begun = time.process_time()
    assert tiles(left, right)
    assert time.process_time() - begun < 3
