"""What match reads of a record after a restart: all it needs, and nothing that would end the rebuild."""

from __future__ import annotations

import functools
import itertools
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from schemas.story import StoryItem
from tests.wirespin.story.making import sketched
from wirespin.identity import story_id
from wirespin.story.place import Arrival, Placer, rank
from wirespin.story.residence import Residence, residence

ACCEPTED = sketched("a", [3, 1, 2], agency="afp")


def item() -> dict[str, Any]:
    given = StoryItem(story=story_id("a@1"), lives=True, log=2, offset=7, accepted=ACCEPTED)
    return StoryItem.decoded(given.to_bytes())


def test_it_is_what_the_whole_record_says() -> None:
    found, arrival = residence(item()), Arrival.of(ACCEPTED, 2, 7)
    assert found.sample.hashes.tolist() == arrival.sample.hashes.tolist()
    assert found.sample.tenths.tolist() == arrival.sample.tenths.tolist()
    assert (found.sample.shingles, found.sample.scale) == (arrival.sample.shingles, arrival.sample.scale)
    assert found.time == arrival.time
    placed = found.placed
    assert (placed.uid, placed.offset, placed.rank) == (ACCEPTED.uid, 7, rank(ACCEPTED))


def broken(*path: str, to: Any) -> Callable[[dict[str, Any]], None]:
    def breaking(data: dict[str, Any]) -> None:
        for step in path[:-1]:
            data = data[step]
        data[path[-1]] = to

    return breaking


@pytest.mark.parametrize(
    "breaking",
    [
        broken("accepted", to=[]),
        broken("accepted", "article", "id", to=["a"]),
        broken("accepted", "digest", to=None),
        broken("accepted", "published", to=5),
        broken("accepted", "published", to="soon"),
        broken("accepted", "sketch", "hashes", to="AAAA"),
        broken("accepted", "sketch", "hashes", to="é"),
        broken("accepted", "sketch", "tenths", to={}),
        broken("offset", to="7"),
        broken("story", to="story-ffffffffffffffff"),
        broken("story", to="s"),
    ],
)
def test_what_is_no_article_at_a_story_is_refused_before_it_is_taken_in(
    breaking: Callable[[dict[str, Any]], None],
) -> None:
    data = item()
    Placer(86_400.0).restore([residence(data)])
    breaking(data)
    with pytest.raises((LookupError, TypeError, ValueError)):
        residence(data)


def test_it_goes_from_a_process_to_another_as_it_is() -> None:
    found = residence(item())
    again = pickle.loads(pickle.dumps(found))
    assert (again.placed, again.time, again.lives) == (found.placed, found.time, found.lives)
    assert again.sample.hashes.tolist() == found.sample.hashes.tolist()
    assert again.sample.tenths.tolist() == found.sample.tenths.tolist()
    assert (again.sample.shingles, again.sample.scale) == (found.sample.shingles, found.sample.scale)


def test_it_lives_in_the_first_of_its_stories_whatever_was_read_first() -> None:
    lives = item()
    visits = [lives | {"story": story_id(name), "lives": False} for name in ("b@1", "c@1")]
    homes = set()
    for order in itertools.permutations([lives, *visits]):
        first, *others = map(residence, order)
        merged = functools.reduce(Residence.merged, others, first)
        assert merged.placed.homes[0] == residence(lives).placed.homes[0]
        homes.add(frozenset(merged.placed.homes))
    assert [len(one) for one in homes] == [3]
