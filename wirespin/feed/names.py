"""Which elements of a feed are read, and under which name the parser is handed them."""

from __future__ import annotations

from wirespin.feed.types import FeedKind

ITEMS = frozenset({"item", "entry"})
"""Elements that are an entry; none of the formats nests them."""

ROOTS: dict[str, FeedKind] = {"rss": "rss", "feed": "atom", "rdf": "rdf", "channel": "cdf"}
"""Local name of the outermost element, and the format it begins."""

HOLDERS = {
    "title": 8_192,
    "subtitle": 8_192,
    "tagline": 8_192,
    "rights": 8_192,
    "copyright": 8_192,
    "description": 1_000_000,
    "summary": 1_000_000,
    "abstract": 1_000_000,
    "content": 1_000_000,
    "content:encoded": 1_000_000,
    "fullitem": 1_000_000,
    "body": 1_000_000,
    "xhtml:body": 1_000_000,
    "media:description": 1_000_000,
}
"""Elements that hold text or markup, and the characters of it that are read: the longest features are under 100,000."""

LEAF = 4_096
"""Characters of any other element that are read: the longest URL and name that an article may have."""

DATE = 100
"""Characters of a date that are read."""

DATES = {
    "pubdate": "pubDate",
    "published": "published",
    "issued": "issued",
    "dcterms:issued": "dcterms:issued",
    "prism:publicationdate": "prism:publicationDate",
    "dc:date": "dc:date",
    "dcterms:date": "dcterms:date",
    "created": "created",
    "dcterms:created": "dcterms:created",
    "updated": "updated",
    "modified": "modified",
    "dcterms:modified": "dcterms:modified",
    "lastmod": "lastmod",
}
"""Elements with a date, the ones first that say when an entry was published and not when it was changed."""

GUIDS = frozenset({"guid", "id"})
GUID_LINK, GUID_ONLY = "guid_link", "guid_only"
"""What an identifier is written as, by whether it says that it is the article's URL as well."""

AUTHORS = frozenset({"author", "dc:creator", "dc:author"})
MOST_AUTHORS = 8
"""Names of a byline that are read."""

READ = frozenset(
    "rss channel feed rdf rdf:rdf item items entry title link description summary abstract content content:encoded "
    "body xhtml:body fullitem language dc:language ttl sy:updateperiod sy:updatefrequency source dc:source image "
    "textinput dc:title dc:description feedburner:origlink url".split()
)
"""Elements that the parser is handed. Of others the tags and their own text are left out, elements inside are looked
at."""

ATTRIBUTES = frozenset(
    "version href rel type mode src url ispermalink lastmod xml:base xml:lang rdf:about rdf:resource".split()
)
"""The attributes that are read."""

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
"""Elements of HTML without content, which are not closed (HTML Living Standard, 13.1.2)."""

BASES = frozenset(
    {
        "http://www.w3.org/2005/atom",
        "http://purl.org/atom/ns#",
        "http://purl.org/rss/1.0/",
        "http://my.netscape.com/rdf/simple/0.9/",
        "http://backend.userland.com/rss",
        "http://backend.userland.com/rss2",
        "http://blogs.law.harvard.edu/tech/rss",
    }
)
"""Namespaces whose elements are those of the feed itself, whatever their prefix."""

NAMESPACES = {
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "atom": "http://www.w3.org/2005/Atom",
    "atom10": "http://www.w3.org/2005/Atom",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "prism": "http://prismstandard.org/namespaces/1.2/basic/",
    "xhtml": "http://www.w3.org/1999/xhtml",
}
"""Prefixes that feeds use without declaring them."""

PREFIXES = {uri.lower(): prefix for prefix, uri in NAMESPACES.items()} | {
    "http://search.yahoo.com/mrss/": "media",
    "http://search.yahoo.com/mrss": "media",
}
"""The prefix that the tables above know a namespace by, whatever a feed calls it."""


def written(name: str) -> str:
    """The element that a date is handed over in: a name that the parser knows nothing of, so that it reads no date."""
    return "date_" + name.replace(":", "_")
