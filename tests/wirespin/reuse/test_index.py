"""The rolling index, against a plain model of it."""

from __future__ import annotations

from collections.abc import Iterable
from time import process_time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wirespin.reuse import index as module
from wirespin.reuse.common import CROWDED, CROWDED_QUOTED, CROWDED_STORIES
from wirespin.reuse.index import SLICES, RollingIndex
from wirespin.reuse.matches import Match
from wirespin.reuse.sketch import Sample

WINDOW = 2_800.0
WIDTH = WINDOW / SLICES
ANYWHERE, IN_QUOTATIONS = [4, 8], [1, 2]
"""Hashes that ordinary texts keep wherever they stand, and such that they keep inside quotation marks only."""


@pytest.fixture
def sliced(monkeypatch: pytest.MonkeyPatch) -> None:
    """No segment is too small for its time to matter."""
    monkeypatch.setattr(module, "SMALL", 0)


def kept(hashes: Iterable[int], tenths: Iterable[int] | None = None) -> Sample:
    """A sample of these hashes."""
    values = sorted(set(hashes))
    places = list(tenths) if tenths is not None else [0] * len(values)
    return Sample(np.array(values, dtype=np.uint64), np.array(places, dtype=np.uint8), len(values), 1)


def documents(found: list[Match]) -> list[int]:
    return [match.document for match in found]


def test_two_shared_hashes_make_a_candidate_and_one_does_not() -> None:
    index = RollingIndex(WINDOW)
    index.add(kept([1, 2, 3]), 0.0, story=0)
    assert index.find(kept([3, 4, 5]), 0.0) == []
    assert index.find(kept([2, 3, 4]), 0.0) == [Match(document=0, shared=2, here=1, there=1)]
    assert index.find(kept([]), 0.0) == []


def test_nothing_is_found_in_nothing() -> None:
    assert RollingIndex(WINDOW).find(kept([1, 2]), None) == []


def test_the_closest_comes_first_and_of_equal_ones_the_earlier() -> None:
    index = RollingIndex(WINDOW)
    for hashes in ([1, 2], [1, 2, 3], [2, 3], [1, 2, 3, 4]):
        index.add(kept(hashes), 0.0, story=0)
    found = index.find(kept([1, 2, 3]), 0.0)
    assert [(match.document, match.shared) for match in found] == [(1, 3), (3, 3), (0, 2), (2, 2)]


def test_touched_tenths_are_counted_on_both_sides() -> None:
    index = RollingIndex(WINDOW)
    index.add(kept([1, 2, 3, 9], [0, 0, 7, 9]), 0.0, story=0)
    assert index.find(kept([1, 2, 3], [1, 4, 9]), 0.0) == [Match(document=0, shared=3, here=3, there=2)]


def test_the_highest_hashes_are_found() -> None:
    index = RollingIndex(WINDOW)
    index.add(kept([0, 2**63, 2**64 - 1]), 0.0, story=0)
    assert index.find(kept([0, 2**64 - 1]), 0.0)[0].shared == 2


@pytest.mark.parametrize("start", [0.0, 1.7e9, 1.7e9 + WIDTH / 2, -5_000.0, 1.7e9 + WIDTH - 1])
@pytest.mark.parametrize("sign", [1, -1])
def test_the_window_is_decided_for_the_pair(start: float, sign: int) -> None:
    index = RollingIndex(WINDOW)
    index.add(kept([1, 2]), start, story=0)
    assert documents(index.find(kept([1, 2]), start + sign * WINDOW)) == [0]
    assert documents(index.find(kept([1, 2]), start + sign * (WINDOW + 1))) == []


def test_undated_ones_meet_any() -> None:
    index = RollingIndex(WINDOW)
    index.add(kept([1, 2]), None, story=0)
    index.add(kept([1, 2]), 1.7e9, story=1)
    assert documents(index.find(kept([1, 2]), None)) == [0, 1]
    assert documents(index.find(kept([1, 2]), 0.0)) == [0]


def test_before_asks_how_the_index_stood() -> None:
    index = RollingIndex(WINDOW)
    for _ in range(3):
        index.add(kept([1, 2]), 0.0, story=0)
    assert [documents(index.find(kept([1, 2]), 0.0, before=number)) for number in (0, 1, 3)] == [[], [0], [0, 1, 2]]


def test_the_watermark_is_the_newest_time_and_undated_ones_do_not_move_it() -> None:
    index = RollingIndex(WINDOW)
    assert index.watermark is None
    marks: list[float | None] = []
    for time in (None, 500.0, 100.0, None, 600.0):
        index.add(kept([1, 2]), time, story=0)
        marks.append(index.watermark)
    assert marks == [None, 500.0, 500.0, 500.0, 600.0]


def test_nothing_expires_while_it_is_among_the_last_arrivals() -> None:
    index = RollingIndex(WINDOW)
    index.add(kept([1, 2]), 0.0, story=0)
    index.add(kept([1, 2]), 1e9, story=1)
    assert index.expire() == []
    assert documents(index.find(kept([1, 2]), 0.0)) == [0]


