"""A process that parses what was fetched: ``python -m streams.feeds.parser_process LIMIT``.

Apart from the worker, so that a document which takes for ever, or all memory, takes only this process: it is ended and
another started. It ends itself where nobody else does: by a timer, and when its worker is gone.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from schemas.errors import FeedError
from streams.feeds.frames import Message, encoded, read_from
from streams.feeds.reading import read_feed, read_page

MEMORY = 1_073_741_824
"""Bytes of data that it may hold: 15 MiB of feed make some 300 MB as feedparser holds them."""

GRACE = 5.0
"""Seconds after the limit at which it ends itself; before that its worker does."""

WORK: dict[str, Callable[[dict[str, Any], list[bytes]], Message]] = {"feed": read_feed, "page": read_page}


def answer(said: dict[str, Any], blobs: list[bytes]) -> Message:
    """What comes of a message; an error is an answer, too."""
    try:
        return WORK[said["kind"]](said, blobs)
    except FeedError as error:
        return {"error": error.problem, "remedy": error.remedy}, []
    except MemoryError:
        return {"error": "takes more memory to parse than is allowed"}, []
    except Exception as error:  # noqa: BLE001 (what a document does to a parser is the document's failure)
        return {"error": f"cannot be parsed: {error!r}"[:500]}, []


def main(limit: float) -> None:
    """Answer messages on standard input until it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the worker says when to end
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no message
    _limit_memory()
    out.write(encoded({"ready": True}))
    out.flush()
    while (message := read_from(sys.stdin.buffer)) is not None:
        signal.setitimer(signal.ITIMER_REAL, limit + GRACE)
        reply = encoded(*answer(*message))
        signal.setitimer(signal.ITIMER_REAL, 0)
        try:
            out.write(reply)
            out.flush()
        except BrokenPipeError:
            return


def _limit_memory() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 (not there on Windows)

        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))


if __name__ == "__main__":
    main(float(sys.argv[1]))
