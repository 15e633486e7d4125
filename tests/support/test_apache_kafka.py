"""The runner of Apache Kafka: what it promises to the tests that lean on it."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from tests.support import apache_kafka
from tests.support.apache_kafka import HOST, ApacheKafka, ApacheKafkaError, ensure_libs

ROOT = Path(__file__).parents[2]
apache = pytest.mark.apache


# ---------------------------------------------------------------------------------------- jars: no network, no broker


FAKE_JAVA = "#!/bin/sh\necho 'openjdk version \"{version}\" 2026-01-01' >&2\n"
FAKE_MAVEN = """#!/bin/sh
echo call >> "{calls}"
[ "$(wc -l < "{calls}")" -le {failures} ] && {{ echo "the network is away"; exit 1; }}
for word in "$@"; do case "$word" in -DoutputDirectory=*) folder="${{word#*=}}";; esac; done
sleep 0.1; echo jar > "$folder/kafka_2.13-9.jar"; echo jar > "$folder/other-1.jar"
"""


class Tools:
    """A folder of stand-ins for java and mvn, and nothing else on the PATH but the system's own tools."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.calls = folder / "calls"

    def java(self, version: str) -> None:
        self._write("java", FAKE_JAVA.format(version=version))

    def maven(self, failures: int = 0) -> None:
        self._write("mvn", FAKE_MAVEN.format(calls=self.calls, failures=failures))

    def maven_calls(self) -> int:
        return len(self.calls.read_text().splitlines())

    def _write(self, name: str, script: str) -> None:
        path = self.folder / name
        path.write_text(script)
        path.chmod(path.stat().st_mode | stat.S_IXUSR)


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tools:
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("sh", "wc", "sleep", "echo"):
        (folder / name).symlink_to(f"/bin/{name}" if Path(f"/bin/{name}").exists() else f"/usr/bin/{name}")
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    return Tools(folder)


def test_jars_are_downloaded_once(tools: Tools, tmp_path: Path) -> None:
    tools.java("17.0.1")
    tools.maven()
    first = ensure_libs(tmp_path / "cache")
    assert sorted(jar.name for jar in first.glob("*.jar")) == ["kafka_2.13-9.jar", "other-1.jar"]
    assert ensure_libs(tmp_path / "cache") == first
    assert tools.maven_calls() == 1


def test_a_failed_download_is_tried_again(tools: Tools, tmp_path: Path) -> None:
    tools.java("21")
    tools.maven(failures=2)
    assert ensure_libs(tmp_path / "cache").is_dir()
    assert tools.maven_calls() == 3


def test_three_failures_are_an_error_with_mavens_words_and_leave_no_cache(tools: Tools, tmp_path: Path) -> None:
    tools.java("21")
    tools.maven(failures=3)
    with pytest.raises(ApacheKafkaError, match=r"(?s)failed 3 times.*the network is away"):
        ensure_libs(tmp_path / "cache")
    assert [path.suffix for path in (tmp_path / "cache").iterdir()] == [".lock"]


def test_a_cache_that_lost_a_jar_is_filled_again(tools: Tools, tmp_path: Path) -> None:
    tools.java("21")
    tools.maven()
    libs = ensure_libs(tmp_path / "cache")
    (libs / "other-1.jar").unlink()
    assert ensure_libs(tmp_path / "cache") == libs
    assert (libs / "other-1.jar").is_file()


