"""Who acts and speaks in a story: persons with their roles, organisations, groups.

A person goes by a role and a surname, "the minister (Hudcova)", wherever the text names either; an organisation by its
name, or by what it is ("the company") where the text introduces only one so; a government by its country, although the
text says its capital. A capitalised word that neither speaks, nor has a role, nor is called an organisation is a place
or a thing, and no party.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from wirespin.framing.lexicon import Mark, party_aliases, party_words
from wirespin.framing.stopwords import STOPWORDS
from wirespin.text.document import Document

JOINED = " -.'’"
"""Signs between the words of one name."""

PARTICLES = frozenset(["de", "da", "del", "la", "al", "bin", "van", "von"])
"""Small words inside a name."""

HYPHENS = ("-", "‑")
"""Signs that join "al" to the name behind it."""

BELONGING = frozenset(["of", "for"])
"""Small words inside the name of an organisation: "Bank of England", but not "Smith of England"."""

THE = (["the"], ["its"], ["their"])
"""Words before a noun that means somebody who was introduced before: "in office" means nobody."""

DETERMINERS = frozenset(["the", "its", "his", "her", "their", "a", "an", "whose"])
"""Words before the role of somebody whose name follows in commas."""

APPOSITION = 6
"""Words of "its managing director" between a name and its role, at most."""

DEMONYMS = ("ian", "ean", "ish", "ese", "rman", "rican")
"""Endings of adjectives of countries, which begin many names and stand for none."""

NAME_WORDS = 8
"""Words of a name at most."""


@dataclass(frozen=True)
class Party:
    """Somebody whom a story may favour.

    Attributes:
        key: what all names of the party share: surname, country, or noun.
        name: how an explanation calls it: "Hudcova", "the Public Prosecutor's Office", "police".
        label: the same with the role, where it has one: "the minister (Hudcova)".
        person: whether "he" or "she" may stand for it.
    """

    key: str
    name: str
    label: str
    person: bool = False


@dataclass(frozen=True)
class Mention:
    """Words [first, last) that name a party."""

    first: int
    last: int
    party: Party


class Parties:
    """The parties of a text and where they are named, in order."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self.mentions = sorted(mentions, key=lambda one: one.first)
        self._firsts = [one.first for one in self.mentions]

    def at(self, word: int) -> Mention | None:
        """The mention that holds a word."""
        place = bisect_right(self._firsts, word) - 1
        found = self.mentions[place] if place >= 0 else None
        return found if found and word < found.last else None

    def within(self, first: int, last: int) -> list[Mention]:
        """Mentions that begin within words [first, last)."""
        return self.mentions[bisect_left(self._firsts, first) : bisect_left(self._firsts, last)]

    def named(self, key: str) -> Party | None:
        """The party of a key."""
        return next((one.party for one in self.mentions if one.party.key == key), None)


@dataclass
class _Name:
    """A run of capitalised words, or a noun of a party, before it is known who that is."""

    first: int
    last: int
    key: str
    text: str
    role: str = ""
    body: bool = False
    article: bool = False


def find_parties(document: Document, norms: list[str], capitals: list[bool], marks: list[Mark]) -> Parties:
    """Parties of a text, outside its quotations.

    Args:
        document: the text.
        norms: its folded words, as far as they are looked at.
        capitals: for each word, whether it begins with a capital letter.
        marks: what the word lists say of them.
    """
    verbs = {mark.first for mark in marks if mark.kind == "report"}
    reader = _Reader(document, norms, capitals, verbs)
    names = reader.names()
    nouns = reader.nouns({at for name in names for at in range(name.first, name.last)})
    spoken = {at for mark in marks if mark.kind == "report" for at in (mark.first - 1, mark.last)}
    return Parties(_settle(reader, names, nouns, spoken))


@lru_cache(maxsize=1)
def nameless() -> frozenset[str]:
    """Words that may have a capital letter and begin no name."""
    return party_words("never") | STOPWORDS | party_words("groups")


@lru_cache(maxsize=1)
def bodies_and_groups() -> frozenset[str]:
    """Nouns for what is no person."""
    return party_words("bodies") | party_words("groups")


@lru_cache(maxsize=1)
def persons_and_bodies() -> frozenset[str]:
    """Nouns for a person's or a body's role."""
    return party_words("persons") | party_words("bodies")


@lru_cache(maxsize=1)
def countries() -> frozenset[str]:
    """Countries that go by other names too."""
    return frozenset(party_aliases().values())


