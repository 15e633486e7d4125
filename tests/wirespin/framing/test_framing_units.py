"""Alignment, word lists, spelling and speakers: what the devices stand on."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from tests.wirespin.framing.framing_texts import STORY, document, edited
from wirespin.framing.align import align
from wirespin.framing.inflect import adjective_forms, noun_forms, stem, verb_forms
from wirespin.framing.languages import language
from wirespin.framing.lexicon import Lexicon, antonyms, word_set
from wirespin.framing.pair import Pair, is_furniture
from wirespin.framing.spelling import canonical
from wirespin.framing.view import FramingView, view_of
from wirespin.text.document import Document


def view(body: str) -> FramingView:
    return FramingView(Document(body, language="en"))


def links(original: str, copy: str) -> list[list[int]]:
    return align(view(original), view(copy)).sources


FIRST = "The port fined the ferry operator Northline two million euros on Monday."
SECOND = "Inspectors found fourteen life rafts without certificates in March."
THIRD = "The union of workers wants higher wages for night shifts."


def test_identical_sentences_are_linked_one_to_one() -> None:
    assert links(f"{FIRST} {SECOND} {THIRD}", f"{THIRD} {FIRST}") == [[2], [0]]


def test_a_merged_sentence_has_two_sources() -> None:
    merged = (
        "The port fined Northline two million euros on Monday after inspectors found life rafts without certificates."
    )
    assert sorted(links(f"{FIRST} {SECOND} {THIRD}", merged)[0]) == [0, 1]


def test_a_split_sentence_is_the_source_of_both_halves() -> None:
    halves = "The port fined the ferry operator Northline. The fine of two million euros came on Monday, the port said."
    assert links(f"{FIRST} {THIRD}", halves) == [[0], [0]]


def test_an_unrelated_sentence_has_no_source() -> None:
    assert links(f"{FIRST} {SECOND}", "Rain is expected along the coast. It was about time.") == [[], []]


def test_a_sentence_left_out_is_kept_by_nobody() -> None:
    alignment = align(view(f"{FIRST} {SECOND}"), view(FIRST))
    assert alignment.kept == [1.0, 0.0]
    assert alignment.targets == [[0], []]


def test_the_word_diff_passes_over_house_style() -> None:
    styled = edited(("1.9 million passengers", "1.9m passengers"), ("found 14", "found fourteen"))
    pair = Pair(view_of(document()), view_of(document(styled)))
    assert pair.edits == []
    assert pair.fidelity == 1.0


def test_the_word_diff_gives_the_words_exchanged() -> None:
    pair = Pair(view_of(document()), view_of(document(edited(("300 protesters", "300 rioters")))))
    [edit] = pair.edits
    assert [pair.original.norms[at] for at in edit.original] == ["protesters"]
    assert [pair.copy.norms[at] for at in edit.copy] == ["rioters"]


@pytest.mark.parametrize(
    ("line", "furniture"),
    [
        ("Sign up for our newsletter.", True),
        ("Download our app now!", True),
        ("Passengers wait at the terminal", True),
        ("More from World: Storm batters coast | Bridge closed", True),
        ("Nothing was learned.", False),
        ("The court has ten days to rule on the petition.", False),
    ],
)
def test_site_furniture_is_told_from_text(line: str, furniture: bool) -> None:
    assert is_furniture(view(line), 0) is furniture


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ('"We had no choice at all," Hudcova told reporters.', ["hudcova"]),
        ('"We had no choice at all," said Dr. Helen Marchetti of the clinic.', ["marchetti"]),
        ('Marta Kolinska said: "We had no choice at all."', ["kolinska"]),
        ('Brazdil said no. He left.\n\n"We had no choice at all," he said.', ["brazdil"]),
        ('"We had no choice," Veit said. "It was late and dark."', ["veit", "veit"]),
        ('Nobody knew. "We had no choice at all."', [None]),
        ('"We had no choice at all," Bragança said.', ["braganca"]),
    ],
)
def test_speakers_of_quotations(text: str, speakers: list[str | None]) -> None:
    assert [quote.speaker for quote in view(text).quotes] == speakers


@pytest.mark.parametrize(
    ("text", "scare"), [('It passed the "inspection" in March.', True), ('"Never," said Veit.', False)]
)
def test_scare_quotes_have_no_verb_of_speech(text: str, scare: bool) -> None:
    assert [quote.scare for quote in view(text).quotes] == [scare]


def test_equal_documents_share_one_view_and_lists_of_spans_are_taken() -> None:
    assert view_of(document()) is view_of(document())
    loose = Document(STORY, spans=[[0, 40]], language="en")  # type: ignore[arg-type]
    assert view_of(loose).tokens[-1].end <= 40


@pytest.mark.parametrize(
    ("words", "form"),
    [
        (["organised", "organized"], "organized"),
        (["neighbours", "neighbors"], "neighbors"),
        (["eighteen", "18"], "18"),
        (["10,000", "10000"], "10000"),
        (["kilometres", "km"], "kilometer"),
    ],
)
def test_spellings_of_one_word_have_one_form(words: list[str], form: str) -> None:
    assert {canonical(word) for word in words} == {form}


def test_word_forms() -> None:
    assert {"slammed", "slamming", "slams"} <= set(verb_forms("slam"))
    assert {"denied", "denies"} <= set(verb_forms("deny"))
    assert noun_forms("crony") == ["crony", "cronies"]
    assert adjective_forms("terrible") == ["terrible", "terribly"]
    assert stem("protesters") == stem("protested") == stem("protest")


def test_the_longest_phrase_of_a_tag_is_marked() -> None:
    known = Lexicon([("wrong", "a.b"), ("wrong to speak", "a.b"), ("speak", "c.d")])
    assert [(mark.first, mark.last, mark.tag) for mark in known.marks(["wrong", "to", "speak", "wrong"])] == [
        (0, 3, "a.b"),
        (2, 3, "c.d"),
        (3, 4, "a.b"),
    ]


@pytest.mark.parametrize("code", ["de", "fr", "es", "pt"])
def test_partial_languages_have_verbs_hedges_and_negations(code: str) -> None:
    samples = {"de": "bestritt angeblich nicht", "fr": "nie soi-disant jamais", "es": "negó supuesto nunca"}
    samples["pt"] = "negou suposto nunca"
    kinds = {mark.kind for mark in language(code).lexicon.marks(samples[code].replace("-", " ").split())}
    assert {"report", "doubt", "polarity"} <= kinds


def test_an_unknown_language_has_no_words() -> None:
    assert language("fi").lexicon.marks(["claimed", "shameful"]) == []


def test_every_list_tells_where_it_comes_from() -> None:
    lists = [path for path in (files("wirespin.framing") / "lexicons").iterdir() if path.name.endswith(".json")]
    assert len(lists) >= 10
    for path in lists:
        data = json.loads(path.read_text(encoding="utf-8"))
        assert data["origin"]
        assert data["licence"] == "Apache-2.0"
        assert data["language"]
        assert data["about"]


def test_opposites_go_both_ways() -> None:
    assert ("won", "lost") in antonyms()
    assert ("lost", "won") in antonyms()
    assert "the" in word_set("stopwords")


@pytest.mark.parametrize(
    ("body", "speaker"),
    [
        ('"We had no water," Jones said.', "jones"),
        ('"Who knew that we had no water?" Jones asked.', "jones"),
        ('"We had no water..." Jones said.', "jones"),
        ('"We had no water at all." Jones replied that nobody knew.', None),
        ('Smith said: "We had no water at all." Jones replied that nobody knew.', "smith"),
    ],
)
def test_a_quotation_that_ends_with_a_full_stop_is_not_the_next_speaker_s(body: str, speaker: str | None) -> None:
    [quote] = view(body).quotes
    assert quote.speaker == speaker
