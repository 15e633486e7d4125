"""label_change: the same party, act or event goes by a name that carries a judgement.

"Protesters" become "rioters", "an exchange of fire" becomes "an attack", a group gets "a terrorist group" beside it.
The sets of names are in `lexicons/…-labels.json`.
"""

from __future__ import annotations

from schemas.events import Finding
from wirespin.framing.direction import against, in_favour, named_so, owner, sign
from wirespin.framing.evidence import body_finding, clause, plain, show
from wirespin.framing.lexicon import Mark
from wirespin.framing.pair import Edit, Pair
from wirespin.framing.parties import DEMONYMS, Mention, Party
from wirespin.framing.spelling import is_number
from wirespin.framing.view import HEAD, FramingView
from wirespin.text.tokens import Span

SWAPPED, INSERTED, TAKEN, EXCHANGED = 0.55, 0.3, 0.35, 0.15
"""Severity of a charged name for a plain one, of a charged name put beside, of a plain name for a charged one,
and of any word for another."""

STRIPPED = 0.1
"""Severity of an epithet that a name lost."""

LEADING = frozenset(["the", "a", "an", "for", "to", "of", "by", "in", "with", "from", "on", "against", "at", "its"])
"""Words before an epithet, without which it may be a verb ("accused X")."""

EPITHET = 2
"""Words before a name among which its epithet stands."""

UNTOUCHED = 0.9
"""Fidelity from which an exchanged word was exchanged for its own sake."""

PARTY_SETS = frozenset(
    f"label.{name}"
    for name in (
        "state", "ruler", "protesters", "fighters", "migrants", "accused", "spokesman", "official", "rival", "group",
    )
)  # fmt: skip
"""Sets whose names are names of parties; the others name acts, events and statements."""

BARE = frozenset(["police", "people"])
"""Names of parties that take no article."""

FEW = 2
"""Words that an exchange of names puts for as many others at most."""

KEPT = 0.5
"""Share of a group's wording that must be kept before a name put beside another means anything."""


def find(pair: Pair) -> list[Finding]:
    """Names of one set that gave way to others, one finding for each edit."""
    found = []
    for edit in pair.edits:
        fresh = _fresh(pair, edit)
        gone = pair.gone_marks(edit, *{mark.kind for mark in fresh}) if fresh else []
        one = _swapped(pair, edit, fresh, gone) or _inserted(pair, edit, fresh) or _renamed(pair, edit)
        if one:
            found.append(one)
    return [*found, *_stripped(pair)]


def _stripped(pair: Pair) -> list[Finding]:
    """Epithets before a name that the copy prints without them: "the mercenary group Wagner", "Wagner Group"."""
    found = []
    for mark, mention in pair.original.once(_epithets):
        if _kept_bare(pair, mark, mention):
            word = plain(show(pair.original, range(mark.first, mark.last)))
            name = pair.original.text(pair.original.words_span(mention.first, mention.last))
            text = f"The original calls {name} {word}; the copy names it without the word."
            spans = clause(pair.original, (mark.first,)), _first_named(pair, mention)
            way = sign(pair.original, mark)
            side = None if way == 0 else against(mention.party) if way > 0 else in_favour(mention.party)
            found.append(body_finding(pair, "label_change", spans, STRIPPED, text, side))
    return found


def _epithets(view: FramingView) -> list[tuple[Mark, Mention]]:
    """Epithets that stand before a party's name, each with the name."""
    return [
        (mark, mention)
        for mention in view.parties.mentions
        for mark in view.marks_in(max(0, mention.first - EPITHET), mention.first)
        if _is_epithet(mark) and mark.last <= mention.first and _stands_before(view, mark, mention.first)
    ]


def _is_epithet(mark: Mark) -> bool:
    return mark.tag in ("tone.strong", "tone.mild") or (mark.tag.startswith("label.") and mark.register == "charged")


