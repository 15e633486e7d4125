"""Text out of elements: XHTML and NITF alike, paragraphs parted by blank lines."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from wirespin.text.html import BESIDE, BLOCKS, UNSEEN, to_text

NITF_BLOCKS = frozenset("block body.content bq credit fn hl1 hl2 note body.end".split())
"""NITF's own elements that begin a paragraph."""

NITF_BESIDE = frozenset(
    "body.head docdata media media-caption media-producer tagline nitf-table-metadata nitf-col caption".split()
)
"""NITF's elements that are beside the text: pictures with their captions, what a desk adds under it."""

_BREAKS = {"br": "\n", "td": " ", "th": " "}
_SPACE = re.compile(r"[ \t\r\n\f\xa0]+")
_INDENT = 2
"""Spaces that begin a paragraph where no tag does, as wires print them."""


def paragraphs(element: Element, *, beside: bool = False) -> str:
    """The text of an element as a reader sees it.

    Args:
        element: any; where it has no block in it, its line breaks and indents count as they stand.
        beside: whether captions, figures and asides are read as well.
    """
    skipped = UNSEEN if beside else UNSEEN | BESIDE | NITF_BESIDE
    if not any(
        one.tag in BLOCKS or one.tag in NITF_BLOCKS or one.tag == "br"
        for one in element.iter()
        if one is not element and one.tag not in {"html", "body", "head", "title"}
    ):
        return plain("".join(_pieces(element, skipped)).replace("\x00", "\n"))
    blocks = "".join(_pieces(element, skipped, fold=True)).split("\x00")
    return "\n\n".join(text for block in blocks if (text := _lines(block)))


def _pieces(top: Element, skipped: frozenset[str], *, fold: bool = False) -> list[str]:
    """The text in document order, a NUL (which XML cannot hold) where a paragraph begins or ends; no recursion."""
    pieces: list[str] = []
    stack: list[tuple[Element, bool, bool]] = [(top, False, False)]
    while stack:
        element, done, raw = stack.pop()
        raw = raw or element.tag == "pre"
        edge = "\x00" if element.tag in BLOCKS or element.tag in NITF_BLOCKS else ""
        if done:
            pieces.append(edge)
        elif element.tag not in skipped or element is top:
            pieces += [edge + _BREAKS.get(element.tag, ""), _folded(element.text, fold and not raw)]
            stack.append((element, True, raw))
            stack += [(child, False, raw) for child in reversed(element)]
            continue
        if element is not top:
            pieces.append(_folded(element.tail, fold))
    return pieces


def _folded(text: str | None, fold: bool) -> str:
    return _SPACE.sub(" ", text or "") if fold else text or ""


def _lines(block: str) -> str:
    return "\n".join(" ".join(line.split(" ")).strip() for line in block.strip().split("\n"))


def plain(text: str) -> str:
    """Plain text of a wire: an empty line or an indent begins a paragraph; other lines stay as they are broken."""
    found: list[list[str]] = [[]]
    indented = [line for line in text.splitlines() if line.strip()]
    shift = min((len(line) - len(line.lstrip()) for line in indented), default=0)
    for line in text.splitlines():
        if not line.strip() or len(line) - len(line.lstrip()) >= shift + _INDENT:
            found.append([])
        if line.strip():
            found[-1].append(line.strip())
    return "\n\n".join("\n".join(lines) for lines in found if lines)


def any_text(text: str) -> str:
    """Text that may be HTML or plain."""
    read = to_text(text)
    return plain(text) if read == text else read