@pytest.mark.usefixtures("sliced")
def test_whole_segments_expire_and_only_those() -> None:
    index = RollingIndex(WINDOW, kept_arrivals=2)
    assert index.expire() == []
    for time in (10.0, WIDTH - 10, WIDTH + 10, None):
        index.add(kept([1, 2]), time, story=0)
    index.add(kept([7, 8]), WINDOW + WIDTH - 10, story=1)
    assert index.expire() == []  # the first segment's newest article is exactly a window old
    index.add(kept([7, 8]), WINDOW + WIDTH, story=1)
    assert index.expire() == [0, 1]
    assert documents(index.find(kept([1, 2]), WIDTH)) == [2, 3]
    index.add(kept([7, 8]), WINDOW + WIDTH + 11, story=1)
    assert index.expire() == [2, 3]
    assert len(index) == 3
    assert index.find(kept([1, 2]), None) == []
    assert index.statistics().postings == 6
    assert index.expire() == []


def test_what_is_too_small_to_matter_is_merged_over_time_and_still_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SMALL", 400)
    index = RollingIndex(WINDOW, kept_arrivals=0)
    most = 0
    for number in range(3_000):
        index.add(kept([1, 2]), number * WIDTH, story=0)
        index.expire()
        most = max(most, len(index))
    assert SLICES < most <= SLICES + 400 / 2


@pytest.mark.usefixtures("sliced")
def test_undated_ones_age_as_of_their_arrival() -> None:
    index = RollingIndex(WINDOW, kept_arrivals=0)
    index.add(kept([1, 2]), None, story=0)
    assert index.expire() == []
    index.add(kept([1, 2]), 0.0, story=0)
    index.add(kept([1, 2]), WIDTH, story=0)
    index.add(kept([3, 4]), None, story=0)
    index.add(kept([5, 6]), WINDOW + WIDTH, story=0)
    assert index.expire() == [0, 1]
    index.add(kept([5, 6]), WINDOW + WIDTH + 1, story=0)
    assert index.expire() == [2, 3]


@pytest.mark.usefixtures("sliced")
def test_memory_stays_flat_over_many_windows() -> None:
    index = RollingIndex(WINDOW, kept_arrivals=10)
    held, size = [], []
    for number in range(4_000):
        index.add(kept([number, number + 1, number + 2]), number * WINDOW / 100, story=number)
        index.expire()
        held.append((len(index), index.statistics().postings))
        size.append(index.statistics().bytes)
    assert max(count for count, _ in held) <= 100 * (1 + 1 / SLICES) + 2
    assert all(postings == 3 * count for count, postings in held)
    assert max(size[2_000:]) <= max(size[:2_000])


@pytest.mark.usefixtures("sliced")
def test_segments_stay_few() -> None:
    index = RollingIndex(WINDOW, kept_arrivals=0)
    most = 0
    for number in range(3_000):
        index.add(kept([number, number + 1]), number * WINDOW / 1_500, story=number)
        index.expire()
        most = max(most, index.statistics().segments)
    assert most <= SLICES + 2 + 8


def test_a_big_story_does_not_hide_its_source() -> None:
    index = RollingIndex(WINDOW)
    wire = list(range(100, 140))
    boilerplate = [1, 2, 3, 4]
    index.add(kept(wire), 0.0, story=0)
    for copy in range(300):
        index.add(kept([*wire[: 20 + copy % 20], *boilerplate, 10_000 + copy]), 1.0, story=0)
    for other in range(300):
        index.add(kept([*boilerplate, 20_000 + other, 30_000 + other]), 2.0, story=1 + other)
    found = index.find(kept([*wire[:20], *boilerplate]), 3.0)
    assert len(found) == 301
    assert {match.shared for match in found} == {20}
    assert index.find(kept(boilerplate), 3.0) == []


@pytest.mark.parametrize(
    ("hashes", "copies", "stories", "found"),
    [
        (ANYWHERE, CROWDED, CROWDED, True),
        (ANYWHERE, CROWDED + 1, CROWDED_STORIES, True),
        (ANYWHERE, CROWDED + 1, CROWDED_STORIES + 1, False),
        (IN_QUOTATIONS, CROWDED_QUOTED, CROWDED_QUOTED, True),
        (IN_QUOTATIONS, CROWDED_QUOTED + 1, CROWDED_STORIES, True),
        (IN_QUOTATIONS, CROWDED_QUOTED + 1, 2 * CROWDED_STORIES + 1, False),
    ],
)
def test_when_a_hash_is_boilerplate(hashes: list[int], copies: int, stories: int, *, found: bool) -> None:
    index = RollingIndex(WINDOW)
    for number in range(copies):
        index.add(kept(hashes), 0.0, story=number % stories)
    assert len(index.find(kept(hashes), 0.0)) == (copies if found else 0)


TIMES = st.none() | st.integers(0, 40).map(lambda step: step * WINDOW / 8)
ARTICLES = st.lists(st.tuples(st.sets(st.integers(0, 12), max_size=6), TIMES), max_size=30)


