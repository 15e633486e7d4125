"""A real Apache Kafka in KRaft mode for the tests: its jars, its ports, its start, faults and end.

    with ApacheKafka() as kafka:            # or nodes=3
        AIOKafkaProducer(bootstrap_servers=kafka.bootstrap)

Run it from the root of the repository:

    python -m tests.support.apache_kafka --download-only     # fill the cache of jars
    python -m tests.support.apache_kafka [--nodes 3]         # a broker in the foreground, until Ctrl-C

It needs Java 17 or newer, and Maven for the first download. Everything is bound to the loopback address, and all that
a broker writes goes with it. Only for POSIX systems.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import fcntl
import functools
import hashlib
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Coroutine, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar
from xml.etree import ElementTree

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

HOST = "127.0.0.1"
POM = Path(__file__).parent / "kafka" / "pom.xml"
LOGGING = POM.with_name("log4j2.properties")
START_TIMEOUT = 60.0
STOP_TIMEOUT = 15.0

_MARKER = ".complete"
_OLDEST_JAVA = 17
_DOWNLOAD_ATTEMPTS = 3
_DOWNLOAD_TIMEOUT = 600.0
_PORT_ATTEMPTS = 3
# Below the range that systems take source ports from: a client that keeps dialling a killed node could otherwise be
# given the node's own port as its source, connect to itself, and so keep the node from coming back.
_PORTS = range(20_000, 32_000)
# Starting up is most of what a test's broker does: the second compiler costs more than it saves.
_JVM = ("-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Djava.awt.headless=true")

_T = TypeVar("_T")


class ApacheKafkaError(RuntimeError):
    """Apache Kafka cannot be had or run here; the message says why and what to do."""


class PortTakenError(ApacheKafkaError):
    """Somebody took a port between its choice and the broker's start."""


# ---------------------------------------------------------------------------------------------------------------- jars


def kafka_version() -> str:
    """Return the version of Apache Kafka that the pom names."""
    version = ElementTree.parse(POM).findtext(".//{*}kafka.version")
    if not version:
        raise ApacheKafkaError(f"{POM} names no kafka.version")
    return version


def ensure_libs(cache: Path | None = None) -> Path:
    """Return the folder of the broker's jars; the first call downloads them through Maven.

    Args:
        cache: The folder to keep them in, by default ``wirespin`` in the user's cache folder.

    Raises:
        ApacheKafkaError: Java or Maven is missing, or three downloads in a row failed.
    """
    digest = hashlib.sha256(POM.read_bytes()).hexdigest()[:12]
    target = (cache or _default_cache()) / f"kafka-{kafka_version()}-{digest}"
    if not _complete(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        with _locked(target.with_name(f"{target.name}.lock")):
            # Whoever held the lock before us may just have done it.
            if not _complete(target):
                _download(target)
    return target


def _default_cache() -> Path:
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "wirespin"


def _complete(target: Path) -> bool:
    """Whether every jar that a finished download left is still there: caches get cleaned file by file."""
    try:
        names = (target / _MARKER).read_text(encoding="utf-8").split()
    except FileNotFoundError:
        return False
    return bool(names) and all((target / name).is_file() for name in names)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _download(target: Path) -> None:
    staging = Path(tempfile.mkdtemp(prefix=f"{target.name}.", dir=target.parent))
    try:
        _copy_dependencies(staging)
        names = sorted(jar.name for jar in staging.glob("*.jar"))
        (staging / _MARKER).write_text("\n".join(names) + "\n", encoding="utf-8")
        shutil.rmtree(target, ignore_errors=True)
        staging.rename(target)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _copy_dependencies(folder: Path) -> None:
    """Let Maven copy the jars into a folder, and try again when it fails: it is a long download."""
    _java()  # Maven's own words for a missing Java are obscure
    maven = shutil.which("mvn")
    if maven is None:
        raise ApacheKafkaError(
            "Maven (mvn) is not installed; it downloads Apache Kafka for the tests. Install it (apt-get install maven, "
            "brew install maven), then run: python -m tests.support.apache_kafka --download-only"
        )
    said = ""
    for attempt in range(_DOWNLOAD_ATTEMPTS):
        if attempt:
            time.sleep(2.0**attempt)
        said = _run_maven(maven, folder)
        if not said:
            return
    raise ApacheKafkaError(f"Maven failed {_DOWNLOAD_ATTEMPTS} times to download Apache Kafka; it said:\n{said}")


def _run_maven(maven: str, folder: Path) -> str:
    """Return nothing when all went well, else the end of what Maven said."""
    # -C refuses a file whose checksum is wrong; -U because Maven remembers failures and would not ask again.
    command = [maven, "-q", "-B", "-C", "-U", "-f", str(POM), "dependency:copy-dependencies"]
    command += ["-DincludeScope=runtime", f"-DoutputDirectory={folder}"]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_DOWNLOAD_TIMEOUT, stdin=subprocess.DEVNULL, check=False
        )
    except subprocess.TimeoutExpired:
        return f"nothing within {_DOWNLOAD_TIMEOUT:.0f} seconds"
    if done.returncode:
        return _tail(done.stdout + done.stderr) or f"nothing; exit code {done.returncode}"
    return "" if any(folder.glob("kafka_*.jar")) else "it is done, but there is no jar of Kafka among what it copied"


