"""ninjs (IPTC) 1.x, 2.x and 3.x: one vocabulary in three spellings, read by names without case and underscores."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from schemas.errors import ArticleError
from wirespin.formats.build import Fields, build
from wirespin.formats.paragraphs import any_text
from wirespin.formats.types import Found, LeftOut

TEXTS = frozenset({"", "text", "composite"})
"""Values of `type` that may carry a text; pictures, events and plans do not."""

BODIES = ("bodyxhtml", "bodyhtml", "bodynitf", "bodytext")
"""Bodies of ninjs 1, best first: those with tags tell paragraphs apart."""

_MARKS = ("versioncreated", "firstcreated", "contentcreated", "pubstatus", "headlines", "bodies", *BODIES)


def is_ninjs(data: dict[str, Any]) -> bool:
    """Whether an object is ninjs and not an article as wirespin's own schema has it (`body`, and `id` or `url`)."""
    names = {_name(key) for key in data}
    return "body" not in data and ("uri" in names or not names.isdisjoint(_MARKS))


def ninjs(data: dict[str, Any], where: str) -> Found:
    """The article of one object.

    Raises:
        ArticleError: it lacks what an article must have.
    """
    item = {_name(key): value for key, value in data.items()}
    kind = _text(item, "type").lower()
    if kind not in TEXTS:
        return LeftOut(where, f"of type {kind}, no text")
    body, headline = _body(item), _headline(item)
    if kind == "composite" and not body:
        return LeftOut(where, "a package of other items, no text")
    uri = _text(item, "uri") or _text(item, "guid")
    if not uri:
        raise ArticleError("no uri", where=where, remedy="ninjs demands one")
    return build(
        Fields(
            where=where,
            guid=uri,
            version=_text(item, "version"),
            status=_text(item, "pubstatus"),
            embargo=_embargo(item),
            headline=headline,
            dateline=_text(item, "dateline"),
            body=body,
            publisher=_source(item) or _text(item, "source", "provider", "copyrightholder"),
            note=_text(item, "ednote"),
            language=_text(item, "language"),
            dates=[(name, _text(item, name)) for name in ("versioncreated", "firstcreated", "contentcreated")],
            others={
                "byline": _text(item, "byline", "by"),
                "credit": _text(item, "creditline", "credit"),
                "url": uri if uri.lower().startswith(("http://", "https://")) else None,
            },
        )
    )


def _name(key: str) -> str:
    return key.lower().replace("_", "")


def _text(item: dict[str, Any], *names: str) -> str:
    """The first of some fields that holds a text or a number."""
    for name in names:
        value = item.get(name)
        if isinstance(value, (str, int)) and not isinstance(value, bool) and str(value).strip():
            return str(value).strip()
    return ""


def _parts(item: dict[str, Any], name: str) -> Iterable[dict[str, Any]]:
    """The objects of a list, their names without case."""
    value = item.get(name)
    given = value if isinstance(value, list) else []
    return [{_name(key): part for key, part in one.items()} for one in given if isinstance(one, dict)]


def _headline(item: dict[str, Any]) -> str:
    """`headline`, or of `headlines` the main one, or the first."""
    if one := _text(item, "headline"):
        return any_text(one)
    every = [part for part in _parts(item, "headlines") if _text(part, "value")]
    main = [part for part in every if _text(part, "role").lower() in {"main", ""}]
    return any_text(_text((main or every)[0], "value")) if every else _text(item, "title")


def _body(item: dict[str, Any]) -> str:
    """The text of ninjs 1's `body_…` or of one of `bodies`, with tags before plain."""
    bodies = [_text(part, "value") for part in sorted(_parts(item, "bodies"), key=_rank) if _text(part, "value")]
    given = _text(item, *BODIES) or (bodies[0] if bodies else "")
    return any_text(given) if given else ""


def _rank(body: dict[str, Any]) -> int:
    kind = _text(body, "contenttype").lower()
    role = _text(body, "role").lower()
    return 0 if "html" in kind or "html" in role else 1 if "xml" in kind or "nitf" in kind else 2


def _source(item: dict[str, Any]) -> str:
    for part in _parts(item, "infosources"):
        if name := _text(part, "name", "literal"):
            return name
    return ""


def _embargo(item: dict[str, Any]) -> str | None:
    """`embargoed` (1, 2) or `embargoedUntil` (3); there but of no use means without a known end, null means none."""
    for name in ("embargoed", "embargoeduntil"):
        value = item.get(name)
        if value is not None and value is not False:
            return value if isinstance(value, str) else ""
    return None
