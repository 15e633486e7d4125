"""Which words a language's lists hold, inflected, and the tag that each list's words get."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from wirespin.framing.forms import Grammar
from wirespin.framing.inflect import adjective_forms, noun_forms, verb_forms
from wirespin.framing.lexicon import FULL, data

Forms = Callable[[str], list[str]]
Entries = list[tuple[str, str]]

PLURAL = 5
"""Letters from which a name that ends in -rs is taken for the plural of one in -er or -or."""


def entries(language: str) -> Entries:
    """All phrases of a language, each with its tag."""
    shapes = _shapes(language)
    return [
        *_reporting(language, shapes),
        *_certainty(language),
        *_evaluative(language, shapes),
        *_labels(language, shapes),
        *_plain_lists(language, shapes),
    ]


def _shapes(language: str) -> dict[str, Forms]:
    """How a language inflects the words of a list, by part of speech."""
    if language == FULL:
        return {"adjectives": adjective_forms, "nouns": noun_forms, "verbs": verb_forms}
    grammar = Grammar(data(language, "forms"))
    return {"adjectives": grammar.adjectives, "nouns": grammar.nouns, "verbs": grammar.verbs}


def _as_is(word: str) -> list[str]:
    return [word]


def _each(words: Iterable[str], tag: str, forms: Forms = _as_is) -> Entries:
    return [(form, tag) for word in words for form in forms(word)]


def _reporting(language: str, shapes: dict[str, Forms]) -> Entries:
    lists = data(language, "reporting")
    found = [one for name, words in lists["verbs"].items() for one in _each(words, f"report.{name}", shapes["verbs"])]
    found += [one for name, words in lists["forms"].items() for one in _each(words, f"report.{name}")]
    if language == FULL:
        acts = data(FULL, "roles")
        found += _each(acts["acts"], "speech.act", shapes["verbs"]) + _each(acts["act_forms"], "speech.act")
    return found + _each(lists["asides"], "doubt.aside") + _each(lists.get("mood", ()), "mood.reported")


def _evaluative(language: str, shapes: dict[str, Forms]) -> Entries:
    lists = data(language, "evaluative")
    found = _each(lists["intensifiers"], "tone.intensifier") + _each(lists["minimizers"], "tone.minimizer")
    for degree in ("strong", "mild"):
        for shape, words in lists[degree].items():
            found += _each(words, f"tone.{degree}", shapes.get(shape, _as_is))
    return found


def _both_numbers(word: str) -> list[str]:
    """An English name for people in the plural, and one of them: "rioters", "rioter"."""
    single = len(word) > PLURAL and word.endswith("rs") and " " not in word
    return [word, word[:-1]] if single else [word]


def _labels(language: str, shapes: dict[str, Forms]) -> Entries:
    """Names in sets: the English ones are given in most of their forms, others are inflected as nouns."""
    forms = _both_numbers if language == FULL else shapes["nouns"]
    return [
        entry
        for name, members in data(language, "labels")["sets"].items()
        for register, words in members.items()
        for entry in _each(words, f"label.{name}.{register}", forms)
    ]


def _certainty(language: str) -> Entries:
    lists = data(language, "certainty")
    names = {"distancing": "doubt.distancing", "allegation": "doubt.allegation"}
    names |= {"hedges": "doubt.hedge", "boosters": "doubt.booster"}
    return [entry for field, tag in names.items() for entry in _each(lists[field], tag)]


def _plain_lists(language: str, shapes: dict[str, Forms]) -> Entries:
    opinion, polarity, agency = (data(language, topic) for topic in ("opinion", "polarity", "agency"))
    return [
        *_each(opinion["phrases"], "voice.opinion"),
        *_each(opinion["weak"], "voice.weak"),
        *_each(opinion["persons"], "voice.person"),
        *_each(opinion["furniture"], "page.furniture"),
        *_each(polarity["negations"], "polarity.negation"),
        *_each(polarity["denials"], "balance.denial"),
        *_each(polarity["contrast"], "balance.contrast"),
        *_each(polarity["caveats"], "balance.caveat"),
        *_each(polarity["causes"], "agency.cause"),
        *_each(agency["actors"], "agency.actor"),
        *_each(agency["deeds"], "agency.deed", shapes["verbs"]),
        *_each(agency.get("deed_forms", ()), "agency.deed"),
        *_each(agency["agentless"], "agency.agentless"),
    ]
