"""For or against whom a change speaks, where that can be read from the text; None everywhere else.

The subject of a verb is the party that stands before it, with nothing between but helping words, or an insertion in
commas, or behind it where a quotation ends ("…," said Marsh). Nothing is guessed from further away: to name the wrong
party is worse than to name none.
"""

from __future__ import annotations

from collections.abc import Iterable

from wirespin.framing.inflect import stem
from wirespin.framing.lexicon import Mark, party_words, roles, signs
from wirespin.framing.parties import DEMONYMS, Mention, Party
from wirespin.framing.quotes import Quote
from wirespin.framing.spelling import unaccented
from wirespin.framing.stopwords import STOPWORDS
from wirespin.framing.view import FramingView

HELPERS = 3
"""Words such as "also" or "has since" between a subject and its verb, at most."""

INSERTION = 14
"""Words of an insertion in commas between a subject and its verb, at most."""

INVERTED = 4
"""Words between a verb behind a quotation and the end of its subject's article and adjectives, at most."""

BESIDE = 2
"""Words between a judging word and the party that it judges, at most."""

PRONOUNS = frozenset(["he", "she"])
NEGATED = frozenset(["not", "no", "never", "neither", "nor", "without", "hardly"])

TIED = ("beside", "phrase", "apposition")
"""How a speaker was told where a rule ties the name to the verb (`Source.how`)."""

SHARED = frozenset(["and", "by"])
"""Words before a name that does not speak alone, or to which something is done ("claimed by both")."""

SPEAKING_AFTER = frozenset(["according to", "in the words of"])
"""Phrases whose speaker stands behind them."""


def against(party: Party | None) -> str | None:
    """What `Finding.favours` says of a party that fares worse."""
    return f"against {party.label}" if party else None


def in_favour(party: Party | None) -> str | None:
    """What `Finding.favours` says of a party that fares better."""
    return f"for {party.label}" if party else None


def subject(view: FramingView, mark: Mark) -> Party | None:
    """Who says, or does, what a verb says."""
    known = view.once(_subjects)
    if mark not in known:
        known[mark] = _subject(view, mark)
    return known[mark]


def _subjects(_: FramingView) -> dict[Mark, Party | None]:
    """Those of the verbs that were asked for."""
    return {}


def _subject(view: FramingView, mark: Mark) -> Party | None:
    words = " ".join(view.norms[mark.first : mark.last])
    if words in SPEAKING_AFTER:
        return _party(_behind(view, mark.last))
    if mark.first == 0 or view.sentences[view.sentence_of(mark.first)].first == mark.first:
        return None
    near = _before(view, mark.first)
    if near is not None and near.party.key.endswith(DEMONYMS):
        return None
    found = _party(near) or _inverted(view, mark) or _pronoun(view, mark.first) or _same(view, mark.first)
    return found or _spoken(view, mark)


def _spoken(view: FramingView, mark: Mark) -> Party | None:
    """The speaker that the rules for quotations tell at a verb of speech, where they name one or a role ("the mayor").

    Nobody in languages whose parties are not known.
    """
    source = next((said.source for said in view.speech if said.mark.first == mark.first), None)
    if source is None or source.how not in TIED or source.owned or source.pronoun or not view.is_full:
        return None
    first, last = view.document.token_range(source.span)
    if last > len(view.norms) or (first > 0 and view.norms[first - 1] in SHARED):
        return None
    if source.role is None:
        return _surnamed(view, source.surname) if source.surname else None
    if source.role not in roles() - party_words("never") or view.norms[first] != "the":
        return None
    name = f"the {' '.join(view.text(view.words_span(first + 1, last)).split())}"
    return Party(name.removeprefix("the ").casefold(), name, name)


def _surnamed(view: FramingView, surname: str) -> Party | None:
    """The only party of a surname."""
    found = {one.party for one in view.parties.mentions if unaccented(one.party.name.split()[-1].casefold()) == surname}
    return found.pop() if len(found) == 1 else None


def _same(view: FramingView, verb: int) -> Party | None:
    """The subject of the verb of speech before, in "denied it, saying" and "denied it and said"."""
    first = view.sentences[view.sentence_of(verb)].first
    participle = view.norms[verb].endswith("ing") and _gap(view, verb).strip() == ","
    if not participle and view.norms[verb - 1] != "and":
        return None
    earlier = [mark for mark in view.marks_in(first, verb) if mark.kind == "report" and not view.quoted[mark.first]]
    return subject(view, earlier[-1]) if earlier else None


