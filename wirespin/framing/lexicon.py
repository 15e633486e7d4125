"""The word lists of `lexicons/`, a file for each language and topic, and their phrases found in a row of words."""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from wirespin.framing.forms import GAP
from wirespin.framing.inflect import stem
from wirespin.text.tokens import fold, tokenize

FULL = "en"
"""The language that all devices know."""

PARTIAL = ("de", "es", "fr", "pt")
"""Languages with lists of their own that are shorter than the English ones and were measured on less."""

APART = 14
"""Words between the parts of such a phrase at most: a German verb and its prefix frame the rest of the clause."""

Phrase = tuple[tuple[str, ...], str]


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


_mark: Callable[[type[Mark], tuple[int, int, str]], Mark] = tuple.__new__
"""Makes a `Mark` in half the time that its own constructor takes."""


@cache
def _split(tag: str) -> tuple[str, str]:
    kind, _, register = tag.rpartition(".")
    return kind, register


@lru_cache(maxsize=1 << 14)
def is_among(tag: str, kinds: tuple[str, ...]) -> bool:
    """Whether a tag, or its kind, is one of some.

    >>> is_among("report.doubt", ("report",)), is_among("report.doubt", ("tone", "report.denial"))
    (True, False)
    """
    return tag in kinds or _split(tag)[0] in kinds


class Lexicon:
    """Phrases with their tags, found in a row of folded words in one pass.

    Args:
        entries: phrases, each with its tag; a phrase may have one GAP.
        bare: what is done to each word of a phrase, as to the words of a text.
    """

    def __init__(self, entries: Iterable[tuple[str, str]], bare: Callable[[str], str] = str) -> None:
        self._words: dict[str, list[str]] = {}
        self._phrases: dict[str, dict[str, list[Phrase]]] = {}
        self._apart: dict[str, list[Phrase]] = {}
        for phrase, tag in dict.fromkeys(entries):
            head, gap, tail = phrase.partition(GAP)
            words = _row(head, bare)
            if gap:
                self._apart.setdefault(words[0], []).append((_row(tail, bare), tag))
            elif len(words) == 1 and tag not in self._words.setdefault(words[0], []):
                self._words[words[0]].append(tag)
            elif len(words) > 1:
                self._phrases.setdefault(words[0], {}).setdefault(words[1], []).append((words, tag))
        self._begins = frozenset([*self._words, *self._phrases, *self._apart])

    def marks(self, norms: list[str], ends: Container[int] = ()) -> list[Mark]:
        """All marks in `norms`, by position; of one tag, the longest at each place; of a phrase with a gap, its head.

        Args:
            norms: folded words.
            ends: indices behind the last words of sentences, over which no gap reaches.

        >>> Lexicon([("made clear", "report.factive")]).marks(["she", "made", "clear"])
        [Mark(first=1, last=3, tag='report.factive')]
        """
        found: list[Mark] = []
        begins, words, seconds, apart = self._begins, self._words, self._phrases, self._apart
        last = len(norms) - 1
        for at in [at for at, norm in enumerate(norms) if norm in begins]:
            norm = norms[at]
            if at < last and norm in seconds and norms[at + 1] in seconds[norm]:
                found += self._longest(norms, at, seconds[norm][norms[at + 1]])
            elif norm in words:
                found += [_mark(Mark, (at, at + 1, tag)) for tag in words[norm]]
            if norm in apart:
                found += self._nearest(norms, at, ends)
        return found

    def _longest(self, norms: list[str], at: int, phrases: list[Phrase]) -> list[Mark]:
        """Of each tag, the mark of the longest phrase that begins at a word, or of the word itself."""
        longest = dict.fromkeys(self._words.get(norms[at], ()), at + 1)
        for words, tag in phrases:
            end = at + len(words)
            if end > longest.get(tag, at) and tuple(norms[at:end]) == words:
                longest[tag] = end
        return [_mark(Mark, (at, end, tag)) for tag, end in longest.items()]

    def _nearest(self, norms: list[str], at: int, ends: Container[int]) -> list[Mark]:
        """The marks of a word whose other part follows within APART words: of several such parts the nearest one's."""
        for place in range(at + 1, min(at + 2 + APART, len(norms))):
            if place in ends:
                break
            tags = [tag for words, tag in self._apart[norms[at]] if tuple(norms[place : place + len(words)]) == words]
            if tags:
                return [Mark(at, at + 1, tag) for tag in tags]
        return []


