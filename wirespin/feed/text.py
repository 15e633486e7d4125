"""The words of an entry: headlines and bodies without markup."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from schemas.article import MAX_FIELD
from wirespin.feed.raw import RawText
from wirespin.text.html import looks_like_html, to_text, without_tags

TREES = 1_500_000
"""Characters of HTML in one document that trees are built of, 5 seconds' work; what exceeds it is read tag by tag."""

WHOLE_WORDS = 48
"""Words from which on a text can be that of an article: shorter ones are teasers whatever element they stand in."""

_CUT_OFF = re.compile(
    r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*(?:[^\n.]{0,60}(?:more|reading|weiterlesen|mehr|lire|leer|leggi|ler)[^\n.]{0,40})?\s*\Z|"
    r"\n\s*(?:read more|continue reading|read the full (?:story|article)|weiterlesen|mehr lesen|lire la suite|"
    r"seguir leyendo|leer más|continua a leggere|leia mais)[^\n]{0,80}\Z",
    re.IGNORECASE,
)
"""How a text ends that the feed has cut off."""

_GAPS = re.compile(r"\s+")


@dataclass
class Words:
    """Reads markup until the time for trees is spent.

    Attributes:
        left: characters that trees may still be built of.
        spent: whether a text was read without a tree for want of them.
    """

    left: int = TREES
    spent: bool = False

    def body(self, text: RawText) -> str:
        """The plain text: paragraphs parted by blank lines."""
        if not text.markup:
            return text.value.strip()
        value = text.value
        if not looks_like_html(value):
            value = html.unescape(value)  # markup escaped twice, or plain text with HTML's entities
            if not looks_like_html(value):
                return value.strip()
        if len(value) > self.left:
            self.spent = True
            return without_tags(value)
        self.left -= len(value)
        return to_text(value).strip()

    def headline(self, text: RawText) -> str:
        """One line; entities are decoded even where they were escaped twice, which no headline means."""
        line = html.unescape(html.unescape(self.body(text)))
        return _GAPS.sub(" ", line).strip()[:MAX_FIELD]

    def longest(self, texts: tuple[RawText, ...]) -> tuple[str, bool]:
        """The longest of an entry's texts, and whether it is the whole article."""
        best, best_whole = "", False
        for text in sorted(texts, key=lambda text: (len(text.value), text.whole), reverse=True):
            if len(text.value) < len(best):
                break
            body = self.body(text)
            if len(body) > len(best) or (len(body) == len(best) and text.whole):
                best, best_whole = body, text.whole
        return best, best_whole and is_whole(best)


def is_whole(body: str) -> bool:
    """Whether a text that stands where the whole article should is one: long enough, and not cut off."""
    return len(body.split(None, WHOLE_WORDS)) >= WHOLE_WORDS and _CUT_OFF.search(body, max(0, len(body) - 200)) is None