def _party(mention: Mention | None) -> Party | None:
    return mention.party if mention else None


def _gap(view: FramingView, at: int) -> str:
    """The signs before a word."""
    body = view.document.body
    return body[view.tokens[at - 1].end : view.tokens[at].start] if at else ""


def _before(view: FramingView, verb: int) -> Mention | None:
    """The party right before a verb, or before the insertion that ends there."""
    first = view.sentences[view.sentence_of(verb)].first
    at = verb
    for _ in range(HELPERS):
        if at > first and not _gap(view, at).strip() and _helps(view.norms[at - 1]):
            at -= 1
    if at == first:
        return None
    gap = _gap(view, at).strip()
    if gap not in ("", ","):
        return None
    near = view.parties.at(at - 1)
    if near is not None and view.norms[near.last - 1].endswith("'s"):
        return None
    if gap == "":
        return _head(view, near, first)
    start = next((word for word in range(at - 1, max(first, at - INSERTION), -1) if "," in _gap(view, word)), None)
    far = view.parties.at(start - 1) if start is not None and start - 1 >= first else None
    if far is None or far.last != start:
        return near if near is not None and start == near.first else None
    return far


def _head(view: FramingView, near: Mention | None, first: int) -> Mention | None:
    """What a party belongs to, in "the union of ferry workers said"; None where that is no party."""
    if near is None or (near.first > first and view.norms[near.first - 1] == "and"):
        return None
    for at in range(near.first - 1, max(first, near.first - HELPERS), -1):
        if _gap(view, at + 1).strip():
            return near
        if view.norms[at] in ("of", "for", "from", "by", "against", "to", "in", "with", "between"):
            return view.parties.at(at - 1)
    return near


def _helps(word: str) -> bool:
    return word in party_words("helpers") or (word.endswith("ly") and len(word) > 4)


def _behind(view: FramingView, at: int) -> Mention | None:
    """The party that the words behind a place name first, if nothing but its article and adjectives stands before."""
    end = view.sentences[view.sentence_of(at - 1)].last
    for word in range(at, min(at + INVERTED, end)):
        if _gap(view, word).strip(" .") or view.quoted[word]:
            return None
        mention = view.parties.at(word)
        if mention is not None:
            return _whole(view, mention, end)
    return None


def _whole(view: FramingView, mention: Mention, end: int) -> Mention | None:
    """Who is meant: in "the police commander X" not the police, in "the company's X" not the company."""
    if view.norms[mention.last - 1].endswith("'s"):
        return None
    if mention.last < end and not _gap(view, mention.last).strip():
        further = view.parties.at(mention.last) or view.parties.at(min(mention.last + 1, end - 1))
        if view.norms[mention.last] in party_words("persons") or (further and further.first == mention.last):
            return further if further != mention else None
    return mention


def _inverted(view: FramingView, mark: Mark) -> Party | None:
    """Who stands behind a verb that follows a quotation."""
    return _party(_behind(view, mark.last)) if mark.first and view.quoted[mark.first - 1] else None


def _pronoun(view: FramingView, verb: int) -> Party | None:
    """The only person named in the sentence before a pronoun, where the pronoun's own names nobody else before it."""
    at = verb - 1
    while at > 0 and _helps(view.norms[at]):
        at -= 1
    if view.norms[at] not in PRONOUNS or view.quoted[at]:
        return None
    number = view.sentence_of(at)
    for one in (number, number - 1):
        if one >= 0:
            sentence = view.sentences[one]
            people = {m.party for m in view.parties.within(sentence.first, min(sentence.last, at)) if m.party.person}
            if people:
                return people.pop() if len(people) == 1 else None
    return None


def sign(view: FramingView, mark: Mark) -> int:
    """Whether a judging word, or a charged name, praises (1), blames (-1), or neither for certain (0)."""
    words = " ".join(stem(word) for word in view.norms[mark.first : mark.last])
    if words in signs("praise"):
        return 1
    if words in signs("unclear"):
        return 0
    if mark.tag.startswith(("label.", "doubt.")) or mark.tag in ("tone.strong", "report.charged"):
        return -1
    return -1 if words in signs("blame") else 0


