"""Whether one house told the same story again, or filled the same form with other facts.

An agency re-issues, corrects and expands its stories under new numbers, and it prints dividend notices, tenders and
market reports whose words are a form. Both share most of their wording; what differs is what the form is filled with:
names and numbers. Everything here is symmetrical: which of two texts came first is for time and version to say.
"""

from __future__ import annotations

from wirespin.reuse.facts import Likeness
from wirespin.reuse.overlap import Overlap

AT_ONCE = 43_200.0
"""Seconds, half a day, within which a re-issue may change its figures: a daily report comes 20 hours after the last."""

NUMBERS_AT_ONCE, NUMBERS_LATER, NUMBERS_OF_TABLES = 0.6, 0.85, 0.9
"""Share of the numbers that a new version keeps: within half a day, later, and where the text is a table, whose rows
repeat most of their figures from one hour's quotations to the next."""

NUMBERS_IN_SHORT = 0.8
"""The same in a text of under `SHORT` words, which is nearly all form."""

NAMES, NAMES_COUNT = 0.6, 3
"""Share of the names that a new version keeps, where the one that has fewer has at least so many."""

HEADLINE = 0.5
"""Share of the shorter headline's words that stand in the other's headline or first sentence. A digest that takes a
story in whole has another headline."""

LEAD = 0.5
"""Share of the shorter first sentence's words that the other text has."""

REPLACED = 0.25
"""Share of the names of headline and first sentence that may be replaced by others: two banks raise the same rate in
the same words on the same day."""

CONTAINED = 0.65
"""Share of one text's words that stand in runs of the other: a story told again mostly, or taken in whole. With less,
it is a later turn of events with the same background."""

RETITLED, CONTAINED_SAME_HEADLINE = 0.8, 0.5
"""Share of the headline from which it is the same one, and the share of words that is enough then."""

RETOLD, NEARLY_ALL = 0.4, 0.8
"""Share that is enough where names, numbers, headline and first sentence are nearly all the same within half a day."""

UNNUMBERED, UNNUMBERED_CONTAINED = 3, 0.9
"""Fewer numbers than this tell nothing half a day later, so that more of the words must be the same."""

UNNUMBERED_NAMES = 0.85
"""Share of the names that must be the same within half a day where there is one number or none."""

TABLE_WHOLE = 0.8
"""Share of both tables that must be the same: all the day's tables take in lines of each other."""

SAME_TEXT, SAME_NAMES = 0.8, 0.9
"""Shares of both texts and of the names from which a text under the same headline is the same one with a figure
corrected."""

WHOLE, WHOLE_OF_BOTH = 0.9, 0.5
"""Share of the one text, and of both, from which it was taken over whole, under whatever headline and first sentence.
A digest that takes in a story is mostly other stories."""

WHOLE_NAMES, WHOLE_NAMES_COUNT, WHOLE_NUMBERS = 0.9, 5, 0.8
"""Shares of names and numbers that must be the same then, and how many names: forms have up to four."""

OTHER_NAMES, OTHER_NUMBERS = 0.25, 0.6
"""Shares up to which names and numbers are other ones: two bond issues led by two banks share 0.1 and 0.5."""

FORM_NAMES = 8
"""Names below which a text may be a form with nothing but its subject and some months filled in."""

FORM_REPLACED, FORM_NUMBERS, FORM_SHARED = 0.4, 0.5, 2
"""Share of the names of its headline and first sentence that are then other ones; share and count of the numbers that
may still be the same."""


def may_be_update(like: Likeness, gap: float | None) -> bool:
    """Whether two texts of one house may be versions of one story, before they are aligned.

    Args:
        like: their facts compared.
        gap: seconds between them, None where one is undated.
    """
    return _may_be_whole(like) or (_same_opening(like) and (_same_numbers(like, gap) or _may_be_corrected(like, gap)))


def is_update(like: Likeness, found: Overlap, gap: float | None) -> bool:
    """Whether two texts of one house are versions of one story: re-issued, corrected, cut or expanded.

    Args:
        like: their facts compared.
        found: their wording compared.
        gap: seconds between them, None where one is undated.
    """
    least, most = sorted((found.original_share, found.copy_share))
    if _may_be_whole(like) and most >= WHOLE and least >= WHOLE_OF_BOTH:
        return True
    if not _same_opening(like):
        return False
    if _may_be_corrected(like, gap) and least >= SAME_TEXT:
        return True
    whole_enough = least >= TABLE_WHOLE or not like.table
    return whole_enough and _same_numbers(like, gap) and most >= _enough(like, gap)


def other_facts(like: Likeness) -> bool:
    """Whether two texts that share wording fill it with other names and numbers; said only where it is plain."""
    if like.name_count >= NAMES_COUNT and like.names <= OTHER_NAMES:
        return like.number_count >= FORM_SHARED and like.numbers <= OTHER_NUMBERS
    if like.name_count >= FORM_NAMES or (like.name_count >= NAMES_COUNT and like.names > NAMES):
        return False
    other_numbers = like.number_count and like.numbers <= FORM_NUMBERS and like.shared_numbers <= FORM_SHARED
    return bool(other_numbers) and like.replaced >= FORM_REPLACED


def only_form(like: Likeness, found: Overlap) -> bool:
    """Whether all that two texts share is a form, so that neither can be a copy of the other.

    A text without names that is the other's nearly to the word is a copy, however many of the figures it changes.
    """
    nameless = like.name_count < NAMES_COUNT
    same_text = min(found.original_share, found.copy_share) >= SAME_TEXT
    return other_facts(like) and not (nameless and same_text)


def _may_be_whole(like: Likeness) -> bool:
    """Whether names and numbers are those of a text that was taken over whole."""
    known = like.name_count >= WHOLE_NAMES_COUNT and like.names >= WHOLE_NAMES and like.numbers >= WHOLE_NUMBERS
    return known and not (like.short or like.table)


def _same_opening(like: Likeness) -> bool:
    """Whether headline and first sentence are about the same, and the names of the text are."""
    if like.name_count >= NAMES_COUNT and like.names < NAMES:
        return False
    return like.headline >= HEADLINE and like.lead >= LEAD and like.replaced <= REPLACED


def _enough(like: Likeness, gap: float | None) -> float:
    """Share of one text's words that must stand in the other."""
    if not _at_once(gap) and like.number_count < UNNUMBERED:
        return UNNUMBERED_CONTAINED
    nearly = min(like.numbers, like.names, like.headline, like.lead) >= NEARLY_ALL
    if nearly and _at_once(gap) and not (like.table or like.short):
        return RETOLD
    return CONTAINED_SAME_HEADLINE if like.headline >= RETITLED else CONTAINED


def _same_numbers(like: Likeness, gap: float | None) -> bool:
    """Whether the numbers are the same ones, but for what a new version changes."""
    if like.number_count <= 1 and _at_once(gap) and not like.short:
        return like.names >= UNNUMBERED_NAMES
    if like.table:
        return like.numbers >= NUMBERS_OF_TABLES
    if not _at_once(gap):
        return like.numbers >= NUMBERS_LATER
    return like.numbers >= (NUMBERS_IN_SHORT if like.short else NUMBERS_AT_ONCE)


def _may_be_corrected(like: Likeness, gap: float | None) -> bool:
    """Whether all but the numbers is the same, at one time."""
    same_names = like.name_count < NAMES_COUNT or like.names >= SAME_NAMES
    return _at_once(gap) and not like.table and like.headline >= RETITLED and same_names


def _at_once(gap: float | None) -> bool:
    return gap is not None and abs(gap) <= AT_ONCE
