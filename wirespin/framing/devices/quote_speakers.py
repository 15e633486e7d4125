"""Who is quoted in the original and in its copy, and whether that can only be two speakers.

Two descriptions of one speaker are no change: "the minister" is Hudcova where either text introduces her as a minister.
"""

from __future__ import annotations

from wirespin.framing.lexicon import camps
from wirespin.framing.pair import Pair
from wirespin.framing.quotes import Quote
from wirespin.framing.source import Source
from wirespin.framing.speakers import same_speaker
from wirespin.framing.view import FramingView

BESIDE = 2
"""Words between a quotation and the verb behind it that leave no doubt who spoke."""


def another_speaker(pair: Pair, owner: Quote, quote: Quote) -> str | None:
    """What to say where the copy gives the words of `owner`, in the original, to somebody else; else None."""
    if owner.source is None or quote.source is None or (owner.pronoun and quote.pronoun):
        return None
    if same_speaker((pair.original.people, owner.source), (pair.copy.people, quote.source)):
        return None
    changed = _changed_names if owner.speaker and quote.speaker else _changed_camps
    if not changed(pair, owner, quote):
        return None
    before, after = _called(pair.original, owner.source), _called(pair.copy, quote.source)
    return f"The original quotes {before}; the copy puts the words in the mouth of {after}."


def _called(view: FramingView, source: Source) -> str:
    """A speaker as the text calls him: by name where it can be told."""
    if source.surname and source.name is None and source.pronoun:
        return source.surname.title()
    return " ".join(view.text(source.name or source.span).split())


def _changed_names(pair: Pair, owner: Quote, quote: Quote) -> bool:
    """Whether two names are those of two speakers of the original, and neither is a misreading."""
    named = {said.speaker for said in pair.original.speech} | {one.speaker for one in pair.original.quotes}
    if quote.speaker not in named or owner.speaker not in named or _named_beside(pair, owner, quote):
        return False
    if not (_is_clear(pair.original, owner) and _is_clear(pair.copy, quote)):
        return False
    return not _may_be_misread(pair, owner, quote)


def _changed_camps(pair: Pair, owner: Quote, quote: Quote) -> bool:
    """Whether words of the public became those of the state, or the reverse ("witnesses said", "police said").

    Both speak in the original, and stand right beside the words. Other descriptions may be of one speaker.
    """
    roles = [one.source.role or "" for one in (owner, quote) if one.source is not None]
    spoke = {said.source.role for said in pair.original.speech if said.source is not None}
    state, public = camps()
    crossed = (roles[0] in state and roles[1] in public) or (roles[0] in public and roles[1] in state)
    beside = all(one.source is not None and one.source.how == "beside" and _verb_beside(one) for one in (owner, quote))
    return crossed and beside and spoke.issuperset(roles) and pair.marks_paired(owner.paragraph, quote.paragraph)


def _verb_beside(quote: Quote) -> bool:
    return quote.cue is not None and 0 <= quote.cue.first - quote.last <= BESIDE


def _is_clear(view: FramingView, quote: Quote) -> bool:
    """Whether it is plain who speaks: at a verb of his own, and for a pronoun, with nobody else named near."""
    source = quote.source
    if source is None or source.how in ("clause", "near"):
        return False
    if not source.pronoun:
        return True
    near = [name for number in (quote.paragraph - 1, quote.paragraph) for name in _names(view, number)]
    return view.people.known.intersection(near) == {source.surname}


def _named_beside(pair: Pair, owner: Quote, quote: Quote) -> bool:
    """Whether the owner is named in the copy's paragraph, or the new speaker in the original's: a misreading."""
    if quote.sure and _verb_beside(quote):
        return False
    here = _names(pair.copy, quote.paragraph)
    return owner.speaker in here or quote.speaker in _names(pair.original, owner.paragraph)


def _may_be_misread(pair: Pair, owner: Quote, quote: Quote) -> bool:
    """Whether the new speaker may only seem to speak.

    Either the original quotes the new speaker with these words too, or marks are missing here and the name is not new.
    """
    said = _wording(pair.copy, quote)
    if any(one.speaker == quote.speaker and said in _wording(pair.original, one) for one in pair.original.quotes):
        return True
    if pair.marks_paired(owner.paragraph, quote.paragraph):
        return False
    fresh = pair.fresh.intersection(_paragraph_words(pair.copy, quote.paragraph))
    return all(pair.copy.words.key(at) != quote.speaker for at in fresh)


def _wording(view: FramingView, quote: Quote) -> str:
    return f" {' '.join(view.stems[quote.first : quote.last])} "


def _paragraph_words(view: FramingView, paragraph: int) -> range:
    if paragraph < 0:
        return range(0)
    first, last = view.document.token_range(view.document.paragraphs[paragraph])
    return range(first, min(last, len(view.norms)))


def _names(view: FramingView, paragraph: int) -> set[str]:
    return {view.words.key(at) for at in _paragraph_words(view, paragraph) if view.capitals[at] and not view.quoted[at]}
