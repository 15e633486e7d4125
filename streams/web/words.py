"""Strangers' words, fit for a log and a terminal: one line, printable, short, without passwords."""

from __future__ import annotations

import re

SECRET = re.compile(r"//[^/?#\s]*@")
"""User name and password in a URL."""


def shown(text: str, longest: int = 200) -> str:
    """A text in one printable line, cut to so many characters."""
    plain = "".join(char if char.isprintable() else " " for char in SECRET.sub("//...@", text))
    return " ".join(plain.split())[:longest]
