"""What the comparison knows of a language: its word lists, how it writes figures, its stems and function words.

English has all lists; German, French, Spanish and Portuguese have lists of their own. Of any other language nothing is
known but what all share: figures, marks, and that short words seldom mean much.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from functools import lru_cache
from typing import Literal

from wirespin.framing.inflect import stem as english_stem
from wirespin.framing.lexicon import FULL, PARTIAL, Lexicon, antonyms, data, word_set
from wirespin.framing.numerals import decimal_of, figure, join_groups
from wirespin.framing.spelling import TITLES, canonical, unaccented
from wirespin.framing.wordlists import entries
from wirespin.text.language import UNKNOWN
from wirespin.text.tokens import Token, is_unspaced

FUNCTION_LETTERS = 3
"""Letters up to which a word of a language without lists counts as a function word."""

STEM_LETTERS, ENDING_LETTERS = 5, 2
"""Letters that a stem keeps at least, and that are cut off at most, in a language without lists."""

SHORTEST_STEM = 3
"""Letters that a stem keeps at least where the endings are known."""

PASSED_OVER = frozenset({"%", ""})
"""Canonical words that no word diff counts: per cent, and the further groups of a figure."""


class _ShortWords(Container[str]):
    """The words of up to FUNCTION_LETTERS letters in a script that parts its words."""

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and len(word) <= FUNCTION_LETTERS and word.isalpha() and not is_unspaced(word)


class Language:
    """A language without lists, and what those with lists do otherwise.

    Attributes:
        code: BCP 47 primary tag.
        lexicon: phrases with their tags.
        stopwords: words without a meaning of their own.
        uncounted: canonical words that a house style puts in or leaves out at will.
        listed: whether it has word lists, without which nobody can tell a verb of speech from a noun.
        elides: whether words lose a letter before others ("l'accord").
        coverage: `full` where all devices know the language.
        capital_nouns: whether all nouns begin with a capital letter, so that it shows no name.
    """

    capital_nouns = False
    listed = False
    elides = False
    coverage: Literal["full", "partial"] = "partial"

    def __init__(self, code: str) -> None:
        self.code = code
        self.lexicon = Lexicon([])
        self.stopwords: Container[str] = _ShortWords()
        self.uncounted = PASSED_OVER
        self._decimal = decimal_of(code)

    def words(self, name: str) -> frozenset[str]:
        """A small set of words by its name in `…-words.json`; empty where the language has no lists."""
        return word_set(name, self.code)

    @property
    def antonyms(self) -> frozenset[tuple[str, str]]:
        """Pairs of opposites, in both orders."""
        return antonyms(self.code)

    def bare(self, norm: str) -> str:
        """A folded word without what is elided before it ("l'accord")."""
        return norm

    def norms(self, tokens: Sequence[Token]) -> list[str]:
        """Folded words of a text, each one `bare`."""
        return [token.norm for token in tokens]

    def canon(self, norms: Sequence[str], tokens: Sequence[Token], text: str) -> list[str]:
        """Words with house style taken out; `tokens` and `text` tell which figures are written in groups."""
        words = [self._canonical(norm) for norm in norms]
        join_groups(text, tokens, words, self._decimal)
        return words

    def stem(self, canon: str) -> str:
        """A rough stem of a canonical word."""
        return _cut(canon)

    def stems(self, canon: Sequence[str]) -> list[str]:
        """Stems of canonical words."""
        return [self.stem(word) for word in canon]

    def _canonical(self, norm: str) -> str:
        """The word itself; of two parts about an apostrophe the longer one ("dell'accordo", "ankara'da")."""
        return max(norm.split("'"), key=len) if "'" in norm else figure(norm, self._decimal)


class _English(Language):
    listed = True
    coverage = "full"

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.lexicon = Lexicon(entries(FULL))
        self.stopwords = word_set("stopwords")
        self.uncounted = PASSED_OVER | {"the", "a", "an", "that"} | TITLES

    def words(self, name: str) -> frozenset[str]:
        return word_set(name)

    @property
    def antonyms(self) -> frozenset[tuple[str, str]]:
        return antonyms()

    def canon(self, norms: Sequence[str], tokens: Sequence[Token], text: str) -> list[str]:
        return list(map(canonical, norms))

    def stem(self, canon: str) -> str:
        return english_stem(canon)

    def stems(self, canon: Sequence[str]) -> list[str]:
        return list(map(english_stem, canon))


class _Listed(Language):
    listed = True

    def __init__(self, code: str) -> None:
        super().__init__(code)
        grammar = data(code, "forms")
        self.capital_nouns = grammar["capital_nouns"]
        self._elided = frozenset(grammar["elided"].split())
        self.elides = bool(self._elided)
        self._unsplit = frozenset(grammar["unsplit"].split())
        self._same: dict[str, str] = {**grammar["numbers"], **grammar["same"]}
        self._percent = tuple(grammar["percent"].split())
        self._suffixes = tuple(sorted(grammar["suffixes"].split(), key=lambda suffix: (-len(suffix), suffix)))
        self.stopwords = word_set("stopwords", code)
        self.uncounted = PASSED_OVER | word_set("uncounted", code)
        self.lexicon = Lexicon(entries(code), self.bare)

    def bare(self, norm: str) -> str:
        head, sign, tail = norm.partition("'")
        return tail if sign and head in self._elided and norm not in self._unsplit else norm

    def norms(self, tokens: Sequence[Token]) -> list[str]:
        return [self.bare(token.norm) if "'" in token.norm else token.norm for token in tokens]

    def canon(self, norms: Sequence[str], tokens: Sequence[Token], text: str) -> list[str]:
        words = super().canon(norms, tokens, text)
        for at in range(len(words) - 1):
            if tuple(norms[at : at + 2]) == self._percent:
                words[at] = words[at + 1] = "%"
        return words

    def stem(self, canon: str) -> str:
        return _without(canon, self._suffixes)

    def _canonical(self, norm: str) -> str:
        return self._same.get(norm) or figure(norm, self._decimal)


@lru_cache(maxsize=1 << 16)
def _cut(word: str) -> str:
    plain = unaccented(word)
    return plain if plain[:1].isdigit() else plain[: max(STEM_LETTERS, len(plain) - ENDING_LETTERS)]


@lru_cache(maxsize=1 << 16)
def _without(word: str, suffixes: tuple[str, ...]) -> str:
    """A word without accents and without the longest of some endings that leaves SHORTEST_STEM letters."""
    plain = unaccented(word)
    for suffix in suffixes:
        if plain.endswith(suffix) and len(plain) - len(suffix) >= SHORTEST_STEM:
            return plain[: -len(suffix)]
    return plain


@lru_cache(maxsize=64)
def language(code: str) -> Language:
    """The language of a BCP 47 primary tag; an unnamed one is taken for English."""
    if code in (FULL, UNKNOWN):
        return _English(code)
    return _Listed(code) if code in PARTIAL else Language(code)
