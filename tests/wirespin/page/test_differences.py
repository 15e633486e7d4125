"""Which words differ, for reading."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wirespin.framing.pair import Pair
from wirespin.framing.view import FramingView, view_of
from wirespin.page import differences
from wirespin.page.differences import changed_text, changed_words, kept_words, runs
from wirespin.text.document import Document
from wirespin.text.tokens import tokenize

words = st.lists(st.sampled_from("the a minister said that bridge is safe on monday".split()), max_size=12)


def changes(original: str, copy: str) -> tuple[list[str], list[str]]:
    left, right = view_of(Document(original, language="en")), view_of(Document(copy, language="en"))
    gone, new = changed_words(Pair(left, right))
    return [original[slice(*span)] for span in gone], [copy[slice(*span)] for span in new]


def test_changed_words_of_linked_sentences() -> None:
    gone, new = changes(
        "The minister said the bridge over the river was safe for traffic.",
        "The minister claimed the bridge over the river was safe for traffic.",
    )
    assert (gone, new) == (["said"], ["claimed"])


def test_apostrophes_and_case_are_no_difference() -> None:
    assert changes("The bank's rate rose to 4 percent.", "THE BANK’S RATE ROSE TO 4 PERCENT.") == ([], [])


def test_a_clause_that_changed_its_place_in_the_sentence_is_not_new() -> None:
    gone, new = changes(
        "On Monday the finance minister of Norland told reporters that the tax would rise.",
        "The finance minister of Norland told reporters that the tax would rise on Monday.",
    )
    assert (gone, new) == (["On Monday"], ["on Monday"])
    gone, new = changes(
        "At a briefing in Oslo the minister told reporters that the tax would rise sharply.",
        "The minister told reporters that the tax would rise sharply at a briefing in Oslo.",
    )
    assert (gone, new) == ([], [])
    gone, new = changes(
        "North Korea has described the conflict as a proxy war to destroy Russia, reports say.",
        "The conflict has North Korea alarmed as one to destroy Russia in a proxy war, reports say.",
    )
    assert not any("proxy" in words for words in gone + new)


def test_sentences_without_a_link_are_not_told_of() -> None:
    assert changes("The bridge is closed for repairs.", "Pandas eat bamboo in the mountains.") == ([], [])


def test_a_single_equal_word_and_the_article_before_go_with_the_change() -> None:
    left, right = "he came by the old agency then".split(), "he came by the new bureau then".split()
    assert [run for run in runs(left, right) if run[0]] == [(True, 3, 6, 3, 6)]
    assert [run[0] for run in runs("x war y".split(), "p war q".split())] == [True]
    assert [run[0] for run in runs("x war y".split(), "p war q".split(), {"of"})] == [True, False, True]
    assert [run[0] for run in runs("x of y".split(), "p of q".split(), {"of"})] == [True]


def test_a_word_that_both_have_is_not_marked_unless_it_is_small() -> None:
    gone, new = changes(
        "The experimental drug slowed early decline of patients in the study.",
        "The new drug slowed mild decline among patients in the study.",
    )
    assert (gone, new) == (["experimental", "early", "of"], ["new", "mild", "among"])


@given(words, words)
def test_runs_cover_both_sides_in_order(left: list[str], right: list[str]) -> None:
    found = runs(left, right)
    assert [n for _, a, b, _, _ in found for n in range(a, b)] == list(range(len(left)))
    assert [n for _, _, _, c, d in found for n in range(c, d)] == list(range(len(right)))
    assert all(left[a:b] == right[c:d] for changed, a, b, c, d in found if not changed)


@given(words, words)
def test_kept_words_stand_on_the_other_side(left: list[str], right: list[str]) -> None:
    here, there = kept_words(left, right)
    assert {left[n] for n in here} <= set(right)
    assert {right[n] for n in there} <= set(left)
    assert kept_words(left, left) == (set(range(len(left))), set(range(len(left))))


def test_endless_sentences_are_held_against_each_other_word_by_word() -> None:
    many = [str(number) for number in range(differences.CELLS // 400)]
    assert kept_words(many, [*many[:500], "new"]) == (set(range(500)), set(range(500)))


def test_short_texts() -> None:
    left, right = "Bridge is safe", "Bridge 'safe'?"
    gone, new = changed_text(tokenize(left), tokenize(right))
    assert ([left[slice(*span)] for span in gone], new) == (["is"], [])


def test_a_view_of_nothing() -> None:
    empty: FramingView = view_of(Document(""))
    assert changed_words(Pair(empty, empty)) == ([], [])
