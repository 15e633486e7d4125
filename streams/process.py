"""Figures of this process, under the names that Prometheus' own clients give them.

https://prometheus.io/docs/instrumenting/writing_clientlibs/#standard-and-runtime-collectors. What the system does not
tell (there is no /proc outside Linux) is left out.
"""

from __future__ import annotations

import contextlib
import gc
import math
import os
import platform
import resource
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from streams.exposition import Family, counter, gauge, info
from wirespin.identity import RULES_VERSION

PROC = Path("/proc")
"""Where Linux tells of processes: https://man7.org/linux/man-pages/man5/proc.5.html."""

START_FIELD, VIRTUAL_FIELD, RESIDENT_FIELD = 19, 20, 21
"""Places in /proc/self/stat behind the program's name: ticks since boot at the start, bytes, pages."""


def families() -> list[Family]:
    """Processor time, memory, files, collected garbage, and what is running."""
    return [*_always(), *_from_proc()]


def _always() -> Iterator[Family]:
    times = os.times()
    text = "Processor time, user and system."
    yield counter("process_cpu_seconds_total", text, times.user + times.system)
    text = "Open files allowed at most."
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    yield gauge("process_max_fds", text, math.inf if most == resource.RLIM_INFINITY else most)
    swept = {str(generation): counts for generation, counts in enumerate(gc.get_stats())}
    for name, key, text in (
        ("python_gc_collections_total", "collections", "Times that a generation was collected."),
        ("python_gc_objects_collected_total", "collected", "Objects collected."),
        ("python_gc_objects_uncollectable_total", "uncollectable", "Objects found that cannot be collected."),
    ):
        yield counter(name, text, {generation: counts[key] for generation, counts in swept.items()}, "generation")
    yield info("wirespin_build_info", "What is running; always 1.", build())


def _from_proc(proc: Path = PROC) -> Iterator[Family]:
    with contextlib.suppress(OSError, ValueError, IndexError):
        told = (proc / "self" / "stat").read_text().rpartition(")")[2].split()
        text = "Start of the process, seconds since 1970."
        yield gauge("process_start_time_seconds", text, _boot(proc) + int(told[START_FIELD]) / os.sysconf("SC_CLK_TCK"))
        yield gauge("process_virtual_memory_bytes", "Virtual memory.", int(told[VIRTUAL_FIELD]))
        text = "Memory that is held."
        yield gauge("process_resident_memory_bytes", text, int(told[RESIDENT_FIELD]) * resource.getpagesize())
        yield gauge("process_open_fds", "Open files.", len(os.listdir(proc / "self" / "fd")))  # noqa: PTH208 (counted)


@cache
def _boot(proc: Path) -> int:
    """When the machine was started, seconds since 1970."""
    lines = (proc / "stat").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("btime "))


@cache
def build() -> dict[str, str]:
    """Versions of this program, of its rules, and of Python."""
    try:
        ours = version("wirespin")
    except PackageNotFoundError:  # run from a folder that was never installed
        ours = "unknown"
    return {"version": ours, "rules": RULES_VERSION, "python": platform.python_version()}
