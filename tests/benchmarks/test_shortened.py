"""Sentences cut at random."""

from __future__ import annotations

import random

from benchmarks.quality import articles, load
from benchmarks.shortened import CUTS, DRAWS, cuttable, draws, without
from tests.wirespin.framing.framing_texts import STORY, document
from wirespin.framing.view import view_of

DENIAL = "Northline denied the accusation and said that it would appeal against the fine."


def test_the_first_sentence_and_a_denial_are_never_cut() -> None:
    view = view_of(document())
    said = [view.text((view.sentences[n].start, view.sentences[n].end)) for n in cuttable(view)]
    assert DENIAL not in said
    assert not any(STORY.startswith(one) for one in said)
    assert "We did not act in haste" in " ".join(said)


def test_what_is_cut_is_gone_and_all_else_stays() -> None:
    view = view_of(document())
    last = len(view.sentences) - 1
    assert without(view, [last]) == STORY[: view.sentences[last].start].strip()


def test_as_many_copies_are_drawn_as_are_reported() -> None:
    [original, *_] = articles([one for one in load("set-a") if one["kind"] == "original"])
    drawn = list(draws(original, random.Random(1)))
    assert [count for count, _, _ in drawn] == [count for count in CUTS for _ in range(DRAWS)]
    assert all(len(copy.body) < len(view.document.body) for _, view, copy in drawn)
