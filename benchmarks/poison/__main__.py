"""Does a worker live through bad input, and account for all of it? ``python -m benchmarks.poison --messages 100000``.

Sends messages, nine of ten of them bad, to a worker process whose clock jumps by an hour every three seconds; waits
until nothing is left to work on; then everything that was sent must have been accepted or rejected with a reason that
names what was wrong. Then the worker is started again, on logs that hold all of it. Runs on the embedded broker, or on
the one named by --broker. Exit code 1 where something does not add up.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
import uuid
from pathlib import Path

from benchmarks.poison.account import SHOWN, Account
from benchmarks.poison.messages import messages
from benchmarks.poison.run import Worker, create_topics, send, worked_on
from benchmarks.restarts import broker
from streams.settings import Settings


async def measure(settings: Settings, count: int, seed: int) -> tuple[Account, list[str]]:
    """Send the messages and see them through; the account, and what was measured besides.

    Raises:
        RuntimeError: the worker ended.
    """
    account = Account(settings)
    await create_topics(settings)
    with tempfile.TemporaryDirectory(prefix="wirespin-poison-") as folder:
        began = time.monotonic()
        async with Worker(settings, Path(folder) / "first") as worker:
            await send(settings, account, messages(count, seed, int(time.time() * 1000)))
            await worked_on(settings, account, worker)
            taken = time.monotonic() - began
            await account.read()
            facts = [f"first worker: alive, {worker.peak():,.0f} MB at most, exit code {await worker.end()}"]
        facts.append(f"{count:,} messages in {taken:.0f} s, {count / taken:,.0f} a second with all stages")
        known = len(account.rejected)
        async with Worker(settings, Path(folder) / "second") as worker:
            await send(settings, account, messages(SECOND, seed + 1, int(time.time() * 1000)))
            waited = await worked_on(settings, account, worker)
            facts.append(f"second worker: rebuilt, and {SECOND} more messages worked on, after {waited:.0f} s")
            await account.read()
            facts[-1] += f"; {len(account.rejected) - known:,} of them rejected, exit code {await worker.end()}"
    return account, facts


SECOND = 200
"""Messages for the worker that is started again."""


def main() -> int:
    """Print the counts; 1 where something does not add up."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--broker")
    given = parser.parse_args()
    print(f"seed {given.seed}", flush=True)
    with broker(given.broker) as url:
        settings = Settings(broker=url, prefix=f"p-{uuid.uuid4().hex[:8]}", session_timeout=6, commit_interval=0.2)
        account, facts = asyncio.run(measure(settings, given.messages, given.seed))
    print(*account.table(), *facts, sep="\n")
    problems = account.discrepancies()
    print(*problems[:SHOWN], f"{len(problems)} discrepancies", sep="\n")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
