"""CloudEvents 1.0 in binary mode on Kafka: the event's attributes as headers, its data as the value.

https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md
"""

from __future__ import annotations

from schemas.base import SCHEMA_VERSION
from schemas.events import Alert, Event

TYPES = {
    "republication": f"org.wirespin.republication.found.v{SCHEMA_VERSION}",
    "alert": f"org.wirespin.alert.framing-altered.v{SCHEMA_VERSION}",
}
"""Event types: reverse-DNS, with the schema version."""

Headers = list[tuple[str, bytes]]


def headers(event: Event, source: str) -> Headers:
    """Headers of an event.

    Args:
        event: its `id` is the CloudEvents id: consumers drop repeats by (source, id).
        source: URI reference of the topic prefix, e.g. ``/wirespin``.
    """
    kind = "alert" if isinstance(event, Alert) else "republication"
    attributes = {
        "ce_specversion": "1.0",
        "ce_id": event.id,
        "ce_type": TYPES[kind],
        "ce_source": source,
        "ce_subject": event.copy_.id,
        "ce_time": event.time,
        "content-type": "application/json",
    }
    return [(name, value.encode()) for name, value in attributes.items() if value is not None]
