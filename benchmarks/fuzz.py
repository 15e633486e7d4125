"""Coverage-guided fuzzing of stages and readers: ``python -m benchmarks.fuzz [libFuzzer options] [CORPUS_FOLDER]``.

Needs atheris (``pip install wirespin[fuzz]``; Linux and macOS), which steers by the branches of our own code that an
input reaches. ``-max_total_time=600`` ends it after ten minutes; an input that breaks something is written to a file
``crash-...``, and given as the only argument it is run again. The corpus is begun with one message of every kind.
"""

from __future__ import annotations

import logging
import random
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["agents", "schemas", "wirespin"]):
    from benchmarks.poison.inlets import INLETS, inlet
    from benchmarks.poison.kinds import KINDS
    from benchmarks.poison.target import BODY, article, between, one, wire_accepted, wire_story

LONGEST_SEED = 20_000
"""Bytes of a message that is put into the corpus."""

FIXTURES = Path(__file__).parents[1] / "tests" / "fixtures"
"""Feeds and agencies' files, which are put into the corpus for each reader."""

WAYS = 5
"""Ways in which an input is read, chosen by its first byte."""


def try_one(data: bytes) -> None:
    """Give one input to the stages, as an article's bytes, its text, or a record between the stages, or to a reader."""
    way, rest = data[0] % WAYS if data else 0, data[1:]
    if way == 0:
        one(rest)
    elif way == 1:
        one(article(rest.decode("utf-8", "replace")))
    elif way == 4:
        inlet(rest)
    else:
        between(rest if way == 2 else None, rest if way == 3 else None)


def sow(folder: Path) -> None:
    """Begin a corpus that is empty: a message of every kind, a copy of the wire story, the records between stages."""
    folder.mkdir(exist_ok=True)
    if any(folder.iterdir()):
        return
    dice = random.Random(1)
    made = [b"\0" + (kind.make(dice, str(number)) or b"") for number, kind in enumerate(KINDS)]
    copy = f"Ice shuts port\n2026-11-22T09:00:00Z\nOutlet\nBy Jane Roe\n\n“{BODY}” he claimed."
    made += [b"\1" + copy.encode(), b"\2" + wire_accepted(), b"\3" + wire_story()]
    documents = [path.read_bytes() for path in sorted(FIXTURES.rglob("*")) if path.is_file()]
    made += [bytes([4, reader]) + data for data in documents for reader in range(len(INLETS))]
    for number, seed in enumerate(made):
        if len(seed) < LONGEST_SEED:
            (folder / f"seed-{number}").write_bytes(seed)


def main() -> None:
    """Fuzz until told to stop; libFuzzer ends the process."""
    logging.disable(logging.CRITICAL)
    for argument in sys.argv[1:]:
        if not argument.startswith("-") and not Path(argument).is_file():
            sow(Path(argument))
    atheris.Setup(sys.argv, try_one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
