"""Who is who in a text: names with their roles, so that "Governor Tomas Brazdil", "the governor" and "he" are one."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wirespin.framing.lexicon import address, bodies, grammar
from wirespin.framing.names import DAYS, Words
from wirespin.framing.phrases import role_of
from wirespin.framing.source import Source
from wirespin.framing.stopwords import STOPWORDS
from wirespin.text.tokens import Span

LOOK_BACK = 12
"""Sentences before a pronoun in which its person is looked for."""

LONE = 2
"""Sentences before a pronoun whose only name is taken for its person's."""

PRONOUN_REACH = 12
"""Words behind a name among which a pronoun is likely its own ("Northline said that it would appeal")."""

_VOTES = {"he": 1, "she": 1, "his": 1, "her": 1, "who": 1, "it": -1, "its": -1, "which": -1}

DESCRIPTION = 7
"""Words behind a name and a comma among which its role stands ("Hudcova, the deputy health minister")."""

BEFORE_NAME = 12
"""Words of a description before a comma and a name."""

OPENERS = grammar("openers")
"""Words that open a sentence and are no names."""

_OPENING = frozenset(["a", "an", "the", "his", "her", "their", "its"])
_STOPPING = frozenset("of for at in on from with by to who which that and said says was is has had".split())
_UNNAMED = STOPWORDS | DAYS


class Named(NamedTuple):
    """A name in the text: words [first, last), its key (surname, folded) and the role it is introduced with, or ""."""

    first: int
    last: int
    surname: str
    role: str


