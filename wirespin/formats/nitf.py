"""NITF (IPTC, 3.x): one document, one article; also the text that other formats carry as NITF or XHTML."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from schemas.errors import InputError
from wirespin.formats.build import Fields, build
from wirespin.formats.paragraphs import any_text, paragraphs
from wirespin.formats.types import Finds
from wirespin.formats.xmltree import attribute, first, said, words
from wirespin.identity import digest

_KILL = re.compile(r"(?:\W*(?:bulletin|mandatory|advisory|editors?)\W+)*kill(?:ed)?\b", re.IGNORECASE)
"""How a kill notice is headed: "BULLETIN KILL", "MANDATORY KILL". Only in front: "shark kills two" is news, and who
"kills the last paragraph" leaves the rest standing."""

_KILL_TYPE = re.compile(r"kill|cancel|withdraw|annul", re.IGNORECASE)
_TAGS_IN_HEAD = frozenset({"byttl", "story.date"})
"""What stands within bylines and datelines and is neither."""


def nitf(root: Element, where: str) -> Finds:
    """The article of a document whose root is ``nitf``."""
    try:
        yield build(_fields(root, where))
    except InputError as error:
        yield error


def _fields(root: Element, where: str) -> Fields:
    data, head = root.find("head/docdata"), head_fields(root)
    issued = attribute(data, "date.issue", "norm")
    publisher = _publisher(root)
    return Fields(
        where=where,
        guid=_identity(data) or _without_id(publisher, issued, head["headline"]),
        version=attribute(data, "du-key", "version") or attribute(data, "du-key", "generation"),
        status=_status(data),
        embargo=_embargo(data, issued),
        headline=head["headline"] or said(root, "head/title"),
        dateline=head["dateline"],
        body=text_of(root),
        publisher=publisher,
        note="\n".join(note for path in ("ed-msg", "correction") if (note := attribute(data, path, "info"))),
        language=root.get("lang") or root.get("baselang") or attribute(root, "body", "lang"),
        dates=(
            ("date.issue", issued),
            ("date.publication", attribute(root, "head/pubdata", "date.publication")),
            ("story.date", attribute(root, "body/body.head/dateline/story.date", "norm")),
        ),
        others={"byline": head["byline"], "credit": said(root, "body/body.head/distributor")},
    )


def _identity(data: Element | None) -> str:
    """The document that is spoken of: of a correction the corrected one, else by `doc-id`, else by `du-key`."""
    for path in ("correction", "doc-id"):
        if name := attribute(data, path, "id-string"):
            registry = attribute(data, path, "regsrc")
            return f"{registry}:{name}" if registry else name
    return attribute(data, "du-key", "key")


def _without_id(publisher: str, issued: str, headline: str) -> str:
    """A name for a document that has none: the same file gives the same, another version another."""
    return "nitf-" + digest(publisher, issued, headline) if issued and headline else ""


def _status(data: Element | None) -> str:
    """`management-status`, or canceled where the message to editors is a kill."""
    kind, info = attribute(data, "ed-msg", "msg-type"), attribute(data, "ed-msg", "info")
    if _KILL_TYPE.search(kind) or _KILL.match(info):
        return "canceled"
    return "" if data is None else data.get("management-status", "")


def _embargo(data: Element | None, issued: str) -> str | None:
    """`date.release` where the status says embargoed, or where it is another time than that of issue."""
    release = attribute(data, "date.release", "norm")
    embargoed = data is not None and data.get("management-status", "").strip().lower() == "embargoed"
    return release if embargoed or (release and release != issued) else None


def _publisher(root: Element) -> str:
    data = root.find("head/docdata")
    return (
        said(root, "body/body.head/distributor")
        or attribute(data, "del-list/from-src", "src-name")
        or attribute(data, "doc.copyright", "holder")
        or said(root, "body/body.head/rights/rights.owner")
        or attribute(data, "doc-id", "regsrc")
    )


def head_fields(root: Element) -> dict[str, str]:
    """Headline, byline and dateline of the NITF that an element is or holds; empty where there is none."""
    head = first(root, "body/body.head", ".//body.head")
    return {
        "headline": said(head, "hedline/hl1", "hedline"),
        "byline": _without_inner(first(head, "byline")),
        "dateline": _without_inner(first(head, "dateline")),
    }


def _without_inner(element: Element | None) -> str:
    """The text of a byline or dateline without what is neither."""
    if element is None:
        return ""
    pieces = [element.text or ""]
    for child in element:
        pieces += ["" if child.tag in _TAGS_IN_HEAD else words(child), child.tail or ""]
    return " ".join(" ".join(pieces).split())


def text_of(element: Element) -> str:
    """The text that an element holds as NITF, as XHTML, as elements of either, or as HTML written out."""
    content = first(element, "body/body.content", ".//body.content", ".//body")
    if content is None:
        content = element
    if not len(content):
        return any_text(content.text or "")
    body = paragraphs(content) or paragraphs(content, beside=True)
    tag = first(element, "body/body.end/tagline", ".//body.end/tagline")
    tagline = "" if tag is None else paragraphs(tag)
    return f"{body}\n\n{tagline}".strip()
