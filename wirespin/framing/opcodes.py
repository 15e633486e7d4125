"""What turns one row of words into another, as `difflib.SequenceMatcher` tells it."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

Opcode = tuple[str, int, int, int, int]
"""Tag, [first, last) in the one row, [first, last) in the other."""


def opcodes(before: Sequence[str], after: Sequence[str]) -> Sequence[Opcode]:
    """The opcodes of a `SequenceMatcher` without junk, at once where the one row stands whole in the other.

    Its longest match is then the whole row where it stands first, and nothing is left to match on one side: most
    quotations stand so in the paragraph that they are from.

    >>> opcodes(["she", "would", "go"], ["would", "go"])
    [('delete', 0, 1, 0, 0), ('equal', 1, 3, 0, 2)]
    """
    if len(after) <= len(before):
        at = _place(after, before)
        if at >= 0:
            end = at + len(after)
            return _told(("delete", 0, at, 0, 0), ("equal", at, end, 0, len(after)), len(before), len(after))
    else:
        at = _place(before, after)
        if at >= 0:
            end = at + len(before)
            return _told(("insert", 0, 0, 0, at), ("equal", 0, len(before), at, end), len(before), len(after))
    return SequenceMatcher(None, before, after, autojunk=False).get_opcodes()


def _told(ahead: Opcode, equal: Opcode, size: int, other: int) -> list[Opcode]:
    """What comes before the match, the match, and what comes behind it, as far as there is any."""
    behind = ahead[0], equal[2], size, equal[4], other
    return [one for one in (ahead, equal, behind) if one[1] < one[2] or one[3] < one[4]]


def _place(part: Sequence[str], whole: Sequence[str]) -> int:
    """Where a row first stands in a longer one, or -1; an empty one stands nowhere."""
    size, at = len(part), -1
    if not size:
        return -1
    try:
        while True:
            at = whole.index(part[0], at + 1, len(whole) - size + 1)
            if whole[at : at + size] == part:
                return at
    except ValueError:
        return -1
