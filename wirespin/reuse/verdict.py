"""From measured overlap to a verdict: how the copy relates to the original, and how much of it was reused.

Where the shared passages stand decides, not how many: on the labelled stories a fair paraphrase shares 0.19 of its
4-grams with its source and an unrelated story with one recycled background paragraph 0.26.
"""

from __future__ import annotations

from schemas.events import Relation, ReuseLevel
from wirespin.reuse.overlap import Overlap

EDITED_SHARE = 0.25
"""Share of the copy's unquoted words that makes reuse plain, given that it is spread over the original."""

STAND_IN_SHARE = 0.4
"""The same, of either text, where the source is an outlet's article that stands for the wire and the copy credits
nobody. Outlets that worked from one press release mostly share 0.25 to 0.39 all over both texts (read in news on
science press releases, InSciOut); copies of one wire story in news of 2017 share 0.47 and more."""

ELSEWHERE = 0.15
"""Share of the copy's unquoted words that plain reuse takes from beyond one place of the original. Recycled background
paragraphs of the labelled sets come to 0.09 at most, copies that are no paraphrase to 0.32 at least."""

SPREAD_TENTHS = 5
"""Tenths of a text that reuse touches when it follows the whole of it."""

EXCERPT_SHARE = 0.6
"""Share of the copy's unquoted words from which a copy of even a single paragraph is an excerpt of the original."""

EXCERPT_WORDS = 30
"""Unquoted words an excerpt has at least: an agency lead is about 30; less is a caption or a headline."""

WHOLE_SHARE, WHOLE_WORDS = 0.8, 12
"""Share of both texts, and unquoted words, from which even a one-paragraph flash counts as reused whole."""

VERBATIM_SHARE = 0.95
"""Share of both texts from which a copy is called verbatim: a typo every hundred words breaks one 4-gram seed."""

EXCERPT_OF_ORIGINAL = 0.8
"""Share of the original below which a copy that holds little else is an excerpt."""

EDITED_LEVEL = 0.4
"""Share of the copy's unquoted words below which the wording is called rewritten."""

REWRITE_POINTS = 5
"""Points that a rewrite needs; fair rewrites of tuning set a score 7 and more, independent reports 2 at most. Two
quotations and the numbers of one press release come to 4, three posts of one politician (a false pair of real news of
2017) to 3."""

STAND_IN_POINTS = 6
"""Points needed for such a pair, for which phrases all over both texts count only one: outlets at one press conference
or with one study before them reach 5 on real news, uncredited fair rewrites of tuning set a 7."""

NUMBERS_ALIKE, NUMBERS_ENOUGH = 0.7, 3
"""Share of the copy's numbers, and how many of them, that the original must have for the numbers to count."""

QUOTES_MANY, NUMBERS_MOST, NUMBERS_MANY = 4, 0.6, 4
"""Quotations with which, where the copy prints no others, a smaller share of its numbers is enough if they are many: an
editor rounds some. Of 120 reports of one event that share up to four quotations (development sets) and 1,177 pairs of
real news none has so much in common."""

NUMBERS_SOME = 2
"""Numbers without which no rewrite is told where the copy credits nobody and takes no phrases: four of fair rewrites of
set a at least, one in a column that quoted a politician's remarks as Reuters did."""

NAMES_ALIKE, NAMES_ENOUGH = 0.7, 3
"""The same of its names: a paraphrase has no people of its own. Fair rewrites of set a share 0.70 to 1.0 of them,
independent reports 0.50 to 0.75."""

NAMES_OTHER, NAMES_MANY = 0.6, 6
"""Share of the copy's names under which, where it has so many, it has people of its own and tells something else: 0.44
and 0.52 in two outlets that quoted one politician's remarks as Reuters did, 0.63 or more in fair rewrites."""

QUOTES_ALIKE = 0.75
"""Share of the copy's quotations from which it has no witnesses of its own: 0.5 to 1.0 in fair rewrites of set a,
0.2 to 0.6 (two of sixteen more) in reports of one event of 2017 that share three quotations and little else."""

THROUGHOUT_TENTHS, THROUGHOUT_SHARE = 8, 0.2
"""Tenths of both texts, and share of the original's unquoted words, from which scattered phrases show that it was
followed from beginning to end; background paragraphs touch five tenths of the original at most."""

MOSTLY_UNQUOTED = 0.5
"""Share of the matched words outside quotation marks under which texts that share quotations share a speaker rather
than a paragraph, however long he spoke: reporters give his other sentences in the same indirect speech."""

MOST_QUOTE_POINTS = 3
"""Less than a rewrite needs: any number of quotations alone is a speech that both heard."""


