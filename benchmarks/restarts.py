"""Does a worker that is killed again and again lose a record? ``python -m benchmarks.restarts --rounds 50``.

Every round sends some articles, starts a worker with all stages, kills it with SIGKILL at a random moment, and goes on
to the next round. After the last round a worker is left alone until all is judged. Then every article that was sent
must stand in the accepted topic and every copy in the events. (Faust's recovery with tables lost 5 records in 20
starts; this is the path without tables.) Runs on the embedded broker, or on the one named by --broker.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import random
import signal
import sys
import uuid
from collections.abc import Iterator
from typing import Any

import orjson

from streams.drain import drained
from streams.embedded import EmbeddedBroker
from streams.events import messages, present
from streams.replay import send
from streams.settings import Settings, as_environment
from streams.sources import Waiting
from streams.topics import create_missing

ARTICLES = 40
WORDS = 120
LONGEST = 20.0
"""Seconds a worker lives at most. It starts in about five and gets the partitions of a killed one in nine more: it is
killed while starting, waiting, rebuilding or working."""


def round_of(number: int, dice: random.Random) -> list[Waiting]:
    """One wire story, and copies of it that keep a growing part of its words."""
    words = [f"w{dice.randrange(10**9)}" for _ in range(WORDS)]
    paragraphs = [" ".join(words[at : at + 20]) for at in range(0, WORDS, 20)]
    time = f"2026-01-{1 + number % 28:02}T10:00:00Z"
    story = {"headline": f"Story {number}", "published_at": time}
    items = [{**story, "id": f"{number}-wire", "publisher": "AFP", "body": "\n\n".join(paragraphs)}]
    for copy in range(1, ARTICLES):
        body = "\n\n".join(paragraphs[: 3 + copy % 4])
        later = time.replace("T10:00", f"T11:{copy:02}")
        items.append(
            {**story, "id": f"{number}-{copy}", "publisher": f"Outlet {copy}", "body": body, "published_at": later}
        )
    return [Waiting(orjson.dumps(item), str(item["id"]), None) for item in items]


async def worker(settings: Settings) -> asyncio.subprocess.Process:
    """A worker process with all stages."""
    variables = os.environ | as_environment(settings)
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "streams", "worker", "all", "--log-level", "ERROR", env=variables
    )


async def measure(settings: Settings, rounds: int, seed: int) -> dict[str, int]:
    """Run the rounds; what was sent, accepted, judged and said."""
    dice = random.Random(seed)
    await create_missing(settings)
    ends: dict[Any, int] = {}
    for number in range(rounds):
        ends |= await send(settings, round_of(number, dice))
        process = await worker(settings)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), dice.uniform(1, LONGEST))
        if process.returncode is None:
            process.send_signal(signal.SIGKILL)
            await process.wait()
    last = await worker(settings)
    await drained(settings, ends, lambda *_: None, lambda: None)
    last.terminate()
    code = await last.wait()
    accepted = {orjson.loads(message.value)["article"]["id"] for message in await messages(settings, "accepted")}
    events = [said.event for said in await present(settings, "republications") if said.event]
    return {
        "rounds": rounds,
        "sent": rounds * ARTICLES,
        "accepted": len(accepted),
        "copies": rounds * (ARTICLES - 1),
        "copies found": len({event.copy_.id for event in events}),
        "events said": len(events),
        "ids with two contents": len({event.to_bytes() for event in events}) - len({event.id for event in events}),
        "last worker's exit code": code,
    }


@contextlib.contextmanager
def broker(named: str | None) -> Iterator[str]:
    """The broker to run on."""
    if named:
        yield named
        return
    with EmbeddedBroker() as embedded:
        yield embedded.url


def main() -> int:
    """Print the counts; 1 where something was lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--broker")
    given = parser.parse_args()
    print(f"seed {given.seed}")
    with broker(given.broker) as url:
        settings = Settings(broker=url, prefix=f"r-{uuid.uuid4().hex[:8]}", session_timeout=6, commit_interval=0.2)
        counts = asyncio.run(measure(settings, given.rounds, given.seed))
    for name, count in counts.items():
        print(f"{name:24} {count}")
    lost = counts["sent"] - counts["accepted"] + counts["copies"] - counts["copies found"]
    return bool(lost or counts["ids with two contents"])


if __name__ == "__main__":
    sys.exit(main())
