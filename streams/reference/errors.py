"""The page of errors."""

from __future__ import annotations

import inspect

from schemas import errors
from schemas.errors import WirespinError
from streams.reference.docstrings import read
from streams.reference.markup import code, fenced, heading, page, paragraphs, prose, table

INTRODUCTION = """\
Everything that wirespin raises on purpose stands in one tree, `schemas.errors`. Every message says what was wrong,
where, and what to do about it. The command line prints it in one line and ends with 2 for a setting that is wrong and
with 1 for all else; workers have [further exit codes](../operations.md#what-ends-a-worker).
"""


def errors_page() -> str:
    """The tree, and each error."""
    tree = fenced("\n".join(_tree(WirespinError)))
    return page("Errors", INTRODUCTION, tree, *(_section(kind) for kind in _all(WirespinError)), _troubles())


def _all(kind: type[WirespinError]) -> list[type[WirespinError]]:
    return [kind, *(below for child in _children(kind) for below in _all(child))]


def _children(kind: type[WirespinError]) -> list[type[WirespinError]]:
    """Errors of the one tree right below another, in the order of the code."""
    members = vars(errors).values()
    return [one for one in members if inspect.isclass(one) and kind in one.__bases__ and issubclass(one, WirespinError)]


def _tree(kind: type[WirespinError], indent: str = "") -> list[str]:
    lines = [kind.__name__ + _also(kind)]
    children = _children(kind)
    for child in children:
        last = child is children[-1]
        first, *rest = _tree(child)
        lines += [("└── " if last else "├── ") + first, *(("    " if last else "│   ") + line for line in rest)]
    return [indent + line for line in lines]


def _also(kind: type[WirespinError]) -> str:
    """The error of Python that it is as well, so that others may catch it by that."""
    others = [base.__name__ for base in kind.__bases__ if not issubclass(base, WirespinError) and base is not Exception]
    return f" ({', '.join(others)})" if others else ""


def _section(kind: type[WirespinError]) -> str:
    told = read(kind.__doc__)
    arguments = told.sections.get("Args", {})
    rows = table(("Attribute", "Meaning"), ((code(name), prose(text)) for name, text in arguments.items()))
    title = heading(2, kind.__name__, kind.__name__.lower())
    return "\n\n".join([title, paragraphs(told.text), *([rows] if arguments else [])])


def _troubles() -> str:
    """Kinds of trouble that a FetchError may name."""
    kinds = ", ".join(code(one) for one in errors.Trouble.__args__)  # type: ignore[attr-defined]
    return f"{heading(2, 'Kinds of trouble', 'trouble')}\n\nA `FetchError` says in `trouble` which it is: {kinds}."
