"""Measure wirespin's rolling index beside datasketch, rensa and gaoya.

``python -m benchmarks.window [--texts FILE ...]`` prints tables; with --json it keeps the figures, with --plot it draws
them. With --from it prints and draws figures that were kept.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

import orjson

from benchmarks.quality import SETS, load
from benchmarks.window.corpus import Corpus, read_texts
from benchmarks.window.plan import Plan
from benchmarks.window.race import Measured
from benchmarks.window.report import markdown, rows, sweep_rows, swept
from benchmarks.window.run import Budget, choose, measure, sweep
from benchmarks.window.settings import ALL, FEW, LIBRARIES, OURS, Setting
from benchmarks.window.worker import BLOCK

SPARED_MEMORY = 4e9
"""Bytes of the machine left to all else."""


def parsed(arguments: list[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, nargs="+", default=[], help="real articles: .jsonl or .jsonl.xz")
    parser.add_argument("--rewrites", type=Path, help="passages and their rewrites: a second set of rewrites")
    parser.add_argument("--windows", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--live", type=int, default=10 * BLOCK, help="articles looked up and inserted under the clock")
    parser.add_argument("--few", action="store_true", help="try few settings")
    parser.add_argument("--swept", type=Path, help="figures of an earlier run, whose sweep of settings is used again")
    parser.add_argument("--equal", action="store_true", help="of each library only the setting of equal recall")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--memory", type=float, help="GB that the engines may hold together")
    parser.add_argument("--json", type=Path, help="where the figures go")
    parser.add_argument("--plot", type=Path, nargs="*", default=[], help=".png or .svg files to draw")
    parser.add_argument("--from", dest="kept", type=Path, help="figures of an earlier run, instead of measuring")
    return parser.parse_args(arguments)


def measured(given: argparse.Namespace) -> dict[str, Any]:
    """Measure; the figures and how they were taken."""
    with tempfile.TemporaryDirectory() as folder:
        plan = _plan(given, Path(folder))
        if given.swept:
            outcomes = swept(orjson.loads(given.swept.read_bytes())["sweep"])
        else:
            outcomes = sweep(plan, [Setting(OURS), *(FEW if given.few else ALL)], _say)
        choices = choose(outcomes)
        memory = given.memory * 1e9 if given.memory else _memory() - SPARED_MEMORY
        if given.equal:
            choices = [choice for choice in choices if choice.setting.engine == OURS or "equal recall" in choice.roles]
        head = _head(given) | {"sweep": sweep_rows(outcomes)}
        results: list[Measured] = []
        for one in measure(plan, given.windows, choices, Budget(memory), _say):
            results.append(one)
            _keep(given.json, head | {"results": rows(results, choices)})  # a long run that is cut short told something
    return head | {"results": rows(results, choices)}


def _keep(file: Path | None, figures: dict[str, Any]) -> None:
    if file:
        file.write_bytes(orjson.dumps(figures, option=orjson.OPT_INDENT_2) + b"\n")


def _head(given: argparse.Namespace) -> dict[str, Any]:
    """When and where the figures are taken, and of what."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": {"cores": os.cpu_count(), "system": platform.system(), "processor": _processor()},
        "versions": {name: version(name) for name in ("numpy", *LIBRARIES)} | {"python": platform.python_version()},
        "texts": "real, then made of their word pairs"
        if given.texts
        else "made of the word pairs of the labelled sets",
        "seed": given.seed,
        "live": given.live,
    }


def _plan(given: argparse.Namespace, folder: Path) -> Plan:
    files: list[Path] = given.texts
    texts = [text for file in files for text in read_texts(file)]
    texts = texts or [item["body"] for name in SETS for item in load(name)]
    corpus = Corpus.of(texts, given.live if files else 0, given.seed)
    corpus.save(folder)
    _say(f"{len(texts):,} texts, {corpus.words:,} words")
    return Plan(folder, min(given.windows), given.live, bool(files), given.rewrites, given.seed)


def _memory() -> float:
    lines = Path("/proc/meminfo").read_text().splitlines()
    return next(float(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable"))


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")


def main(arguments: list[str]) -> int:
    """Measure or read, print, keep and draw."""
    given = parsed(arguments)
    figures = orjson.loads(given.kept.read_bytes()) if given.kept else measured(given)
    _keep(given.json, figures)
    print(markdown(figures["results"], figures["sweep"]))
    if given.plot:
        draw = import_module("benchmarks.window.plot").draw  # matplotlib is needed for nothing else
        for file in given.plot:
            draw(figures, file)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