def _row(phrase: str, bare: Callable[[str], str]) -> tuple[str, ...]:
    return tuple(bare(token.norm) for token in tokenize(phrase))


def _data(name: str) -> dict[str, Any]:
    path = files("wirespin.framing") / "lexicons" / f"{name}.json"
    return dict(json.loads(path.read_text(encoding="utf-8")))


@cache
def data(language: str, topic: str) -> dict[str, Any]:
    """A file of lists by its language and topic."""
    return _data(f"{language}-{topic}")


@cache
def word_set(name: str, language: str = FULL) -> frozenset[str]:
    """A small set of words by its name in a language's `…-words.json`; empty where the language has none."""
    if language not in (FULL, *PARTIAL):
        return frozenset()
    return frozenset(fold(word) for word in data(language, "words")["sets"].get(name, ()))


@cache
def grammar(name: str) -> frozenset[str]:
    """A set of English function words by its name in `lexicons/en-grammar.json`."""
    return frozenset(data(FULL, "grammar")["sets"][name])


@cache
def roles() -> frozenset[str]:
    """English words for people and bodies by what they are ("minister", "police"), in the singular if they have one."""
    lists = data(FULL, "roles")
    return frozenset([*lists["roles"], *lists["bodies"], *lists["plurals"], *lists["short"]])


@cache
def bodies() -> frozenset[str]:
    """Those of them that are no person ("ministry", "company")."""
    return frozenset(data(FULL, "roles")["bodies"])


@cache
def plurals() -> frozenset[str]:
    """Roles that stand for several people though they do not end in -s."""
    return frozenset(data(FULL, "roles")["plurals"])


@cache
def base_verbs() -> frozenset[str]:
    """Base forms of English verbs of speech: many of them, and their forms in -s, are nouns too ("report")."""
    verbs = [verb for words in data(FULL, "reporting")["verbs"].values() for verb in words]
    return frozenset([*verbs, *data(FULL, "roles")["acts"]])


@cache
def camps() -> tuple[frozenset[str], frozenset[str]]:
    """Roles that speak for the state, and roles that never do."""
    lists = data(FULL, "roles")
    return frozenset(lists["authority"]), frozenset(lists["public"])


@cache
def full_roles() -> dict[str, str]:
    """Short forms of titles ("gov") and what they stand for."""
    return dict(data(FULL, "roles")["short"])


@cache
def address() -> dict[str, str]:
    """Forms of address and roles that tell the pronoun of the person ("mr": "he")."""
    return dict(data(FULL, "roles")["address"])


@cache
def party_words(name: str) -> frozenset[str]:
    """A set of nouns for those who act in the news by its name in `lexicons/en-parties.json`."""
    return frozenset(data(FULL, "parties")[name])


@cache
def party_aliases() -> dict[str, str]:
    """A capital, or another name of a country, to the country."""
    return dict(data(FULL, "parties")["capitals"])


@cache
def signs(name: str) -> frozenset[str]:
    """Stems of words that judge for better or for worse, by the name of the list in `lexicons/en-signs.json`."""
    words = data(FULL, "signs")[name]
    return frozenset(" ".join(map(stem, word.split())) for word in words)


@cache
def antonyms(language: str = FULL) -> frozenset[tuple[str, str]]:
    """Pairs of words that turn a statement round, in both orders; none where the language has no lists."""
    if language not in (FULL, *PARTIAL):
        return frozenset()
    pairs = [tuple(fold(pair).split("/")) for pair in data(language, "polarity")["antonyms"]["pairs"]]
    return frozenset((a, b) for a, b in pairs) | frozenset((b, a) for a, b in pairs)


@cache
def antonym_stems() -> frozenset[tuple[str, str]]:
    """The English ones as stems, for other forms of the words ("obliges", "allowing")."""
    return frozenset((stem(a), stem(b)) for a, b in antonyms() if stem(a) != stem(b))


def data_of(name: str) -> dict[str, Any]:
    """What the file of a name in `lexicons/` holds."""
    return _data(name)