@lru_cache(maxsize=1)
def roles_and_groups() -> frozenset[str]:
    """Nouns that name a party by what it is."""
    return party_words("persons") | party_words("bodies") | party_words("groups")


@lru_cache(maxsize=1)
def roles_and_groups_owning() -> frozenset[str]:
    """The same, and their genitives."""
    return roles_and_groups() | {f"{noun}'s" for noun in roles_and_groups()}


class _Reader:
    """Reads names and nouns off a text."""

    def __init__(self, document: Document, norms: list[str], capitals: list[bool], verbs: set[int]) -> None:
        self.document, self.norms, self.capitals, self.verbs = document, norms, capitals, verbs
        self.small = {norm for norm, capital in zip(norms, capitals, strict=True) if not capital}
        self.firsts = {sentence.first for sentence in document.sentences}
        inside = [at for at, capital in enumerate(capitals) if capital and at not in self.firsts]
        self.nameless = nameless()
        self.proper = {self.bare(at) for at in inside if not document.quoted[at]}

    def between(self, at: int) -> str:
        """The signs before a word."""
        tokens = self.document.tokens
        return self.document.body[tokens[at - 1].end : tokens[at].start] if at else ""

    def bare(self, at: int) -> str:
        """A word without its possessive ending."""
        return self.norms[at].removesuffix("'s").removesuffix("’s")

    def _opens(self, at: int) -> bool:
        """Whether a capitalised word can belong to a name, and has its capital not only as the first of a sentence."""
        norm = self.norms[at]
        if norm in self.nameless or self.document.quoted[at]:
            return norm == "us" and self._shouted(at)
        if at not in self.firsts:
            return True
        if at + 1 < len(self.norms) and self.capitals[at + 1] and not self.between(at + 1).strip(JOINED):
            return True
        told = at + 1 in self.verbs or self.norms[at + 1 : at + 2] in (["who"], ["which"])
        known = self.bare(at) in self.proper or (told and not norm.endswith("s"))
        return known and norm not in self.small

    def _shouted(self, at: int) -> bool:
        token = self.document.tokens[at]
        return self.document.body[token.start : token.end].isupper()

    def names(self) -> list[_Name]:
        """Runs of capitalised words, with the role that stands by them."""
        found: list[_Name] = []
        last = 0
        for at, capital in enumerate(self.capitals):
            if capital and at >= last and self._opens(at):
                last = self._end(at)
                hyphened = at > 0 and self.norms[at - 1] in PARTICLES and self.between(at) in HYPHENS
                found.append(self._name(at - hyphened, last))
        return found

    def _end(self, at: int) -> int:
        """Index behind a name."""
        last, bodies = at + 1, party_words("bodies")
        while last < len(self.norms) and last - at < NAME_WORDS and not self.between(last).strip(JOINED):
            owned = self.norms[last - 1] != self.bare(last - 1)
            if last in self.firsts or (owned and self.norms[last] != "office"):
                break
            called = self.norms[last] in BELONGING and any(word in bodies for word in self.norms[at:last])
            called |= self.norms[last] == "and" and not BELONGING.isdisjoint(self.norms[at:last])
            end = last + (called or self.norms[last] in PARTICLES)
            if end >= len(self.norms) or not self.capitals[end] or self.between(end).strip(JOINED):
                break
            last = end + 1
        noun = last < len(self.norms) and self.norms[last] in bodies_and_groups()
        return (
            last + 1
            if noun and not self.between(last).strip() and self.norms[last - 1] == self.bare(last - 1)
            else last
        )

    def _name(self, first: int, last: int) -> _Name:
        persons, bodies = party_words("persons"), bodies_and_groups()
        words = [self.bare(at) for at in range(first, last)]
        titles = [place for place, word in enumerate(words[:-1]) if word in persons and bodies.isdisjoint(words)]
        begin = first + (titles[-1] + 1 if titles else 0)
        if words[0] == "state" and self.norms[max(0, first - 2) : first] == ["secretary", "of"] and begin == first:
            begin += last - first > 1
        role = words[titles[-1]] if titles else self._role_before(first, last) or self._role_behind(last)
        tokens = self.document.tokens
        text = " ".join(self.document.body[tokens[begin].start : tokens[last - 1].end].split())
        text = text.removesuffix("'s").removesuffix("’s")
        whole = " ".join(words[begin - first :])
        body = not bodies.isdisjoint(words) or role in bodies
        if body and not role:
            role = next((word for word in words if word in bodies), "")
        country = whole if whole in countries() else party_aliases().get(whole)
        key = country or (whole if body else words[-1])
        return _Name(first, last, key, text, role, body=body, article=self.norms[first - 1 : first] == ["the"])

    def _role_before(self, first: int, last: int) -> str:
        """The role right before a name, or in "its operator, X," before a name in commas."""
        if first == 0 or self.between(first).strip() not in ("", ","):
            return ""
        before = self.norms[first - 1]
        if self.between(first).strip() == ",":
            closed = last >= len(self.norms) or self.between(last)[:1] in (",", ".")
            leading = self.norms[max(0, first - 2)]
            if not closed or not (leading in DETERMINERS or leading.endswith("'s")):
                return ""
        return before if before in persons_and_bodies() else ""

    def _role_behind(self, last: int) -> str:
        """The role in ", the managing director," behind a name."""
        if last >= len(self.norms) or not self.between(last).startswith(","):
            return ""
        for at in range(last, min(last + APPOSITION, len(self.norms))):
            if at > last and self.between(at).strip(JOINED):
                return ""
            if self.norms[at] in party_words("persons") and not self.capitals[at]:
                return self.norms[at]
            if self.norms[at] in ("who", "which", "said", "told"):
                return ""
        return ""

    def nouns(self, taken: set[int]) -> list[_Name]:
        """Nouns that name a party by what it is."""
        wanted, groups = roles_and_groups_owning(), party_words("groups")
        places = [at for at, norm in enumerate(self.norms) if norm in wanted and at not in taken]
        return [
            _Name(at, at + 1, self.bare(at), self.bare(at))
            for at in places
            if not self.document.quoted[at] and (self.bare(at) in groups or self.norms[at - 1 : at] in THE)
        ]


