"""The page of topics."""

from __future__ import annotations

from streams.reference.markup import code, heading, page, prose, table
from streams.settings import Settings
from streams.topics import Topic, declared

TRAFFIC = {
    "articles": ("`feeds run`, `feeds send`, `ingest`, `replay`, any producer", "ingest"),
    "accepted": ("ingest", "match, `boilerplate learn`, the desk"),
    "stories": ("match", "judge; match, when it rebuilds its index"),
    "republications": ("judge", "`watch`, the desk, whoever wants to"),
    "alerts": ("judge", "`watch`, the desk, webhooks, whoever wants to"),
    "rejected": ("ingest, match, judge", "`rejected list`, `show` and `replay`"),
    "feeds": ("`feeds add` and its like, `feeds run`", "`feeds run`, `feeds list`"),
    "dispositions": ("the desk", "the desk, `export`, `stats`"),
    "undelivered": ("`webhooks`", "`webhooks`, when it sends again"),
}
"""Role of a topic to who writes it and who reads it: the one thing here that no declaration says."""

INTRODUCTION = """\
Names begin with `WIRESPIN_PREFIX` (`wirespin` unless set). Partitions and retention are those of the default settings;
`wirespin topics` prints those of yours, and `wirespin topics --create` makes what is missing. Values are JSON in UTF-8,
described under [records](records.md); events also carry CloudEvents headers (`ce_id`, `ce_type`, `ce_time`).
"""


def topics_page() -> str:
    """All topics, one section each."""
    topics = declared(Settings()).values()
    rows = [
        (f"[{code(topic.name)}](#{topic.role})", code(topic.key), str(topic.partitions), _kept(topic))
        for topic in topics
    ]
    overview = table(("Topic", "Key", "Partitions", "Kept"), rows)
    return page("Topics", INTRODUCTION, overview, *(_section(topic) for topic in topics))


def _section(topic: Topic) -> str:
    writers, readers = TRAFFIC[topic.role]
    facts = {
        "carries": prose(topic.carries),
        "written by": writers,
        "read by": readers,
        "key": prose(topic.key),
        "partitions": str(topic.partitions),
        "kept": _kept(topic),
        "configuration": ", ".join(code(f"{name}={value}") for name, value in topic.config().items()),
    }
    return heading(2, topic.name, topic.role) + "\n\n" + table(("", ""), facts.items())


def _kept(topic: Topic) -> str:
    """How long and in what way records are kept, in words."""
    days = f"{topic.retention_days:g} days"
    last = "the last of each key"
    return {"delete": days, "compact": f"{last}, for ever", "compact,delete": f"{last}, {days}"}[topic.cleanup]
