"""What one line of a web page is, by its own wording: a paragraph of the article, or something put around it.

The wording is in `clutter.json`; no rule knows a publisher's name. Every rule asks for a short line or for several
signs at once: a paragraph that is dropped wrongly is evidence that nobody will see.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from wirespin.text.tokens import Span

TABLE = "clutter.json"

Kind = Literal["head", "link", "furniture", "prompt", "picture"]
"""``head`` opens a list of other stories, ``link`` leads to one, ``furniture`` is share bars, dates, counts, adverts,
``prompt`` asks something of the reader or states terms, ``picture`` is a caption or its credit."""

SHORT = 40
"""Words up to which one clear sign suffices."""

LONGEST_CAPTION = 80
"""Words. Agencies caption pictures in one or two long sentences."""

LONGEST_PICTURE_CREDIT = 200
"""Characters at the end of a line within which a picture credit begins."""

MOST_SENTENCES = 4
"""Sentences that make a paragraph of the article of what ends like a caption: its credit was glued to it."""

LONGEST_NOTICE = 150
"""Words. Legal notices and house rules run long; above this a paragraph is never judged by wording."""

LONGEST_LINE = 1_500
"""Characters of the longest line that is judged at all."""

LONGEST_LINK, LONGEST_CRUMB = 12, 5
"""Words of an item between bars, and between dots or slashes, which part words of running text as well."""

BRIEF = 25
"""Words up to which few signs suffice."""

ENOUGH, MORE = 4, 6
"""Points that make a prompt of a brief and of a short line."""

PLENTY = 9
"""Points that make a prompt of a long one."""

_SPEECH = re.compile(
    r"\b(?:said|says|told|tells|according to|added|warned|announced|reported|stated|claimed|insisted|wrote|asked|argued"
    r"|sagte|sagt|erklärte|laut|teilte|a déclaré|a dit|selon|dijo|según|afirmó|señaló|disse|segundo|afirmou|ha detto"
    r"|secondo)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"^[\"“„«‘'”]")
_POST = re.compile(r"\(@\w+\)|pic\.twitter\.com|[—–-]\s?@\w+")
_WORD = re.compile(r"[^\W_]++(?:[-'’][^\W_]++)*+")
_ASCII_WORD = re.compile(r"[a-z0-9]++(?:[-'][a-z0-9]++)*+")
"""The same of a text in small ASCII letters, in half the time."""
_SENTENCE_START = re.compile(r"(?:^|[.!?:…|)]\s+)(?:please\s+|now\s+|and\s+)?([^\W\d_]+(?:-[^\W\d_]+)?)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[^\W\d_]{3}[.!?][\"”]?(?=\s+[\"“(]?\s*[^\Wa-z]|\s*$)")
_BAR = re.compile(r"[|›»]|\s>\s")
_ITEMS = re.compile(r"\s*[|•·»›>→]\s*|\s+/\s+")
_PARTING = re.compile("[|•·»›>→/]")
"""What parts items; few lines hold any."""
_MARKS = " \t\xa0*_>»›→▶►•·-–—|[]()✉📧🔔👉➡️"
_STOP = re.compile(r"[.!?…。！？][\"”'’)\]]*$")


@dataclass(frozen=True)
class _Table:
    related: re.Pattern[str]
    headers: re.Pattern[str]
    more_from: re.Pattern[str]
    whole: re.Pattern[str]
    whole_exact: re.Pattern[str]
    strong: re.Pattern[str]
    inline: re.Pattern[str]
    bracketed: re.Pattern[str]
    openings: re.Pattern[str]
    inside: re.Pattern[str]
    hints: re.Pattern[str]
    picture: re.Pattern[str]
    picture_exact: re.Pattern[str]
    picture_openings: re.Pattern[str]
    imperatives: frozenset[str]
    objects: frozenset[str]
    address: frozenset[str]
    networks: frozenset[str]
    signs: frozenset[str]
    inline_signs: frozenset[str]
    picture_signs: frozenset[str]


@lru_cache(maxsize=1)
def _table() -> _Table:
    rows = json.loads(files(__package__).joinpath(TABLE).read_text(encoding="utf-8"))

    def any_of(name: str, form: str = "(?:{})", flags: int = re.IGNORECASE) -> re.Pattern[str]:
        return re.compile(form.format("|".join(f"(?:{row})" for row in rows[name])), flags)

    words = {name: frozenset(rows[name]) for name in ("imperatives", "objects", "address", "networks")}
    signs = {name: frozenset(rows[name]) for name in ("signs", "picture_signs", "inline_signs")}
    return _Table(
        related=any_of("related", r"(?:{})(?=\W|$)"),
        headers=any_of("headers"),
        more_from=any_of("more_from"),
        whole=any_of("whole"),
        whole_exact=any_of("whole_exact", flags=0),
        strong=any_of("strong"),
        inline=any_of("inline", flags=0),
        bracketed=any_of("bracketed", flags=0),
        openings=any_of("openings"),
        inside=any_of("inside", r"(?<!\w)(?:{})"),
        hints=any_of("hints", r"(?<!\w)(?:{})"),
        picture=any_of("picture"),
        picture_exact=any_of("picture_exact", flags=0),
        picture_openings=any_of("picture_openings"),
        **words,
        **signs,
    )


def word_count(text: str) -> int:
    """Words of a line, near enough: a run of characters without spaces counts as one for every ten of them."""
    return max(text.count(" ") + 1, len(text) // 10)


def ends_sentence(text: str) -> bool:
    """Whether a line ends like a sentence of running text."""
    return _STOP.search(text) is not None and not text.endswith(("...", "…"))


ENDS = '.!?…:;。！？"”’»)]-–—'
"""Signs that may stand before what was glued in: nothing that goes on with a sentence."""

_ADDRESS = re.compile(r"https?://|www\.|@\w|©", re.IGNORECASE)
_ADVERBS = frozenset("now today here jetzt hier ici aquí ahora aqui agora su tu".split())
_PLAIN = frozenset(
    "x mail line link copy post page on this article story via to the more with us options button url friends comment "
    "comments gift follow save print share".split()
)
"""Words of the lists of address and of networks that stand in any report as well."""


def may_be_glued(text: str) -> bool:
    """Whether a text holds a sign of what `glued` finds."""
    lowered = text.casefold()
    return any(sign in lowered for sign in _table().inline_signs)


def glued(text: str, start: int, end: int, signed: bool = True) -> list[Span]:
    """What of a line stands between its sentences and is none: advertisements, share bars, links in brackets.

    Args:
        text: a text.
        start: where the line begins.
        end: where it ends.
        signed: what `may_be_glued` says of the whole text.
    """
    table = _table()
    signed = signed and may_be_glued(text[start:end])
    phrases = [
        *table.bracketed.finditer(text, start, end),
        *(table.inline.finditer(text, start, end) if signed else ()),
    ]
    return [phrase.span() for phrase in phrases if _between_sentences(text, phrase.span(), (start, end))]


def _between_sentences(text: str, phrase: Span, line: Span) -> bool:
    """Whether a phrase of a line goes on with no sentence, and none goes on with it."""
    before, behind = phrase[0] - 1, phrase[1]
    if behind < line[1] and not text[behind].isspace():
        return False
    while before >= line[0] and text[before].isspace():
        before -= 1
    while behind < line[1] and text[behind].isspace():
        behind += 1
    return (before < line[0] or text[before] in ENDS) and (behind >= line[1] or not text[behind].islower())


def speaks_to_reader(text: str) -> bool:
    """Whether a line has a sign of speaking to its readers, as few sentences of a report have.

    It says you or us, asks something of them, gives an address, or names places to share to.
    """
    table = _table()
    words = frozenset(word.casefold() for word in _WORD.findall(text[:LONGEST_LINE]) if word != "US")
    if _ADDRESS.search(text) or not table.address.isdisjoint(words - _ADVERBS):
        return True
    if len(words & (table.networks - _PLAIN)) >= 3:
        return True
    first = _SENTENCE_START.match(text)
    return first is not None and first.group(1).casefold() in table.imperatives


def kind(text: str) -> Kind | None:
    """What a line is, or None where it may well be a paragraph of the article."""
    words = word_count(text)
    if not text or len(text) > LONGEST_LINE or words > LONGEST_NOTICE:
        return None
    core = text.strip(_MARKS)
    if words <= SHORT:
        found = _short(core, words) if core else "furniture"
        if found:
            return found
    tokens = _tokens(text.casefold())
    if words <= LONGEST_CAPTION and _is_picture(text, tokens, words):
        return "picture"
    return "prompt" if _is_prompt(text, core, tokens, words) else None


def _tokens(folded: str) -> frozenset[str]:
    return frozenset((_ASCII_WORD if folded.isascii() else _WORD).findall(folded))


def _short(core: str, words: int) -> Kind | None:
    table = _table()
    if table.whole.fullmatch(core) or table.whole_exact.fullmatch(core) or _is_share_bar(core) or _is_bar(core):
        return "furniture"
    alone = core.rstrip(" :.…»>›→!?")
    if words <= 10 and not core.endswith(".") and _is_head(alone):
        return "link" if ": " in alone else "head"
    related = table.related.match(core)
    mark = core[related.end() :].lstrip(" \t\xa0")[:1] if related else ""
    if mark and (mark in ":|»›>→" or (mark in "–—-" and not ends_sentence(core))):
        return "link"
    return None


def _is_head(alone: str) -> bool:
    table = _table()
    return any(pattern.fullmatch(alone) for pattern in (table.related, table.headers, table.more_from))


def _is_share_bar(core: str) -> bool:
    """Nothing but places to share to: "Share this article: Facebook | X | Copy link"."""
    networks, words = _table().networks, 0
    for word in _WORD.finditer(core, 0, 400):
        if word.group().casefold() not in networks:
            return False
        words += 1
    return words >= 2


def _is_bar(core: str) -> bool:
    """Breadcrumbs and rows of links: several short items parted by bars, none of them a sentence."""
    if _PARTING.search(core) is None:
        return False
    items = [item for item in _ITEMS.split(core) if item]
    if len(items) < 2 or not (_BAR.search(core) or len(items) > 2):
        return False
    longest = LONGEST_CRUMB if _BAR.search(core) is None else LONGEST_LINK
    return all(word_count(item) <= longest and not item.endswith(".") for item in items) and not _SPEECH.search(core)


def _is_picture(text: str, tokens: frozenset[str], words: int) -> bool:
    table = _table()
    if words <= SHORT + 20 and table.picture_openings.match(text.lstrip(" ([*_")):
        return True
    if tokens.isdisjoint(table.picture_signs) and "/" not in text and "©" not in text:
        return False
    if len(_SENTENCE_END.findall(text)) >= MOST_SENTENCES:
        return False
    tail = max(0, len(text) - LONGEST_PICTURE_CREDIT)
    return table.picture_exact.search(text, tail) is not None or table.picture.search(text, tail) is not None


def _is_prompt(text: str, core: str, tokens: frozenset[str], words: int) -> bool:
    table = _table()
    signed = not tokens.isdisjoint(table.signs)
    inside = _distinct(table.inside, core) if signed else 0
    strong = table.strong.match(core) is not None
    objects = len(tokens & table.objects)
    hints = _distinct(table.hints, core) if signed else 0
    if not (strong or inside or objects or hints) or _POST.search(text):
        return False
    opening = table.openings.match(core) is not None
    asks = sum(found.group(1).casefold() in table.imperatives for found in _SENTENCE_START.finditer(core))
    address = len(tokens & table.address)
    if not (strong or inside or (words <= SHORT and (opening or asks or (hints and address)))):
        return False
    points = 4 * inside + 4 * strong + 3 * hints + 3 * opening + 2 * min(asks, 2) + min(2 * objects, 4)
    points += min(address, 2)
    points -= 4 * (_SPEECH.search(core) is not None and not strong) + 4 * (_QUOTED.match(text) is not None)
    return points >= (ENOUGH if words <= BRIEF else MORE if words <= SHORT else PLENTY)


def _distinct(pattern: re.Pattern[str], text: str) -> int:
    return len({found.group().casefold() for found in pattern.finditer(text)})
