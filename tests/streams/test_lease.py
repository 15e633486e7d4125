"""The lease: it is lost by standing still, not by being slow."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from schemas.errors import SendError
from streams.lease import Lease
from tests.support.pipeline import ROOT

PROGRAM = """
import sys, time
from streams.lease import Lease
with Lease(2.0) as lease:
    print("up", flush=True)
    sys.stdin.readline()
    time.sleep(float(sys.argv[1]))
    lease.check()
"""


@pytest.mark.parametrize(("stopped", "before", "kept"), [(0.2, 0.0, True), (4.0, 0.0, False), (4.0, 1.0, False)])
def test_a_process_that_was_stopped_for_too_long_sends_no_more(*, stopped: float, before: float, kept: bool) -> None:
    command = [sys.executable, "-c", PROGRAM, str(before)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as one:
        assert one.stdout
        assert one.stdout.readline() == b"up\n"
        os.kill(one.pid, signal.SIGSTOP)
        time.sleep(stopped)
        os.kill(one.pid, signal.SIGCONT)
        _, said = one.communicate(b"go on\n", timeout=20)
    assert (one.returncode == 0) == kept
    assert (b"another may have its partitions" in said) == (not kept)


def test_a_blocked_event_loop_loses_nothing() -> None:
    with Lease(1.0) as lease:
        time.sleep(2.0)
        lease.check()


def test_it_does_not_come_back() -> None:
    lease = Lease(0.1)
    time.sleep(0.3)
    for _ in range(2):
        with pytest.raises(SendError, match="stood still"):
            lease.check()
