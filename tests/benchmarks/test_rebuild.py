"""What the rebuild benchmark writes is what match writes."""

from __future__ import annotations

import orjson

from benchmarks.rebuild import items
from schemas.story import StoryItem
from streams.settings import Settings
from wirespin.story.residence import residence


def test_articles_are_written_again_as_others_in_later_rounds() -> None:
    settings = Settings(window_days=3)
    made = list(items(settings, 50, 20))
    read = [StoryItem.from_bytes(orjson.dumps(item)) for item in made]
    assert {item.offset for item in read} == set(range(50))
    assert len({item.accepted.uid for item in read}) == 50
    times = [item.accepted.published or "" for item in read]
    assert times == sorted(times)
    first, again = (
        {int(one) for item in part for one in residence(item).sample.hashes} for part in (made[:20], made[-20:])
    )
    assert not first & again
    rounds = [{item.story for item in read if item.accepted.id.endswith(f"-{number}")} for number in range(3)]
    assert not rounds[0] & rounds[1] | rounds[1] & rounds[2]
