"""The AsyncAPI document: valid, current, complete, and of one mind with the code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from agents.records import Outgoing
from schemas.base import WireRecord
from schemas.cloudevents import TYPES, headers
from schemas.errors import RecordError
from schemas.events import Alert
from schemas.jsonschema import RECORDS
from streams import app, topics
from streams.cli import main
from streams.contracts import __main__ as command
from streams.contracts import asyncapi
from streams.contracts.examples import FILE, load, written
from streams.contracts.flows import FLOWS, Flow, present
from streams.contracts.payloads import payloads
from streams.contracts.text import rendered
from streams.feeds import member
from streams.settings import Settings
from tests.contracts.engine import Engine
from tests.contracts.making import examples, fed

SPECIFICATION = Path(__file__).with_name("asyncapi-3.0.0.json")
ELSEWHERE = Settings(
    broker="kafka://one:9092,two:9093",
    prefix="press",
    article_partitions=7,
    replication=3,
    security_protocol="SASL_SSL",
    sasl_username="u",
    sasl_password="p",
)
EXAMPLES = load()


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return asyncapi.document(Settings(), EXAMPLES)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return fed()


def resolved(document: dict[str, Any], reference: str) -> Any:
    found: Any = document
    for step in reference.removeprefix("#/").split("/"):
        found = found[step]
    return found


def references(value: Any) -> list[str]:
    if isinstance(value, list):
        return [one for inner in value for one in references(inner)]
    if not isinstance(value, dict):
        return []
    own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
    return own + [one for inner in value.values() for one in references(inner)]


@pytest.mark.parametrize("settings", [Settings(), ELSEWHERE], ids=["defaults", "secured"])
def test_the_document_is_asyncapi_3(settings: Settings) -> None:
    specification = jsonschema.Draft7Validator(json.loads(SPECIFICATION.read_bytes()))
    made = asyncapi.document(settings, EXAMPLES)
    specification.validate(made)
    assert not specification.is_valid({**made, "channels": {"articles": {"address": 7}}})


def test_the_specification_looks_into_kafka_bindings(document: dict[str, Any]) -> None:
    specification = jsonschema.Draft7Validator(json.loads(SPECIFICATION.read_bytes()))
    broken = json.loads(json.dumps(document))
    broken["channels"]["articles"]["bindings"]["kafka"]["partitions"] = "four"
    assert not specification.is_valid(broken)


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    found = references(document)
    assert len(found) > 40
    assert all(resolved(document, reference) for reference in found)


def test_the_file_is_current() -> None:
    assert command.main(["--check"]) == 0, "run: python -m streams.contracts"


def test_the_examples_are_what_the_engine_writes_today() -> None:
    assert FILE.read_bytes() == written(examples()), "run: python -m tests.contracts.making"


def test_making_them_again_gives_the_same_bytes() -> None:
    assert written(examples()) == written(examples())


@pytest.mark.parametrize("record", RECORDS)
def test_every_record_has_examples_that_parse_and_fit_its_schema(
    record: type[WireRecord], document: dict[str, Any]
) -> None:
    message = document["components"]["messages"][record.__name__]
    assert message["examples"], f"make one of {record.__name__} in tests/contracts/making.py"
    schema = {**document["components"]["schemas"][record.__name__], "components": document["components"]}
    for example in message["examples"]:
        jsonschema.Draft7Validator(schema).validate(example["payload"])
        parsed = record.from_data(example["payload"])
        assert not set(parsed.model_extra or ()), "an example has a field that the record does not know"


def test_the_headers_of_events_are_those_that_are_sent(document: dict[str, Any]) -> None:
    for kind in ("Republication", "Alert"):
        message = document["components"]["messages"][kind]
        for example in message["examples"]:
            jsonschema.Draft7Validator(message["headers"]).validate(example["headers"])
            assert set(example["headers"]) == set(message["headers"]["properties"])
            assert example["headers"]["ce_type"] == TYPES[kind.lower()]
    alert = Alert.from_data(EXAMPLES["Alert"][0].value)
    sent = {name: value.decode() for name, value in headers(alert, "/wirespin")}
    assert sent == EXAMPLES["Alert"][0].headers


def test_a_payload_of_another_kind_does_not_fit(document: dict[str, Any]) -> None:
    schema = {**document["components"]["schemas"]["Alert"], "components": document["components"]}
    validator = jsonschema.Draft7Validator(schema)
    alert = EXAMPLES["Alert"][0].value
    assert not validator.is_valid(EXAMPLES["Article"][0].value)
    assert not validator.is_valid({**alert, "framing": {**alert["framing"], "score": 2}})
    passage = {**alert["reuse"]["passages"][0], "copy": ["a", 1]}
    assert not validator.is_valid({**alert, "reuse": {**alert["reuse"], "passages": [passage]}})


def test_every_topic_is_a_channel_and_every_record_travels(document: dict[str, Any]) -> None:
    for role, topic in topics.declared(Settings()).items():
        channel = document["channels"][role]
        kafka = channel["bindings"]["kafka"]
        assert channel["address"] == kafka["topic"] == topic.name
        assert kafka["partitions"] == topic.partitions
        given = {
            name: ",".join(value) if isinstance(value, list) else str(value)
            for name, value in kafka["topicConfiguration"].items()
        }
        assert given == topic.config()
        assert [record.__name__ for record in asyncapi.carried(topic)] != []
        assert ("Withdrawn" in channel["messages"]) == ("compact" in topic.cleanup)
    assert {name for name in document["components"]["messages"] if name != "Withdrawn"} == {
        record.__name__ for record in RECORDS
    }


def test_what_the_stages_write_stands_among_their_operations(engine: Engine) -> None:
    sends = {flow.name: set(flow.sends) for flow in FLOWS}
    wrote: dict[str, set[str]] = {}
    for one in engine.written:
        wrote.setdefault(one.stage, set()).add(one.outgoing.role)
    assert wrote == {
        "ingest": {"accepted", "rejected"},
        "match": {"stories"},
        "judge": {"republications", "alerts"},
    }
    assert all(roles <= sends[stage] for stage, roles in wrote.items())


def test_what_the_stages_write_is_what_the_channels_carry(engine: Engine, document: dict[str, Any]) -> None:
    def fits(outgoing: Outgoing) -> bool:
        names = [name for name in document["channels"][outgoing.role]["messages"] if name != "Withdrawn"]
        known = {record.__name__: record for record in RECORDS}
        return all(known[name].from_bytes(outgoing.value) for name in names)

    assert all(fits(one.outgoing) for one in engine.written)


def test_consumer_groups_are_those_that_join() -> None:
    operations = asyncapi.document(ELSEWHERE, EXAMPLES)["operations"]
    groups = {
        name.split(".")[0]: operation["bindings"]["kafka"]["groupId"]["const"]
        for name, operation in operations.items()
        if "bindings" in operation
    }
    stages = {stage: app.group(ELSEWHERE, stage) for stage in app.STAGES}
    assert groups == {**stages, "feeds": member.group(ELSEWHERE)}


def test_settings_decide_names_partitions_replicas_and_servers() -> None:
    made = asyncapi.document(ELSEWHERE, EXAMPLES)
    assert made["channels"]["articles"]["address"] == "press.articles"
    assert made["channels"]["articles"]["bindings"]["kafka"]["partitions"] == 7
    assert made["channels"]["articles"]["bindings"]["kafka"]["replicas"] == 3
    assert {name: server["host"] for name, server in made["servers"].items()} == {
        "broker-1": "one:9092",
        "broker-2": "two:9093",
    }
    assert {server["protocol"] for server in made["servers"].values()} == {"kafka-secure"}
    assert made["components"]["securitySchemes"] == {"sasl": {"type": "scramSha512"}}
    assert '"p"' not in json.dumps(made)


def test_a_program_whose_topics_are_not_declared_is_left_out() -> None:
    flows = [Flow("one", "", ("articles",)), Flow("two", "", ("articles",), ("not-there",))]
    assert present({"articles"}, flows) == flows[:1]


def test_two_parts_of_one_name_that_differ_are_an_error() -> None:
    class Alert(WireRecord):
        other: int

    mine: type[WireRecord] = Alert
    with pytest.raises(RecordError, match=r"Alert: two schemas of one name differ"):
        payloads([*RECORDS, mine])


def test_the_command_writes_what_is_not_current(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "asyncapi.json"
    assert command.main(["--check"], file) == 1
    assert "not current" in capsys.readouterr().err
    assert not file.exists()
    assert command.main([], file) == 0
    assert command.main(["--check"], file) == 0
    file.write_text("{}")
    assert command.main(["--check"], file) == 1


@pytest.mark.usefixtures("no_settings")
def test_wirespin_asyncapi_prints_it_in_both_forms() -> None:
    as_json = CliRunner().invoke(main, ["asyncapi", "--format", "json", "--prefix", "press"])
    as_yaml = CliRunner().invoke(main, ["asyncapi", "--prefix", "press"])
    assert as_json.exit_code == as_yaml.exit_code == 0
    assert json.loads(as_json.output) == yaml.safe_load(as_yaml.output)
    assert json.loads(as_json.output)["channels"]["alerts"]["address"] == "press.alerts"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), VALUES, min_size=1, max_size=4))
def test_yaml_says_what_json_says(data: dict[str, Any]) -> None:
    assert yaml.safe_load(rendered(data, "yaml")) == data
    assert json.loads(rendered(data)) == data
