"""Where articles live and what they are compared with."""

from __future__ import annotations

import itertools
import random
from typing import Any

import pytest

from schemas.story import StoryItem
from tests.wirespin.story.making import place, sketched
from wirespin.identity import story_id
from wirespin.reuse import index
from wirespin.story import place as module
from wirespin.story.place import MOST_STORIES, Arrival, Placer
from wirespin.story.residence import Residence, residence

WINDOW = 7 * 86_400.0
WIRE = range(100, 140)


def decoded(item: StoryItem) -> dict[str, Any]:
    """An item as the log has it."""
    return StoryItem.decoded(item.to_bytes())


def sent(items: list[StoryItem]) -> dict[str, list[str]]:
    """Candidates by story."""
    return {item.story: [candidate.uid for candidate in item.candidates] for item in items}


def test_a_newcomer_founds_a_story() -> None:
    [item] = place(Placer(WINDOW), sketched("a", WIRE), 0)
    assert (item.story, item.lives, item.candidates) == (story_id("a@1"), True, [])


def test_a_clear_copy_lives_with_its_source() -> None:
    placer = Placer(WINDOW)
    place(placer, sketched("a", WIRE), 0)
    [item] = place(placer, sketched("b", [*WIRE, 1, 2, 3]), 1)
    assert (item.story, item.lives) == (story_id("a@1"), True)
    assert [(candidate.uid, candidate.shared) for candidate in item.candidates] == [("a@1", 40)]


@pytest.mark.parametrize("mine", [[0] * 20 + [5] * 20, list(range(10)) * 4])
def test_weak_evidence_makes_a_visitor_not_an_inhabitant(mine: list[int]) -> None:
    """Two tenths of either text are a recycled paragraph."""
    placer = Placer(WINDOW)
    narrow = [0] * 20 + [5] * 20
    place(placer, sketched("a", WIRE, tenths=narrow), 0)
    lives, visits = place(placer, sketched("b", WIRE, tenths=mine), 1)
    assert (lives.story, lives.lives, lives.candidates) == (story_id("b@1"), True, [])
    assert (visits.story, visits.lives) == (story_id("a@1"), False)
    assert [candidate.uid for candidate in visits.candidates] == ["a@1"]


def test_three_tenths_of_both_texts_are_clear() -> None:
    placer = Placer(WINDOW)
    place(placer, sketched("a", [1, 2, 3], tenths=[0, 4, 9]), 0)
    [item] = place(placer, sketched("b", [1, 2, 3], tenths=[1, 2, 3]), 1)
    assert item.story == story_id("a@1")


def test_the_same_record_again_gives_the_same_items_and_a_duplicate_gives_none() -> None:
    placer = Placer(WINDOW)
    articles = [sketched(f"{n}", [*WIRE[n : n + 12], n], day=None if n == 3 else n / 10) for n in range(12)]
    first = [place(placer, article, offset) for offset, article in enumerate(articles)]
    for offset in (5, 0, 11, 5):
        assert place(placer, articles[offset], offset) == first[offset]
    assert place(placer, articles[4], 99) == []
    assert placer.statistics.articles == 12
    assert placer.statistics.duplicates == 1


def test_another_version_is_another_article() -> None:
    placer = Placer(WINDOW)
    first = sketched("a", WIRE)
    place(placer, first, 0)
    [item] = place(placer, first.model_copy(update={"digest": "2"}), 1)
    assert sent([item]) == {story_id("a@1"): ["a@1"]}


def test_candidates_are_the_wire_first_then_the_closest() -> None:
    placer = Placer(WINDOW)
    place(placer, sketched("plain", WIRE), 0)
    place(placer, sketched("credits", WIRE[:20], credited="afp"), 1)
    place(placer, sketched("wire", WIRE[:10], agency="afp"), 2)
    [item] = place(placer, sketched("new", WIRE), 3)
    assert [candidate.uid for candidate in item.candidates] == ["wire@1", "credits@1", "plain@1"]


def test_what_is_beyond_the_window_is_no_candidate() -> None:
    placer = Placer(WINDOW)
    place(placer, sketched("a", WIRE, day=0), 0)
    assert sent(place(placer, sketched("b", WIRE, day=7), 1)) == {story_id("a@1"): ["a@1"]}
    assert sent(place(placer, sketched("c", WIRE, day=8), 2)) == {story_id("a@1"): ["b@1"]}
    assert sent(place(placer, sketched("d", WIRE, day=30), 3)) == {story_id("d@1"): []}