def test_runs_at_the_same_time_download_once(tools: Tools, tmp_path: Path) -> None:
    tools.java("21")
    tools.maven()
    threads = [threading.Thread(target=ensure_libs, args=(tmp_path / "cache",)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert tools.maven_calls() == 1


def test_a_changed_pom_is_another_cache(tools: Tools, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tools.java("21")
    tools.maven()
    before = ensure_libs(tmp_path / "cache")
    pom = tmp_path / "pom.xml"
    pom.write_text(apache_kafka.POM.read_text() + "<!-- changed -->\n")
    monkeypatch.setattr(apache_kafka, "POM", pom)
    assert ensure_libs(tmp_path / "cache") != before


def test_a_missing_tool_is_named_with_what_to_do(tools: Tools, tmp_path: Path) -> None:
    with pytest.raises(ApacheKafkaError, match=r"no java on the PATH.*needs Java 17 or newer: install"):
        ensure_libs(tmp_path)
    tools.java("17.0.1")
    with pytest.raises(ApacheKafkaError, match=r"Maven \(mvn\) is not installed.*Install it"):
        ensure_libs(tmp_path)


@pytest.mark.parametrize(("version", "major"), [("11.0.2", 11), ("1.8.0_392", 1)])
def test_an_old_java_is_refused(tools: Tools, tmp_path: Path, version: str, major: int) -> None:
    tools.java(version)
    with pytest.raises(ApacheKafkaError, match=rf"is Java {major}\. Apache Kafka needs Java 17"):
        ensure_libs(tmp_path)


def test_a_wrong_java_home_is_named(tools: Tools, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tools.java("21")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "nowhere"))
    with pytest.raises(ApacheKafkaError, match="no java in JAVA_HOME"):
        ensure_libs(tmp_path)


def test_the_command_line_says_a_failure_in_words(
    tools: Tools, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert apache_kafka.main(["--download-only"]) == 1
    assert "there is no java on the PATH" in capsys.readouterr().err


def test_addresses_exist_only_while_it_runs() -> None:
    with pytest.raises(ApacheKafkaError, match="not running"):
        _ = ApacheKafka().bootstrap


# ------------------------------------------------------------------------------------------------------ real brokers


@pytest.fixture(scope="module")
def kafka() -> Iterator[ApacheKafka]:
    with ApacheKafka() as running:
        yield running


async def create(bootstrap: str, topic: str, replicas: int = 1) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        await admin.create_topics([NewTopic(topic, num_partitions=2, replication_factor=replicas)])
    finally:
        await admin.close()


async def topics(bootstrap: str) -> set[str]:
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        return set(await admin.list_topics())
    finally:
        await admin.close()


async def produce(bootstrap: str, topic: str, values: list[bytes]) -> None:
    producer = AIOKafkaProducer(bootstrap_servers=bootstrap, compression_type="lz4", acks="all")
    await producer.start()
    try:
        await producer.partitions_for(topic)
        for number, value in enumerate(values):
            await producer.send_and_wait(topic, value, partition=number % 2, headers=[("n", b"%d" % number)])
    finally:
        await producer.stop()


async def consume(bootstrap: str, topic: str, count: int, group: str | None = None) -> list[bytes]:
    """Read that many messages from the beginning, or from where the group is."""
    consumer = AIOKafkaConsumer(
        topic, bootstrap_servers=bootstrap, group_id=group, auto_offset_reset="earliest", enable_auto_commit=False
    )
    await consumer.start()
    try:
        values = [(await consumer.getone()).value for _ in range(count)]
        if group:
            await consumer.commit()
    finally:
        await consumer.stop()
    return sorted(value for value in values if value is not None)


VALUES = [b"%04d " % number + b"wire " * 200 for number in range(50)]


@apache
async def test_round_trip_with_lz4_and_a_group(kafka: ApacheKafka) -> None:
    await create(kafka.bootstrap, "round-trip")
    await produce(kafka.bootstrap, "round-trip", VALUES)
    assert await consume(kafka.bootstrap, "round-trip", len(VALUES), group="readers") == VALUES
    await produce(kafka.bootstrap, "round-trip", [b"more", b"and more"])
    assert await consume(kafka.bootstrap, "round-trip", 2, group="readers") == [b"and more", b"more"]


@apache
async def test_end_offsets_are_right_after_batches(kafka: ApacheKafka) -> None:
    await create(kafka.bootstrap, "ends")
    await produce(kafka.bootstrap, "ends", VALUES)
    consumer = AIOKafkaConsumer(bootstrap_servers=kafka.bootstrap)
    await consumer.start()
    try:
        ends = await consumer.end_offsets([TopicPartition("ends", 0), TopicPartition("ends", 1)])
    finally:
        await consumer.stop()
    assert sum(ends.values()) == len(VALUES)


@apache
@pytest.mark.parametrize("crash", [False, True], ids=["stopped", "killed"])
async def test_a_restart_keeps_the_data_and_the_address(kafka: ApacheKafka, crash: bool) -> None:
    topic = f"restart-{crash}"
    before, pids = kafka.bootstrap, kafka.pids
    await create(kafka.bootstrap, topic)
    await produce(kafka.bootstrap, topic, VALUES)
    if crash:
        kafka.kill()
        assert kafka.pids == {}
    kafka.restart()
    assert kafka.bootstrap == before
    assert kafka.pids != pids
    assert await consume(kafka.bootstrap, topic, len(VALUES)) == VALUES


@apache
async def test_topics_are_not_made_by_mistake(kafka: ApacheKafka) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka.bootstrap)
    await admin.start()
    try:
        await admin.describe_topics(["mistyped"])
    finally:
        await admin.close()
    assert "mistyped" not in await topics(kafka.bootstrap)


@apache
async def test_two_at_a_time_are_apart_and_leave_nothing(kafka: ApacheKafka) -> None:
    await create(kafka.bootstrap, "apart")
    with ApacheKafka() as other:
        assert other.bootstrap != kafka.bootstrap
        assert "apart" not in await topics(other.bootstrap)
        pid, folder, port = other.pids[1], other.folder, int(other.bootstrap.rpartition(":")[2])
        if sys.platform == "linux":  # where it can be read from /proc
            assert listening_hosts(pid) == {HOST}
    assert not is_running(pid)
    assert folder is not None
    assert not folder.exists()
    assert not listens(port)
    assert kafka.pids


@apache
@pytest.mark.timeout(300)  # three starts on two cores, which may have other work
async def test_three_nodes_survive_the_loss_of_one() -> None:
    with ApacheKafka(nodes=3) as kafka:
        assert len(set(kafka.addresses)) == 3
        await create(kafka.bootstrap, "replicated", replicas=3)
        await produce(kafka.bootstrap, "replicated", VALUES[:10])
        kafka.kill(2)
        await produce(kafka.bootstrap, "replicated", VALUES[10:20])
        kafka.restart(2)
        # One replica on three nodes: the cluster's default of two in sync must not keep it from being written.
        await create(kafka.bootstrap, "single", replicas=1)
        await produce(kafka.bootstrap, "single", VALUES[:2])
        assert await consume(kafka.bootstrap, "replicated", 20, group="readers") == VALUES[:20]


@apache
async def test_a_taken_port_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    choose = apache_kafka._free_ports
    with socket.socket() as thief:
        thief.bind((HOST, 0))
        thief.listen()
        taken = [thief.getsockname()[1]]

        def first_time_taken(count: int) -> list[int]:
            return [taken.pop(), *choose(count - 1)] if taken else choose(count)

        monkeypatch.setattr(apache_kafka, "_free_ports", first_time_taken)
        with ApacheKafka() as kafka:
            assert not taken
            assert await topics(kafka.bootstrap) == set()


@apache
def test_a_start_that_fails_shows_the_log_and_leaves_nothing() -> None:
    kafka = ApacheKafka(settings={"log.segment.bytes": "1"})
    with pytest.raises(ApacheKafkaError, match=r"log\.segment\.bytes"):
        kafka.start()
    assert kafka.folder is None
    assert kafka.pids == {}


@apache
@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGTERM, 0), (signal.SIGINT, 0), (signal.SIGKILL, -signal.SIGKILL)],
    ids=["SIGTERM", "SIGINT", "SIGKILL"],
)
def test_in_the_foreground_it_ends_with_its_runner(number: signal.Signals, code: int, tmp_path: Path) -> None:
    runner = subprocess.Popen(
        [sys.executable, "-m", "tests.support.apache_kafka"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        # What a killed runner cannot remove is removed with this test's folder.
        env=os.environ | {"TMPDIR": str(tmp_path)},
    )
    with runner:
        assert runner.stdout is not None
        address = runner.stdout.readline().strip()
        assert address.startswith(f"kafka://{HOST}:")
        port = int(address.rpartition(":")[2])
        assert listens(port)
        runner.send_signal(number)
        assert runner.wait(30) == code
    until(lambda: not listens(port), "the broker has outlived its runner")


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def until(condition: Callable[[], bool], otherwise: str, seconds: float = 15.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.02)


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def listening_hosts(pid: int) -> set[str]:
    """The local addresses that a process listens on, from /proc: nothing of the broker's may face the network."""
    inodes = {str(entry.readlink()) for entry in Path(f"/proc/{pid}/fd").iterdir() if entry.is_symlink()}
    hosts = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and f"socket:[{fields[9]}]" in inodes:
                hosts.add(_address(fields[1].split(":")[0]))
    return hosts


def _address(written: str) -> str:
    """Decode an address of /proc/net/tcp: 32-bit words in the machine's byte order."""
    words = [int(written[start : start + 8], 16).to_bytes(4, sys.byteorder) for start in range(0, len(written), 8)]
    # Java's sockets are IPv6 ones that hold an IPv4 address in their last word.
    if len(words) == 1 or b"".join(words[:3]) == bytes(10) + b"\xff\xff":
        return socket.inet_ntop(socket.AF_INET, words[-1])
    return socket.inet_ntop(socket.AF_INET6, b"".join(words))
