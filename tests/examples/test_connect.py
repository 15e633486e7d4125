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


def test_key_and_value_go_as_text_and_the_value_becomes_a_structure() -> None:
    given = properties("alerts.properties")
    text = "org.apache.kafka.connect.storage.StringConverter"
    assert given["key.converter"] == given["value.converter"] == text
    (transform,) = given["transforms"].split(",")
    assert given[f"transforms.{transform}.type"].endswith("HoistField$Value")
    assert given["primary.key.mode"] == "record_key"
    table = without_comments("postgresql.sql")
    columns = re.findall(r"^ {4}(\w+) +(?:TEXT|JSONB)", table, re.MULTILINE)
    assert columns == [given["primary.key.fields"], given[f"transforms.{transform}.field"]]
    assert f"CREATE TABLE IF NOT EXISTS {given['collection.name.format']} (" in table


def test_a_withdrawal_stays_one_and_deletes() -> None:
    given = properties("alerts.properties")
    (transform,) = given["transforms"].split(",")
    predicate = given[f"transforms.{transform}.predicate"]
    assert predicate in given["predicates"].split(",")
    assert given[f"transforms.{transform}.negate"] == "true"
    assert given[f"predicates.{predicate}.type"].endswith("RecordIsTombstone")
    assert (given["delete.enabled"], given["insert.mode"]) == ("true", "upsert")


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
