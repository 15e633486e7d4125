"""What a site puts around an article: appeals to the reader, captions, links to other stories."""

from __future__ import annotations

from wirespin.framing.align import Alignment
from wirespin.framing.view import FramingView

FURNITURE_WORDS = 25
"""Words of a sentence that may still be site furniture."""

APPEAL_WORDS = 12
"""Words of an appeal to the reader at most."""

STOPS = ".!?…。！？؟۔।"
"""Signs that end a sentence, in all scripts; a line that ends otherwise is a caption or a link."""

CLOSING = "\"'”’“»«›‹」』)）"
"""Signs that may stand behind them."""

RELATED = 2
"""Words of meaning that a paragraph of the copy's own shares with the original where it speaks of the same matter."""


def is_furniture(view: FramingView, number: int) -> bool:
    """Whether a sentence looks like a site's furniture: an appeal to subscribe, a caption, a link to another story."""
    sentence = view.sentences[number]
    length = sentence.last - sentence.first
    if length > FURNITURE_WORDS:
        return False
    marks = view.marks_in(sentence.first, sentence.last)
    if any(mark.tag == "page.furniture" for mark in marks) or _appeals(view, number):
        return True
    if "|" in view.document.body[sentence.start : sentence.end]:
        return True
    ending = view.document.body[sentence.start : sentence.end].rstrip(CLOSING)[-1:]
    return ending not in STOPS and not any(mark.kind == "report" for mark in marks)


def _appeals(view: FramingView, number: int) -> bool:
    """Whether a short sentence tells the reader to do something with the site."""
    sentence = view.sentences[number]
    return sentence.last - sentence.first <= APPEAL_WORDS and view.norms[sentence.first] in view.language.words(
        "appeals"
    )


def site_paragraphs(original: FramingView, copy: FramingView, alignment: Alignment) -> set[int]:
    """Paragraphs of the copy with nothing of the original and something of the site, or with nothing to do with it.

    The latter only before the first and behind the last shared paragraph: there the site's own lines stand.
    """
    sources = alignment.sources
    paragraphs: dict[int, list[int]] = {}
    for number, sentence in enumerate(copy.sentences):
        paragraphs.setdefault(sentence.paragraph, []).append(number)
    shared = [paragraph for paragraph, numbers in paragraphs.items() if any(sources[n] for n in numbers)]
    return {
        paragraph
        for paragraph, numbers in paragraphs.items()
        if not any(sources[n] for n in numbers)
        and (
            any(is_furniture(copy, n) for n in numbers)
            or ((not shared or not shared[0] < paragraph < shared[-1]) and _is_foreign(original, copy, numbers))
        )
    }


def _is_foreign(original: FramingView, copy: FramingView, numbers: list[int]) -> bool:
    """Whether sentences share next to no word that carries meaning with the original."""
    words = frozenset[str]().union(*(copy.content[number] for number in numbers))
    return len(words & original.stem_set) < RELATED
