"""Which repeated pieces are boilerplate: not those that report, quote, credit, or belong to one running story."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemas.boilerplate import BoilerplateForm, BoilerplateLine
from wirespin.text.boilerplate_candidate import Candidate, Key
from wirespin.text.boilerplate_runs import Run, shared
from wirespin.text.clutter import kind, speaks_to_reader
from wirespin.text.quotation import quotations
from wirespin.wire.names import mentioned

LEAST_STORIES = 5
"""Different stories that a piece must have stood under."""

DIFFERENT = 0.6
"""Share of the articles looked at that must tell different stories: a running story has many articles."""

LETTERS_A_WORD = 10
"""Characters that make a word at least, for scripts without spaces."""

SHORT = 3
"""Words up to which a piece needs a line of its own, and a larger share of the articles."""

SHORT_SHARE, ANY_SHARE, NAME_SHARE, SENTENCE_SHARE = 0.02, 0.02, 0.05, 0.1
"""Shares of an outlet's articles from which these are boilerplate: a short line, a piece without any sign of speaking
to the reader, a short line that may be a name (who speaks, in a transcript), and a short sentence within a line.
Standing phrases ("No one was hurt.") stay below."""

ECHO, SIGNED_ECHO = 0.25, 0.5
"""Share of a piece's telling words that may stand in the rest of its articles too, without and with such a sign: the
words of a background paragraph come from the story it stands in."""

_REPORTS = re.compile(
    r"\b(?:said|says|told|tells|according to|added|warned|announced|stated|claimed|insisted|wrote|asked|argued|tweeted"
    r"|replied|denied|declined|respond(?:ed)?|for comment|to comment|immediately|arrested|charged|killed|injured|hurt"
    r"|died|investigat\w+|pronounced|interview|speaking (?:to|on|at|with)|confirmed|verif\w+|pleaded|spokes\w+"
    r"|sagte|sagt|erklärte|laut|teilte|mitteilte|a déclaré|a dit|selon|dijo|según|afirmó|señaló|disse|segundo|afirmou"
    r"|ha detto|secondo)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_a-z][\w.'’-]+(?: [^\W\d_a-z][\w.'’-]+){1,2}:?")


def judged(key: Key, found: Candidate, articles: int) -> Iterator[BoilerplateLine]:
    """The line of the table that a candidate makes, if it is boilerplate.

    Args:
        key: whose it is, and how it stood.
        found: what was seen of it.
        articles: of the outlet, all in all.
    """
    if not _many_stories(found):
        return
    text = _text(key, found)
    share = found.articles / articles
    if text is None or _REPORTS.search(text) or mentioned(text, 0, len(text)) or _is_quotation(found, text):
        return
    form = _form(key, found, text, share)
    if form is not None:
        yield BoilerplateLine(
            outlet=key.outlet,
            text=text,
            form=form,
            articles=found.articles,
            share=round(share, 4),
            first=found.first,
            last=found.last,
        )


def _many_stories(found: Candidate) -> bool:
    """Whether it stood under many different stories, and not all of one day where the days are known."""
    if found.articles < LEAST_STORIES or (found.first is not None and found.first == found.last):
        return False
    return found.stories() >= max(LEAST_STORIES, DIFFERENT * len(found.hosts))


def _is_quotation(found: Candidate, text: str) -> bool:
    """Whether most of a piece, or its place in most articles, is inside quotation marks."""
    inside = sum(end - start for start, end in quotations(text, [(0, len(text))]))
    return 2 * inside > len(text) or 2 * found.quoted > found.articles


def _text(key: Key, found: Candidate) -> str | None:
    """The piece as one article printed it."""
    runs = [text for text in found.texts if isinstance(text, Run)]
    return (
        shared(runs, opening=key.form == "opening")
        if key.form != "whole"
        else min(text for text in found.texts if isinstance(text, str))
    )


def _form(key: Key, found: Candidate, text: str, share: float) -> BoilerplateForm | None:
    """Where it is cut; None where it is not certain enough to be boilerplate."""
    what = kind(text)
    if key.form != "whole":  # what ran into a sentence may be the sentence's own subject
        return key.form if what in ("prompt", "furniture", "link") or speaks_to_reader(text) else None
    signed = what is not None or speaks_to_reader(text) or _names(key.outlet, text)
    if found.echoed > (SIGNED_ECHO if signed else ECHO) * found.telling:
        return None
    if max(len(key.text.split()), len(key.text) // LETTERS_A_WORD) > SHORT:
        return "sentence" if signed or share >= ANY_SHARE else None
    if share >= SENTENCE_SHARE:
        return "sentence"
    least = SHORT_SHARE if signed or not _NAME.fullmatch(text) else NAME_SHARE
    return "line" if 2 * found.lines > found.articles and share >= least else None


def _names(outlet: str, text: str) -> bool:
    """Whether a text names the outlet: the longest part of its host or its whole name, whatever the spaces."""
    host = "." in outlet and " " not in outlet
    name = max(outlet.split(".")[:-1], key=len) if host else outlet
    words = re.findall(r"[^\W_]+", text.casefold())
    joined = "".join(re.findall(r"[^\W_]+", name))
    return joined in words or (len(joined) > 4 and joined in "".join(words))