def test_a_digest_visits_its_stories_but_not_too_many() -> None:
    placer = Placer(WINDOW)
    for story in range(6):
        place(placer, sketched(f"{story}", range(story * 100, story * 100 + 40)), story)
    parts = [hash_ for story in range(6) for hash_ in range(story * 100, story * 100 + 2 + story)]
    items = place(placer, sketched("digest", parts), 6)
    assert [item.lives for item in items] == [True] + [False] * (MOST_STORIES - 1)
    assert len({item.story for item in items}) == MOST_STORIES


def test_no_more_candidates_than_a_record_can_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_CANDIDATES", 20)
    placer = Placer(WINDOW)
    for number in range(25):
        place(placer, sketched(f"{number}", WIRE), number)
    place(placer, sketched("wire", WIRE[:9], agency="afp"), 25)
    [item] = place(placer, sketched("new", WIRE), 26)
    assert [candidate.uid for candidate in item.candidates] == ["wire@1", *(f"{number}@1" for number in range(19))]


@pytest.mark.parametrize("rewrite", list("abcdef"))
def test_what_must_be_weighed_against_each_other_meets(rewrite: str) -> None:
    """The wire and a rewrite are both at a third story: a text that shares words with both is sent there with both."""
    placer = Placer(WINDOW)
    place(placer, sketched("meeting place", [1, 2, 50, 51]), 0)
    place(placer, sketched("copy", WIRE), 1)
    place(placer, sketched("wire", [*WIRE, 1, 2], agency="afp"), 2)
    place(placer, sketched(rewrite, [50, 51, *range(200, 230)], credited="afp"), 3)
    items = place(placer, sketched("other", [*WIRE, 200, 201]), 4)
    assert [(item.story, item.lives) for item in items] == [
        (story_id("copy@1"), True),
        (story_id("meeting place@1"), False),
    ]
    assert sent(items)[story_id("meeting place@1")] == ["wire@1", f"{rewrite}@1"]


@pytest.mark.parametrize("seed", range(8))
def test_every_pair_that_shares_meets_where_both_texts_are(seed: int) -> None:
    chance = random.Random(seed)
    articles = [sketched(f"{n}", {chance.randrange(60) for _ in range(12)}, day=chance.random()) for n in range(25)]
    placer = Placer(WINDOW)
    at: dict[str, set[str]] = {}
    met: set[frozenset[str]] = set()
    reach: dict[str, int] = {}
    for offset, article in enumerate(articles):
        items = place(placer, article, offset)
        assert [item.lives for item in items] == [True] + [False] * (len(items) - 1)
        reach[article.uid] = len(items)
        for item in items:
            uids = [candidate.uid for candidate in item.candidates]
            assert len(set(uids)) == len(uids)
            assert set(uids) <= at.get(item.story, set())
            met |= {frozenset((article.uid, uid)) for uid in uids}
        for item in items:
            at.setdefault(item.story, set()).add(article.uid)
    hashes = {article.uid: set(_hashes(article.sketch.hashes)) for article in articles}
    for one, later in itertools.combinations(articles, 2):
        if reach[later.uid] < MOST_STORIES:
            assert (frozenset((one.uid, later.uid)) in met) == (len(hashes[one.uid] & hashes[later.uid]) >= 2)


def _hashes(text: str) -> list[int]:
    import base64

    data = base64.b64decode(text)
    return [int.from_bytes(data[at : at + 8], "little") for at in range(0, len(data), 8)]


def test_what_expires_is_forgotten_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "SMALL", 0)
    placer = Placer(WINDOW, kept_arrivals=5)
    for number in range(200):
        place(placer, sketched(f"{number}", range(number * 10, number * 10 + 8), day=number), number)
    assert placer.statistics.expired == 200 - len(placer.index)
    assert len(placer.index) < 12
    assert len(placer._register) == len(placer._register._versions) == len(placer.index)
    [item] = place(placer, sketched("0", range(8), day=0), 200)
    assert item.story == story_id("0@1")