def judged(view: FramingView, mark: Mark) -> str | None:
    """For or against whom a judging word speaks: whom it stands beside, or whose deed or words it tells."""
    way = sign(view, mark)
    if mark.tag == "report.charged":
        return against(subject(view, mark))
    if way == 0 or _negated(view, mark.first):
        return None
    party = _beside(view, mark)
    return (in_favour(party) if way > 0 else against(party)) if party else None


def _negated(view: FramingView, at: int) -> bool:
    return not NEGATED.isdisjoint(view.norms[max(0, at - 3) : at])


def _beside(view: FramingView, mark: Mark) -> Party | None:
    """The party right behind an adjective, or the owner before it ("the minister's reckless plan")."""
    if mark.last - mark.first == 1 and not view.norms[mark.first].endswith(("ed", "ing")):
        end = view.sentences[view.sentence_of(mark.first)].last
        for word in range(mark.last, min(mark.last + BESIDE + 1, end)):
            if _gap(view, word).strip() or view.norms[word] in STOPWORDS:
                break
            mention = view.parties.at(word)
            if mention is not None:
                return _named_whole(view, mention, end)
    return owner(view, mark)


def _named_whole(view: FramingView, mention: Mention, end: int) -> Party | None:
    """The party of a mention behind an adjective; in "brave Greek fishermen" that of the last word."""
    after = mention.last
    if view.norms[after - 1].endswith("'s"):
        return None
    if after < end and not _gap(view, after).strip():
        further = view.parties.at(after) or (view.parties.at(after + 1) if after + 1 < end else None)
        if further:
            return further.party
        verb = any(mark.kind == "report" for mark in view.marks_in(after, after + 1))
        if view.norms[after].isalpha() and view.norms[after] not in STOPWORDS and not verb:
            return None
    return mention.party


def named_so(view: FramingView, mark: Mark) -> Party | None:
    """The party that a name is put beside: "X, a terrorist group", "strongman X"."""
    behind = view.parties.at(mark.last) if mark.last < len(view.norms) else None
    if behind is not None and not _gap(view, mark.last).strip():
        return behind.party
    first = view.sentences[view.sentence_of(mark.first)].first
    for at in range(mark.first, max(first, mark.first - 4), -1):
        if _gap(view, at).strip() == ",":
            return _party(view.parties.at(at - 1))
    return None


def owner(view: FramingView, mark: Mark) -> Party | None:
    """Whose words or deed a name tells: "the minister's tirade"."""
    before = view.parties.at(mark.first - 1) if mark.first else None
    if before is None:
        return None
    singular = view.norms[before.last - 1].endswith("'s") and not _gap(view, mark.first).strip()
    return before.party if singular or _gap(view, mark.first).strip() in ("'", "’") else None


def lone(view: FramingView, first: int, last: int) -> Party | None:
    """The only party that words [first, last) name, whoever reports them left out."""
    speaking = voice(view, first, last)
    found = {mention.party for mention in view.parties.within(first, last)} - {speaking}
    return found.pop() if len(found) == 1 else None


def quoted_by(view: FramingView, quote: Quote) -> Party | None:
    """The party whose words a quotation holds."""
    party = subject(view, quote.cue) if quote.cue is not None else None
    if party is not None or not quote.sure or not quote.speaker:
        return party
    return _surnamed(view, quote.speaker)


def said_by(view: FramingView, first: int, last: int) -> Party | None:
    """Whose words [first, last) are: quoted there, or reported."""
    quoting = [quote for quote in view.quotes if quote.first < last and first < quote.last]
    found = {quoted_by(view, quote) for quote in quoting}
    if quoting:
        return found.pop() if len(found) == 1 else None
    return voice(view, first, last)


def agreed(ways: Iterable[str | None]) -> str | None:
    """What several signs say, where all that say anything say the same."""
    found = {way for way in ways if way}
    return found.pop() if len(found) == 1 else None


def denier(view: FramingView, first: int, last: int) -> Party | None:
    """Who denies or answers within words [first, last), where one party alone does."""
    found = {
        party
        for mark in view.marks_in(first, last)
        if mark.tag in ("balance.denial", "report.denial") and (party := subject(view, mark)) is not None
    }
    return found.pop() if len(found) == 1 else None


def voice(view: FramingView, first: int, last: int) -> Party | None:
    """Whose words the words [first, last) report, where one party alone speaks in them."""
    found = {
        party
        for mark in view.marks_in(first, last)
        if mark.kind == "report" and not view.quoted[mark.first] and (party := subject(view, mark)) is not None
    }
    return found.pop() if len(found) == 1 else None
