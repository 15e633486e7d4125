"""An XML feed made well-formed and bounded before the parser sees it.

Feeds are broken in a hundred ways (bare ampersands, undeclared prefixes, tags never closed) and hostile in a few
(declared entities, a tag of a million attributes, a million tags). One pass over the text writes down what is read of
it: every element closed, every name bound, every field cut to its bound. The parser so never falls back on its lenient
mode, whose time is not bounded, and reads no date, which it would get wrong.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from html.entities import html5
from xml.sax.saxutils import quoteattr

from schemas.errors import FeedError
from wirespin.feed.names import (
    ATTRIBUTES,
    AUTHORS,
    BASES,
    DATE,
    DATES,
    GUID_LINK,
    GUID_ONLY,
    GUIDS,
    HOLDERS,
    ITEMS,
    LEAF,
    MOST_AUTHORS,
    NAMESPACES,
    PREFIXES,
    READ,
    VOID,
    written,
)

MOST_ENTRIES = 2_000
"""Entries read of one document, as collectors of 180,000 feeds do; the longest real feeds have 1,000."""

MOST_TAGS = 500_000
"""Tags, closing ones too, read of one document: 2,000 entries of 250 each."""

DEEPEST = 100
"""Elements inside one another; feeds with markup in them reach 30."""

MOST_NAMESPACES = 50
"""Prefixes that a document may declare; WordPress with every plugin declares a dozen."""

TEXT_OF_MEDIA = "media_text"
"""What ``media:description`` is written as: the parser takes it for one more summary, or for the whole text."""

LONGEST_TAG = 65_536
"""Characters of a tag whose attributes are read."""

_TOO_DEEP = "nests elements deeper than is read"
_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)(?P<rest>(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+)>",
    re.ASCII,
)
_LOOSE_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)(?P<rest>[^<>]*)>", re.ASCII)
_ATTRIBUTE = re.compile(r"([A-Za-z_][\w.-]*(?::[\w.-]+)?)\s*+=\s*+(?:\"([^\"<]*)\"|'([^'<]*)'|([^\s\"'<>]+))", re.ASCII)
_COMMON = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&#38;", "&amp;"), ("&#x26;", "&amp;"))
_ENTITIES = re.compile(r"&(?!amp;)(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_MARKED = re.compile(r"<!(?:DOCTYPE|ENTITY)\b[^<>\[]*+(?P<ended>>)?", re.IGNORECASE)
_SUBSET_END = re.compile(r"\]\s*>")
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)


@dataclass
class Screened:
    """A feed that can be handed to the parser.

    Attributes:
        root: local name of the outermost element, in lower case.
        text: XML without prolog, well-formed.
        problems: what was passed over.
    """

    root: str
    text: str
    problems: list[str]


@dataclass(slots=True)
class _Open:
    """An element that is open: its name, the name it is written under, the characters it may still hold."""

    name: str
    shown: str | None
    left: int
    author: bool = False


@dataclass(slots=True)
class _Page:
    """What has been written so far, and what is open."""

    where: str
    pieces: list[str] = field(default_factory=list)
    opened: list[_Open] = field(default_factory=list)
    bound: dict[str, str] = field(default_factory=dict)
    problems: dict[str, None] = field(default_factory=dict)
    root: str = ""
    root_at: int = 0
    holder: _Open | None = None
    tags: int = 0
    entries: int = 0
    entry_at: tuple[int, int] | None = None
    authors: int = 0
    full: bool = False


def screened(text: str, where: str) -> Screened:
    """Write down what is read of an XML feed.

    Raises:
        FeedError: it declares entities.
    """
    page, at = _Page(where), 0
    while at < len(text) and not page.full:
        opening = text.find("<", at)
        if opening == at:
            at = _markup(page, text, at)
        else:
            end = opening if opening >= 0 else len(text)
            _text(page, text[at:end])
            at = end
    _finish(page)
    return Screened(page.root, "".join(page.pieces), list(page.problems))


def refuse_entities(text: str, where: str) -> None:
    """Refuse declared entities: they are how a few bytes become gigabytes, and how files are read from afar.

    Raises:
        FeedError: there is one.
    """
    if _ENTITY.search(text):
        raise FeedError("declares XML entities, which are not read", where=where, remedy="ask for a feed without them")


def _markup(page: _Page, text: str, at: int) -> int:
    """Read what begins with ``<``; where it ends."""
    page.tags += 1
    if page.tags > MOST_TAGS:
        page.problems[f"has more than {MOST_TAGS:,} tags; the rest was left out"] = None
        page.full = True
    if text.startswith(("<!", "<?"), at):
        return _declaration(page, text, at)
    tag = _TAG.match(text, at) or _LOOSE_TAG.match(text, at)
    if tag is None:
        _data(page, "<")
        return at + 1
    if tag["close"]:
        _close(page, _known(page, tag["name"]))
    else:
        _begin(page, tag["name"], tag["rest"])
    return tag.end()


def _declaration(page: _Page, text: str, at: int) -> int:
    for opening, ending in (("<![CDATA[", "]]>"), ("<!--", "-->"), ("<?", "?>")):
        if text.startswith(opening, at):
            end = text.find(ending, at)
            if opening == "<![CDATA[":
                _data(page, text[at + len(opening) : end if end >= 0 else len(text)])
            return end + len(ending) if end >= 0 else len(text)
    marked = _MARKED.match(text, at)
    if marked is None:
        _data(page, "<")
        return at + 1
    refuse_entities(marked[0], page.where)
    if marked["ended"]:
        return marked.end()
    subset = _SUBSET_END.search(text, marked.end())
    last = subset.end() if subset else len(text)
    refuse_entities(text[at:last], page.where)
    return last


def _begin(page: _Page, tag: str, rest: str) -> None:
    if page.root and not page.opened:
        return  # what stands behind the end of the document
    attributes = _attributes(page, rest)
    name = _known(page, tag)
    if name in ITEMS and page.root and not _begin_entry(page):
        return
    if page.holder is not None:
        _begin_inside(page, name, rest.endswith("/"))
        return
    if len(page.opened) >= DEEPEST:
        page.problems[_TOO_DEEP] = None
        return
    _begin_field(page, tag, name, attributes)
    if rest.endswith("/"):
        _pop(page)


def _begin_entry(page: _Page) -> bool:
    """Make ready for an entry, ending one that was not closed; False where no more are read."""
    while page.entry_at is not None:
        _pop(page)
    if page.entries >= MOST_ENTRIES:
        page.problems[f"has more than {MOST_ENTRIES:,} entries; the rest was left out"] = None
        page.full = True
        return False
    while page.holder is not None:
        _pop(page)
    page.entries += 1
    page.authors = 0
    page.entry_at = len(page.pieces), len(page.opened)
    return True


def _begin_inside(page: _Page, name: str, empty: bool) -> None:
    """Markup inside a text: its tags, without their attributes."""
    local = name.rpartition(":")[2]
    if empty or local in VOID:
        page.pieces.append(f"<{local}/>")
    elif len(page.opened) < DEEPEST:
        page.opened.append(_Open(name, local, 0))
        page.pieces.append(f"<{local}>")
    else:
        page.problems[_TOO_DEEP] = None


def _begin_field(page: _Page, tag: str, name: str, attributes: dict[str, str]) -> None:
    if not page.root:
        page.root, page.root_at = name.rpartition(":")[2], len(page.pieces)
    of_author = name in AUTHORS or (name == "name" and page.opened[-1].author if page.opened else False)
    element = _Open(name, None if of_author else _shown(page, tag, name), LEAF, of_author)
    if name in GUIDS:
        only = name == "id" or attributes.get("ispermalink", "").lower() in {"false", "no", "0"}
        element.shown = GUID_ONLY if only else GUID_LINK
    if len(page.opened) == 0 and element.shown is None:
        element.shown = name.rpartition(":")[2]
    if name in DATES:
        element.left = DATE
    elif name in HOLDERS:
        element.left = HOLDERS[name]
        page.holder = element
    page.opened.append(element)
    if element.shown is None:
        return
    if name in DATES or name in GUIDS or element.shown == TEXT_OF_MEDIA:
        attributes = {}  # the parser keeps the text only of unknown elements without attributes
    if "rdf:about" in attributes or "rdf:resource" in attributes:
        page.bound.setdefault("xmlns:rdf", NAMESPACES["rdf"])
    given = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items() if value)
    page.pieces.append(f"<{element.shown}{given}>")


def _known(page: _Page, tag: str) -> str:
    """The name that the tables know an element by: in lower case, the feed's own namespace without prefix."""
    prefix, colon, local = tag.lower().rpartition(":")
    if not colon:
        return local
    uri = page.bound.get("xmlns:" + tag.rpartition(":")[0], NAMESPACES.get(prefix, "")).lower()
    if uri in BASES:
        return local
    return f"{PREFIXES.get(uri, prefix)}:{local}"


