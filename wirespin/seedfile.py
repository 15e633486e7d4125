"""Articles from plain text files: a title, perhaps a date, then the body."""

from __future__ import annotations

import re

from schemas.article import Article
from schemas.errors import SeedError
from wirespin.text.tokens import fold

LONGEST_TITLE = 300
"""Characters; a longer first line is the beginning of the body."""

_DATE = r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?"
_DATE_AND_TITLE = re.compile(rf"(?:date:?\s+)(?P<date>{_DATE})\s*(?P<title>.*)", re.IGNORECASE)
_BARE_DATE = re.compile(rf"(?:date|published)?:?\s*(?P<date>{_DATE})", re.IGNORECASE)


def parse_seed(text: str, name: str) -> Article:
    """Read one article from the text of a file.

    The head may hold a ``date YYYY-MM-DD title`` line, a bare date, and the title once or more in any order; what
    follows is the body, to the letter but for white space around it.

    Args:
        text: contents of the file.
        name: id of the article, usually the file's name without its ending.

    Raises:
        SeedError: there is no text in it.
    """
    lines = text.removeprefix("\ufeff").splitlines(keepends=True)
    date: str | None = None
    title = ""
    at = 0
    for at, line in enumerate([*lines, ""]):  # noqa: B007 (where the head ends is the point)
        kind, value = _head_line(line.strip(), title)
        if kind == "body":
            break
        date, title = (value[0] or date, value[1] or title)
    body = "".join(lines[at:]).strip()
    if not body and not title:
        raise SeedError("the file holds no text", where=name, remedy="put a title and a body into it")
    return Article(id=name, headline=title, body=body, published_at=date)


def _head_line(line: str, title: str) -> tuple[str, tuple[str, str]]:
    """What a line of the head is: blank or title or date (with both values), or already the body."""
    if not line:
        return "blank", ("", "")
    if found := _DATE_AND_TITLE.fullmatch(line):
        return "date", (found["date"], found["title"].strip())
    if found := _BARE_DATE.fullmatch(line):
        return "date", (found["date"], "")
    if fold(line) == fold(title):
        return "title", ("", "")
    if not title and len(line) <= LONGEST_TITLE:
        return "title", ("", line)
    return "body", ("", "")
