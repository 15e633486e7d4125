"""The Kafka Connect recipe: its files agree with each other and with what we send, as far as that shows without it."""

from __future__ import annotations

import re

import pytest

from schemas.events import Alert
from streams.contracts.examples import load
from streams.settings import Settings
from streams.topics import declared
from tests.examples.loading import EXAMPLES

FOLDER = EXAMPLES / "connect"
ALERT = load()["Alert"][0].value


def properties(name: str) -> dict[str, str]:
    """A Java properties file; none of ours has a line that goes on."""
    found: dict[str, str] = {}
    for line in (FOLDER / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            key, _, value = line.partition("=")
            assert key not in found, f"{key} is given twice"
            found[key] = value
    return found


def without_comments(name: str) -> str:
    return re.sub(r"--.*", "", (FOLDER / name).read_text("utf-8"))


def test_its_topics_are_declared_and_compacted() -> None:
    named = properties("alerts.properties")["topics"].split(",")
    topics = {topic.name: topic for topic in declared(Settings()).values()}
    assert set(named) <= set(topics)
    assert all("compact" in topics[name].cleanup for name in named)


def test_key_and_value_go_as_text_and_become_structures_of_the_tables_columns() -> None:
    given = properties("alerts.properties")
    text = "org.apache.kafka.connect.storage.StringConverter"
    assert given["key.converter"] == given["value.converter"] == text
    transforms = {given[f"transforms.{name}.type"]: name for name in given["transforms"].split(",")}
    package = "org.apache.kafka.connect.transforms.HoistField"
    assert set(transforms) == {f"{package}$Key", f"{package}$Value"}
    hoisted = [given[f"transforms.{transforms[f'{package}${part}']}.field"] for part in ("Key", "Value")]
    table = without_comments("postgresql.sql")
    assert re.findall(r"^ {4}(\w+) +(?:TEXT|JSONB)", table, re.MULTILINE) == hoisted
    assert f"CREATE TABLE IF NOT EXISTS {given['collection.name.format']} (" in table
    assert (given["primary.key.mode"], given["primary.key.fields"]) == ("record_key", hoisted[0])


def test_a_withdrawal_is_a_row_without_an_event_that_no_view_shows() -> None:
    """HoistField makes a structure of a record without a value, too, so that nothing is ever deleted."""
    given, table = properties("alerts.properties"), without_comments("postgresql.sql")
    assert given["insert.mode"] == "upsert"
    assert "delete.enabled" not in given
    assert not re.search(r"event +JSONB +NOT NULL", table)
    assert table.count("CREATE OR REPLACE VIEW") == 2
    assert table.count("WHERE event IS NOT NULL") + table.count("jsonb_array_elements(event") == 2


def test_no_secret_stands_in_a_file_and_nothing_is_left_out_in_silence() -> None:
    given, worker = properties("alerts.properties"), properties("worker.properties")
    assert given["errors.tolerance"] == "none"
    assert re.fullmatch(r"\$\{(\w+):[^:]+:\w+\}", given["connection.password"])
    assert worker["config.providers"] == "file"
    assert worker["consumer.auto.offset.reset"] == "earliest"


@pytest.mark.parametrize("path", re.findall(r"event((?: ->>? '\w+')+)", without_comments("postgresql.sql")))
def test_what_the_views_take_stands_in_an_alert(path: str) -> None:
    held = ALERT
    for step in re.findall(r"'(\w+)'", path):
        assert step in held or step in {"url", "agency"}, path
        held = held.get(step, {})


def test_what_the_view_of_findings_takes_stands_in_every_finding() -> None:
    names = re.findall(r"finding ->> '(\w+)'", without_comments("postgresql.sql"))
    known = Alert.from_data(ALERT).framing.devices[0].model_dump()
    assert len(names) == 6
    assert set(names) <= set(known)
