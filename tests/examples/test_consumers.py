"""The example consumers' own logic, without a broker."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from streams.contracts.examples import load
from tests.examples.loading import EXAMPLES, program
from tests.support.apache_kafka import kafka_version

ALERT = load()["Alert"][0]
REPUBLICATION = load()["Republication"][0]
PLACE = ("wirespin.alerts", 0)


@dataclass
class Record:
    """What the examples use of aiokafka's records."""

    value: bytes | None
    offset: int
    key: bytes = (ALERT.key or "").encode()
    topic: str = PLACE[0]
    partition: int = PLACE[1]


def alert(offset: int, **changes: Any) -> Record:
    return Record(json.dumps({**ALERT.value, **changes}).encode(), offset)


def test_the_python_consumer_tells_each_finding_once_and_what_stands(tmp_path: Path) -> None:
    follow = program("python/follow_alerts.py")
    standing = follow.Standing(tmp_path / "state.json")
    told = [standing.take(one) for one in (alert(0), alert(1), alert(2, id="alert-2"), alert(3), Record(None, 4))]
    assert [line and line.split()[0] for line in told] == ["alert", None, "changed", None, "withdrawn"]
    assert ALERT.value["id"] in told[0]
    assert ALERT.value["framing"]["devices"][0]["device"] in told[0]
    assert standing.alerts == {}
    standing.save()
    again = follow.Standing(tmp_path / "state.json")
    assert again.offsets == {"wirespin.alerts/0": 5}
    assert again.take(alert(0)) is None


def test_the_python_consumer_ignores_what_it_does_not_know(tmp_path: Path) -> None:
    standing = program("python/follow_alerts.py").Standing(tmp_path / "state.json")
    assert standing.take(alert(0, schema_version=2)) is None
    assert standing.take(alert(1, something_new={"a": 1})).startswith("alert ")


def test_the_python_consumer_is_short() -> None:
    assert len((EXAMPLES / "python" / "follow_alerts.py").read_text().splitlines()) < 120


def test_the_java_consumer_names_the_kafka_that_is_tested() -> None:
    versions = {
        node.findtext("{*}artifactId"): node.findtext("{*}version")
        for node in ElementTree.parse(EXAMPLES / "java" / "pom.xml").iterfind(".//{*}dependency")
    }
    assert versions["kafka-clients"] == kafka_version()


class Sink:
    """The sink on a SQLite file, and a look at what it holds."""

    def __init__(self, file: Path) -> None:
        self.database = program("sql/sink.py").Database(str(file))
        self.file = file

    def rows(self, statement: str) -> list[Any]:
        with sqlite3.connect(self.file) as look:
            found = look.execute(statement).fetchall()
        look.close()
        return found


@pytest.fixture
def sink(tmp_path: Path) -> Iterator[Sink]:
    made = Sink(tmp_path / "events.sqlite")
    yield made
    made.database.connection.close()


def test_an_event_becomes_a_row_and_its_findings_rows_of_their_own(sink: Sink) -> None:
    event = ALERT.value
    assert sink.database.write(PLACE, None, [alert(7)]) == 8
    assert sink.rows("SELECT kind, agency, outlet, altered, score, time FROM event") == [
        ("alert", event["original"]["agency"], event["copy"]["publisher"], "yes", event["framing"]["score"],
         event["time"])
    ]  # fmt: skip
    devices = [(number, finding["device"]) for number, finding in enumerate(event["framing"]["devices"])]
    assert sink.rows("SELECT number, device FROM finding ORDER BY number") == devices
    assert [json.loads(text) for (text,) in sink.rows("SELECT document FROM event")] == [event]
    assert sink.rows("SELECT * FROM position") == [("wirespin.alerts", 0, 8)]


def test_a_repeat_changes_nothing_and_a_later_event_takes_the_place(sink: Sink) -> None:
    sink.database.write(PLACE, None, [alert(0), alert(1)])
    assert sink.rows("SELECT count(*) FROM event") == [(1,)]
    sink.database.write(PLACE, 2, [alert(2, id="alert-2", framing={**ALERT.value["framing"], "devices": []})])
    assert sink.rows("SELECT id FROM event") == [("alert-2",)]
    assert sink.rows("SELECT count(*) FROM finding") == [(0,)]
    sink.database.write(PLACE, 3, [Record(None, 3)])
    assert sink.rows("SELECT count(*) FROM event") == [(0,)]
    assert sink.database.positions() == {PLACE: 4}


def test_what_breaks_off_leaves_neither_events_nor_the_position(sink: Sink) -> None:
    sink.database.write(PLACE, None, [alert(0)])
    with pytest.raises(SystemExit, match="schema version 2 is not known"):
        sink.database.write(PLACE, 1, [alert(1, id="alert-2"), alert(2, schema_version=2)])
    assert sink.rows("SELECT id FROM event") == [(ALERT.value["id"],)]
    assert sink.database.positions() == {PLACE: 1}


def test_a_second_sink_on_the_same_database_is_stopped(sink: Sink) -> None:
    other = Sink(sink.file)
    sink.database.write(PLACE, None, [alert(0)])
    with pytest.raises(sqlite3.IntegrityError):
        other.database.write(PLACE, None, [alert(0)])
    sink.database.write(PLACE, 1, [alert(1, id="alert-2")])
    with pytest.raises(SystemExit, match="another sink writes to this database"):
        other.database.write(PLACE, 1, [alert(1, id="alert-3")])
    other.database.connection.close()
    assert sink.rows("SELECT id FROM event") == [("alert-2",)]


def test_a_republication_is_kept_beside_its_alert(sink: Sink) -> None:
    body = json.dumps(REPUBLICATION.value).encode()
    place = ("wirespin.republications", 0)
    sink.database.write(place, None, [Record(body, 0, (REPUBLICATION.key or "").encode(), place[0])])
    sink.database.write(PLACE, None, [alert(0)])
    assert sink.rows("SELECT kind FROM event ORDER BY kind") == [("alert",), ("republication",)]


def columns(file: str) -> dict[str, list[str]]:
    """Columns by table, as the two schemas spell them."""
    text = re.sub(r"--.*", "", (EXAMPLES / "sql" / file).read_text())
    tables = re.findall(r"CREATE TABLE IF NOT EXISTS (\w+) \((.*?)\n\)", text, re.DOTALL)
    return {name: re.findall(r"^ {4}(\w+) ", body, re.MULTILINE) for name, body in tables}


def test_both_schemas_have_the_same_columns_and_the_sink_fills_them() -> None:
    assert columns("schema.sqlite.sql") == columns("schema.postgresql.sql")
    module = program("sql/sink.py")
    assert columns("schema.sqlite.sql")["event"] == list(module.EVENT)
    assert [one for one in columns("schema.sqlite.sql")["finding"] if one != "PRIMARY"] == list(module.FINDING)


def test_postgresql_is_not_given_what_it_cannot_hold() -> None:
    assert program("sql/sink.py").without_nul({"a\0": ["b\0c", 1, None]}) == {"a": ["bc", 1, None]}
