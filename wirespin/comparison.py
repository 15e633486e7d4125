"""Two articles compared, without any stream."""

from __future__ import annotations

from datetime import UTC, datetime

from schemas.article import Article
from schemas.events import Altered, Framing, Republication
from wirespin.accept import accept
from wirespin.framing import DEFAULT, Thresholds
from wirespin.seedfile import parse_seed
from wirespin.story.events import republication
from wirespin.story.pair import Comparer

UNDERIVED = "The texts do not show that the copy was made from the original."


def compare(
    original: Article | str,
    copy: Article | str,
    received: datetime | None = None,
    thresholds: Thresholds = DEFAULT,
) -> Republication:
    """Compare an original with what was made of it.

    Args:
        original: the wire story: an article, or text whose first line is the headline.
        copy: the article that is held to be made from it.
        received: when both arrived, against which dates are judged; now where None.
        thresholds: scores from which the framing counts as altered, or as unsure.

    Returns:
        The event that judge would emit, with the relation that the texts show: it may be none at all, and then nothing
        was altered for sure.

    Raises:
        InputError: one of them is no article.
    """
    moment = received or datetime.now(UTC)
    source, made = (accept(_article(given, name), moment) for given, name in ((original, "original"), (copy, "copy")))
    comparer = Comparer(thresholds)
    event = republication([source], source, made, comparer)
    relation = comparer.verdict(source, made).relation
    framing = event.framing if relation == "republication" else _underived(event.framing)
    return event.model_copy(update={"relation": relation, "framing": framing})


def _underived(framing: Framing) -> Framing:
    """The comparison of texts of which neither was made from the other: what differs may never have been the same."""
    altered: Altered = "no" if framing.altered == "no" else "unsure"
    return framing.model_copy(update={"altered": altered, "against": [UNDERIVED, *framing.against]})


def _article(given: Article | str, name: str) -> Article:
    return parse_seed(given, name) if isinstance(given, str) else given
