"""The word lists: where they come from, and that no word stands in two lists that exclude one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from importlib.resources import files

import pytest

from wirespin.framing.forms import Grammar
from wirespin.framing.languages import language
from wirespin.framing.lexicon import FULL, PARTIAL, antonyms, data, word_set
from wirespin.framing.view import view_of
from wirespin.framing.wordlists import entries
from wirespin.text.document import Document
from wirespin.text.tokens import fold, tokenize

TOPICS = ("agency", "certainty", "evaluative", "labels", "opinion", "polarity", "reporting", "words")
LANGUAGES = (FULL, *PARTIAL)
EXCLUSIVE = (
    "doubt.distancing doubt.allegation doubt.hedge doubt.booster".split(),
    "tone.strong tone.minimizer tone.intensifier".split(),
)


def strings(value: object) -> Iterator[str]:
    """All words of a file's lists."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def lists(value: object) -> Iterator[list[str]]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from lists(inner)
    elif isinstance(value, list):
        yield value


def row(phrase: str) -> str:
    return " ".join(token.norm for token in tokenize(phrase.replace("…", " 0 ")))


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_has_every_topic_with_its_origin_and_licence(code: str) -> None:
    topics = TOPICS if code == FULL else (*TOPICS, "forms")
    for topic in topics:
        file = data(code, topic)
        assert (file["language"], file["licence"]) == (code, "Apache-2.0")
        assert file["origin"]
        assert file["about"]


def test_no_file_of_a_language_is_left_unread() -> None:
    known = {f"{code}-{topic}.json" for code in PARTIAL for topic in (*TOPICS, "forms")}
    paths = [path.name for path in (files("wirespin.framing") / "lexicons").iterdir()]
    assert {name for name in paths if name.endswith(".json") and not name.startswith(FULL)} == known


@pytest.mark.parametrize("code", LANGUAGES)
def test_words_are_lower_case_and_no_list_has_one_twice(code: str) -> None:
    for topic in TOPICS:
        file = {name: value for name, value in data(code, topic).items() if name not in ("origin", "licence", "about")}
        for word in strings(file):
            assert word == word.strip().lower(), (topic, word)
            assert tokenize(word) or word == "%", (topic, word)
        for one in lists(file):
            assert len(one) == len(set(one)), (topic, {word for word in one if one.count(word) > 1})


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_word_is_in_two_lists_that_exclude_one_another(code: str) -> None:
    tags: dict[str, set[str]] = defaultdict(set)
    for phrase, tag in entries(code):
        tags[row(phrase)].add(tag)
    for phrase, found in tags.items():
        assert sum(tag.startswith("report.") for tag in found) <= 1, (phrase, found)
        for group in EXCLUSIVE:
            assert len(found.intersection(group)) <= 1, (phrase, found)
        sets = [tag.rpartition(".")[0] for tag in found if tag.startswith("label.")]
        assert len(sets) == len(set(sets)), (phrase, found)


@pytest.mark.parametrize("code", LANGUAGES)
def test_strong_words_are_not_mild_as_well(code: str) -> None:
    degrees = data(code, "evaluative")
    for shape, strong in degrees["strong"].items():
        assert not set(strong) & set(degrees["mild"].get(shape, ())), shape


@pytest.mark.parametrize("code", PARTIAL)
def test_all_classes_of_the_english_lists_are_filled(code: str) -> None:
    wanted = {tag for _, tag in entries(FULL) if not tag.startswith(("label.", "speech."))}
    assert wanted <= {tag for _, tag in entries(code)}
    assert set(data(FULL, "words")["sets"]) <= set(data(code, "words")["sets"])
    assert len(data(code, "labels")["sets"]) >= 12
    assert len(entries(code)) > 3_000


@pytest.mark.parametrize("code", PARTIAL)
def test_every_listed_word_has_a_rule(code: str) -> None:
    grammar = Grammar(data(code, "forms"))
    verbs = [word for listed in data(code, "reporting")["verbs"].values() for word in listed]
    verbs += [word for degree in ("strong", "mild") for word in data(code, "evaluative")[degree]["verbs"]]
    for verb in [*verbs, *data(code, "agency")["deeds"]]:
        assert len(grammar.verbs(verb)) >= 5, verb


