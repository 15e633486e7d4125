"""Small pieces of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_CODE = re.compile(r"(``[^`]+``|`[^`]+`)")
_SPECIAL = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "*": "\\*", "_": "\\_", "[": "\\[", "|": "\\|"}


def code(text: object) -> str:
    """Text as code within a line, whatever stands in it; nothing for an empty one."""
    shown = str(text)
    marks = "``" if "`" in shown else "`"
    return f"{marks}{shown}{marks}" if shown.strip() else ""


def prose(text: str) -> str:
    """Plain text of a docstring or a description: its code stays code, all other signs stand for themselves."""
    parts = _CODE.split(" ".join(text.split()))
    return "".join(_inline(part) if part.startswith("`") else _escaped(part) for part in parts)


def paragraphs(text: str) -> str:
    """`prose` of every paragraph; what is indented stays as it is, as a block of code."""
    blocks = re.split(r"\n\s*\n", text.strip("\n"))
    return "\n\n".join(_block(block) for block in blocks if block.strip())


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; cells are Markdown of one line."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines)


def fenced(text: str, language: str = "text") -> str:
    """A block of code."""
    return f"```{language}\n{text.strip(chr(10))}\n```"


def heading(level: int, text: str, anchor: str) -> str:
    """A heading with an anchor of its own, so that links to it outlive other words."""
    return f"{'#' * level} {text} {{ #{anchor} }}"


def page(title: str, *blocks: str) -> str:
    """A page; the last newline of each block is its own."""
    return "\n\n".join([f"# {title}", *(block.strip("\n") for block in blocks if block.strip())]) + "\n"


def _inline(part: str) -> str:
    return code(part.strip("`"))


def _escaped(part: str) -> str:
    return "".join(_SPECIAL.get(sign, sign) for sign in part)


def _block(block: str) -> str:
    lines = block.splitlines()
    if all(line.startswith("    ") or not line.strip() for line in lines):
        return fenced("\n".join(line[4:] for line in lines))
    if lines[0].startswith(">>>"):
        return fenced(block, "python")
    return prose(block)
