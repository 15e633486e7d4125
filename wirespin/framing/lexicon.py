"""The word lists, loaded once, and what they say about a row of words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from wirespin.framing.inflect import adjective_forms, noun_forms, stem, verb_forms
from wirespin.text.tokens import tokenize

FULL = "en"
"""The language that all devices know."""

PARTIAL = frozenset({"de", "fr", "es", "pt"})
"""Languages with reporting verbs, hedges and negations only."""

Forms = Callable[[str], list[str]]


class Mark(NamedTuple):
    """A place where words of a list stand.

    Attributes:
        first: index of the first word.
        last: index behind the last.
        tag: what the words are, e.g. ``report.doubt`` or ``label.protesters.charged``.
    """

    first: int
    last: int
    tag: str

    @property
    def kind(self) -> str:
        """The tag without its last part."""
        return _split(self.tag)[0]

    @property
    def register(self) -> str:
        """The last part of the tag."""
        return _split(self.tag)[1]


@cache
def _split(tag: str) -> tuple[str, str]:
    kind, _, register = tag.rpartition(".")
    return kind, register


class Lexicon:
    """Phrases with their tags, found in a row of folded words in one pass."""

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        self._words: dict[str, list[str]] = {}
        self._phrases: dict[tuple[str, str], list[tuple[tuple[str, ...], str]]] = {}
        for phrase, tag in dict.fromkeys(entries):
            words = tuple(token.norm for token in tokenize(phrase))
            if len(words) == 1 and tag not in self._words.setdefault(words[0], []):
                self._words[words[0]].append(tag)
            elif len(words) > 1:
                self._phrases.setdefault((words[0], words[1]), []).append((words, tag))

    def marks(self, norms: list[str]) -> list[Mark]:
        """All marks in `norms`, by position; of one tag, the longest at each place.

        >>> Lexicon([("made clear", "report.factive")]).marks(["she", "made", "clear"])
        [Mark(first=1, last=3, tag='report.factive')]
        """
        found: list[Mark] = []
        nothing: list[tuple[tuple[str, ...], str]] = []
        for at, (norm, after) in enumerate(zip(norms, [*norms[1:], ""], strict=False)):
            phrases = self._phrases.get((norm, after), nothing)
            tags = self._words.get(norm)
            if tags or phrases:
                longest = dict.fromkeys(tags or (), at + 1)
                for words, tag in phrases:
                    end = at + len(words)
                    if end > longest.get(tag, at) and tuple(norms[at:end]) == words:
                        longest[tag] = end
                found.extend(Mark(at, end, tag) for tag, end in longest.items())
        return found


def _data(name: str) -> dict[str, Any]:
    path = files("wirespin.framing") / "lexicons" / f"{name}.json"
    return dict(json.loads(path.read_text(encoding="utf-8")))


def _each(words: Iterable[str], tag: str, forms: Forms = lambda word: [word]) -> list[tuple[str, str]]:
    return [(form, tag) for word in words for form in forms(word)]


def _reporting() -> list[tuple[str, str]]:
    data = _data("en-reporting")
    entries = [entry for name, words in data["verbs"].items() for entry in _each(words, f"report.{name}", verb_forms)]
    entries += [entry for name, words in data["forms"].items() for entry in _each(words, f"report.{name}")]
    return entries + _each(data["asides"], "doubt.aside")


def _evaluative() -> list[tuple[str, str]]:
    data = _data("en-evaluative")
    shapes: dict[str, Forms] = {"adjectives": adjective_forms, "nouns": noun_forms, "verbs": verb_forms}
    entries = _each(data["intensifiers"], "tone.intensifier") + _each(data["minimizers"], "tone.minimizer")
    for degree in ("strong", "mild"):
        for shape, words in data[degree].items():
            entries += _each(words, f"tone.{degree}", shapes.get(shape, lambda word: [word]))
    return entries


def _labels() -> list[tuple[str, str]]:
    return [
        entry
        for name, members in _data("en-labels")["sets"].items()
        for register, words in members.items()
        for entry in _each(words, f"label.{name}.{register}")
    ]


def _certainty() -> list[tuple[str, str]]:
    data = _data("en-certainty")
    names = {"distancing": "doubt.distancing", "allegation": "doubt.allegation"}
    names |= {"hedges": "doubt.hedge", "boosters": "doubt.booster"}
    return [entry for field, tag in names.items() for entry in _each(data[field], tag)]


def _plain_lists() -> list[tuple[str, str]]:
    opinion, polarity, agency = _data("en-opinion"), _data("en-polarity"), _data("en-agency")
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
        *_each(agency["deeds"], "agency.deed", verb_forms),
        *_each(agency["agentless"], "agency.agentless"),
    ]


def _foreign(language: str) -> list[tuple[str, str]]:
    data = _data(language)
    entries = [entry for name, words in data["reporting"].items() for entry in _each(words, f"report.{name}")]
    denials = _each(data["reporting"]["denial"], "balance.denial")
    names = {"distancing": "doubt.distancing", "hedges": "doubt.hedge"}
    names |= {"negations": "polarity.negation", "strong": "tone.strong"}
    return entries + denials + [entry for field, tag in names.items() for entry in _each(data[field], tag)]


@lru_cache(maxsize=8)
def lexicon(language: str) -> Lexicon:
    """The lists of a language; of an unknown one, an empty lexicon; of an unnamed one, the English."""
    if language in PARTIAL:
        return Lexicon(_foreign(language))
    if language not in (FULL, "und"):
        return Lexicon([])
    return Lexicon([*_reporting(), *_certainty(), *_evaluative(), *_labels(), *_plain_lists()])


@cache
def word_set(name: str) -> frozenset[str]:
    """A small set of words by its name in `lexicons/en-words.json`."""
    return frozenset(_data("en-words")["sets"][name])


@cache
def party_words(name: str) -> frozenset[str]:
    """A set of nouns for those who act in the news by its name in `lexicons/en-parties.json`."""
    return frozenset(_data("en-parties")[name])


@lru_cache(maxsize=1)
def party_aliases() -> dict[str, str]:
    """A capital, or another name of a country, to the country."""
    return dict(_data("en-parties")["capitals"])


@cache
def signs(name: str) -> frozenset[str]:
    """Stems of words that judge for better or for worse, by the name of the list in `lexicons/en-signs.json`."""
    words = _data("en-signs")[name]
    return frozenset(" ".join(map(stem, word.split())) for word in words)


@lru_cache(maxsize=1)
def antonyms() -> frozenset[tuple[str, str]]:
    """Pairs of English words that turn a statement round, in both orders."""
    pairs = [tuple(pair.split("/")) for pair in _data("en-polarity")["antonyms"]["pairs"]]
    return frozenset((a, b) for a, b in pairs) | frozenset((b, a) for a, b in pairs)


@lru_cache(maxsize=1)
def antonym_stems() -> frozenset[tuple[str, str]]:
    """The same as stems, for other forms of the words ("obliges", "allowing")."""
    return frozenset((stem(a), stem(b)) for a, b in antonyms() if stem(a) != stem(b))
