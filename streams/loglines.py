"""How a line of the log is written: as text for people, or as JSON for what collects it. One record, one line.

What is logged may quote what a stranger sent. Nothing of it may begin a line of its own, or move a terminal's cursor.
"""

from __future__ import annotations

import json
import logging
import re
import traceback
from datetime import UTC, datetime

from streams.settings import LogFormat

TEXT = "%(asctime)s %(levelname)s %(name)s %(message)s"

PLACES = ("stage", "topic", "partition", "offset", "trace_id")
"""What a record may tell of where it was, beside its message (`logging`'s ``extra``)."""

LONGEST_MESSAGE = 4_000
"""Characters of a message in JSON. Docker and Kubernetes part lines of more than 16 KB."""

LONGEST_TRACE = 8_000
"""Characters of a traceback in JSON; its end is kept, which names the error."""

INDENT = "    "
"""Before each line of a traceback in text: no line that begins otherwise is from within a record."""

_HIDDEN = re.compile(r"[^\x20-\x7e]")


def formatter(kind: LogFormat) -> logging.Formatter:
    """What writes lines of a kind."""
    return JsonLines() if kind == "json" else TextLines(TEXT)


def plain(text: str) -> str:
    """A text without anything that is not printed: line ends, escapes, marks of direction, halves of characters."""
    return _HIDDEN.sub(lambda found: found[0] if found[0].isprintable() else ascii(found[0])[1:-1], text)


class TextLines(logging.Formatter):
    """Lines for people; a traceback stands indented below its line."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 (logging's)
        """The line, in one line."""
        return plain(super().formatMessage(record))

    def formatException(self, ei: object) -> str:  # noqa: N802 (logging's)
        """The traceback, each line indented."""
        return _indented(super().formatException(ei))  # type: ignore[arg-type]

    def formatStack(self, stack_info: str) -> str:  # noqa: N802 (logging's)
        """A stack, each line indented."""
        return _indented(super().formatStack(stack_info))


class JsonLines(logging.Formatter):
    """One object a line, in ASCII, so that no terminal, locale or collector can break it."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        told: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _said(record)[:LONGEST_MESSAGE],
            "process": record.process,
        }
        told |= {name: value for name in PLACES if (value := getattr(record, name, None)) not in (None, "")}
        if record.exc_info and record.exc_info[1] is not None:
            told["error"] = _error(record.exc_info[1])
        return json.dumps(_whole(told), default=_text)


def speaks_json() -> bool:
    """Whether the log of this process is written in JSON."""
    return any(isinstance(handler.formatter, JsonLines) for handler in logging.getLogger().handlers)


def _said(record: logging.LogRecord) -> str:
    """The message; where its arguments do not fit it, both, as they are."""
    try:
        return record.getMessage()
    except Exception:  # noqa: BLE001 (an argument may raise anything when it is printed; the line must come)
        return str(record.msg)


def _error(error: BaseException) -> dict[str, str]:
    kind = type(error)
    try:
        lines = "".join(traceback.format_exception(error))
    except Exception:  # noqa: BLE001 (as above)
        lines = "cannot be told"
    return {"type": f"{kind.__module__}.{kind.__qualname__}", "traceback": lines[-LONGEST_TRACE:]}


def _whole(value: object) -> object:
    """The same with halves of characters told in ASCII: they are no JSON."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict):
        return {name: _whole(one) for name, one in value.items()}
    return value


def _text(value: object) -> str:
    return ascii(value)


def _indented(text: str) -> str:
    return "\n".join(INDENT + plain(line) for line in re.split(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]", text))
