"""Hooks and messages for tests of webhooks."""

from __future__ import annotations

import base64
from typing import Any

from yarl import URL

from streams.desk.filters import Filter
from streams.out.webhooks.config import Hook
from streams.out.webhooks.message import Message, Source, message_of
from streams.out.webhooks.schedule import Schedule
from streams.out.webhooks.signing import Secret
from tests.streams.out.events import alert

KEY = b"k" * 32
SECRET = "whsec_" + base64.b64encode(KEY).decode()
QUICK = Schedule(tries=3, first=0.01, longest=0.05)


def hook(url: str = "https://hooks.example/x", **fields: Any) -> Hook:
    given: dict[str, Any] = {
        "secrets": (Secret(SECRET),),
        "wants": {"alerts": Filter()},
        "timeout": 2.0,
        "schedule": QUICK,
    }
    return Hook(name="h", url=URL(url), **(given | fields))


def source(offset: int = 0, **fields: Any) -> Source:
    given: dict[str, Any] = {"role": "alerts", "topic": "t.alerts", "partition": 0, "timestamp": 1_700_000_000_000}
    return Source(offset=offset, **(given | fields))


def message(offset: int = 0, key: str = "k1", name: str = "") -> Message:
    event = alert(name or f"a{offset}", key)
    return message_of(event, source(offset), event.to_bytes(), "wirespin")