class People:
    """The names of a text and what is known of those who bear them.

    Attributes:
        named: names outside quotations, in order.
        persons: surnames of those who are held to be persons.
        known: those of them whom a title, a role or a first name shows to be persons.
        bodies: last words of names that are held to be those of bodies, places, papers.
        bearers: role to the surnames introduced with it.
        roles: surname to its roles.
        parts: surname to all words of the names that end with it.
    """

    def __init__(self, words: Words) -> None:
        self._words = words
        self.named = list(_names(words))
        self.persons: set[str] = set()
        self.bodies: set[str] = set()
        self.bearers: dict[str, set[str]] = defaultdict(set)
        self.roles: dict[str, set[str]] = defaultdict(set)
        self.parts: dict[str, set[str]] = defaultdict(set)
        self._address = address()
        self._firstly: dict[str, Named] = {}
        self._pronouns: dict[str, str] = {}
        self._spoke: dict[int, Named] = {}
        self._described: dict[int, Named] = {}
        self._firsts = [sentence.first for sentence in words.document.sentences]
        for name in self.named:
            self._learn(name)
        full = {name.surname for name in self.named if 2 <= name.last - name.first <= 4}
        alone = {name.surname for name in self.named if name.last - name.first == 1}
        thingly = Counter(name.surname for name in self.named if self._is_body(name))
        often = Counter(name.surname for name in self.named)
        called_it = self._called_it()
        self.bodies |= {name for name, times in thingly.items() if 2 * times > often[name]} | called_it
        self.bodies -= self.persons
        self.persons |= (full & alone) - self.bodies
        self.known = frozenset(self.persons)
        self._starts = [name.first for name in self.named]

    def _learn(self, name: Named) -> None:
        self._firstly.setdefault(name.surname, name)
        described = _description_before(self._words, name)
        if described is not None:
            begins, role = described
            name = name._replace(role=role)
            self._described[begins] = name
        if name.role:
            self.bearers[name.role].add(name.surname)
            self.roles[name.surname].add(name.role)
        if name.last - name.first > 1:
            self.parts[name.surname].update(self._words.key(at) for at in range(name.first, name.last))
        for title in self._words.norms[max(0, name.first - 1) : name.last - 1]:
            if title in self._address:
                self._pronouns.setdefault(name.surname, self._address[title])
        if name.surname in self._pronouns or (name.role and name.role not in bodies()):
            self.persons.add(name.surname)
        elif name.role:
            self.bodies.add(name.surname)

    def _called_it(self) -> set[str]:
        """Names whose sentences go on with "it" more often than with "he" or "she"."""
        votes: Counter[str] = Counter()
        last = -1
        for name in self.named:
            sentence = bisect_left(self._firsts, name.first + 1) - 1
            if sentence != last:
                last = sentence
                votes[name.surname] += self._vote(name.last, sentence)
        return {name for name, vote in votes.items() if vote < 0}

    def _vote(self, at: int, sentence: int) -> int:
        """1 where the first pronoun of the rest of a sentence is a person's, -1 where it is a thing's, else 0."""
        end = self._words.document.sentences[sentence].last
        for place in range(at, min(end, at + PRONOUN_REACH)):
            vote = _VOTES.get(self._words.norms[place], 0)
            if vote and not self._words.quoted[place]:
                return vote
        return 0

    def _is_body(self, name: Named) -> bool:
        """Whether a name stands behind "the" or is all capitals: that of a body, place or paper."""
        token = self._words.document.tokens[name.last - 1]
        article = name.first > 0 and self._words.norms[name.first - 1] in ("the", "in")
        return article or (token.end - token.start > 1 and self._words.document.body[token.start : token.end].isupper())

    def add(self, surnames: Iterable[str]) -> None:
        """Count those who speak under a name as persons too, but for bodies."""
        self.persons.update(set(surnames) - self.bodies)

    def by_role(self, role: str) -> Named | None:
        """The one person whom the text introduces with a role; None where there are several or none."""
        surnames = self.bearers.get(role, set())
        if len(surnames) != 1:
            return None
        return self._firstly[next(iter(surnames))]

    def described_at(self, at: int) -> Named | None:
        """The person whom the description that begins at a word names behind a comma ("a surgeon at …, Ana Reyes,")."""
        return self._described.get(at)

    def by_pronoun(self, pronoun: str, at: int, *, fronted: bool = False) -> Named | None:
        """The person that "he" or "she" at a word stands for: who spoke in the nearest sentence, else its first person.

        A sentence that itself begins with a pronoun goes on about the one before.

        Args:
            pronoun: "he" or "she".
            at: index of the word.
            fronted: whether it stands behind what is said ("The plan is Hart's, he said"), whose names are others'.
        """
        here = bisect_left(self._firsts, at + 1) - 1
        for number in range(here - fronted, max(-1, here - LOOK_BACK), -1):
            first = self._firsts[number]
            spoke = self._spoke.get(number)
            if spoke is not None and spoke.first < at and self._fits(spoke, pronoun):
                return spoke
            if number != here and self._words.norms[first] in ("he", "she") and not self._words.quoted[first]:
                continue
            end = at if number == here else self._firsts[number + 1]
            found = self._first_person(first, end, pronoun)
            if found is not None:
                return found
        return self._lone_name(at, self._firsts[max(0, here - LONE)]) if here >= 0 else None

    def _lone_name(self, at: int, first: int) -> Named | None:
        """The only name in the words [first, at), where nothing says that it is a person's or that it is not."""
        near = self.named[bisect_left(self._starts, first) : bisect_left(self._starts, at)]
        names = [name for name in near if name.surname not in self.bodies and not self._is_body(name)]
        return names[-1] if len({name.surname for name in names}) == 1 else None

    def note(self, at: int, name: Named, pronoun: str = "") -> None:
        """Remember that a person spoke at a word, under a pronoun or by name."""
        self._spoke[bisect_left(self._firsts, at + 1) - 1] = name
        if pronoun:
            self._pronouns.setdefault(name.surname, pronoun)

    def at(self, word: int) -> Named | None:
        """The person named at a word."""
        place = bisect_left(self._starts, word + 1) - 1
        name = self.named[place] if place >= 0 else None
        return name if name is not None and word < name.last and name.surname in self.persons else None

    def _fits(self, name: Named, pronoun: str) -> bool:
        return self._pronouns.get(name.surname, pronoun) == pronoun

    def _first_person(self, first: int, end: int, pronoun: str) -> Named | None:
        for name in self.named[bisect_left(self._starts, first) : bisect_left(self._starts, end)]:
            if name.surname in self.persons and self._fits(name, pronoun):
                return name
        return None

    def span(self, name: Named) -> Span:
        """Where a name stands in the body."""
        tokens = self._words.document.tokens
        return tokens[name.first].start, tokens[name.last - 1].end


