"""Faults on a running pipeline, and what stands afterwards: ``python -m benchmarks.faults --seed 1``.

Sends made articles with planted stories through worker processes, first undisturbed, then while workers and broker are
killed, stopped, starved and cut off at random moments. Afterwards the same events must stand, no id may have two
contents, every article must be accepted, the groups must have committed everything, and the memory of the workers must
be what it was. The same seed gives the same articles and the same faults.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import random
import signal
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.faults.brokers import broker
from benchmarks.faults.check import Outcome, Verdict, compared
from benchmarks.faults.plan import KINDS, OFFERS, drawn, possible
from benchmarks.faults.planted import articles
from benchmarks.faults.run import Portion, Run, Told, late, portions


async def measure(given: argparse.Namespace) -> tuple[Run, Verdict]:
    """The undisturbed run and the disturbed one, and how they compare."""
    faults = drawn(given.seed, given.faults, possible(given.broker, given.kinds))
    waiting = articles(given.articles, given.seed)
    sent = frozenset(one.key or "" for one in waiting)
    task = asyncio.current_task()
    assert task
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)  # nothing is left running
    async with broker(given.broker) as running:
        calm = Run(running, given.workers)
        undisturbed = await calm.through([Portion(one.articles) for one in portions(waiting, faults, given.together)])
        print(f"undisturbed: {len(undisturbed.said)} records of events; a portion takes {calm.pace:.1f} s", flush=True)
        run = Run(running, given.workers, lambda told: _note(told, given.out), pace=calm.pace)
        disturbed = await run.through(portions(waiting, faults, given.together))
    if given.keep is not None:
        _keep(given.keep, undisturbed, disturbed)
    verdict = compared(undisturbed, disturbed, sent)
    verdict.failures += late(run.stops)
    return run, verdict


def table(told: Sequence[Told]) -> str:
    """Seconds by kind of fault, as Markdown; only faults that had a portion to themselves, unless none had."""
    rows = [
        "| fault | times | lasted, p50 | to lag 0, p50 | max | after its end, p50 | max | seen red |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for name in KINDS:
        ones = [one for one in told if one.kind == name]
        if ones:
            lasted, lag0, healed = (sorted(getattr(one, what) for one in ones) for what in ("lasted", "lag0", "healed"))
            middle = statistics.median
            rows.append(
                f"| {name} | {len(ones)} | {middle(lasted):.1f} | {middle(lag0):.1f} | {lag0[-1]:.1f} | "
                f"{middle(healed):.1f} | {healed[-1]:.1f} | {sum(one.red for one in ones)} |"
            )
    return "\n".join(rows)


def _keep(folder: Path, *outcomes: Outcome) -> None:
    """Write what each run said, in the order of the topics, a key and an event a line."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, outcome in zip(("undisturbed", "disturbed"), outcomes, strict=True):
        lines = [f"{one.key} {(one.raw or b'withdrawn').decode()}\n" for one in outcome.said]
        (folder / f"{name}.txt").write_text("".join(lines), encoding="utf-8")


def _note(told: Told, out: Path | None) -> None:
    print(told.line(), flush=True)
    if out is not None:
        with out.open("a", encoding="utf-8") as file:
            file.write(told.line() + "\n")


def main() -> int:
    """Print what became of each fault and how it all compares; 1 where it does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--faults", type=int, default=40)
    parser.add_argument(
        "--broker",
        choices=sorted(OFFERS),
        default="embedded",
        help="cluster: Kafka of three nodes; disk: Kafka on a disk that can be filled (needs root)",
    )
    parser.add_argument("--kinds", nargs="*", choices=sorted(KINDS), default=[], metavar="KIND", help=", ".join(KINDS))
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--together", type=int, default=1, help="faults that fall on one portion of the articles")
    parser.add_argument("--keep", type=Path, help="folder to write all records of the event topics of both runs to")
    parser.add_argument("--out", type=Path, help="file to which a line of JSON is added for every fault")
    given = parser.parse_args()
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # it tells of every broker that is gone
    print(f"seed {given.seed}: {given.articles} articles, {given.faults} faults, {given.broker}", flush=True)
    run, verdict = asyncio.run(measure(given))
    print(table(run.told))
    print(f"{sum(KINDS[one.kind].steps for one in run.told)} faults; {verdict.counts}; exit codes {sorted(run.ended)}")
    print(f"stops: {len(run.stops)}, the slowest {max((took for took, _ in run.stops), default=0.0):.1f} s")
    for failure in verdict.failures:
        print(f"FAILED: {failure}")
    return bool(verdict.failures)


if __name__ == "__main__":
    sys.exit(main())
