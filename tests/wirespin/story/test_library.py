"""The texts of the stories, as they stood at any record."""

from __future__ import annotations

import random

import pytest

from schemas.accepted import Accepted
from schemas.story import Candidate, StoryItem
from tests.wirespin.story.making import sketched
from wirespin.story.library import Library, Story

DAY = 86_400.0
WINDOW = 7 * DAY


def item(accepted: Accepted, *candidates: str, story: str = "s") -> StoryItem:
    return StoryItem(
        story=story,
        lives=True,
        log=0,
        offset=0,
        accepted=accepted,
        candidates=[Candidate(uid=f"{name}@1", shared=2) for name in candidates],
    )


def linked(story: Story, name: str, upto: int) -> list[str]:
    return sorted(member.uid for member in story.linked(f"{name}@1", upto))


def test_links_go_both_ways_and_count_from_the_offset_that_made_them() -> None:
    library = Library(WINDOW)
    library.take(item(sketched("a", [1])), 0)
    library.take(item(sketched("b", [1]), "a"), 5)
    story = library.take(item(sketched("c", [1]), "a"), 9)
    assert linked(story, "a", 9) == ["b@1", "c@1"]
    assert linked(story, "a", 8) == ["b@1"]
    assert linked(story, "a", 4) == []
    assert linked(story, "c", 9) == ["a@1"]
    assert story.are_linked("b@1", "a@1", 5)
    assert not story.are_linked("b@1", "a@1", 4)
    assert not story.are_linked("b@1", "c@1", 9)


def test_delivered_again_changes_nothing() -> None:
    library = Library(WINDOW)
    items = [item(sketched("a", [1])), item(sketched("b", [1]), "a"), item(sketched("c", [1]), "a", "b")]
    for offset, each in enumerate(items):
        library.take(each, offset)
    for offset in (1, 0, 2, 1):
        story = library.take(items[offset], offset)
        assert linked(story, "a", 2) == ["b@1", "c@1"]
        assert linked(story, "a", 1) == ["b@1"]
    story = library.take(items[1], 77)
    assert linked(story, "a", 1) == ["b@1"]
    assert len(library) == 3


def test_a_link_found_later_was_not_there_before() -> None:
    library = Library(WINDOW)
    library.take(item(sketched("a", [1])), 0)
    library.take(item(sketched("b", [1])), 1)
    story = library.take(item(sketched("b", [1]), "a"), 5)
    assert [linked(story, "a", upto) for upto in (4, 5)] == [[], ["b@1"]]


def test_stories_are_apart_and_strangers_are_no_links() -> None:
    library = Library(WINDOW)
    library.take(item(sketched("a", [1])), 0)
    story = library.take(item(sketched("b", [1]), "a", "b", "nobody", story="other"), 1)
    assert linked(story, "b", 1) == []
    assert linked(library.story("unknown"), "a", 9) == []
    assert len(library) == 2


def test_versions_are_told_by_id() -> None:
    library = Library(WINDOW)
    first = sketched("a", [1])
    library.take(item(first), 3)
    story = library.take(item(first.model_copy(update={"digest": "2"}), "a"), 6)
    assert [member.uid for member in story.versions("a", 6)] == ["a@1", "a@2"]
    assert [member.uid for member in story.versions("a", 5)] == ["a@1"]
    assert story.versions("a", 2) == []


def test_texts_are_kept_for_two_windows() -> None:
    library = Library(WINDOW, kept_arrivals=0)
    library.take(item(sketched("a", [1], day=0)), 0)
    library.take(item(sketched("b", [1], day=1), "a"), 1)
    library.take(item(sketched("c", [1], day=14)), 2)
    assert linked(library.story("s"), "b", 2) == ["a@1"]
    story = library.take(item(sketched("d", [1], day=14.8), "b"), 3)
    assert sorted(story.members) == ["b@1", "c@1", "d@1"]
    assert linked(story, "b", 3) == ["d@1"]