def _java() -> str:
    """Return the path of a Java that can run the broker."""
    home = os.environ.get("JAVA_HOME")
    path = shutil.which("java", path=str(Path(home, "bin"))) if home else shutil.which("java")
    advice = f"Apache Kafka needs Java {_OLDEST_JAVA} or newer: install it (apt-get install openjdk-17-jre-headless)"
    if path is None:
        where = f"in JAVA_HOME ({home})" if home else "on the PATH"
        raise ApacheKafkaError(f"there is no java {where}. {advice} or set JAVA_HOME to one.")
    if _java_major(path) < _OLDEST_JAVA:
        raise ApacheKafkaError(f"{path} is Java {_java_major(path)}. {advice} and set JAVA_HOME to it.")
    return path


@functools.cache
def _java_major(path: str) -> int:
    done = subprocess.run([path, "-version"], capture_output=True, text=True, check=False)
    found = re.search(r'version "(\d+)', done.stderr + done.stdout)
    if found is None:
        raise ApacheKafkaError(f"{path} -version did not name a version; it said: {_tail(done.stderr)}")
    return int(found[1])


def _tail(text: str, lines: int = 30) -> str:
    return "\n".join(text.strip().splitlines()[-lines:])


# ---------------------------------------------------------------------------------------------------------------- node


class _Node:
    """One broker process, its settings and its folder, where its data and its log are."""

    def __init__(self, number: int, ports: tuple[int, int, int], folder: Path, advertised: str | None) -> None:
        self.number = number
        self.port, self.controller_port, self.behind_port = ports
        self.advertised = advertised
        self.folder = folder
        self.log = folder / "server.log"
        self._log_start = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._guard: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"{HOST}:{self.port}"

    @property
    def voter(self) -> str:
        return f"{self.number}@{HOST}:{self.controller_port}"

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        if self._process is None or self._process.poll() is not None:
            self._drop_guard()
            return None
        return self._process.pid

    def prepare(self, java: Sequence[str], cluster_id: str, settings: dict[str, str]) -> None:
        """Write the settings and format the data folder, which KRaft wants done before the first start."""
        self.folder.mkdir()
        (self.folder / "tmp").mkdir()
        _write_properties(self._properties, settings | self._own_settings())
        try:
            _format([*java, *self._java_options], cluster_id, self._properties)
        except ApacheKafkaError as error:
            raise ApacheKafkaError(f"node {self.number}: {error}") from error

    def launch(self, java: Sequence[str]) -> None:
        """Start the broker process; that it is up does not mean that it is ready."""
        command = [*java, *self._java_options, "kafka.Kafka", str(self._properties)]
        with self.log.open("ab") as log:
            self._log_start = log.tell()
            # A session of its own, so that Ctrl-C reaches the one who stops it in order and not the broker.
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        self._guard = _guard(self._process.pid)

    def signal(self, number: signal.Signals) -> None:
        if self.pid is not None and self._process is not None:
            self._process.send_signal(number)

    def wait(self, timeout: float) -> None:
        """Wait for the end of the process; one that takes too long is killed."""
        if self._process is None:
            return
        try:
            self._process.wait(max(0.0, timeout))
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._drop_guard()

    def log_text(self) -> str:
        """What the node has logged since its last start."""
        try:
            with self.log.open("rb") as log:
                log.seek(self._log_start)
                return log.read().decode(errors="replace")
        except FileNotFoundError:
            return ""

    def what_happened(self) -> str:
        """The part of the log that a reader of a failed start needs: its first error, or else its end."""
        text = self.log_text()
        lines = text.splitlines()
        errors = [place for place, line in enumerate(lines) if re.search(r" (ERROR|FATAL) |^Exception in ", line)]
        if errors:
            return "its log has this error:\n" + "\n".join(lines[errors[0] :][:30])
        return f"its log ends:\n{_tail(text)}" if lines else "it has written no log"

    @property
    def _properties(self) -> Path:
        return self.folder / "server.properties"

    @property
    def _java_options(self) -> tuple[str, ...]:
        # Compression libraries unpack themselves into the temporary folder and stay there after a kill.
        return (f"-Djava.io.tmpdir={self.folder / 'tmp'}",)

    def _own_settings(self) -> dict[str, str]:
        listeners = f"CLIENTS://{self.address},CONTROLLER://{HOST}:{self.controller_port}"
        advertised = f"CLIENTS://{self.address}"
        if self.advertised is not None:
            listeners += f",BEHIND://{HOST}:{self.behind_port}"
            advertised += f",BEHIND://{self.advertised}"
        return {
            "node.id": str(self.number),
            "listeners": listeners,
            "advertised.listeners": advertised,
            "log.dirs": str(self.folder / "data"),
        }

    def _drop_guard(self) -> None:
        """End the guard, at once after the broker: it must not live to see the process id given to another."""
        if self._guard is not None:
            self._guard.kill()
            self._guard.wait()
            if self._guard.stdin is not None:
                self._guard.stdin.close()
            self._guard = None


