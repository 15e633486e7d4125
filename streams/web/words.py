"""Strangers' words, fit for a log and a terminal: one line, printable, short, without passwords."""

from __future__ import annotations

import re

SECRET = re.compile(r"//[^/?#\s]*@")
"""User name and password in a URL."""


def shown(text: str, longest: int = 200) -> str:
    """A text in one printable line, cut to so many characters."""
    return " ".join(printable(SECRET.sub("//...@", text)).split())[:longest]


def printable(text: str) -> str:
    r"""A text that a stranger wrote, as it may stand in a log and on a terminal: without anything that steers one.

    >>> printable("a\x1b[2Jb")
    'a [2Jb'
    """
    return "".join(sign if sign.isprintable() else " " for sign in text)