@pytest.mark.parametrize("size", [1, 3, 25])
def test_a_batch_is_placed_as_one_by_one(size: int) -> None:
    chance = random.Random(size)
    articles = [sketched(f"{n % 20}", {chance.randrange(60) for _ in range(12)}) for n in range(25)]
    arrivals = [Arrival.of(article, 0, offset) for offset, article in enumerate(articles)]
    single, batched = Placer(WINDOW), Placer(WINDOW)
    one_by_one = [single.place([arrival])[0] for arrival in arrivals]
    at_once: list[list[StoryItem]] = []
    for start in range(0, 25, size):
        at_once += batched.place(arrivals[start : start + size])
    assert at_once == one_by_one
    assert batched.statistics == single.statistics


@pytest.mark.parametrize("cut", [0, 7, 24])
def test_what_was_said_before_a_restart_is_known_after_it(cut: int) -> None:
    """Even where the article that founded a story is gone from the log."""
    chance = random.Random(cut)
    articles = [sketched(f"{n}", {chance.randrange(60) for _ in range(12)}) for n in range(25)]
    arrivals = [Arrival.of(article, 0, offset) for offset, article in enumerate(articles)]
    lived, restored = Placer(WINDOW), Placer(WINDOW)
    said = [lived.place([arrival])[0] for arrival in arrivals]
    known: list[Residence] = []
    for items in said[:cut]:
        first = residence(decoded(items[0]))
        for item in items[1:]:
            first = residence(decoded(item)).merged(first)
        known.append(first)
    restored.restore(known)
    assert [restored.place([arrival])[0] for arrival in arrivals[cut:]] == said[cut:]
    if cut > 1:
        late = Placer(WINDOW)
        late.restore(known[1:])
        stories = {item.story for items in said for item in items if item.story != said[0][0].story}
        again = {item.story for arrival in arrivals[cut:] for item in late.place([arrival])[0]}
        assert again <= stories | {said[0][0].story}


def test_the_501st_copy_of_a_big_story_still_meets_its_source() -> None:
    """Its hashes are shared by hundreds of articles, all of one story."""
    placer = Placer(WINDOW)
    place(placer, sketched("wire", WIRE, agency="afp"), 0)
    copies = [Arrival.of(sketched(f"copy {n}", [*WIRE[: 20 + n % 20], 10_000 + n]), 0, n) for n in range(1, 501)]
    for start in range(0, 500, 50):
        placer.place(copies[start : start + 50])
    [item] = place(placer, sketched("the 501st", [*WIRE[:20], 20_000]), 501)
    assert item.story == story_id("wire@1")
    assert item.candidates[0].uid == "wire@1"
    assert len(item.candidates) == 501


def test_what_was_taken_back_after_a_restart_expires_as_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "SMALL", 0)
    monkeypatch.setattr(module, "RESTORED_AT_ONCE", 10)
    arrivals = [Arrival.of(sketched(f"{n}", range(n * 10, n * 10 + 8), day=n), 0, n) for n in range(120)]
    lived, restored = Placer(WINDOW, kept_arrivals=5), Placer(WINDOW, kept_arrivals=5)
    said = [lived.place([arrival])[0] for arrival in arrivals]
    restored.restore(residence(decoded(items[0])) for items in said[:100])
    assert len(restored) == len(restored.index) < 25
    for arrival in arrivals[100:]:
        restored.place([arrival])
    assert len(restored) <= len(lived) + 10
    assert [m.document for m in restored.index.find(arrivals[119].sample, None)] == [119]


def test_a_kill_notice_goes_to_every_story_of_what_it_kills() -> None:
    placer = Placer(WINDOW)
    place(placer, sketched("one", range(100, 140)), 0)
    place(placer, sketched("two", range(200, 240)), 1)
    sent_to = {item.story for item in place(placer, sketched("wire", [*range(100, 130), 200, 201]), 2)}
    assert len(sent_to) == 2
    notice = sketched("wire", range(900, 910))
    killed = notice.article.model_copy(update={"pub_status": "canceled"})
    items = place(placer, notice.model_copy(update={"digest": "2", "article": killed}), 3)
    assert {item.story for item in items} == sent_to


def test_a_new_version_without_a_shared_word_lives_with_the_one_before_it() -> None:
    placer = Placer(WINDOW)
    place(placer, sketched("wire", range(100, 140)), 0)
    [item] = place(placer, sketched("wire", range(900, 910)).model_copy(update={"digest": "2"}), 1)
    assert (item.story, item.candidates) == (story_id("wire@1"), [])
