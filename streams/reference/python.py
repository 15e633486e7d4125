"""The page of the engine for programs in Python: what `wirespin` offers without any broker."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any

from streams.reference.docstrings import Docstring, read
from streams.reference.markup import code, fenced, heading, page, paragraphs, prose, table
from wirespin import compare
from wirespin.accept import accept
from wirespin.feed.opml import read_opml, write_opml
from wirespin.feed.page import page_article
from wirespin.feed.parse import parse_feed
from wirespin.formats.read import articles
from wirespin.framing import Thresholds, compare_framing
from wirespin.identity import article_id, content_digest
from wirespin.page import render
from wirespin.reuse.index import RollingIndex
from wirespin.reuse.sketch import sample
from wirespin.reuse.verdict import level, relation
from wirespin.seedfile import parse_seed
from wirespin.text.boilerplate import Boilerplate
from wirespin.text.boilerplate_learn import learn
from wirespin.text.clean import clean
from wirespin.text.document import Document
from wirespin.text.language import language_of
from wirespin.wire.agencies import agencies
from wirespin.wire.credits import find_credits
from wirespin.wire.publisher import publishing_agency

OFFERED: dict[str, tuple[Any, ...]] = {
    "Comparing two articles": (compare, render, Thresholds, compare_framing),
    "From text to article": (parse_seed, articles, accept, article_id, content_digest),
    "Cleaning and credits": (
        clean,
        Document,
        Boilerplate,
        learn,
        language_of,
        find_credits,
        publishing_agency,
        agencies,
    ),
    "Reuse": (sample, RollingIndex, relation, level),
    "Feeds": (parse_feed, page_article, read_opml, write_opml),
}
"""What programs may build on, by subject. All else of the package may change without notice."""

INTRODUCTION = """\
The engine knows no broker and no clock: texts go in, findings with their places in the texts come out. It works in a
notebook as in a stream.

```python
from wirespin import compare

original = "Headline\\n\\nThe minister said ..."
copy = "Headline\\n\\nThe minister claimed ..."
event = compare(original, copy)
event.framing.altered, event.framing.score, event.reuse.level
```

What is listed here is meant to be used; the rest of the package may change from one version to the next. Errors are
those of [the one tree](errors.md); articles and events are the [records](records.md).
"""

WIDTH = 100
"""Characters of a signature above which each parameter has a line of its own."""


def python_page() -> str:
    """All that is offered, by subject."""
    blocks = []
    for title, offered in OFFERED.items():
        blocks.append(heading(2, title, title.lower().replace(" ", "-")))
        blocks += [_section(one) for one in offered]
    return page("The engine in Python", INTRODUCTION, *blocks)


def _section(offered: Any) -> str:
    name = f"{offered.__module__}.{offered.__qualname__}"
    told = read(offered.__doc__)
    kind = "class " if inspect.isclass(offered) else ""
    blocks = [heading(3, code(offered.__name__), name), fenced(kind + signature(offered), "python")]
    blocks += [f"Import: `from {_home(offered)} import {offered.__name__}`", paragraphs(told.text), *_tables(told)]
    if inspect.isclass(offered):
        blocks += [_method(name, method) for name, method in _methods(offered)]
    return "\n\n".join(block for block in blocks if block)


def _home(offered: Any) -> str:
    """The package that a name is to be imported from: the one that exports it, else its module."""
    package = offered.__module__.rpartition(".")[0]
    exported = getattr(inspect.sys.modules[package], "__all__", ())  # type: ignore[attr-defined]
    return package if offered.__name__ in exported else str(offered.__module__)


def _tables(told: Docstring) -> Iterator[str]:
    for section, items in told.sections.items():
        if list(items) == [""]:
            yield f"**{section}:** {prose(items[''])}"
        else:
            yield table((section, ""), ((code(name), prose(text)) for name, text in items.items()))


def _methods(kind: type) -> list[tuple[str, Callable[..., Any]]]:
    """Public methods that a class defines and documents."""
    plain = [(name, _function(value)) for name, value in vars(kind).items() if not name.startswith("_")]
    return [(name, function) for name, function in plain if function is not None and function.__doc__]


def _function(value: object) -> Callable[..., Any] | None:
    """The function behind a method, a class method or a static one."""
    function = value.__func__ if isinstance(value, classmethod | staticmethod) else value
    return function if inspect.isfunction(function) else None


def _method(anchor: str, method: Callable[..., Any]) -> str:
    told = read(method.__doc__)
    return "\n\n".join([fenced(signature(method), "python"), paragraphs(told.text), *_tables(told)])


def signature(offered: Callable[..., Any]) -> str:
    """Name, parameters and types as they stand in the code, over several lines where they are long."""
    given = inspect.signature(offered)
    shown = list(_parameters(given))
    plain = inspect.isclass(offered) or given.return_annotation is inspect.Signature.empty
    result = "" if plain else f" -> {given.return_annotation}"
    whole = f"{offered.__name__}({', '.join(shown)}){result}"
    if len(whole) <= WIDTH:
        return whole
    lines = "".join(f"    {one},\n" for one in shown)
    return f"{offered.__name__}(\n{lines}){result}"


def _parameters(given: inspect.Signature) -> Iterator[str]:
    """Each parameter as it would be written; ``self`` and ``cls`` are nobody's to give."""
    starred = False
    for name, one in given.parameters.items():
        if one.kind is one.KEYWORD_ONLY and not starred:
            starred = True
            yield "*"
        if name not in ("self", "cls"):
            default = "" if one.default is one.empty else f" = {one.default!r}"
            yield f"{name}: {one.annotation}{default}"
