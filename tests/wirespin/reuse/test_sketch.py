"""Shingles and sketches: the same hashes everywhere, a fair sample, nothing lost on the way."""

from __future__ import annotations

import base64
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.accepted import Sketch
from wirespin.reuse.shingles import distinct, shingle_hashes, shingle_length, word_hash
from wirespin.reuse.sketch import from_sketch, sample, scale_for, to_sketch
from wirespin.text.document import Document
from wirespin.text.tokens import tokenize

SENTENCE = "The central bank raised its main interest rate"
PINNED_WORD = 12916405540467720186
PINNED = [14646133975420951350, 14195212856618848622, 8795033469734549564, 3689693855745583803, 3570492248393451481]
PINNED_HAN = [5577007845878596268, 6125964618209599003, 9146058330117509936, 14418078260992973642]
LETTERS = str.maketrans("0123456789", "abcdefghij")
WORDS = st.lists(st.sampled_from("alpha beta gamma delta omega the of a in and".split()), max_size=60).map(" ".join)


def numbered(words: int, first: int = 0) -> str:
    """A text in which no word stands twice."""
    return " ".join(str(n).translate(LETTERS) for n in range(first, first + words))


def test_hashes_are_pinned() -> None:
    """Retained topics hold these: a change makes every earlier article a stranger."""
    assert word_hash("bank") == PINNED_WORD
    assert shingle_hashes(tokenize(SENTENCE)).tolist() == PINNED
    assert shingle_hashes(tokenize("中国人民银行周四宣布")).tolist() == PINNED_HAN


def test_another_process_hashes_the_same() -> None:
    code = (
        "from wirespin.reuse.shingles import shingle_hashes; from wirespin.text.tokens import tokenize;"
        f"print(shingle_hashes(tokenize({SENTENCE!r})).tolist())"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "7"}
    )
    assert run.stdout.strip() == str(PINNED)


@pytest.mark.parametrize(("words", "count"), [(0, 0), (1, 0), (3, 0), (4, 1), (5, 2), (40, 37)])
def test_one_hash_a_run_of_four_words(words: int, count: int) -> None:
    hashes = shingle_hashes(tokenize(numbered(words)))
    assert hashes.dtype == np.uint64
    assert len(hashes) == count == len(set(hashes.tolist()))


@pytest.mark.parametrize(
    ("text", "length"),
    [("", 4), ("one two", 4), ("中国人民银行", 7), ("中国 bank rates rise today", 4), ("ธนาคาร", 16), ("서울 시민", 4)],
)
def test_scripts_without_spaces_take_longer_runs(text: str, length: int) -> None:
    assert shingle_length(tokenize(text)) == length


def test_order_of_words_matters_and_case_does_not() -> None:
    one, other, shout = (shingle_hashes(tokenize(text)).tolist() for text in ("a b c d", "d c b a", "A B C D"))
    assert one != other
    assert one == shout


@given(WORDS, WORDS)
def test_a_shingle_hashes_the_same_wherever_it_stands(one: str, other: str) -> None:
    alone = shingle_hashes(tokenize(one)).tolist()
    assert shingle_hashes(tokenize(f"{one} {other}")).tolist()[: len(alone)] == alone


def test_distinct_names_the_first_place() -> None:
    values, first = distinct(np.array([9, 3, 9, 3, 5], dtype=np.uint64))
    assert (values.tolist(), first.tolist()) == ([3, 5, 9], [1, 4, 0])


@pytest.mark.parametrize(
    ("shingles", "scale"),
    [(0, 1), (99, 1), (100, 2), (199, 2), (200, 4), (7_999, 4), (8_000, 16), (31_999, 16), (32_000, 64), (10**6, 64)],
)
def test_scales(shingles: int, scale: int) -> None:
    assert scale_for(shingles) == scale


@pytest.mark.parametrize("words", [0, 3, 50, 150, 400, 9_000])
def test_what_is_kept(words: int) -> None:
    taken = sample(Document(numbered(words)))
    everything = set(shingle_hashes(tokenize(numbered(words))).tolist())
    assert taken.shingles == len(everything) == max(0, words - 3)
    assert taken.hashes.tolist() == sorted(value for value in everything if value % taken.scale == 0)
    assert len(taken.tenths) == len(taken.hashes)
    if words > 40:
        assert set(taken.tenths.tolist()) == set(range(10))
        fair = taken.shingles / taken.scale
        assert abs(len(taken.hashes) - fair) < 5 * fair**0.5


def test_both_sides_keep_the_same_of_what_they_share() -> None:
    short, long = numbered(60), numbered(60) + ". " + numbered(600, first=1_000)
    one, other = sample(Document(short)), sample(Document(long))
    assert (one.scale, other.scale) == (1, 4)
    shared = set(one.hashes.tolist()) & set(other.hashes.tolist())
    assert shared == {value for value in one.hashes.tolist() if value % 4 == 0}
    assert len(shared) > 5


def test_tenths_tell_where_a_shingle_first_stands() -> None:
    taken = sample(Document(numbered(53)))
    everything = shingle_hashes(tokenize(numbered(53))).tolist()
    places = {value: everything.index(value) * 10 // len(everything) for value in everything}
    assert dict(zip(taken.hashes.tolist(), taken.tenths.tolist(), strict=True)) == places


@given(WORDS)
def test_round_trip(text: str) -> None:
    taken = sample(Document(text))
    sketch = to_sketch(taken)
    back = from_sketch(Sketch.model_validate_json(sketch.model_dump_json()))
    assert back.hashes.tolist() == taken.hashes.tolist()
    assert back.tenths.tolist() == taken.tenths.tolist()
    assert (back.scale, back.shingles) == (taken.scale, taken.shingles)
    assert back.hashes.dtype == np.uint64
    assert to_sketch(back) == sketch


def encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


@pytest.mark.parametrize(
    ("hashes", "tenths"),
    [
        ("%%%", ""),
        ("ä", ""),
        ("AAA", ""),
        (encoded(b"1234567"), encoded(b"\x01")),
        (encoded(b"12345678"), ""),
        ("", encoded(b"\x01")),
        (encoded(b"12345678"), "A\nA=="),
        (encoded(b"12345678") + "\n", encoded(b"\x01")),
    ],
)
def test_damaged_sketches_are_refused(hashes: str, tenths: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        from_sketch(Sketch(scale=1, shingles=1, hashes=hashes, tenths=tenths))
