"""What a text would be known by if its wording were changed: names, numbers, headline, first sentence."""

from __future__ import annotations

from dataclasses import dataclass

from wirespin.text.document import Document
from wirespin.text.tokens import Token

SHORT = 30
"""Words. A dividend notice has 14, a price change 28, an agency's lead paragraph alone 30."""

TABLE = 0.3
"""Share of a text's words that are numbers from which it is a table; earnings in running lines come to 0.27."""


@dataclass(frozen=True)
class Facts:
    """What a text would be known by if its wording were changed. Words are folded.

    Attributes:
        words: all words of headline and body.
        numbers: those that begin with a digit.
        names: words of the body that are capitalised within a sentence.
        headline: words of the headline, numbers left out.
        lead: words of the first sentence, numbers left out.
        opening_names: capitalised words of headline and first sentence that the body never prints small.
        small: words that the body prints small.
        length: words of the body.
        density: share of them that are numbers, 0..1.
    """

    words: frozenset[str]
    numbers: frozenset[str]
    names: frozenset[str]
    headline: frozenset[str]
    lead: frozenset[str]
    opening_names: frozenset[str]
    small: frozenset[str]
    length: int
    density: float


@dataclass(frozen=True)
class Likeness:
    """Two texts' facts compared. Shares are of the text that has fewer, 0..1, and 1 where one has none.

    Attributes:
        numbers: share of the numbers that the other text has.
        number_count: how many the text that has fewer has.
        shared_numbers: distinct numbers that both have.
        names: share of the names that the other text has.
        name_count: how many the text that has fewer has.
        headline: share of the headline's words that the other's headline or first sentence has.
        lead: share of the first sentence's words that the other text has.
        replaced: share of the opening names that stand in one text only, on both sides.
        short: whether one of them is of under `SHORT` words.
        table: whether both are tables.
    """

    numbers: float
    number_count: int
    shared_numbers: int
    names: float
    name_count: int
    headline: float
    lead: float
    replaced: float
    short: bool
    table: bool


def facts(document: Document) -> Facts:
    """What a text is known by."""
    tokens, headline = document.tokens, document.headline_tokens
    openers = {sentence.first for sentence in document.sentences}
    lead = tokens[: document.sentences[0].last] if document.sentences else []
    capitals = _capitals(document.body, tokens)
    small = frozenset(token.norm for token in tokens if document.body[token.start].islower())
    opening = {token.norm for token, large in zip(lead, capitals, strict=False) if large}
    opening |= {t.norm for t, large in zip(headline, _capitals(document.headline, headline), strict=True) if large}
    numbers = [token.norm for token in tokens if _is_number(token.norm)]
    return Facts(
        words=frozenset(token.norm for token in (*tokens, *headline)),
        numbers=frozenset(numbers) | {token.norm for token in headline if _is_number(token.norm)},
        names=frozenset(t.norm for at, t in enumerate(tokens) if capitals[at] and at not in openers),
        headline=_plain(headline),
        lead=_plain(lead),
        opening_names=frozenset(opening) - small,
        small=small,
        length=len(tokens),
        density=len(numbers) / len(tokens) if tokens else 0.0,
    )


def likeness(one: Facts, other: Facts) -> Likeness:
    """Compare what two texts are known by; the order of the two is no matter."""
    return Likeness(
        numbers=_kept((one.numbers, other.words), (other.numbers, one.words)),
        number_count=min(len(one.numbers), len(other.numbers)),
        shared_numbers=len(one.numbers & other.numbers),
        names=_kept((one.names, other.words), (other.names, one.words)),
        name_count=min(len(one.names), len(other.names)),
        headline=_kept((one.headline, other.headline | other.lead), (other.headline, one.headline | one.lead)),
        lead=_kept((one.lead, other.words), (other.lead, one.words)),
        replaced=_replaced(one, other),
        short=min(one.length, other.length) < SHORT,
        table=min(one.density, other.density) >= TABLE,
    )


def _kept(one: tuple[frozenset[str], frozenset[str]], other: tuple[frozenset[str], frozenset[str]]) -> float:
    """Share of the smaller set of words that is found on the other side; the larger share where both are of a size."""
    least = min(len(one[0]), len(other[0]))
    if not least:
        return 1.0
    return max(len(mine & theirs) for mine, theirs in (one, other) if len(mine) == least) / least


def _replaced(one: Facts, other: Facts) -> float:
    """Share of the opening names that each text has in place of the other's."""
    small = one.small | other.small
    lost = min(
        len(one.opening_names - other.words - small),
        len(other.opening_names - one.words - small),
    )
    return lost / (lost + len(one.opening_names & other.opening_names)) if lost else 0.0


def _capitals(text: str, tokens: list[Token]) -> list[bool]:
    """For each word whether it is printed with a capital."""
    return [text[token.start].isupper() for token in tokens]


def _plain(tokens: list[Token]) -> frozenset[str]:
    return frozenset(token.norm for token in tokens if not _is_number(token.norm))


def _is_number(norm: str) -> bool:
    return norm[0].isdigit()
