"""The page of topics."""

from __future__ import annotations

from collections.abc import Iterable

from streams.contracts.flows import Flow, present
from streams.reference.markup import code, heading, page, prose, table
from streams.settings import Settings
from streams.topics import Topic, declared

INTRODUCTION = """\
Names begin with `WIRESPIN_PREFIX` (`wirespin` unless set). Partitions and retention are those of the default settings;
`wirespin topics` prints those of yours, and `wirespin topics --create` makes what is missing. Values are JSON in UTF-8,
described under [records](records.md); events also carry CloudEvents headers (`ce_id`, `ce_type`, `ce_time`). The same
for programs, as an AsyncAPI 3 document: [asyncapi.json](../asyncapi.json).
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
    flows = present(declared(Settings()))
    facts = {
        "carries": prose(topic.carries),
        "written by": _programs(flow for flow in flows if topic.role in flow.sends),
        "read by": _programs(flow for flow in flows if topic.role in flow.receives),
        "key": prose(topic.key),
        "partitions": str(topic.partitions),
        "kept": _kept(topic),
        "configuration": ", ".join(code(f"{name}={value}") for name, value in topic.config().items()),
    }
    return heading(2, topic.name, topic.role) + "\n\n" + table(("", ""), facts.items())


def _programs(flows: Iterable[Flow]) -> str:
    """Programs and what each does, a line each."""
    return "<br>".join(f"{code(flow.name)}: {prose(flow.does)}" for flow in flows)


def _kept(topic: Topic) -> str:
    """How long and in what way records are kept, in words."""
    days = f"{topic.retention_days:g} days"
    last = "the last of each key"
    return {"delete": days, "compact": f"{last}, for ever", "compact,delete": f"{last}, {days}"}[topic.cleanup]
