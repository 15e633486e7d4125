"""Who stands at a verb of speech: before it, behind it, across an insertion, or as the subject of its sentence."""

from __future__ import annotations

from wirespin.framing.lexicon import Mark, grammar
from wirespin.framing.names import DAYS, Words
from wirespin.framing.phrases import (
    BREAKS,
    DETERMINERS,
    HEADED,
    PARTY,
    PREPOSITIONS,
    PRONOUNS,
    Mention,
    ending,
    is_role,
    noun,
    starting,
)
from wirespin.framing.speakers import OPENERS
from wirespin.framing.stopwords import STOPWORDS

RELATIVES = frozenset(["who", "which", "that"])

FOLLOWED = frozenset(
    ["according to", "in the words of", "laut", "nach angaben", "selon", "d'après", "según", "segundo", "de acordo com"]
)
"""Phrases behind which their speaker stands."""

ASKING = ("tell", "told", "ask", "inform", "remind", "assur", "accus", "urg", "thank", "blam", "call", "warn")
"""Beginnings of verbs behind which stands who is spoken to."""

BEING = frozenset(["is", "was", "are", "were", "been", "being", "be"])

HELPERS = grammar("helpers")
"""What may part a subject from its verb."""

PLACING = grammar("placing")
"""Words before the name of a place."""

DESCRIBING = grammar("describing")
"""Roles that describe a name before them without an article ("X, head of Y, said")."""

SPEAKING = grammar("speaking_things")
"""Things that a participle right behind them makes speak ("a sign saying")."""

STOPS = frozenset(",.;:–—(")
"""Signs behind a speaker who stands behind the verb."""

INSERTIONS = 5
"""Pieces between commas that may part a speaker from the verb ("X, 45, of Y, who …, said")."""

INSERTION_WORDS = 30
"""Words of such a piece at most."""

ROLE_FIRST = 5
"""Words of a sentence among which a role without an article is its subject ("Former prime minister …")."""

SUBJECT_WITHIN = 60
"""Words of a sentence within which its subject stands."""

OPENING = 15
"""Words before the comma that parts a sentence's opening from its subject."""


def speaker_at(words: Words, mark: Mark, bounds: tuple[int, int]) -> Mention | None:
    """Who speaks at a verb within its sentence [first, last), or None."""
    floor, ceiling = bounds
    first, norms = mark.first, words.norms
    if " ".join(norms[first : mark.last]) in FOLLOWED:
        found = _behind(words, mark.last, ceiling)
        return found._replace(how="phrase") if found else None
    before = first - 1
    quoted_as = mark.last < ceiling and norms[mark.last] == "as"
    if before >= floor and norms[before] in BEING and not norms[first].endswith("ing") and not quoted_as:
        by = mark.last < ceiling and norms[mark.last] == "by"
        return _behind(words, mark.last + 1, ceiling) if by else None
    if not _is_inverted(words, mark, floor):
        return _before(words, mark, floor)
    found = _behind(words, mark.last, ceiling)
    if found is None or not _ends_there(words, found.last, ceiling):
        return _before(words, mark, floor)
    if before < floor or words.quoted[before]:
        return found
    other = _before(words, mark, floor)
    return found if other is None or (found.kind == "name" and other.how == "clause") else other


def _is_inverted(words: Words, mark: Mark, floor: int) -> bool:
    """Whether the speaker may stand behind the verb: it comes first, or right behind a quotation or a comma."""
    if words.norms[mark.first].startswith(ASKING):
        return False
    before = mark.first - 1
    return before < floor or words.quoted[before] or not words.joined(before)


def _ends_there(words: Words, at: int, ceiling: int) -> bool:
    """Whether a speaker behind the verb is not the subject of what is said ("X, 45, said Y was …")."""
    if at >= ceiling:
        return True
    if words.quoted[at] or not words.joined(at - 1):
        return not STOPS.isdisjoint(words.gap(at - 1))
    return words.norms[at] in PREPOSITIONS or words.norms[at] in DAYS or words.norms[at] in ("who", "as", "and", "when")


def _behind(words: Words, at: int, ceiling: int) -> Mention | None:
    """The noun phrase that begins behind the verb."""
    if at >= ceiling or words.quoted[at] or not words.joined(at - 1):
        return None
    if words.norms[at] in PRONOUNS:
        return Mention(at, at + 1, at, "pronoun", "beside")
    if not words.capitals[at] and (words.norms[at] in PREPOSITIONS or words.norms[at] in BREAKS):
        return None
    return starting(words, at, ceiling, "beside", at)


def _before(words: Words, mark: Mark, floor: int) -> Mention | None:
    """The subject before a verb."""
    at = mark.first - 1
    while at >= floor and not words.quoted[at] and words.joined(at) and _is_helper(words, at):
        at -= 1
    if at < floor:
        return None
    if words.norms[mark.first].endswith("ing") and words.norms[at] not in PRONOUNS:
        itself = words.joined(at) and not words.quoted[at] and _speaks_itself(words, at, floor)
        return ending(words, at, floor, "beside") if itself else subject(words, floor, at + 1)
    return None if words.quoted[at] else _standing(words, at, floor)


def _standing(words: Words, at: int, floor: int) -> Mention | None:
    """The subject that stands before a finite verb, with its last word at `at`."""
    if not words.joined(at):
        return _across(words, at, floor) or subject(words, floor, at + 1)
    if words.norms[at] in RELATIVES:
        return _antecedent(words, at, floor)
    if words.norms[at] in BREAKS or words.norms[at] in PREPOSITIONS:
        return subject(words, floor, at)
    return ending(words, at, floor, "beside")


