"""What the documentation site is built with: a hook of MkDocs (`mkdocs.yml` names it).

Adds the pages of the reference, leads links that leave the documentation's folder to copies of what they name, and
leaves out of the navigation what a branch does not have yet.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from streams.reference.pages import pages, schemas

COMING = frozenset(f"{name}.md" for name in ("deploy", "desk", "evidence", "export", "metrics", "out", "tracing"))
"""Pages that others write: each is left out of the navigation while there is no such file."""

COPIES = "source"
"""Folder of the site for files of the project that pages link to, such as the schemas and the seeds."""

SCHEMAS = "schemas/json"
"""Folder of the schema files, for which the reference of records stands."""

_LINK = re.compile(r"\[([^\]\n]*(?:\n[^\]\n]*)?)\]\(((?:\.\./)+[^)#\s]+)(#[^)\s]*)?\)")
_QUOTED = re.compile(r"^(> .*\S)$", re.MULTILINE)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Leave pages out of the navigation that are still to come."""
    there = Path(config.docs_dir)
    config.nav = _without({name for name in COMING if not (there / name).is_file()}, config.nav)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what is made from the code, and copies of the project's files that pages link to."""
    root = _root(config)
    made: dict[str, str | bytes] = {**pages(root / "seeds"), **schemas()}
    for page in files.documentation_pages():
        for _, link, _ in _LINK.findall(page.content_string):
            named = outside(page.src_uri, link)
            if (root / named).is_file() and not named.startswith("docs/"):
                made[copied(named)] = (root / named).read_bytes()
    for place, content in made.items():
        files.append(File.generated(config, place, content=content))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Lead links out of the folder to the copies, and keep the lines of quoted examples apart."""
    root, place = _root(config), page.file.src_uri

    def led(match: re.Match[str]) -> str:
        named = outside(place, match[2])
        if named.startswith("docs/"):
            return match[0]
        if named == SCHEMAS:
            return _to(match[1], place, "reference/records.md")
        if (root / named).is_file():
            return _to(match[1], place, copied(named))
        # a folder has no page; what is not there at all stays as it is, for the build to complain of
        return f"{match[1]} (`{named}`)" if (root / named).is_dir() else match[0]

    return _QUOTED.sub(r"\1  ", _LINK.sub(led, markdown))


def outside(page: str, link: str) -> str:
    """Where in the project a link of a page leads that leaves the documentation's folder."""
    return posixpath.normpath(posixpath.join("docs", posixpath.dirname(page), link))


def copied(named: str) -> str:
    """Where the site has a copy of a file. A schema has its place; Markdown is shown as text, not made a page."""
    folder, name = posixpath.split(named)
    if folder == SCHEMAS:
        return f"schemas/{name}"
    return f"{COPIES}/{named}" + (".txt" if name.endswith(".md") else "")


def _to(words: str, page: str, target: str) -> str:
    """A link from one page to another."""
    return f"[{words}]({posixpath.relpath(target, posixpath.dirname(page) or '.')})"


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent


def _without(names: set[str], nav: Any) -> Any:
    """A navigation without some pages, and without sections that are empty then."""
    if isinstance(nav, list):
        kept = (_without(names, one) for one in nav)
        return [one for one in kept if one]
    if isinstance(nav, dict):
        kept_items = {title: _without(names, one) for title, one in nav.items()}
        return {title: one for title, one in kept_items.items() if one}
    return None if nav in names else nav