def relation(found: Overlap, *, credited: bool, stands_in: bool = False, mentioned: bool = False) -> Relation:
    """How a text relates to an earlier one of another publisher.

    Args:
        found: the measured overlap.
        credited: whether the copy names the original's agency as its source.
        mentioned: whether it names the agency in the text ("AFP reports", "told AFP"), which is no credit.
        stands_in: whether the original is not the agency's own article but one that credits it.
    """
    reused = _reused_from_stand_in(found) if stands_in and not credited else _reused(found, credited, mentioned)
    if reused or _is_excerpt(found) or _is_whole(found):
        return "republication"
    if _plainly_reused(found, EDITED_SHARE):
        return "common_source"
    mostly_quoted = found.quotes > 0 and found.unquoted_of_matched < MOSTLY_UNQUOTED
    if found.unquoted_words >= EXCERPT_WORDS and not mostly_quoted:
        return "background"
    return "common_source" if found.quotes else "independent"


def level(found: Overlap) -> ReuseLevel:
    """Grade of reuse of a republication."""
    if min(found.copy_share, found.original_share) >= VERBATIM_SHARE:
        return "verbatim"
    if found.copy_share >= EXCERPT_OF_ORIGINAL and found.original_share < EXCERPT_OF_ORIGINAL:
        return "excerpt"
    return "edited" if found.unquoted_share >= EDITED_LEVEL else "rewritten"


def closeness(found: Overlap) -> float:
    """How close a copy is to one version among several: the share of both texts that is matched, 0..1."""
    return (found.copy_share + found.original_share) / 2


def _reused(found: Overlap, credited: bool, mentioned: bool) -> bool:
    """Whether a copy was made from an agency's article, or from one of which it credits the agency too."""
    if _plainly_reused(found, EDITED_SHARE):
        return True
    points = _particulars(found) + _phrases(found) + (2 if credited else mentioned)
    spread = found.quotes or found.elsewhere >= ELSEWHERE or _followed_throughout(found)
    known = credited or mentioned or _phrases(found) > 0 or _has_its_numbers(found)
    return bool(spread) and points >= REWRITE_POINTS and known


def _has_its_numbers(found: Overlap) -> bool:
    """Whether the copy's numbers are the original's, as far as they must be where it credits nobody."""
    if found.quotes >= QUOTES_MANY and found.quotes_share == 1 and found.number_count >= NUMBERS_MANY:
        return found.numbers >= NUMBERS_MOST
    return found.numbers >= NUMBERS_ALIKE and found.number_count >= NUMBERS_SOME


def _reused_from_stand_in(found: Overlap) -> bool:
    """Whether two outlets' articles, of which only the earlier credits the agency, come from its text."""
    points = _particulars(found) + _followed_throughout(found)
    return _plainly_reused(found, STAND_IN_SHARE) or points >= STAND_IN_POINTS


def _plainly_reused(found: Overlap, share: float) -> bool:
    """Wording outside quotations, spread over both texts."""
    return max(found.unquoted_share, found.unquoted_original) >= share and found.elsewhere >= ELSEWHERE


def _is_excerpt(found: Overlap) -> bool:
    """The copy holds little but wording of the original, however small a part of the original that is."""
    return found.unquoted_share >= EXCERPT_SHARE and found.unquoted_words >= EXCERPT_WORDS


def _is_whole(found: Overlap) -> bool:
    """Two short texts that are nearly the same."""
    return min(found.original_share, found.copy_share) >= WHOLE_SHARE and found.unquoted_words >= WHOLE_WORDS


def _particulars(found: Overlap) -> int:
    """Signs, -2..7, that a text in other words follows the original: its quotations and no others, numbers, names."""
    points = min(found.quotes, MOST_QUOTE_POINTS)
    points += found.quotes >= MOST_QUOTE_POINTS and found.quotes_share >= QUOTES_ALIKE
    points += 2 * (found.numbers >= NUMBERS_ALIKE and found.number_count >= NUMBERS_ENOUGH)
    points -= 2 * (0 < found.names < NAMES_OTHER and found.name_count >= NAMES_MANY * found.names)
    return points + (found.names >= NAMES_ALIKE and found.name_count >= NAMES_ENOUGH)


def _phrases(found: Overlap) -> int:
    """Signs, 0..4, that phrases outside quotation marks were taken from all over the original."""
    return 3 * _followed_throughout(found) + (found.unquoted_tenths >= SPREAD_TENTHS)


def _followed_throughout(found: Overlap) -> bool:
    """Phrases of the original stand all over both texts."""
    return (
        min(found.original_tenths, found.copy_tenths) >= THROUGHOUT_TENTHS
        and found.unquoted_original >= THROUGHOUT_SHARE
    )