def _shown(page: _Page, tag: str, name: str) -> str | None:
    """The name that an element is written under; None where it is left out."""
    prefix = tag.rpartition(":")[0]
    if name in DATES:
        return written(name)
    if name == "media:description":
        return TEXT_OF_MEDIA
    if name not in READ:
        return None
    if prefix and "xmlns:" + prefix not in page.bound:
        page.problems[f"uses the prefix {prefix} without declaring it"] = None
        page.bound["xmlns:" + prefix] = NAMESPACES.get(prefix.lower(), prefix)
    return tag


def _attributes(page: _Page, rest: str) -> dict[str, str]:
    """The attributes that are read, unescaped; declared namespaces are bound for the whole document."""
    if len(rest) > LONGEST_TAG:
        page.problems[f"has a tag of over {LONGEST_TAG:,} characters, whose end was not read"] = None
        rest = rest[:LONGEST_TAG]
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(rest):
        name, value = match[1], html.unescape((match[2] or match[3] or match[4] or "")[:LEAF]).strip()
        prefix, _, local = name.partition(":")
        if prefix == "xmlns" and local:
            if value and len(page.bound) < MOST_NAMESPACES and local.lower() not in {"xml", "xmlns"}:
                page.bound.setdefault(name, value)
        elif name == "xmlns" or name.lower() in ATTRIBUTES:
            found.setdefault(name.lower(), value)
    return found


