"""Who may use the desk: a file of names and tokens, one person a line."""

from __future__ import annotations

import getpass
import hashlib
import hmac
import logging
import re
from pathlib import Path
from typing import Self

from schemas.errors import SettingsError

log = logging.getLogger(__name__)

LEAST_TOKEN = 16
"""Characters of a token: 64 bits even where it is but hexadecimal, more than can be tried over a network."""

LONGEST_NAME = 100
"""Characters of a name, which stands in every disposition."""

OTHERS = 0o077
"""Permission bits of everybody but the file's owner."""

WHERE = "WIRESPIN_DESK_PEOPLE"

_NAME = re.compile(r"[^\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")


class People:
    """The people of a desk.

    Args:
        tokens: name to token.
    """

    def __init__(self, tokens: dict[str, str]) -> None:
        self._hashes = {name: _hash(token) for name, token in tokens.items()}

    def __len__(self) -> int:
        return len(self._hashes)

    def __contains__(self, name: str) -> bool:
        return name in self._hashes

    def named(self, token: str) -> str | None:
        """Who a token belongs to. As long for a wrong one as for a right one: all are compared, each to the end."""
        given, found = _hash(token), None
        for name, known in self._hashes.items():
            if hmac.compare_digest(given, known):
                found = name
        return found

    @classmethod
    def read(cls, path: str) -> Self:
        """Read the file: ``name token`` a line; empty lines and those that begin with ``#`` are left out.

        Raises:
            SettingsError: it cannot be read, or a line is not as it must be. No error quotes a token.
        """
        try:
            lines = Path(path).read_text("utf-8").splitlines()
            open_to_others = Path(path).stat().st_mode & OTHERS
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is no UTF-8"
            raise SettingsError(f"cannot be read: {reason}", where=f"{WHERE}={path}") from error
        if open_to_others:
            log.warning("%s: others of this machine may read it: chmod 600", path)
        return cls(_tokens(lines, path))


def _tokens(lines: list[str], path: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        if problem := _problem(words, found):
            raise SettingsError(problem, where=f"{path}, line {number}", remedy="write: name token")
        found[words[0]] = words[1]
    if not found:
        raise SettingsError("names nobody", where=path, remedy="write a line for each person: name token")
    return found


def _problem(words: list[str], found: dict[str, str]) -> str:
    """What is wrong with a line, nothing where it is right."""
    if len(words) != 2:
        return f"{len(words)} words, not a name and a token"
    name, token = words
    if len(name) > LONGEST_NAME or not _NAME.fullmatch(name):
        return f"a name has at most {LONGEST_NAME} characters that can be seen"
    if len(token) < LEAST_TOKEN:
        return f"the token has {len(token)} characters, at least {LEAST_TOKEN} are needed"
    if name in found:
        return f"{name} stands there twice"
    return "the token is somebody else's too" if token in found.values() else ""


def own_name(given: str | None) -> str:
    """Who signs where nobody logs in: the name that was set, else the operating system's."""
    if given and given.strip():
        return " ".join(given.split())[:LONGEST_NAME]
    try:
        return getpass.getuser()[:LONGEST_NAME]
    except (OSError, KeyError):  # a container's user without a name
        return "unknown"


def _hash(token: str) -> bytes:
    """Of one length, whatever the token's: the comparison tells nothing of it."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
