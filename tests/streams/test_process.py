"""What a process tells of itself."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from streams.exposition import text_of
from streams.process import _from_proc, families
from tests.support.metrics import lint, samples
from wirespin.identity import RULES_VERSION

ON_LINUX = Path("/proc/self/stat").exists()


def test_the_page_is_one_that_prometheus_reads() -> None:
    page = text_of(families())
    lint(page)
    found = samples(page)
    assert found["process_cpu_seconds_total"] > 0
    assert found['python_gc_collections_total{generation="2"}'] >= 0
    assert any(f'rules="{RULES_VERSION}"' in name for name in found if name.startswith("wirespin_build_info"))


@pytest.mark.skipif(not ON_LINUX, reason="there is no /proc here")
def test_memory_files_and_start_are_those_of_this_process(tmp_path: Path) -> None:
    before = samples(text_of(families()))
    assert before["process_start_time_seconds"] <= time.time() + 1
    assert before["process_start_time_seconds"] > time.time() - 86_400
    with (tmp_path / "one").open("w"), (tmp_path / "two").open("w"):
        assert samples(text_of(families()))["process_open_fds"] >= before["process_open_fds"] + 2
    ballast = bytearray(os.urandom(1) * 40_000_000)
    assert samples(text_of(families()))["process_resident_memory_bytes"] > before["process_resident_memory_bytes"] + 2e7
    assert len(ballast) == 40_000_000


def test_what_the_system_does_not_tell_is_left_out(tmp_path: Path) -> None:
    assert list(_from_proc(tmp_path)) == []
