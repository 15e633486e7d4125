"""The watchdog, in a process that it may end."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from streams.worker import EXIT_STUCK, Watchdog
from tests.support.pipeline import ROOT

PROGRAM = """
import logging, time
from streams.worker import Watchdog
logging.basicConfig(format="%(levelname)s %(message)s")
watchdog = Watchdog(2.0)
{body}
print("alive", flush=True)
"""

BLOCKED = "time.sleep(30)"
TOLD_SO = """
for second in range(60):
    watchdog.told(second * 0.5, "match[0]: lag grows (4 records wait)")
    time.sleep(0.5)
"""
CONTENT = """
for _ in range(8):
    watchdog.told(0.0, "")
    time.sleep(0.5)
"""
STOPPED = "watchdog.stop(); time.sleep(4)"


@pytest.mark.parametrize(
    ("body", "code", "said"),
    [
        (BLOCKED, EXIT_STUCK, "CRITICAL stuck for"),
        (TOLD_SO, EXIT_STUCK, "match[0]: lag grows (4 records wait)"),
        (CONTENT, 0, ""),
        (STOPPED, 0, ""),
    ],
    ids=["blocked", "told so", "content", "stopped"],
)
def test_it_ends_a_process_that_is_stuck_and_no_other(body: str, code: int, said: str) -> None:
    program = PROGRAM.format(body=body)
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=25, check=False)
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert ("alive" in done.stdout) == (code == 0)


def test_standing_counts_on_from_what_it_was_told() -> None:
    watchdog = Watchdog(1_000.0)
    try:
        watchdog.told(40.0, "why")
        assert watchdog.standing == pytest.approx(40.0, abs=0.5)
        time.sleep(0.1)
        assert watchdog.standing > 40.05
    finally:
        watchdog.stop()
