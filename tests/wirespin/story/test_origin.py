"""What a story remembers of its copies' origins: it changes no answer, and spares working them out again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.accepted import Accepted
from tests.wirespin.story import test_decide as riga
from tests.wirespin.story import test_standing as versions
from tests.wirespin.story.desk import WINDOW
from tests.wirespin.story.making import article, place
from wirespin.story.decide import Output, handle
from wirespin.story.library import Library
from wirespin.story.pair import Comparer
from wirespin.story.place import Placer
from wirespin.story.sources import may_be_source

POOL = [
    riga.WIRE,
    riga.WIRE_2,
    riga.COPY,
    riga.FOLLOWS,
    riga.UNDATED,
    riga.CREDITED,
    riga.CREDITED_2,
    riga.SLANTED,
    versions.FIRST,
    versions.CORRECTED,
    versions.OF_FIRST,
    versions.OF_CORRECTED,
    versions.KILL,
    versions.AGAIN,
    *versions.FORMS,
    *versions.COPIES,
    article("copy", riga.body(*riga.STORY[:4]), publisher="Daily Ledger", at="2025-03-03T16:00:00Z", version=2),
    article("credited", riga.body(*riga.STORY[1:], "AFP"), publisher="The Courier", at="2025-03-03T17:00:00Z"),
]


def outputs(articles: list[Accepted], *, forgetful: bool) -> list[Output]:
    placer, library, comparer = Placer(WINDOW), Library(WINDOW), COMPARER
    said: list[Output] = []
    for number, accepted in enumerate(articles):
        for item in place(placer, accepted, number):
            if forgetful:
                library.story(item.story).origins.clear()
            said.append(handle(item, len(said), library, comparer))
    return said


COMPARER = Comparer()  # pure: what it remembers of pairs spares the examples their time


@given(st.lists(st.sampled_from(POOL), min_size=2, max_size=14, unique_by=lambda one: one.uid))
@settings(max_examples=150, deadline=None)
def test_what_is_remembered_changes_no_answer(articles: list[Accepted]) -> None:
    assert outputs(articles, forgetful=False) == outputs(articles, forgetful=True)


def test_a_crowd_of_credited_copies_is_not_worked_out_anew_for_each_newcomer(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = 0

    def counted(source: Accepted, copy: Accepted) -> bool:
        nonlocal asked
        asked += 1
        return may_be_source(source, copy)

    monkeypatch.setattr("wirespin.story.standing.may_be_source", counted)
    crowd = [
        article(
            f"crowd-{number}",
            riga.body(*riga.STORY, f"The {number} of them are safe.", "Reuters"),
            publisher=f"Outlet {number}",
            at=f"2025-03-03T{number:02}:00:00Z",
        )
        for number in range(24)
    ]
    # each may be the source of all that came, but for the first, which tells them all
    said = outputs([crowd[0], *reversed(crowd[1:])], forgetful=False)
    assert [event.original.id for output in said for event in output.events] == ["crowd-0"] * (len(crowd) - 1)
    assert asked < 3 * len(crowd) ** 2, "grows faster than the pairs do"