def _stands_before(view: FramingView, mark: Mark, end: int) -> bool:
    """Whether a word is an adjective of the name at `end`: behind an article or preposition, a noun at most between."""
    body, at = view.document.body, mark.first - 1
    signs = "".join(body[view.tokens[one].end : view.tokens[one + 1].start] for one in range(max(0, at), end))
    if at < 0 or signs.strip() or any(view.capitals[one] or view.quoted[one] for one in range(mark.first, end)):
        return False
    while at > 0 and view.capitals[at] and view.norms[at].endswith(DEMONYMS):
        at -= 1
    return view.norms[at] in LEADING


def _kept_bare(pair: Pair, mark: Mark, mention: Mention) -> bool:
    """Whether the copy has the name in a sentence made from this one, and the epithet nowhere."""
    number = pair.original.sentence_of(mark.first)
    return (
        pair.original.stems[mark.first] not in pair.copy.stem_set
        and bool(pair.alignment.targets[number])
        and _first_named(pair, mention) is not None
    )


def _first_named(pair: Pair, mention: Mention) -> Span | None:
    """Where the sentences made from a mention's sentence have the last word of its name."""
    wanted = pair.original.stems[mention.last - 1]
    for target in pair.alignment.targets[pair.original.sentence_of(mention.first)]:
        sentence = pair.copy.sentences[target]
        for at in range(sentence.first, sentence.last):
            if pair.copy.stems[at] == wanted and pair.copy.capitals[at] and not pair.copy.quoted[at]:
                return clause(pair.copy, (at,))
    return None


def _fresh(pair: Pair, edit: Edit) -> list[Mark]:
    """Names that an edit put in and that the original has nowhere in its group."""
    kinds = _kinds(pair, edit)
    if not kinds:
        return []
    known = pair.group_stems(edit.group, original=True)
    marks = [
        mark
        for mark in pair.new_marks(edit, *kinds)
        if pair.copy.stems[mark.first] not in known and not _is_verb(pair, mark)
    ]
    return sorted(marks, key=lambda mark: (mark.register != "charged", mark.first))


def _is_verb(pair: Pair, mark: Mark) -> bool:
    """Whether a word that is also a verb of speech ("claims") stands without anything that makes it a noun."""
    spoken = any(other.kind == "report" for other in pair.copy.marks_in(mark.first, mark.first + 1))
    return spoken and (
        mark.first == 0 or pair.copy.norms[mark.first - 1] not in pair.copy.language.words("before_nouns")
    )


def _kinds(pair: Pair, edit: Edit) -> set[str]:
    if not edit.copy:
        return set()
    return {mark.kind for mark in pair.copy.marks_in(edit.copy[0], edit.copy[-1] + 1) if mark.tag.startswith("label.")}


def _swapped(pair: Pair, edit: Edit, fresh: list[Mark], gone: list[Mark]) -> Finding | None:
    for mark in fresh:
        for old in gone:
            if old.kind == mark.kind and "charged" in (old.register, mark.register):
                severity = SWAPPED if mark.register == "charged" else TAKEN
                before = plain(show(pair.original, range(old.first, old.last)))
                after = plain(show(pair.copy, range(mark.first, mark.last)))
                text = f"What the original calls {before} the copy calls {after}."
                spans = clause(pair.original, (old.first,)), clause(pair.copy, (mark.first,))
                return body_finding(pair, "label_change", spans, severity, text, _side(pair, old, mark))
    return None


def _side(pair: Pair, old: Mark, mark: Mark) -> str | None:
    """For or against the party that goes by another name, or whose words or deed do; None where it is not known."""
    if not (pair.original.is_full and pair.copy.is_full):
        return None
    charged, view = (mark, pair.copy) if mark.register == "charged" else (old, pair.original)
    way = sign(view, charged) if charged is mark else -sign(view, charged)
    if mark.kind not in PARTY_SETS:
        who = owner(pair.original, old) or owner(pair.copy, mark)
    else:
        plainly = old if charged is mark else mark
        source = pair.original if charged is mark else pair.copy
        mention = pair.original.parties.at(old.first)
        noun = " ".join(source.norms[plainly.first : plainly.last])
        name = noun if noun in BARE else f"the {noun}"
        who = mention.party if mention else Party(noun, name, name)
    if who is None or way == 0:
        return None
    return in_favour(who) if way > 0 else against(who)


