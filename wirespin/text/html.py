"""Text out of HTML: what a reader of the page would see, paragraphs parted by blank lines."""

from __future__ import annotations

import html
import re
import warnings

from bs4 import BeautifulSoup
from bs4.builder import ParserRejectedMarkup
from bs4.element import Comment, NavigableString, PageElement, PreformattedString, Tag

_BLOCKS = (
    "address article blockquote body center dd details dialog div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 "
    "header hr html li main ol p pre section summary table tbody tfoot thead title tr ul"
)
BLOCKS = frozenset(_BLOCKS.split())
"""Elements that begin a paragraph of their own."""

_UNSEEN = "script style noscript template svg math iframe object canvas audio video select head"
UNSEEN = frozenset(_UNSEEN.split())
"""Elements whose content a reader does not read as text."""

RAW = frozenset({"script", "style", "noscript", "template", "svg", "iframe"})
"""The ones of them that end only with their own closing tag."""

_BESIDE = "nav aside figcaption button textarea"
BESIDE = frozenset(_BESIDE.split())
"""Elements that by their meaning are not the article itself (HTML Living Standard, 4.3 and 4.4)."""

MOST_TAGS = 20_000
"""Tags. The heaviest article pages carry a few thousand; above this the tags are cut out without building a tree."""

LARGEST_TREE = 400_000
"""Characters up to which a tree is built; larger pages, data files mostly, are read tag by tag."""

_TAG_NAMES = (
    "p|div|br|span|a|b|i|u|em|strong|h[1-6]|ul|ol|li|table|tr|td|th|tbody|blockquote|img|figure|figcaption|section|article|"
    "header|footer|main|aside|nav|html|head|body|script|style|iframe|hr|pre|sup|sub|font|center|dl|dt|dd|small|cite|q|time"
)
_CLOSED = re.compile(
    rf"</(?:{_TAG_NAMES})\s*>|<(?:p|br|hr|img|div|li)(?:\s[^<>]{{0,4000}})?/?>|<!doctype\s|<!--", re.IGNORECASE
)
_ANY_TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*+|[!?])[^<>]*+>")
_SPACE = re.compile(r"[ \t\r\n\f\xa0]+")
_GAP = re.compile(r"\n{3,}")


def looks_like_html(text: str) -> bool:
    """Whether a text carries HTML tags: a closing tag of a known element, or one of those that stand alone.

    >>> looks_like_html("if a < b and b > c"), looks_like_html("<p>News</p>")
    (False, True)
    """
    return "<" in text and _CLOSED.search(text) is not None


def to_text(text: str) -> str:
    """The text of an HTML page or fragment; a text without tags is returned as it is.

    Blocks are parted by a blank line, ``<br>`` breaks the line, entities are decoded, scripts, styles, navigation and
    captions are left out (navigation and captions are kept where nothing else is there). Never raises: what the parser
    rejects is freed of its tags instead.
    """
    if not looks_like_html(text):
        return text
    if len(text) > LARGEST_TREE or text.count("<") > min(MOST_TAGS, 2 * text.count(">") + 100):
        return without_tags(text)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            soup = BeautifulSoup(text, "html.parser")
        return _read(soup, UNSEEN | BESIDE) or _read(soup, UNSEEN)
    except (RecursionError, ValueError, AssertionError, NotImplementedError, ParserRejectedMarkup):
        return without_tags(text)


def _read(soup: BeautifulSoup, skipped: frozenset[str]) -> str:
    """Text of a tree, walked in document order without recursion, so that no depth of nesting is too deep."""
    homes: dict[int, int] = {id(soup): id(soup)}
    pieces: list[str] = []
    last = id(soup)
    for node in soup.descendants:
        home = homes.get(id(node.parent), 0)
        if isinstance(node, Tag):
            homes[id(node)] = _home(node, home, skipped)
        if not home:
            continue
        piece = _piece(node)
        if piece:
            pieces.append(piece if home == last else "\n\n" + piece)
            last = home
    return _tidy("".join(pieces))


def _home(tag: Tag, outer: int, skipped: frozenset[str]) -> int:
    """The block that a tag's content belongs to; 0 where it is not read."""
    if not outer or tag.name in skipped:
        return 0
    return id(tag) if tag.name in BLOCKS else outer


def _piece(node: PageElement) -> str:
    if isinstance(node, Tag):
        return {"br": "\n", "td": " ", "th": " "}.get(node.name, "")
    if isinstance(node, (Comment, PreformattedString)) or not isinstance(node, NavigableString):
        return ""
    preformatted = node.parent is not None and node.parent.name == "pre"
    return str(node) if preformatted else _SPACE.sub(" ", str(node))


def without_tags(text: str) -> str:
    """Text between the tags of HTML of any size, read in one pass without a tree.

    Tags open blocks and hide scripts; nesting is not looked at.
    """
    pieces: list[str] = []
    at, hidden = 0, ""
    for tag in _ANY_TAG.finditer(text):
        name = tag["name"].lower()
        if not hidden:
            pieces.append(text[at : tag.start()])
            pieces.append("\n" if name == "br" else "\n\n" if name in BLOCKS else "")
            hidden = name if name in RAW and not tag["close"] else ""
        elif tag["close"] and name == hidden:
            hidden = ""
        at = tag.end()
    pieces.append("" if hidden else text[at:])
    return _tidy(html.unescape("".join(pieces)))


def _tidy(text: str) -> str:
    unpadded = "\n".join(line.strip(" \t") for line in text.split("\n"))
    return _GAP.sub("\n\n", unpadded).strip()