def same_speaker(left: tuple[People, Source], right: tuple[People, Source]) -> bool:
    """Whether two texts may name one speaker: by a surname, by a part of a longer name, or by a role of the bearer.

    "The minister" is Hudcova where either text introduces her as a minister.
    """
    (ours, one), (theirs, other) = left, right
    if one.surname and one.surname == other.surname:
        return True
    if one.role and one.role == other.role:
        return True
    return any(
        _describes(people, named, described)
        for people in (ours, theirs)
        for named, described in ((one, other), (other, one))
    )


def _describes(people: People, named: Source, described: Source) -> bool:
    """Whether a text gives the bearer of a name the other's role, or the other's name as a part of the whole one."""
    if not named.surname:
        return False
    if described.role and described.role in people.roles.get(named.surname, ()):
        return True
    return described.surname is not None and described.surname in people.parts.get(named.surname, ())


def _names(words: Words) -> Iterator[Named]:
    """Runs of capitalised words outside quotations, in order."""
    norms, quoted = words.norms, words.quoted
    begins = [at for at, up in enumerate(words.capitals) if up and not quoted[at] and norms[at] not in _UNNAMED]
    sentences = iter(words.document.sentences)
    opening = behind = limit = 0
    for at in begins:
        while at >= limit:
            sentence = next(sentences)
            if sentence.last > len(norms):
                return
            opening, behind, limit = sentence.first, sentence.first, sentence.last
        if at < behind or (at == opening and norms[at] in OPENERS):
            continue
        first, behind = words.run(at, at, limit)
        surname = words.surname_at(first, behind)
        if not role_of(norms[surname]) or norms[surname - 1] == "of":
            yield Named(first, behind, words.key(surname), _introduced(words, first, behind, surname, limit))


def _introduced(words: Words, first: int, last: int, surname: int, limit: int) -> str:
    """The role with which a name is introduced: in it, before it, or behind it and a comma."""
    for at in range(surname - 1, first - 1, -1):
        if (role := role_of(words.norms[at])) != "":
            return role
    if first > 0 and not words.quoted[first - 1] and words.joined(first - 1):
        role = role_of(words.norms[first - 1])
        if role:
            return role
    if last < limit and not words.quoted[last] and "," in words.gap(last - 1):
        return _described(words, last, limit)
    return ""


def _description_before(words: Words, name: Named) -> tuple[int, str] | None:
    """Where a description that a comma and a whole name follow begins ("a surgeon at …, Ana Reyes,"), and its role."""
    first, last = name.first, name.last
    if last - first < 2 or first == 0 or words.quoted[first - 1] or words.gap(first - 1) != ", ":
        return None
    if last < len(words.norms) and words.joined(last - 1):
        return None
    for begins in range(first - 2, max(-1, first - BEFORE_NAME), -1):
        if words.quoted[begins] or not words.joined(begins):
            return None
        role = _described(words, begins + 1, first) if words.norms[begins] in _OPENING else ""
        if role:
            return begins, role
    return None


def _described(words: Words, at: int, limit: int) -> str:
    """The role in a description such as "the deputy health minister": the last one before a preposition."""
    role = ""
    for place in range(at, min(limit, at + DESCRIPTION)):
        if words.quoted[place] or words.norms[place] in _STOPPING or (place > at and not words.joined(place - 1)):
            break
        role = role_of(words.norms[place]) or role
    return role
