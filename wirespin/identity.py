"""Names that are the same every time: of articles, versions, stories, events.

All are BLAKE2b (RFC 7693) over the parts, each preceded by its length, so that no two lists of parts collide by
joining. None contains a clock, an offset, a partition or the order of arrival.
"""

from __future__ import annotations

import hashlib
from urllib.parse import urlsplit, urlunsplit

from schemas.article import Article

ID_BYTES = 12
"""96 bits: among a billion articles a collision has a chance of one in 10**11."""

STORY, STORY_DIGITS = "story-", 16
"""Beginning of a story's id, and hex digits of its number."""

RULES_VERSION = "2026.4"
"""Version of the rules that compare and judge; raised when the same pair may come out anew. See `rules`."""


def digest(*parts: str) -> str:
    """Hex hash of a list of texts."""
    state = hashlib.blake2b(digest_size=ID_BYTES)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        state.update(len(data).to_bytes(8, "little"))
        state.update(data)
    return state.hexdigest()


def article_id(article: Article) -> str:
    """The id an article goes by: its own, or one derived from its `guid` (with the feed it is unique in), or its URL.

    The URL loses its fragment and its scheme's and host's case (RFC 3986, 6.2.2.1); nothing else, since queries
    name articles on many sites.
    """
    if article.id:
        return article.id
    if article.guid:
        return "guid-" + digest(article.feed or article.publisher or "", article.guid)
    assert article.url
    return "url-" + digest(normal_url(article.url))


def normal_url(url: str) -> str:
    """A URL without fragment, scheme and host in lower case; what is no URL is returned stripped."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url.strip()
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path, parts.query, "")).strip()


def content_digest(article: Article) -> str:
    """Hash of what was printed: the same id with another digest is another version.

    A notice that an article is withheld or canceled is a version too, even where it repeats the text.
    """
    status = () if article.pub_status == "usable" else (article.pub_status,)
    return digest(article.headline, article.body, *status)


def story_id(founder_uid: str) -> str:
    """Id of the story that an article founds: 63 bits, so that the index can hold it as a number.

    If two of a billion stories had one number, they would merely share a home.
    """
    return story_name(int(digest(founder_uid)[:STORY_DIGITS], 16) >> 1)


def story_name(number: int) -> str:
    """A story's id from its number."""
    return f"{STORY}{number:0{STORY_DIGITS}x}"


def story_number(story: str) -> int:
    """A story's number from its id; raises ValueError where that is none, or more than 63 bits."""
    number = int(story.removeprefix(STORY), 16)
    if not 0 <= number < 1 << 63:
        raise ValueError(f"{story!r} is no story's id")
    return number


def event_key(kind: str, copy_id: str, first_id: str) -> str:
    """Key of an event: the last event of a key is the one that stands."""
    return f"{kind}-" + digest(kind, copy_id, first_id)


def rules(alert: float, unsure: float) -> str:
    """The rules that an event was judged by, part of its id: their version, and the thresholds that were set.

    >>> rules(0.55, 0.3).partition(" ")[2]
    'alert=0.55 unsure=0.3'
    """
    return f"{RULES_VERSION} alert={alert:g} unsure={unsure:g}"


def event_id(kind: str, copy_uid: str, first_uid: str, version_uid: str, judged_by: str) -> str:
    """Id of an event: covers both texts, the story's first version and the rules that it was judged by."""
    return f"{kind}-" + digest(kind, copy_uid, first_uid, version_uid, judged_by)
