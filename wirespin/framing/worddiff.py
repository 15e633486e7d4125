"""The word diff of linked sentences: groups of sentences that were made from one another, and what differs in them."""

from __future__ import annotations

from dataclasses import dataclass

from wirespin.framing.align import Alignment
from wirespin.framing.opcodes import opcodes
from wirespin.framing.view import FramingView
from wirespin.framing.wording import misprinted

CELLS = 200_000
"""Most word pairs that a word diff compares (450 words on either side); longer groups are left undiffed."""

SPELLED = 3
"""Words of an edit on either side that may be but another spelling."""

RUN = 3
"""Words that stand in the same order in both texts before they count as kept wording."""


@dataclass(frozen=True)
class Edit:
    """Words of the original that the copy replaced; either side may be empty.

    Attributes:
        group: index of the group of linked sentences.
        original: indices of the words taken out.
        copy: indices of the words put in.
        original_near: the same, or the neighbours of the gap where nothing was taken out.
        copy_near: the same for the copy.
    """

    group: int
    original: tuple[int, ...]
    copy: tuple[int, ...]
    original_near: tuple[int, ...]
    copy_near: tuple[int, ...]


@dataclass(frozen=True)
class Group:
    """Sentences linked with one another, and their words that count, as indices.

    Attributes:
        originals: sentences of the original.
        copies: sentences of the copy.
        original_words: their words.
        copy_words: their words.
        kept: share 0..1 of the copy's words that stand in runs of the original.
    """

    originals: tuple[int, ...]
    copies: tuple[int, ...]
    original_words: tuple[int, ...]
    copy_words: tuple[int, ...]
    kept: float


Views = tuple[FramingView, FramingView]
"""The original and its copy."""


def diff(views: Views, alignment: Alignment) -> tuple[list[Group], list[Edit]]:
    """Groups of linked sentences and what differs within them, in the copy's order."""
    groups: list[Group] = []
    edits: list[Edit] = []
    for originals, copies in _components(alignment):
        group, found = _diff(views, originals, copies, len(groups))
        groups.append(group)
        edits.extend(found)
    return groups, edits


def _components(alignment: Alignment) -> list[tuple[list[int], list[int]]]:
    """Groups of linked sentences, (original, copy), in the copy's order."""
    found: list[tuple[list[int], list[int]]] = []
    seen: set[int] = set()
    for start, sources in enumerate(alignment.sources):
        if start in seen or not sources:
            continue
        originals: set[int] = set()
        copies, waiting = {start}, [start]
        while waiting:
            for source in set(alignment.sources[waiting.pop()]) - originals:
                originals.add(source)
                fresh = set(alignment.targets[source]) - copies
                copies |= fresh
                waiting.extend(fresh)
        seen |= copies
        found.append((sorted(originals), sorted(copies)))
    return found


def _words(view: FramingView, sentences: list[int]) -> tuple[list[int], list[str]]:
    """Indices and canonical forms of the words of sentences that the word diff counts."""
    if len(sentences) == 1:
        place = view.counted_in[sentences[0]]
        return view.counted[place], view.counted_canon[place]
    places = [view.counted_in[number] for number in sentences]
    return (
        [at for place in places for at in view.counted[place]],
        [word for place in places for word in view.counted_canon[place]],
    )


def _only_spelled(views: Views, cut: list[int], put: list[int]) -> bool:
    """Whether words differ by a misprint, a hyphen or a space alone ("organizaton", "co-operate", "coast guard").

    What makes a word of the lists ("claimed" of "clammed") or unmakes a negation ("never", "ever") is no misprint.
    """
    if max(len(cut), len(put)) > SPELLED:
        return False
    before, after = [views[0].norms[at] for at in cut], [views[1].norms[at] for at in put]
    if "".join(before) == "".join(after):
        return True
    if len(cut) != len(put) or not all(map(misprinted, before, after)):
        return False
    known = {mark.tag for at in cut for mark in views[0].marks_in(at, at + 1)}
    negated = any(tag.startswith("polarity.") for tag in known)
    return not negated and all(mark.tag in known for at in put for mark in views[1].marks_in(at, at + 1))


def _diff(views: Views, originals: list[int], copies: list[int], number: int) -> tuple[Group, list[Edit]]:
    """The word diff of one group."""
    (left, before), (right, after) = _words(views[0], originals), _words(views[1], copies)
    edits: list[Edit] = []
    kept = len(right)
    if before != after:
        kept = 0
        if len(left) * len(right) <= CELLS:
            for tag, i, j, k, m in opcodes(before, after):
                if tag == "replace" and _only_spelled(views, left[i:j], right[k:m]):
                    continue
                if tag != "equal":
                    near = tuple(left[max(0, i - 1) : i + 1]), tuple(right[max(0, k - 1) : k + 1])
                    cut, put = tuple(left[i:j]), tuple(right[k:m])
                    edits.append(Edit(number, cut, put, cut or near[0], put or near[1]))
                elif j - i >= RUN:
                    kept += m - k
    share = kept / len(right) if right else 1.0
    return Group(tuple(originals), tuple(copies), tuple(left), tuple(right), share), edits
