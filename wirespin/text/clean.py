"""The regions of a body that are the article itself, without what the web has put around and into it.

Nothing is rewritten: the answer is a list of spans of the original text. When in doubt a line stays, because text that
is dropped wrongly hides evidence, while clutter that stays only dilutes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wirespin.text.clutter_inside import clutter_inside
from wirespin.text.clutter_layout import clutter, units
from wirespin.text.sentences import analysed
from wirespin.text.tokens import Span

MOST_LINES = 2_500
"""Lines up to which a body is cleaned. No article comes near; what does is a data file, and is left alone."""


def clean(body: str, headline: str = "", leave_out: Sequence[Span] = ()) -> list[Span]:
    """Regions of a body that are the article.

    Left out are lists of related stories, prompts to subscribe, share, comment or install, advertisements, captions and
    picture credits, legal notices, furniture such as dates, tags and counts, biographies of the author, repeated
    paragraphs and the headline printed once more.

    Args:
        body: the text.
        headline: its headline.
        leave_out: regions to leave out as well, in any order: datelines and credits.

    Returns:
        [start, end) spans in order, not overlapping, never empty, without white space at either end. All of the body
        where nothing would be left; none where the body is blank. A body longer than
        `wirespin.text.sentences.LONGEST_TEXT` characters is the article up to there.
    """
    body = body[: analysed(body)]
    kept = _without(body, _regions(body, headline), [*leave_out, *clutter_inside(body)])
    return kept or _trimmed(body, [(0, len(body))])


def _regions(body: str, headline: str) -> list[Span]:
    """Runs of lines that are kept, joined where nothing between them is dropped."""
    if sum(map(body.count, "\n\r\u2028\u2029")) > MOST_LINES:
        return [(0, len(body))]
    found = units(body)
    regions: list[Span] = []
    open_run = False
    for unit, dropped in zip(found, clutter(found, headline), strict=True):
        if dropped:
            open_run = False
        elif open_run:
            regions[-1] = (regions[-1][0], unit.end)
        else:
            regions.append((unit.start, unit.end))
            open_run = True
    return regions


def _without(body: str, regions: Iterable[Span], leave_out: Sequence[Span]) -> list[Span]:
    """Cut spans out of regions; pieces without a letter or a figure go."""
    cuts = sorted((max(0, start), min(len(body), end)) for start, end in leave_out if start < end)
    pieces: list[Span] = []
    passed = 0
    for first, last in regions:
        at = first
        while passed < len(cuts) and cuts[passed][1] <= first:
            passed += 1
        for number in range(passed, len(cuts)):
            start, end = cuts[number]
            if start >= last:
                break
            if end > at:
                pieces.append((at, start))
                at = end
        pieces.append((at, last))
    return _trimmed(body, pieces)


def _trimmed(body: str, pieces: Iterable[Span]) -> list[Span]:
    trimmed = []
    for start, end in pieces:
        text = body[start:end] if start < end else ""
        first = start + len(text) - len(text.lstrip())
        last = first + len(text.strip())
        if first < last and any(sign.isalnum() for sign in text):
            trimmed.append((first, last))
    return trimmed