def _speaks_itself(words: Words, at: int, floor: int) -> bool:
    """Whether a participle belongs to the word before: "a sign saying", "with Ann Hart calling it", "– Hart saying"."""
    if words.norms[at] in SPEAKING:
        return True
    if not words.capitals[at]:
        return False
    first = words.run(at, floor, at + 1)[0]
    return first > floor and (not words.joined(first - 1) or words.norms[first - 1] in ("and", "with"))


def _antecedent(words: Words, at: int, floor: int) -> Mention | None:
    """Whom a "who" at a word stands for."""
    found = ending(words, at - 1, floor, "beside") if at > floor else None
    return found._replace(relative=at) if found else None


def _is_helper(words: Words, at: int) -> bool:
    norm = words.norms[at]
    return norm in HELPERS or norm in DAYS or (norm.endswith("ly") and not words.capitals[at])


def _across(words: Words, at: int, floor: int) -> Mention | None:
    """The subject before one or more insertions: "X, who heads Y, said"."""
    described: Mention | None = None
    last = at
    for _ in range(INSERTIONS):
        first = last
        while first > max(floor, last - INSERTION_WORDS) and words.joined(first - 1) and not words.quoted[first - 1]:
            first -= 1
        if words.quoted[first]:
            break
        if words.norms[last] in RELATIVES and not described:
            return _antecedent(words, last, floor)
        if _is_place(words, first, last, floor):
            last = first - 1
            continue
        found = _piece(words, first, last, floor)
        if found is not None and found.kind != "role":
            return found
        described = described or found
        if first <= floor or words.quoted[first - 1]:
            break
        last = first - 1
    return described


def _is_place(words: Words, first: int, last: int, floor: int) -> bool:
    """Whether a piece only says where the place before it lies: "a woman in Worcester, Massachusetts, said"."""
    if first - 2 < floor or words.quoted[first - 1] or not words.capitals[first - 1] or last - first > 1:
        return False
    before = words.run(first - 1, floor, first)[0] - 1
    return before > floor and words.norms[before] in PLACING and all(words.capitals[first : last + 1])


def _piece(words: Words, first: int, last: int, floor: int) -> Mention | None:
    """The speaker in a piece [first, last] between commas, if it is not an insertion."""
    if _is_insertion(words, first, floor) or (first > floor and "(" in words.gap(first - 1)):
        return None
    if words.norms[first] in DETERMINERS and words.norms[first] not in PRONOUNS:
        return _description(words, first, last) or starting(words, first, last + 1, "apposition", floor)
    return ending(words, last, first, "apposition")


def _description(words: Words, first: int, last: int) -> Mention | None:
    """The first role in a piece that no name follows at once: "an Iranian journalist visiting Nice"."""
    for at in range(first + 1, min(last, first + HEADED)):
        if is_role(words.norms[at]) and not words.capitals[at] and not words.capitals[at + 1]:
            return None if is_role(words.norms[at + 1]) else Mention(first, at + 1, at, "role", "apposition")
    return None


def _is_insertion(words: Words, first: int, floor: int) -> bool:
    """Whether a piece between commas cannot be the subject."""
    norm = words.norms[first]
    if words.capitals[first]:
        return (first == floor and (norm in PREPOSITIONS or norm in BREAKS or norm.endswith("ing"))) or len(
            norm
        ) <= PARTY
    return norm not in DETERMINERS and norm not in PRONOUNS and not (is_role(norm) and norm not in DESCRIBING)


def subject(words: Words, floor: int, ceiling: int) -> Mention | None:
    """The subject of a sentence as far as its first words tell: the first name, pronoun, role behind no preposition."""
    begins = _opened(words, floor, ceiling)
    for at in range(begins, min(ceiling, begins + SUBJECT_WITHIN)):
        norm = words.norms[at]
        if at == floor and at + 1 < ceiling and "," in words.gap(at) and not is_role(norm):
            continue
        if words.quoted[at] or (at > floor and (words.norms[at - 1] in PREPOSITIONS or words.norms[at - 1] == "as")):
            continue
        if norm in PRONOUNS and norm != "it":
            return Mention(at, at + 1, at, "pronoun", "clause")
        named = words.capitals[at] and norm not in STOPWORDS and norm not in DAYS and len(norm) > PARTY
        headed = named and (at > floor or not (norm in BREAKS or norm in DETERMINERS or norm in OPENERS))
        if (headed and not norm.endswith("ly")) or (
            is_role(norm) and (at - floor < ROLE_FIRST or words.norms[at - 1] == "the")
        ):
            last = at + 1
            while last < ceiling and words.joined(last - 1) and _names_on(words, last):
                last += 1
            return noun(words, at, last, "clause", floor)
    return None


def _names_on(words: Words, at: int) -> bool:
    """Whether a word goes on with a name or description: a capital, a role, what a genitive owns."""
    return (
        not words.quoted[at]
        and words.norms[at] not in DAYS
        and (words.capitals[at] or is_role(words.norms[at]) or words.norms[at - 1].endswith("'s"))
    )


def _opened(words: Words, floor: int, ceiling: int) -> int:
    """Where a sentence begins behind what opens it: "On Tuesday, …", "Speaking in Paris, …"."""
    norm = words.norms[floor]
    if norm in PREPOSITIONS or norm in BREAKS or norm.endswith(("ing", "ly")):
        for at in range(floor, min(ceiling, floor + OPENING) - 1):
            if "," in words.gap(at):
                return at + 1
    return floor
