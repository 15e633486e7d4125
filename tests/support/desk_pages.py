"""Reading the desk's pages as a browser does."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag


def page(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def fields(form: Tag) -> dict[str, str]:
    """What a form sends as it stands."""
    return {str(one["name"]): str(one.get("value", "")) for one in form.select("input[type=hidden][name]")}


def form(html: str, selector: str) -> dict[str, str]:
    found = page(html).select_one(selector)
    assert found is not None, selector
    return fields(found)


def scripts(html: str) -> list[str]:
    """What would run or load: scripts, handlers, styles and links that are not this desk's own."""
    found = page(html)
    bad = [str(one) for one in found.select("script:not([src]), style, iframe, object, embed, base, [style]")]
    for one in found.find_all(True):
        for name, value in one.attrs.items():
            text = " ".join(value) if isinstance(value, list) else str(value)
            if name.startswith("on") or (name in ("src", "href", "action") and "script:" in text.casefold()):
                bad.append(str(one))
            if name == "src" and not text.startswith("/static/"):
                bad.append(str(one))
    return bad
