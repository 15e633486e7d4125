"""The AsyncAPI 3 document: servers, topics as channels, records as messages, stages as operations.

https://www.asyncapi.com/docs/reference/specification/v3.0.0, Kafka bindings 0.5.0
(https://github.com/asyncapi/bindings/tree/master/kafka).
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Any

from schemas.base import SCHEMA_VERSION, WireRecord
from schemas.cloudevents import TYPES
from schemas.jsonschema import RECORDS
from streams.contracts.examples import Example
from streams.contracts.flows import Flow, present
from streams.contracts.payloads import PLACE, payloads
from streams.contracts.servers import security_schemes, servers
from streams.settings import Settings
from streams.topics import LAST_COUNTS, Topic, declared

ASYNCAPI = "3.0.0"
BINDINGS = "0.5.0"
JSON = "application/json"
WITHDRAWN = "Withdrawn"

ABOUT = """What travels on wirespin's topics. Articles go in on `articles`; `republications` and `alerts` tell which of
them are copies of wire stories, and which of those were reframed; `rejected` tells what no stage could work on. The
other topics are wirespin's own logs: they may be read, and only wirespin writes them.

Delivery is at least once. An event's `id` (header `ce_id`) is the same for the same finding: drop what was seen. The
last event of a key stands; a record without a value takes its key back. Unknown fields are to be ignored, and so are
values that are new in a list marked `x-open-enum`."""

Document = dict[str, Any]


def document(settings: Settings, examples: Mapping[str, Sequence[Example]]) -> Document:
    """The document for a pipeline of these settings.

    Args:
        settings: prefix, partitions, retention and broker.
        examples: by name of the record.
    """
    topics = declared(settings)
    shown = {record for topic in topics.values() for record in carried(topic)}
    return {
        "asyncapi": ASYNCAPI,
        "id": "urn:wirespin",
        "info": {
            "title": "wirespin",
            "version": f"{version('wirespin')}+schemas.v{SCHEMA_VERSION}",
            "description": ABOUT,
            "license": {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
        },
        "defaultContentType": JSON,
        "servers": servers(settings),
        "channels": {role: _channel(topic, settings) for role, topic in topics.items()},
        "operations": {
            name: operation for flow in present(topics) for name, operation in _operations(flow, settings).items()
        },
        "components": {
            "messages": {
                **{record.__name__: _message(record, topics, examples) for record in RECORDS if record in shown},
                WITHDRAWN: _withdrawn(),
            },
            "schemas": payloads(record for record in RECORDS if record in shown),
            "securitySchemes": security_schemes(settings),
        },
    }


def carried(topic: Topic) -> list[type[WireRecord]]:
    """The records of a topic: those that its declaration names."""
    named = set(re.findall(r"\w+", topic.carries))
    return [record for record in RECORDS if record.__name__ in named]


def summary(kind: type[object]) -> str:
    """First sentence of a class's documentation."""
    return inspect.cleandoc(kind.__doc__ or "").split("\n", 1)[0]


def _channel(topic: Topic, settings: Settings) -> Document:
    names = [record.__name__ for record in carried(topic)]
    if "compact" in topic.cleanup:
        names.append(WITHDRAWN)
    return {
        "address": topic.name,
        "title": topic.role,
        "description": f"{topic.carries}. Key: {topic.key}.",
        "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in names},
        "bindings": {
            "kafka": {
                "topic": topic.name,
                "partitions": topic.partitions,
                "replicas": settings.replication,
                "topicConfiguration": _configuration(topic),
                "bindingVersion": BINDINGS,
            }
        },
    }


def _configuration(topic: Topic) -> Document:
    """Kafka's configuration, with the types that the binding asks for."""
    typed: Document = {name: int(value) if value.isdecimal() else value for name, value in topic.config().items()}
    return typed | {"cleanup.policy": topic.cleanup.split(",")}


def _message(
    record: type[WireRecord], topics: Mapping[str, Topic], examples: Mapping[str, Sequence[Example]]
) -> Document:
    name = record.__name__
    own = examples.get(name, ())
    message: Document = {
        "name": name,
        "title": name,
        "summary": summary(record),
        "contentType": JSON,
        "payload": {"$ref": PLACE + name},
        "examples": [example.shown() for example in own],
        "bindings": {"kafka": {"key": _key(record, topics, own), "bindingVersion": BINDINGS}},
    }
    kind = name.lower()
    return message | {"headers": _headers(kind)} if kind in TYPES else message


def _key(record: type[WireRecord], topics: Mapping[str, Topic], own: Sequence[Example]) -> Document:
    """Schema of the record's key. A key of any kind may also be missing."""
    keys = sorted({topic.key for topic in topics.values() if record in carried(topic)})
    keyed: Document = {"type": "string", "description": f"UTF-8: {', '.join(keys)}"}
    if known := [example.key for example in own if example.key]:
        keyed["examples"] = known
    return keyed


def _headers(kind: str) -> Document:
    """CloudEvents 1.0, binary mode. All headers are UTF-8 texts."""
    fixed = {"ce_specversion": "1.0", "ce_type": TYPES[kind], "content-type": JSON}
    free = {
        "ce_id": "the event's id: drop what you have seen",
        "ce_source": "URI reference of the topic prefix",
        "ce_subject": "id of the copy",
        "ce_time": "event time; missing where both articles are undated",
    }
    properties = {name: {"type": "string", "const": value} for name, value in fixed.items()}
    told = {name: {"type": "string", "description": meaning} for name, meaning in free.items()}
    required = ["ce_id", "ce_source", "ce_specversion", "ce_type"]
    return {"type": "object", "properties": {**properties, **told}, "required": required}


def _withdrawn() -> Document:
    return {
        "name": WITHDRAWN,
        "title": WITHDRAWN,
        "summary": "A record without a value: nothing stands under its key any more.",
        "payload": {"type": "null"},
        "examples": [{"name": "tombstone", "payload": None}],
        "bindings": {"kafka": {"key": {"type": "string"}, "bindingVersion": BINDINGS}},
    }


def _operations(flow: Flow, settings: Settings) -> Document:
    return {
        f"{flow.name}.{action}.{role}": _operation(flow, action, role, settings)
        for action, roles in (("receive", flow.receives), ("send", flow.sends))
        for role in roles
    }


def _operation(flow: Flow, action: str, role: str, settings: Settings) -> Document:
    operation: Document = {
        "action": action,
        "channel": {"$ref": f"#/channels/{role}"},
        "summary": f"{flow.name}: {flow.does}",
        "tags": [{"name": flow.name}],
    }
    if flow.group and action == "receive":
        group = {"type": "string", "const": f"{settings.prefix}-{flow.name}"}
        operation["bindings"] = {"kafka": {"groupId": group, "bindingVersion": BINDINGS}}
    if role in LAST_COUNTS and action == "receive":
        operation["description"] = "The last record of a key counts."
    return operation