def test_the_last_arrivals_are_kept_whatever_their_age() -> None:
    library = Library(WINDOW, kept_arrivals=2)
    for offset, day in enumerate((0, 0, 0, 100)):
        library.take(item(sketched(f"{offset}", [1], day=day)), offset)
    assert sorted(library.story("s").members) == ["1@1", "2@1", "3@1"]


def test_undated_texts_age_from_their_arrival_and_empty_stories_go() -> None:
    library = Library(WINDOW, kept_arrivals=0)
    library.take(item(sketched("early", [1], day=None)), 0)
    library.take(item(sketched("a", [1], day=0), "early"), 1)
    library.take(item(sketched("undated", [1], day=None), "a"), 2)
    assert len(library) == 3
    library.take(item(sketched("z", [1], day=50), story="later"), 3)
    assert library.story("s").members == {}
    assert len(library) == 1


def fold(library: Library, given: StoryItem, offset: int) -> None:
    library.fold(StoryItem.decoded(given.to_bytes()), offset)


@pytest.mark.parametrize("seed", range(5))
def test_a_folded_story_is_what_it_was(seed: int) -> None:
    """Sent twice, undated, linked to what comes only later, swept: all as if it had been taken in."""
    chance = random.Random(seed)
    names = [f"{n}" for n in range(30)]
    items = [
        item(
            sketched(name, [1], day=chance.choice([None, n / 4])),
            *chance.sample(names, 3),
            story=chance.choice("st"),
        )
        for n, name in enumerate([*names, *names])
    ]
    lived, folded = Library(DAY, kept_arrivals=3), Library(DAY, kept_arrivals=3)
    for offset, each in enumerate(items):
        lived.take(each, offset)
        fold(folded, each, offset)
    for name in "st":
        assert folded.story(name).members == lived.story(name).members
        for member in lived.story(name).members.values():
            one, other = (list(library.story(name).linked(member.uid, 59)) for library in (folded, lived))
            assert one == other
    assert len(folded) == len(lived)


def test_what_is_folded_is_counted_and_ages() -> None:
    library = Library(DAY, kept_arrivals=1)
    for offset, day in enumerate((0, 0.1, None, 2)):
        fold(library, item(sketched(f"{offset}", [1], day=day), story=f"{offset}"), offset)
    assert len(library) == 4
    fold(library, item(sketched("late", [1], day=9), story="late"), 4)
    assert len(library) == 2  # the undated one aged as what came before it
    fold(library, item(sketched("later", [1], day=90), story="late"), 6)
    assert [member.uid for member in library.story("late").members.values()] == ["later@1"]


def test_a_folded_record_that_cannot_be_read_is_passed_over() -> None:
    library = Library(WINDOW)
    fold(library, item(sketched("a", [1])), 0)
    broken = StoryItem.decoded(item(sketched("b", [1])).to_bytes())
    broken["accepted"]["credits"] = "nobody"
    library.fold(broken, 1)
    story = library.take(item(sketched("c", [1]), "a", "b"), 2)
    assert sorted(story.members) == ["a@1", "c@1"]
    assert linked(story, "c", 2) == ["a@1"]


def test_what_is_no_record_of_a_story_is_refused() -> None:
    library = Library(WINDOW)
    with pytest.raises((LookupError, TypeError, ValueError)):
        library.fold({"story": "s"}, 0)
    assert len(library) == 0


def test_a_story_knows_its_kill_notices_until_they_go() -> None:
    library = Library(WINDOW)
    accepted = sketched("a", [1])
    kill = accepted.model_copy(update={"article": accepted.article.model_copy(update={"pub_status": "canceled"})})
    library.take(item(sketched("b", [1])), 0)
    story = library.take(item(kill), 1)
    assert list(story.kills) == [kill.uid]
    story.drop(kill.uid)
    assert not story.kills