def _write_properties(path: Path, settings: Mapping[str, str]) -> None:
    lines = [f"{name}={value}\n" for name, value in settings.items()]
    path.write_text("".join(lines), encoding="utf-8")


def _format(java: Sequence[str], cluster_id: str, properties: Path) -> str:
    """Format the data folder that the settings name and return what Kafka says; it checks the settings on the way."""
    arguments = ["kafka.tools.StorageTool", "format", f"--cluster-id={cluster_id}", f"--config={properties}"]
    done = subprocess.run(
        [*java, *arguments],
        capture_output=True,
        text=True,
        timeout=START_TIMEOUT,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    said = done.stdout + done.stderr
    if done.returncode:
        raise ApacheKafkaError(f"Kafka refused to format its data folder; it said:\n{_tail(said)}")
    return said


def _guard(pid: int) -> subprocess.Popen[bytes]:
    """Start a shell that kills a process when this one is gone without having stopped it.

    The end of this process, however hard, closes the pipe that the shell reads from; a test run that is killed
    leaves no broker behind.
    """
    script = 'read -r _; kill -9 "$1"'
    return subprocess.Popen(
        ["/bin/sh", "-c", script, "guard", str(pid)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


# ------------------------------------------------------------------------------------------------------------- cluster


class ApacheKafka:
    """Apache Kafka on this machine, for as long as the ``with`` block lasts.

    All methods block; from asynchronous code they can be called as they are, or in ``asyncio.to_thread``. Nodes are
    numbered from 1, each is broker and controller in one.

    Args:
        nodes: How many; with three, topics can have three replicas and one node may fail.
        settings: Further broker settings, or other values for the ones set here.
        heap: Java heap of each node.
        start_timeout: Seconds from the start of the processes until the cluster must answer.
        libs: The folder of jars, by default that of ``ensure_libs()``.
        parent: Folder to make its own temporary one in, by default the system's.
        advertised: For each node the address of a proxy; each then listens on one more port, its ``behind`` address,
            and tells clients that come there to use the proxy. The other clients and the nodes go on without one.
    """

    def __init__(
        self,
        nodes: int = 1,
        *,
        settings: Mapping[str, str] | None = None,
        heap: str = "400m",
        start_timeout: float = START_TIMEOUT,
        libs: Path | None = None,
        parent: Path | None = None,
        advertised: Sequence[str] | None = None,
    ) -> None:
        if advertised is not None and len(advertised) != nodes:
            raise ValueError(f"advertised must have an address for each of {nodes} nodes, not {len(advertised)}")
        if nodes < 1:
            raise ValueError(f"nodes must be 1 or more, not {nodes}")
        self.size = nodes
        self._settings = dict(settings or {})
        self._heap = heap
        self._start_timeout = start_timeout
        self._libs = libs
        self._parent = parent
        self._advertised = advertised
        self._nodes: list[_Node] = []
        self._folder: Path | None = None
        self._cluster_id = ""

    @property
    def bootstrap(self) -> str:
        """The address for clients, ``host:port``; with several nodes all of them, separated by commas."""
        return ",".join(self.addresses)

    @property
    def addresses(self) -> tuple[str, ...]:
        """The address of each node, ``host:port``."""
        if not self._nodes:
            raise ApacheKafkaError("Apache Kafka is not running: its ports are chosen at its start")
        return tuple(node.address for node in self._nodes)

    @property
    def behind(self) -> tuple[str, ...]:
        """For each node the address that its proxy is to forward to."""
        return tuple(f"{HOST}:{node.behind_port}" for node in self._nodes)

    @property
    def pids(self) -> dict[int, int]:
        """The process ids of the nodes that run, by node number."""
        return {node.number: node.pid for node in self._nodes if node.pid is not None}

    @property
    def folder(self) -> Path | None:
        """The temporary folder with the data and the logs, ``node-1/server.log``; none when it does not run."""
        return self._folder

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> Self:
        """Start all nodes and return when they answer; ports that were taken meanwhile are replaced.

        Raises:
            ApacheKafkaError: It cannot run here, or did not answer in time; with the end of its log.
        """
        if self._nodes:
            raise ApacheKafkaError("Apache Kafka is already running")
        for attempt in range(1, _PORT_ATTEMPTS + 1):
            try:
                self._start_once()
            except PortTakenError:
                self.stop()
                if attempt == _PORT_ATTEMPTS:
                    raise
            except BaseException:
                self.stop()
                raise
            else:
                break
        return self

    def stop(self) -> None:
        """Stop all nodes and remove what they wrote; one that does not stop in time is killed."""
        # All at once: the last ones of a cluster would wait in vain for a majority to let them go.
        self._end(self._nodes)
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._nodes, self._folder = [], None

    def kill(self, node: int = 1) -> None:
        """Kill a node as a crash would, with SIGKILL; its data stays."""
        self._node(node).signal(signal.SIGKILL)
        self._node(node).wait(STOP_TIMEOUT)

    def signal(self, number: signal.Signals, node: int = 1) -> None:
        """Send a node's process a signal, where it runs."""
        self._node(node).signal(number)

    def end(self, node: int = 1) -> None:
        """Stop a node in order, with SIGTERM; its data stays."""
        self._end([self._node(node)])

    def restart(self, node: int = 1) -> None:
        """Start a node again on its data and its port, after a stop in order if it runs; returns when it answers."""
        self._end([self._node(node)])
        self._node(node).launch(self._java())
        self._wait_ready()

    @classmethod
    def check(cls, settings: Mapping[str, str], cluster_id: str, properties: Path) -> str:
        """Let Kafka check settings without a start, by formatting the data folder ``log.dirs`` that they name.

        Args:
            settings: All settings of a broker.
            cluster_id: The id to format the folder for.
            properties: Where to write the settings for Kafka to read.

        Raises:
            ApacheKafkaError: It does not accept them; with its words.
        """
        _write_properties(properties, settings)
        return _format(cls()._java(), cluster_id, properties)

    def _node(self, number: int) -> _Node:
        for node in self._nodes:
            if node.number == number:
                return node
        raise ValueError(f"there is no node {number}; they are {[node.number for node in self._nodes]}")

    def _end(self, nodes: Sequence[_Node]) -> None:
        for node in nodes:
            node.signal(signal.SIGTERM)
        deadline = time.monotonic() + STOP_TIMEOUT
        for node in nodes:
            node.wait(deadline - time.monotonic())

    def _java(self) -> list[str]:
        libs = self._libs or ensure_libs()
        logging = f"-Dlog4j2.configurationFile={LOGGING}"
        return [_java(), f"-Xmx{self._heap}", *_JVM, logging, "-cp", str(libs / "*")]

    def _start_once(self) -> None:
        java = self._java()
        self._folder = Path(tempfile.mkdtemp(prefix="wirespin-kafka-", dir=self._parent))
        self._cluster_id = _cluster_id()
        ports = iter(_free_ports(3 * self.size))
        advertised: Sequence[str | None] = self._advertised or [None] * self.size
        self._nodes = [
            _Node(number, (next(ports), next(ports), next(ports)), self._folder / f"node-{number}", proxy)
            for number, proxy in enumerate(advertised, 1)
        ]
        settings = self._common_settings() | self._settings
        with ThreadPoolExecutor(self.size) as pool:
            list(pool.map(lambda node: node.prepare(java, self._cluster_id, settings), self._nodes))
        for node in self._nodes:
            node.launch(java)
        self._wait_ready()

    def _common_settings(self) -> dict[str, str]:
        """What a test's broker needs to be small and quick; only the data is handled as in production."""
        replicas = str(min(3, self.size))
        in_sync = "2" if self.size >= 3 else "1"
        return {
            "process.roles": "broker,controller",
            "controller.quorum.voters": ",".join(node.voter for node in self._nodes),
            "controller.listener.names": "CONTROLLER",
            "inter.broker.listener.name": "CLIENTS",
            "listener.security.protocol.map": "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT,BEHIND:PLAINTEXT",
            # The whole chain of topics is declared in one place; a typing error must not create another.
            "auto.create.topics.enable": "false",
            "default.replication.factor": replicas,
            "min.insync.replicas": in_sync,
            "offsets.topic.replication.factor": replicas,
            "offsets.topic.num.partitions": "4",
            "transaction.state.log.replication.factor": replicas,
            "transaction.state.log.min.isr": in_sync,
            "transaction.state.log.num.partitions": "4",
            "share.coordinator.state.topic.replication.factor": replicas,
            "share.coordinator.state.topic.min.isr": in_sync,
            "group.initial.rebalance.delay.ms": "0",
            "group.min.session.timeout.ms": "1000",
            # A killed node is missed, and let in again, after 4 s instead of 9.
            "broker.session.timeout.ms": "4000",
            "broker.heartbeat.interval.ms": "500",
        }

    def _wait_ready(self) -> None:
        # In a thread of its own, so that it also works where an event loop is already running.
        _in_thread(self._ready())

    async def _ready(self) -> None:
        """Return when every node that was started answers a client and knows all the others."""
        deadline = time.monotonic() + self._start_timeout
        started = [node for node in self._nodes if node.pid is not None]
        brokers = {node.number for node in started}
        for node in started:
            while not brokers <= await _brokers_known_to(node, self._cluster_id):
                self._check_alive(started)
                if time.monotonic() > deadline:
                    late = f"node {node.number} was not ready within {self._start_timeout:g} s"
                    raise ApacheKafkaError(f"{late}; {node.what_happened()}")
                await asyncio.sleep(0.05)

    @staticmethod
    def _check_alive(nodes: Sequence[_Node]) -> None:
        for node in nodes:
            if node.pid is None:
                kind = PortTakenError if "Address already in use" in node.log_text() else ApacheKafkaError
                raise kind(f"node {node.number} ended at its start; {node.what_happened()}")


async def _brokers_known_to(node: _Node, cluster_id: str) -> set[int]:
    """Ask a node who is in its cluster; nobody, if it does not answer or if another's broker has its port."""
    if not _accepts(node.port):
        return set()
    admin = AIOKafkaAdminClient(bootstrap_servers=node.address, request_timeout_ms=3000)
    try:
        await admin.start()
        cluster = await admin.describe_cluster()
    except (KafkaError, OSError):
        return set()
    finally:
        await admin.close()
    if cluster["cluster_id"] != cluster_id:
        return set()
    return {broker["node_id"] for broker in cluster["brokers"]}


def _accepts(port: int) -> bool:
    with suppress(OSError), socket.create_connection((HOST, port), timeout=1.0):
        return True
    return False


def _in_thread(work: Coroutine[Any, Any, _T]) -> _T:
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def _free_ports(count: int) -> list[int]:
    """Return ports that nobody holds now; all are tried before any is let go, so they differ."""
    ports: list[int] = []
    with ExitStack() as held:
        for port in random.sample(_PORTS, len(_PORTS)):
            probe = held.enter_context(socket.socket())
            with suppress(OSError):
                probe.bind((HOST, port))
                ports.append(port)
            if len(ports) == count:
                return ports
    raise ApacheKafkaError(f"no {count} free ports from {_PORTS.start} to {_PORTS.stop - 1}")


def _cluster_id() -> str:
    # Kafka's form of a UUID, with a fixed first byte: one in 64 would start with a dash and pass for an option.
    return base64.urlsafe_b64encode(b"w" + os.urandom(15)).rstrip(b"=").decode()


# -------------------------------------------------------------------------------------------------------- command line


def main(arguments: Sequence[str] | None = None) -> int:
    """Download the jars, or run a broker in the foreground."""
    parser = argparse.ArgumentParser(prog="python -m tests.support.apache_kafka", description=main.__doc__)
    parser.add_argument("--download-only", action="store_true", help="download the jars, print their folder and end")
    parser.add_argument("--nodes", type=int, default=1, help="how many nodes to run (default: 1)")
    options = parser.parse_args(arguments)
    try:
        if options.download_only:
            _say(str(ensure_libs()))
        else:
            _serve(options.nodes)
    except ApacheKafkaError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _serve(nodes: int) -> None:
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    with ApacheKafka(nodes) as kafka:
        _say(f"kafka://{kafka.bootstrap}")
        while not stopped.wait(1.0):
            if len(kafka.pids) < nodes:
                raise ApacheKafkaError(f"a node has ended by itself; still there: {sorted(kafka.pids)}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