def _renamed(pair: Pair, edit: Edit) -> Finding | None:
    """A word or two exchanged for others where all around was left as it was: a weak sign, whatever the words are."""
    few = 1 <= len(edit.original) <= FEW and 1 <= len(edit.copy) <= FEW
    if not (few and pair.copy.language.listed and pair.fidelity >= UNTOUCHED):
        return None
    moved = {*(pair.original.norms[at] for at in edit.original), *(pair.copy.norms[at] for at in edit.copy)}
    if pair.copy.language.words("tenses") & moved:
        return None
    if pair.gone_marks(edit, "report", "doubt") or pair.new_marks(edit, "report", "doubt"):
        return None
    if _plain_names(pair.original, edit.original) & _plain_names(pair.copy, edit.copy) or _is_misprint(pair, edit):
        return None
    before = [pair.original.stems[at] for at in edit.original if _means(pair.original, at)]
    after = [pair.copy.stems[at] for at in edit.copy if _means(pair.copy, at)]
    if not before or not after or any(word[:HEAD] == other[:HEAD] for word in before for other in after):
        return None
    old, new = plain(show(pair.original, edit.original)), plain(show(pair.copy, edit.copy))
    spans = clause(pair.original, edit.original), clause(pair.copy, edit.copy)
    text = f"In a text that is otherwise the original's, {old} was exchanged for {new}."
    return body_finding(pair, "label_change", spans, EXCHANGED, text)


def _is_misprint(pair: Pair, edit: Edit) -> bool:
    """Whether the words differ by a letter or a sign: the misprints of `wording.changed`, and "citys" for "city's"."""
    if pair.fresh.isdisjoint(edit.copy) or pair.gone.isdisjoint(edit.original):
        return True
    before, after = (
        "".join(sign for at in words for sign in view.norms[at] if sign.isalnum())
        for view, words in ((pair.original, edit.original), (pair.copy, edit.copy))
    )
    return before == after


def _plain_names(view: FramingView, words: tuple[int, ...]) -> set[str]:
    """Sets of names of whose plain list words are: "protesters" and "demonstrators" say the same."""
    marks = view.marks_in(words[0], words[-1] + 1)
    return {mark.kind for mark in marks if mark.tag.startswith("label.") and mark.register == "plain"}


def _means(view: FramingView, at: int) -> bool:
    """Whether a word names something: no function word, figure, name, quoted word or verb of speech."""
    told = any(mark.kind in ("report", "doubt", "polarity") for mark in view.marks_in(at, at + 1))
    return not (
        told
        or view.quoted[at]
        or view.capitals[at]
        or view.norms[at] in view.language.stopwords
        or is_number(view.canon[at])
    )


def _judges(view: FramingView, mark: Mark) -> bool:
    """Whether a name is among the strong words that judge, so that it is found as loaded language."""
    return any(other.tag == "tone.strong" for other in view.marks_in(mark.first, mark.first + 1))


def _inserted(pair: Pair, edit: Edit, fresh: list[Mark]) -> Finding | None:
    charged = [mark for mark in fresh if mark.register == "charged"]
    new = [
        mark
        for mark in charged
        if pair.copy.stems[mark.first] not in pair.original.stem_set and not _judges(pair.copy, mark)
    ]
    if not new or pair.groups[edit.group].kept < KEPT:
        return None
    after = plain(show(pair.copy, range(new[0].first, new[0].last)))
    text = f"The copy brings in the name {after}, which the original does not use."
    spans = clause(pair.original, edit.original_near), clause(pair.copy, (new[0].first,))
    who, way = named_so(pair.copy, new[0]) or owner(pair.copy, new[0]), sign(pair.copy, new[0])
    side = None if way == 0 else in_favour(who) if way > 0 else against(who)
    return body_finding(pair, "label_change", spans, INSERTED, text, side)