def _settle(reader: _Reader, names: list[_Name], nouns: list[_Name], spoken: set[int]) -> list[Mention]:
    """Give each name and noun its party."""
    _join(names)
    groups: dict[str, list[_Name]] = defaultdict(list)
    for one in names:
        groups[one.key].append(one)
    acting = {one.key for one in names if one.role or one.body or one.last - 1 in spoken or one.first in spoken}
    acting |= {one.key for one in names if reader.norms[one.last : one.last + 1] in (["who"], ["which"])}
    acting |= countries()
    known = {key: _party(key, groups[key]) for key in groups if key in acting}
    owners: dict[str, set[str]] = defaultdict(set)
    for one in names:
        owners[one.role].add(one.key)
    found = [Mention(one.first, one.last, known[one.key]) for one in names if one.key in known]
    for one in nouns:
        keys = owners.get(one.key, set()) - {""} if one.key not in party_words("groups") else set()
        if len(keys) == 1:
            found.append(Mention(one.first, one.last, known[next(iter(keys))]))
        elif not keys and one.key not in party_words("persons"):
            found.append(Mention(one.first, one.last, _noun_party(one.key)))
    return found


def _join(names: list[_Name]) -> None:
    """Give a party one key, whether what it is stands by its name or not, and all of its name or its beginning."""
    bodies = {one.key for one in names if one.body}
    people = {one.text.casefold(): one.key for one in names if " " in one.text and not one.body}
    keys = {one.key for one in names if " " in one.text}
    for one in names:
        whole = one.text.casefold()
        longer = {key for key in bodies if key.startswith(whole + " ")}
        if whole.endswith(DEMONYMS):
            longer = set()
        elif whole not in keys:
            longer |= {key for text, key in people.items() if text.startswith(whole + " ")}
        if whole in bodies:
            one.key = whole
        elif len(longer) == 1 and not party_aliases().get(whole):
            one.key = longer.pop()


def _party(key: str, names: list[_Name]) -> Party:
    """A named party: a person by the surname, an organisation by its whole name, a country by its own."""
    full = max((one.text for one in names), key=len)
    if key in countries():
        country = ("the " if key.startswith(("united", "european")) else "") + key.title()
        return Party(key, country, country)
    role = next((one.role for one in names if one.role), "")
    if role in party_words("persons") and not any(one.body for one in names):
        short = next((one.text for one in names if " " not in one.text), full)
        label = full if role in party_words("vague") else f"the {role} ({short})"
        return Party(key, short, label, person=True)
    article = "the " if any(one.article for one in names if one.text == full) else ""
    return Party(key, article + full, article + full, person=not any(one.body for one in names))


def _noun_party(noun: str) -> Party:
    name = noun if noun == "police" else f"the {noun}"
    return Party(noun, name, name)