def _close(page: _Page, name: str) -> None:
    if all(element.name != name for element in reversed(page.opened)):
        return
    while _pop(page).name != name:
        pass


def _pop(page: _Page) -> _Open:
    element = page.opened.pop()
    if element is page.holder:
        page.holder = None
    if element.shown is not None:
        page.pieces.append(f"</{element.shown}>")
    if page.entry_at is not None and len(page.opened) <= page.entry_at[1]:
        page.entry_at = None
    return element


def _text(page: _Page, text: str) -> None:
    """Text with entities in it."""
    if page.holder is not None or not text.isspace():
        _put(page, _resolved(_room(page, text)))


def _data(page: _Page, text: str) -> None:
    """Text that stands for itself."""
    _put(page, _room(page, text))


def _room(page: _Page, text: str) -> str:
    """As much of a text as the field that it stands in may still hold."""
    if not page.opened:
        return ""
    element = page.holder or page.opened[-1]
    if len(text) > element.left:
        if element.left and (element is page.holder or element.author):
            page.problems[f"has a field ({element.name[:40]}) that is too long; its end was cut"] = None
        text = text[: element.left]
    element.left -= len(text)
    return text


def _put(page: _Page, text: str) -> None:
    if not text or not page.opened:
        return
    element = page.opened[-1]
    if element.author:
        if page.authors < MOST_AUTHORS and not text.isspace():
            page.pieces.append(f"<by_{page.authors}>{_quoted(text)}</by_{page.authors}>")
            page.authors += 1
    elif element.shown is not None:
        page.pieces.append(_quoted(text))


def _quoted(text: str) -> str:
    """Text as the parser reads it fastest: it is called anew for each entity, but once for a section of CDATA."""
    if "<" not in text and "&" not in text and ">" not in text:
        return text
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def _resolved(text: str) -> str:
    """Text with its entities replaced, HTML's names too; bare ampersands stay."""
    if "&" not in text:
        return text
    for entity, character in _COMMON:
        text = text.replace(entity, character)
    return _ENTITIES.sub(_character, text).replace("&amp;", "&") if "&" in text else text


def _character(match: re.Match[str]) -> str:
    """The character of an entity; nothing for those that XML forbids."""
    name = match[1]
    if not name.startswith("#"):
        return html5.get(name + ";", match[0])
    number = int(f"0{name[1:]}", 16) if name[1] in "xX" else int(name[1:])
    if 0x80 <= number < 0xA0:
        return html.unescape(match[0])  # Windows-1252 by its bytes, as browsers read it
    forbidden = (number < 0x20 and number not in {9, 10, 13}) or 0xD800 <= number < 0xE000 or number in {0xFFFE, 0xFFFF}
    return "" if forbidden or number > 0x10FFFF else chr(number)


def _finish(page: _Page) -> None:
    """Close what is open; an entry that was not read to its end is left out."""
    if page.opened and not page.full:
        page.problems["is cut off before its end; an entry that was not whole was left out"] = None
    if page.entry_at is not None:
        pieces, depth = page.entry_at
        del page.pieces[pieces:]
        del page.opened[depth:]
    page.entry_at = None
    while page.opened:
        _pop(page)
    if page.root:
        declared = "".join(f" {name}={quoteattr(value)}" for name, value in page.bound.items())
        page.pieces[page.root_at] = page.pieces[page.root_at][:-1] + declared + ">"
