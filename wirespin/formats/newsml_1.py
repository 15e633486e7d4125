"""NewsML 1.0 to 1.2 (IPTC), as AFP, dpa and others send it: one article of every NewsItem."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from schemas.errors import InputError
from wirespin.formats.build import Fields, build
from wirespin.formats.nitf import head_fields, text_of
from wirespin.formats.types import Finds, Found, LeftOut
from wirespin.formats.xmltree import attribute, said, words

_REVISION = re.compile(r":\d+[A-Z]?$")
"""What an item's public identifier ends in: the revision and how it was updated."""

_NOTES = frozenset({"editorialnote", "ednote", "editorsnote", "notetoeditors", "editornote"})
_BESIDE = frozenset({"caption", "summary", "abstract", "photo caption"})
"""Roles of components whose text is not the article's."""


def newsml_1(root: Element, where: str) -> Finds:
    """The items of a document whose root is ``NewsML``."""
    envelope = root.find("NewsEnvelope")
    for number, item in enumerate(root.findall("NewsItem"), 1):
        name = said(item, "Identification/NewsIdentifier/PublicIdentifier")
        place = f"{where} item {number}" + (f" ({name})" if name else "")
        try:
            yield _item(item, envelope, place)
        except InputError as error:
            yield error


def _item(item: Element, envelope: Element | None, where: str) -> Found:
    kinds = [kind for one in item.iter("ContentItem") if (kind := attribute(one, "MediaType", "FormalName").lower())]
    fields = _fields(item, envelope, where)
    if kinds and "text" not in kinds and not fields.body:
        return LeftOut(where, f"of media type {kinds[0]}, no text")
    return build(fields)


def _fields(item: Element, envelope: Element | None, where: str) -> Fields:
    management = item.find("NewsManagement")
    content = _content(item)
    inner = {} if content is None else head_fields(content)
    return Fields(
        where=where,
        guid=_identity(item),
        version=said(item, "Identification/NewsIdentifier/RevisionId"),
        status=attribute(management, "Status", "FormalName"),
        embargo=_embargo(management),
        headline=_line(item, "HeadLine") or inner.get("headline", ""),
        dateline=_line(item, "DateLine") or inner.get("dateline", ""),
        body="" if content is None else text_of(content),
        publisher=_party(item, "Provider")
        or _sender(envelope)
        or said(item, "Identification/NewsIdentifier/ProviderId")
        or _party(item, "Source"),
        note="\n".join(_notes(item)),
        language=_formal(item, "Language"),
        dates=(
            ("ThisRevisionCreated", said(management, "ThisRevisionCreated")),
            ("FirstCreated", said(management, "FirstCreated")),
            ("DateAndTime", said(envelope, "DateAndTime")),
        ),
        others={
            "byline": _line(item, "ByLine") or inner.get("byline"),
            "credit": _line(item, "CreditLine") or _party(item, "Source"),
        },
    )


def _identity(item: Element) -> str:
    """Provider, day and item; the public identifier, which also tells the revision, only where one of them lacks."""
    name = item.find("Identification/NewsIdentifier")
    parts = [said(name, part) for part in ("ProviderId", "DateId", "NewsItemId")]
    if all(parts):
        return ":".join(["urn:newsml", *parts])
    return _REVISION.sub("", said(name, "PublicIdentifier"))


def _embargo(management: Element | None) -> str | None:
    """The time at which an embargoed item becomes usable, empty where it is not told; None without an embargo."""
    if attribute(management, "Status", "FormalName").lower() != "embargoed":
        return None
    changes = [] if management is None else management.findall("StatusWillChange")
    times = [
        said(change, "DateAndTime")
        for change in changes
        if attribute(change, "FutureStatus", "FormalName").lower() in {"usable", ""}
    ]
    return times[0] if times else ""


def _content(item: Element) -> Element | None:
    """The data of the main text: of the component whose role is Main, else the first that holds any."""
    texts = list(_texts(item, ""))
    main = [data for role, data in texts if role == "main"] + [data for role, data in texts if role not in _BESIDE]
    return main[0] if main else None


def _texts(item: Element, role: str) -> Iterator[tuple[str, Element]]:
    """Role and data of every text in an item, in document order."""
    stack = [(item, role)]
    while stack:
        element, role = stack.pop()
        role = attribute(element, "Role", "FormalName").lower() or role
        for content in element.findall("ContentItem"):
            data = content.find("DataContent")
            readable = attribute(content, "MediaType", "FormalName").lower() in {"", "text"}
            if readable and data is not None and content.find("Encoding") is None and words(data):
                yield role, data
        stack += [(part, role) for part in reversed(element.findall("NewsComponent"))]


def _line(item: Element, name: str) -> str:
    return next((text for lines in item.iter("NewsLines") if (text := said(lines, name))), "")


def _formal(item: Element, name: str) -> str:
    return next((value for one in item.iter(name) if (value := one.get("FormalName", "").strip())), "")


def _party(item: Element, role: str) -> str:
    metas = item.iter("AdministrativeMetadata")
    return next((name for meta in metas if (name := attribute(meta, f"{role}/Party", "FormalName"))), "")


def _sender(envelope: Element | None) -> str:
    return attribute(envelope, "SentFrom/Party", "FormalName")


def _notes(item: Element) -> Iterator[str]:
    """Notes to editors: lines and properties of that type."""
    for line in item.iter("NewsLine"):
        if _plain(attribute(line, "NewsLineType", "FormalName")) in _NOTES and (text := said(line, "NewsLineText")):
            yield text
    for given in item.iter("Property"):
        if _plain(given.get("FormalName", "")) in _NOTES and (text := given.get("Value", "").strip()):
            yield text


def _plain(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())