@pytest.mark.parametrize("code", LANGUAGES)
def test_small_sets_hold_single_words(code: str) -> None:
    for name in data(code, "words")["sets"]:
        for word in word_set(name, code):
            assert word == "%" or [fold(word)] == [token.norm for token in tokenize(word)], (name, word)
    assert all("" not in pair for pair in antonyms(code))


@pytest.mark.parametrize(
    ("code", "word", "part", "forms"),
    [
        ("de", "an|kündigen", "verbs", {"kündigte … an", "angekündigt", "ankündigte", "anzukündigen"}),
        ("de", "bestätigen", "verbs", {"bestätigt", "bestätigte", "bestätige"}),
        ("de", "behaupten", "verbs", {"behauptet", "behaupteten", "behaupte"}),
        ("de", "skandalös", "adjectives", {"skandalöse", "skandalösen"}),
        ("fr", "dénoncer", "verbs", {"dénonça", "dénonçait", "dénoncent"}),
        ("fr", "révéler", "verbs", {"révèle", "révélé", "révéla"}),
        ("fr", "scandaleux", "adjectives", {"scandaleuse", "scandaleusement"}),
        ("es", "presumir que", "verbs", {"presumió que", "presumen que"}),
        ("es", "matón", "nouns", {"matones"}),
        ("es", "cínico", "adjectives", {"cínicas", "cínicamente"}),
        ("pt", "acusação", "nouns", {"acusações"}),
        ("pt", "lamentável", "adjectives", {"lamentáveis", "lamentavelmente"}),
        ("pt", "alegar", "verbs", {"alegou", "alegam", "alegaria"}),
    ],
)
def test_forms(code: str, word: str, part: str, forms: set[str]) -> None:
    assert forms <= set(getattr(Grammar(data(code, "forms")), part)(word))


@pytest.mark.parametrize(
    ("code", "sentence", "tag"),
    [
        ("de", "Der Sprecher wies die Vorwürfe der Firma am Montag zurück", "balance.denial"),
        ("de", "Sie wiesen die Täuschung der Prüfer nach", "report.factive"),
        ("de", "Er soll das Geld genommen haben", "doubt.allegation"),
        ("de", "der mutmaßliche Täter", "doubt.allegation"),
        ("fr", "d'après la police", "report.neutral"),
        ("fr", "il n'a vu personne et l'accusé présumé ment", "doubt.allegation"),
        ("fr", "le prétendu accord", "doubt.distancing"),
        ("fr", "il a prétendu que", "report.doubt"),
        ("es", "el presunto autor", "doubt.allegation"),
        ("es", "lea también", "page.furniture"),
        ("pt", "os supostos crimes", "doubt.distancing"),
        ("pt", "leia também", "page.furniture"),
    ],
)
def test_marks(code: str, sentence: str, tag: str) -> None:
    tongue = language(code)
    norms = [tongue.bare(token.norm) for token in tokenize(sentence)]
    assert tag in {mark.tag for mark in tongue.lexicon.marks(norms)}


def test_the_nearer_part_of_a_verb_decides() -> None:
    marks = language("de").lexicon.marks("sie wiesen nach und wiesen zurück".split())
    assert {mark.tag for mark in marks if mark.first == 1} == {"report.factive"}


def test_no_gap_reaches_over_the_end_of_a_sentence() -> None:
    body = "Er soll morgen kommen. Die Kinder haben frei."
    assert not [mark for mark in view_of(Document(body, language="de")).marks if mark.tag == "doubt.allegation"]
    body = "Er soll das Geld der Kinder genommen haben."
    assert [mark.tag for mark in view_of(Document(body, language="de")).marks] == ["doubt.allegation"]


def test_an_unlisted_language_counts_short_words_as_function_words() -> None:
    finnish = language("fi")
    assert "ja" in finnish.stopwords
    assert "hallitus" not in finnish.stopwords
    assert finnish.stem("hallituksen") == finnish.stem("hallitukset")
    assert (finnish.listed, finnish.coverage) == (False, "partial")


@pytest.mark.parametrize("code", ["en", "und"])
def test_english_is_what_an_unnamed_language_is_taken_for(code: str) -> None:
    assert language(code).coverage == "full"
    assert language(code).canon(["organised", "1,250"], [], "") == ["organized", "1250"]
