"""A page read back: whether its tags nest, what they are, and what a reader sees of each body."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"meta", "br"}


class Reading(HTMLParser):
    """A page, taken apart.

    Attributes:
        tags: names of all elements.
        attributes: names of all attributes.
        links: what anchors point to.
        ids: anchors, in order.
        columns: visible text of both bodies, by the class of the column.
        headlines: the same of both headlines.
        text: all that is visible.
    """

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.columns = {"o": "", "c": ""}
        self.headlines = {"o": "", "c": ""}
        self.text = ""
        self._open: list[tuple[str, list[str]]] = []
        self.feed(page)
        self.close()
        assert self._open == [], "elements were left open"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        assert len(given) == len(attrs), "an attribute stands twice"
        self.tags.add(tag)
        self.attributes.update(given)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [given["href"] or ""] if "href" in given else []
        if tag not in VOID:
            self._open.append((tag, (given.get("class") or "").split()))

    def handle_endtag(self, tag: str) -> None:
        name, _ = self._open.pop()
        assert name == tag, f"</{tag}> closes <{name}>"

    def handle_data(self, data: str) -> None:
        names = [tag for tag, _ in self._open]
        classes = {name for _, found in self._open for name in found}
        if "style" in names:
            return
        if "head" not in names:
            self.text += data
        if "body" in classes and "n" not in classes:
            side = "o" if "o" in classes else "c"
            (self.headlines if "headline" in classes else self.columns)[side] += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data}")
