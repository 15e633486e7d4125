"""NewsML-G2 (IPTC, 2.x): news items, alone or in a news message. Codes are not resolved, catalogs never asked for."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from schemas.errors import InputError
from wirespin.formats.build import Fields, build, of_qcode
from wirespin.formats.nitf import head_fields, text_of
from wirespin.formats.paragraphs import any_text
from wirespin.formats.types import Finds, Found, LeftOut
from wirespin.formats.xmltree import attribute, first, said, words

ROOTS = frozenset({"newsMessage", "newsItem", "packageItem"})
OTHER_ITEMS = frozenset({"packageItem", "conceptItem", "knowledgeItem", "planningItem", "catalogItem"})
"""Items without a text of their own: references, vocabularies, plans."""

TEXTS = frozenset({"", "text", "composite"})
"""Values of `itemClass` that may carry a text."""


def newsml_g2(root: Element, where: str) -> Finds:
    """The items of a document whose root is one of `ROOTS`."""
    sent = said(root, "header/sent")
    items = [root] if root.tag != "newsMessage" else [item for items in root.findall("itemSet") for item in items]
    for number, item in enumerate(items, 1):
        name = item.get("guid") or ""
        place = f"{where} item {number}" + (f" ({name})" if name else "")
        try:
            yield _item(item, place, sent)
        except InputError as error:
            yield error


def _item(item: Element, where: str, sent: str) -> Found:
    if item.tag in OTHER_ITEMS:
        return LeftOut(where, f"a {item.tag} holds no article of its own")
    if item.tag != "newsItem":
        return LeftOut(where, f"<{item.tag}> is no item of NewsML-G2")
    kind = of_qcode(attribute(item, "itemMeta/itemClass", "qcode")).lower()
    fields = _fields(item, where, sent)
    if kind not in TEXTS:
        return LeftOut(where, f"of class {kind}, no text")
    if not fields.body and not fields.headline and item.find("contentSet/remoteContent") is not None:
        return LeftOut(where, "its content stands elsewhere (remoteContent), and is not fetched")
    return build(fields)


def _fields(item: Element, where: str, sent: str) -> Fields:
    meta, content = item.find("itemMeta"), item.find("contentMeta")
    body, inner = _content(item)
    embargo = first(meta, "embargoed")
    return Fields(
        where=where,
        guid=item.get("guid", ""),
        version=item.get("version", ""),
        status=attribute(meta, "pubStatus", "qcode") or attribute(meta, "pubStatus", "uri"),
        embargo=None if embargo is None else words(embargo),
        headline=said(content, "headline") or inner.get("headline", "") or said(meta, "title"),
        dateline=said(content, "dateline") or inner.get("dateline", ""),
        body=body,
        publisher=_party(meta, "provider") or _party(content, "infoSource") or _holder(item),
        note=_notes(meta),
        language=attribute(content, "language", "tag") or item.get("lang", ""),
        dates=(
            ("versionCreated", said(meta, "versionCreated")),
            ("contentModified", said(content, "contentModified")),
            ("firstCreated", said(meta, "firstCreated")),
            ("contentCreated", said(content, "contentCreated")),
            ("sent", sent),
        ),
        others={
            "byline": said(content, "by") or inner.get("byline"),
            "credit": said(content, "creditline") or _party(content, "infoSource"),
        },
    )


def _party(meta: Element | None, path: str) -> str:
    """A party by name, literal or what its code is called, the first that has any of these."""
    for party in () if meta is None else meta.findall(path):
        if name := said(party, "name") or party.get("literal", "").strip() or of_qcode(party.get("qcode", "")).strip():
            return name
    return ""


def _holder(item: Element) -> str:
    return _party(item.find("rightsInfo"), "copyrightHolder")


def _notes(meta: Element | None) -> str:
    notes = [] if meta is None else [words(note) for note in meta.findall("edNote")]
    return "\n".join(note for note in notes if note)


def _content(item: Element) -> tuple[str, dict[str, str]]:
    """The text of the first content that has one, and the head of the NITF that it may be in."""
    for inline in item.findall("contentSet/inlineXML"):
        if body := text_of(inline):
            return body, head_fields(inline)
    for data in item.findall("contentSet/inlineData"):
        text = "".join(data.itertext())
        if text.strip() and not data.get("encoding"):
            return any_text(text), {}
    return "", {}
