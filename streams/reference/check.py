"""Checks a built site: ``python -m streams.reference.check site`` prints what is wrong with it, one finding a line.

Links lead to a file and, where they name one, to an anchor in it; images are there and have a text; nothing is loaded
from elsewhere; external links are well formed (they are not asked); lists came out as lists.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

LOADING = {
    "script": ("src",), "img": ("src", "srcset"), "iframe": ("src",), "source": ("src", "srcset"), "video": ("src",),
    "audio": ("src",), "embed": ("src",), "object": ("data",), "link": ("href",), "image": ("href", "xlink:href"),
    "use": ("href", "xlink:href"),
}  # fmt: skip
"""Elements that make a browser fetch something, and the attributes that say what."""

EXTERNAL = re.compile(
    r"https?://[\w.-]+\.[a-z]{2,}(:\d+)?([/?#]\S*)?|http://(localhost|127\.0\.0\.1)(:\d+)?(/\S*)?|mailto:\S+@\S+"
)
"""What a link to elsewhere may look like."""

LOST_LIST = re.compile(r"\n(?:[-*]|\d+\.) ")
"""What a list leaves behind in a paragraph where Markdown did not take it for one."""

FETCHED = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)")
"""What a style sheet fetches."""


@dataclass
class Found:
    """What a page holds.

    Attributes:
        anchors: ids that links may lead to.
        links: where its links lead.
        loads: what it makes a browser fetch.
        problems: what is wrong by itself.
    """

    anchors: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found = Found()
        self._paragraph: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.found.anchors |= {given[name] for name in ("id", "name") if given.get(name)}
        if tag == "a" and "href" in given:
            self.found.links.append(given["href"])
        self.found.loads += [given[name] for name in LOADING.get(tag, ()) if name in given]
        if tag == "img" and not given.get("alt", "").strip():
            self.found.problems.append(f"image without a text: {given.get('src', '')}")
        if tag == "p":
            self._paragraph = []

    def handle_data(self, data: str) -> None:
        if self._paragraph is not None:
            self._paragraph.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "p" and self._paragraph is not None:
            if lost := LOST_LIST.search("".join(self._paragraph)):
                self.found.problems.append(
                    f"a list within a paragraph: {''.join(self._paragraph)[lost.start() :][:60]!r}"
                )
            self._paragraph = None


@cache
def read(page: Path) -> Found:
    """What a page holds."""
    reader = _Reader()
    reader.feed(page.read_text(encoding="utf-8"))
    reader.close()
    return reader.found


def problems(site: Path) -> Iterator[str]:
    """All that is wrong with a site, each with its page."""
    for page in sorted(site.rglob("*.html")):
        name, found = page.relative_to(site).as_posix(), read(page)
        told = [*found.problems, *_links(site, name, found.links), *_loads(site, name, found.loads)]
        yield from (f"{name}: {problem}" for problem in told)
    for sheet in sorted(site.rglob("*.css")):
        fetched = [first or second for first, second in FETCHED.findall(sheet.read_text(encoding="utf-8"))]
        elsewhere = [url for url in fetched if _elsewhere(url)]
        yield from (f"{sheet.name}: {problem}" for problem in _loads(site, "", elsewhere))


def _links(site: Path, page: str, links: list[str]) -> Iterator[str]:
    for link in links:
        if not _elsewhere(link):
            yield from _target(site, page, link)
        elif not EXTERNAL.fullmatch(link):
            yield f"no well formed link: {link}"


def _loads(site: Path, page: str, loads: list[str]) -> Iterator[str]:
    for load in loads:
        if load.startswith("data:"):
            continue
        yield from [f"loads from elsewhere: {load}"] if _elsewhere(load) else _target(site, page, load)


def _target(site: Path, page: str, link: str) -> Iterator[str]:
    """What is wrong with a link within the site."""
    target = urlsplit(urljoin(f"/{page}", link))
    path = site / unquote(target.path).lstrip("/")
    path = path / "index.html" if path.is_dir() else path
    if not path.is_file():
        yield f"leads nowhere: {link}"
    elif target.fragment and path.suffix == ".html" and unquote(target.fragment) not in read(path).anchors:
        yield f"no such anchor: {link}"


def _elsewhere(url: str) -> bool:
    parts = urlsplit(url)
    return bool(parts.scheme or parts.netloc)


def main(arguments: list[str]) -> int:
    """Print what is wrong; 1 where something is."""
    found = list(problems(Path(arguments[0])))
    for problem in found:
        sys.stderr.write(f"{problem}\n")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
