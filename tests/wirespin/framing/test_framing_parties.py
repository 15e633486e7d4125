"""Who acts and speaks in a story, and under which name."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.wirespin.framing.framing_texts import STORY
from wirespin.framing import FramingView
from wirespin.text.document import Document


def view(text: str) -> FramingView:
    return FramingView(Document(text, language="en"))


def labels(text: str) -> set[str]:
    return {mention.party.label for mention in view(text).parties.mentions}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Finance Minister Lenka Hudcova spoke. Later Hudcova said no.", "the minister (Hudcova)"),
        ("The bank's governor, Tomas Brazdil, said so. Brazdil left.", "the governor (Brazdil)"),
        ("Tomas Brazdil, the bank's governor, left. Brazdil said no.", "the governor (Brazdil)"),
        ("The operator, Samudra Lintas, denied it.", "Samudra Lintas"),
        ("In April the Public Prosecutor's Office announced charges.", "the Public Prosecutor's Office"),
        ("Yesterday Washington claimed to have proof.", "the United States"),
        ("Later the Bank of England said rates would rise.", "the Bank of England"),
        ("In the evening police used batons.", "police"),
        ("In the evening protesters gathered.", "the protesters"),
        ("He joined the al-Aqsa Martyrs Brigades, which said nothing.", "the al-Aqsa Martyrs Brigades"),
    ],
)
def test_a_party_goes_by_its_role_and_name(text: str, label: str) -> None:
    assert label in labels(text)


@pytest.mark.parametrize(
    "text",
    [
        "The ship reached Kuankus on Monday.",
        "He was in office for a year and left on Tuesday.",
        '"We saw Marta Lund," a woman said.',
        "",
    ],
)
def test_places_days_and_quoted_names_are_no_parties(text: str) -> None:
    assert labels(text) <= {"the woman"}


def test_a_noun_stands_for_the_only_one_introduced_by_it() -> None:
    text = "Director Elin Marsh told reporters so. Later the director said more."
    assert [mention.party.label for mention in view(text).parties.mentions] == ["the director (Elin Marsh)"] * 2


def test_two_of_a_kind_are_not_told_apart_by_their_noun() -> None:
    text = "Director Elin Marsh told reporters so. Director Ada Holm said no. Later the director said more."
    assert len(view(text).parties.mentions) == 2


def test_a_capital_and_its_country_are_one() -> None:
    found = {mention.party.key for mention in view("Pyongyang denied it, North Korea said.").parties.mentions}
    assert found == {"north korea"}


def test_languages_without_word_lists_have_no_parties() -> None:
    text = "Der Minister Karl Moor sagte nichts."
    assert not FramingView(Document(text, language="de")).parties.mentions


@settings(deadline=None, max_examples=100)
@given(
    st.lists(
        st.sampled_from([*STORY.split(" "), "of", "the", "'s", "Office", "US", "-", "\n\n", "“", "🙂"]), max_size=60
    )
)
def test_mentions_never_overlap_and_stay_within_the_text(words: list[str]) -> None:
    found = view(" ".join(words))
    end = 0
    for mention in found.parties.mentions:
        assert end <= mention.first < mention.last <= len(found.norms)
        assert found.parties.at(mention.first) == mention
        end = mention.last