class Model:
    """The index as plainly as can be."""

    def __init__(self) -> None:
        self.articles: dict[int, tuple[set[int], float | None]] = {}

    def find(self, hashes: set[int], time: float | None, before: int) -> list[tuple[int, int]]:
        found = [
            (number, len(hashes & theirs))
            for number, (theirs, other) in self.articles.items()
            if number < before and (time is None or other is None or abs(time - other) <= WINDOW)
        ]
        return sorted(((n, shared) for n, shared in found if shared >= 2), key=lambda pair: (-pair[1], pair[0]))


@given(ARTICLES, st.sampled_from([0, 3, 50_000]), st.sampled_from([0, 40, 1 << 20]))
@settings(max_examples=80)
def test_the_index_answers_as_the_model_does(
    articles: list[tuple[set[int], float | None]], arrivals: int, small: int
) -> None:
    index, model = RollingIndex(WINDOW, arrivals), Model()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "SMALL", small)
        for number, (hashes, time) in enumerate(articles):
            for before in (number, number // 2):
                found = index.find(kept(hashes), time, before=before)
                assert [(match.document, match.shared) for match in found] == model.find(hashes, time, before)
            assert index.add(kept(hashes), time, story=number) == number
            model.articles[number] = (hashes, time)
            gone = index.expire()
            for document in gone:
                _, theirs = model.articles.pop(document)
                assert document < number + 1 - arrivals
                assert theirs is None or theirs < (index.watermark or 0) - WINDOW
            assert len(index) == len(model.articles)
            assert index.statistics().postings == sum(len(theirs) for theirs, _ in model.articles.values())


@given(ARTICLES, st.lists(st.integers(1, 9), min_size=30, max_size=30))
def test_a_batch_is_answered_as_one_by_one(articles: list[tuple[set[int], float | None]], sizes: list[int]) -> None:
    single, batched = RollingIndex(WINDOW), RollingIndex(WINDOW)
    one_by_one = []
    for hashes, time in articles:
        one_by_one.append(single.find(kept(hashes, [h % 10 for h in sorted(hashes)]), time))
        single.add(kept(hashes, [h % 10 for h in sorted(hashes)]), time, story=0)
    answers: list[list[Match]] = []
    while len(answers) < len(articles):
        batch = articles[len(answers) :][: sizes.pop()]
        samples = [kept(hashes, [h % 10 for h in sorted(hashes)]) for hashes, _ in batch]
        answers += batched.take(samples, [time for _, time in batch])
    assert answers == one_by_one
    assert batched.take([], []) == []


@pytest.mark.parametrize("count", [63, 64, 327])
def test_segments_are_merged_without_loss(count: int) -> None:
    index = RollingIndex(WINDOW)
    for number in range(count):
        index.add(kept([1, 2, 1_000 + number]), 0.0, story=0)
        if number % 50 == 17:
            assert len(index.find(kept([1, 2]), 0.0)) == number + 1
    assert documents(index.find(kept([1, 1_000 + count - 1]), 0.0)) == [count - 1]
    assert documents(index.find(kept([2, 1_000]), 0.0)) == [0]
    assert len(index.find(kept([1, 2]), 0.0)) == count


def test_statistics_tell_what_is_held() -> None:
    index = RollingIndex(WINDOW)
    empty = index.statistics()
    assert (empty.articles, empty.postings, empty.oldest, empty.newest) == (0, 0, None, None)
    index.extend([kept([1, 2, 3]), kept([4]), kept([])], [50.0, None, 20.0], [0, 1, 2])
    held = index.statistics()
    assert (held.articles, held.postings, held.segments, held.oldest, held.newest) == (3, 4, 1, 20.0, 50.0)
    assert held.bytes > 0


def test_a_posting_costs_about_ten_bytes() -> None:
    index = RollingIndex(WINDOW)
    chance = np.random.default_rng(1)
    for _ in range(30):
        samples = [kept(chance.integers(0, 2**63, 130).tolist()) for _ in range(64)]
        index.take(samples, [0.0] * 64)
    held = index.statistics()
    assert held.bytes / held.postings < 12


def test_a_look_up_in_a_crowd_costs_in_proportion() -> None:
    index = RollingIndex(WINDOW)
    for _ in range(5_000):
        index.add(kept(range(40)), 0.0, story=0)
    begun = process_time()
    assert len(index.find(kept(range(40)), 0.0)) == 5_000
    assert process_time() - begun < 2


def test_what_is_made_before_a_look_up_answers_as_what_it_makes_itself() -> None:
    indexes = [RollingIndex(100.0), RollingIndex(100.0)]
    for index in indexes:
        for number in range(40):
            index.add(kept({number, number + 1, 1_000}), float(number), number)
    for _ in indexes[0].readying():
        pass
    asked = kept({7, 8, 9, 1_000})
    assert indexes[0].find(asked, 0.0) == indexes[1].find(asked, 0.0) != []
