"""Each agent on a plain stream and a list."""

from __future__ import annotations

import orjson
import pytest

from agents.ingest import ingest
from agents.judge import Bench, judge
from agents.match import Residences, match
from agents.records import ARRIVED, Outgoing, Record
from schemas.accepted import Accepted
from schemas.boilerplate import BoilerplateLine, BoilerplateTable
from schemas.events import Alert, Republication
from schemas.rejection import Rejection
from schemas.story import StoryItem
from tests.support.fakes import NOON, Acks, ListOutlet, article, batches, record
from tests.support.pipeline import SEEDS
from wirespin.seedfile import parse_seed
from wirespin.story.library import Library
from wirespin.story.place import Placer
from wirespin.text.boilerplate import Boilerplate

WEEK = 7 * 86_400.0


def seeds() -> list[bytes]:
    return [parse_seed(path.read_text(), path.stem).to_bytes() for path in sorted(SEEDS.glob("*.txt"))]


def as_records(sent: list[Outgoing], role: str) -> list[Record]:
    values = [one.value for one in sent if one.role == role]
    return [record(value, offset, f"t.{role}") for offset, value in enumerate(values)]


async def accepted() -> list[Record]:
    outlet = ListOutlet()
    await ingest(batches([record(value, offset) for offset, value in enumerate(seeds())]), outlet, Acks())
    return as_records(outlet.sent, "accepted")


async def stories() -> list[Record]:
    outlet = ListOutlet()
    await match(batches(await accepted()), {0: Placer(WEEK)}, outlet, Acks())
    return as_records(outlet.sent, "stories")


async def test_ingest_accepts_keyed_by_language_and_rejects_the_unfit() -> None:
    outlet, acks = ListOutlet(), Acks()
    given = [record(article("one"), 0), record(b"{", 1), record(None, 2), record(b'{"body":"no name"}', 3)]
    await ingest(batches(given), outlet, acks)
    assert [one.role for one in outlet.sent] == ["accepted", "rejected", "rejected", "rejected"]
    assert outlet.sent[0].key == "en"
    assert Accepted.from_bytes(outlet.sent[0].value).id == "one"
    messages = [Rejection.from_bytes(one.value).message for one in outlet.sent[1:]]
    assert all(f"t.articles[0]@{offset}" in message for offset, message in enumerate(messages, 1))
    assert acks.offsets == [0, 1, 2, 3]


async def test_ingest_leaves_out_the_boilerplate_it_is_given() -> None:
    body = "The port of Riga closed on Monday as ice thickened faster than breakers could clear it."
    line = "The Lantern Club meets every second Thursday."
    table = BoilerplateTable(lines=[BoilerplateLine(outlet="lantern.example", text=line)])
    given = record(article("one", f"{body}\n\n{line}", url="https://lantern.example/1"))
    with_table, without = ListOutlet(), ListOutlet()
    await ingest(batches([given]), with_table, Acks(), Boilerplate(table))
    await ingest(batches([given]), without, Acks())
    cut, whole = (Accepted.from_bytes(outlet.sent[0].value) for outlet in (with_table, without))
    assert cut.spans == [(0, len(body))]
    assert whole.spans == [(0, len(body) + 2 + len(line))]
    assert (cut.uid, cut.digest, cut.article) == (whole.uid, whole.digest, whole.article)


async def test_match_sends_the_copy_to_the_original_s_story() -> None:
    first, second = (StoryItem.from_bytes(one.value) for one in await stories())
    assert first.story == second.story
    assert (first.lives, second.lives) == (True, True)
    assert [candidate.uid for candidate in second.candidates] == [first.accepted.uid]


async def test_match_answers_a_redelivery_as_it_did_and_a_duplicate_with_nothing() -> None:
    original, copy = await accepted()
    placer = Placer(WEEK)
    outlet = ListOutlet()
    again = record(copy.value, 7, "t.accepted")
    await match(batches([original, copy], [copy], [again]), {0: placer}, outlet, Acks())
    assert len(outlet.sent) == 3
    assert outlet.sent[1] == outlet.sent[2]


async def test_match_restored_from_the_log_of_stories_answers_as_before() -> None:
    _, copy = await accepted()
    said = await stories()
    residences, outlet = Residences({0: 1}), ListOutlet()
    for one in reversed(said):
        residences.take(one)
    await match(batches([copy]), {0: await residences.placer(0, WEEK)}, outlet, Acks())
    assert as_records(outlet.sent, "stories")[0].value == said[1].value


async def test_each_log_of_the_index_gets_back_its_own() -> None:
    said = [StoryItem.from_bytes(one.value) for one in await stories()]
    moved = [item.model_copy(update={"log": log, "offset": 5}) for log, item in enumerate(said)]
    residences = Residences({0: 6, 1: 6, 2: 6})
    for item in (*moved, moved[0], moved[0].model_copy(update={"offset": 6})):  # said twice, and not yet committed
        residences.take(record(item.to_bytes(), 0, "t.stories"))
    assert [len(await residences.placer(log, WEEK)) for log in range(3)] == [1, 1, 0]


async def test_match_works_on_a_batch_whose_records_are_partly_unfit() -> None:
    original, copy = await accepted()
    outlet, acks = ListOutlet(), Acks()
    given = [original, record(b"{", 1, "t.accepted"), record(copy.value, 2, "t.accepted")]
    await match(batches(given), {0: Placer(WEEK)}, outlet, acks)
    assert [one.role for one in outlet.sent] == ["rejected", "stories", "stories"]
    assert acks.offsets == [0, 1, 2]


async def test_judge_says_a_republication_and_an_alert_with_cloudevents_headers() -> None:
    outlet = ListOutlet()
    await judge(batches(await stories()), Bench({0: Library(WEEK)}, "/t"), outlet, Acks())
    assert [one.role for one in outlet.sent] == ["republications", "alerts"]
    republication = Republication.from_bytes(outlet.sent[0].value)
    alert = Alert.from_bytes(outlet.sent[1].value)
    assert (outlet.sent[0].key, outlet.sent[1].key) == (republication.key, alert.key)
    headers = dict(outlet.sent[1].headers)
    assert headers["ce_specversion"] == b"1.0"
    assert headers["ce_id"] == alert.id.encode()
    assert headers["ce_type"] == b"org.wirespin.alert.framing-altered.v1"
    assert headers["ce_source"] == b"/t"
    assert headers["ce_subject"] == alert.copy_.id.encode()
    assert headers["content-type"] == b"application/json"


async def test_judge_counts_what_it_finds() -> None:
    bench = Bench({0: Library(WEEK)}, "/t")
    await judge(batches(await stories()), bench, ListOutlet(), Acks())
    assert bench.relations["republication"] == 1  # the alert is the same finding
    assert bench.republications == {("rewritten", "yes"): 1}
    assert bench.devices["attribution_changed"] == 1
    assert bench.devices.total() == len(bench.devices)  # each device once, however often it is found


async def test_when_the_article_arrived_is_told_on_to_its_events() -> None:
    one, two, three = ListOutlet(), ListOutlet(), ListOutlet()
    await ingest(batches([record(value, offset) for offset, value in enumerate(seeds())]), one, Acks())
    assert one.sent[0].headers == ((ARRIVED, str(NOON).encode()),)
    accepted = [later(sent, offset, "t.accepted") for offset, sent in enumerate(one.sent)]
    await match(batches(accepted), {0: Placer(WEEK)}, two, Acks())
    stories = [later(sent, offset, "t.stories") for offset, sent in enumerate(two.sent)]
    await judge(batches(stories), Bench({0: Library(WEEK)}, "/t"), three, Acks())
    assert [sent.arrived for sent in three.sent] == [NOON, NOON]
    assert ARRIVED not in dict(three.sent[0].headers)  # the same article later gives the same event


def later(sent: Outgoing, offset: int, topic: str) -> Record:
    return Record(topic, 0, offset, NOON + 5_000, None, sent.value, sent.headers)


@pytest.mark.parametrize("told", [None, b"", b"soon", b"-1", b"9" * 20, b"\xb2"])
def test_a_time_of_arrival_that_is_none_is_not_believed(told: bytes | None) -> None:
    assert Record("t", 0, 0, NOON, None, None, ((ARRIVED, told),)).arrived == NOON


async def test_judge_says_the_same_bytes_when_a_record_is_delivered_again() -> None:
    given = await stories()
    bench = Bench({0: Library(WEEK)}, "/t")
    outlet = ListOutlet()
    await judge(batches(given, [given[1]]), bench, outlet, Acks())
    assert outlet.sent[:2] == outlet.sent[2:]


@pytest.mark.parametrize("stage", ["match", "judge"])
async def test_records_that_are_none_are_rejected(stage: str) -> None:
    outlet, given = ListOutlet(), batches([record(b"{}")])
    if stage == "match":
        await match(given, {0: Placer(WEEK)}, outlet, Acks())
    else:
        await judge(given, Bench({0: Library(WEEK)}, "/t"), outlet, Acks())
    assert [one.role for one in outlet.sent] == ["rejected"]


@pytest.mark.parametrize(
    "change",
    [
        {"published": "yesterday"},
        {"sketch": {"scale": 1, "shingles": 1, "hashes": "x", "tenths": "AA=="}},
        {"sketch": {"scale": 1, "shingles": 1, "hashes": "AAAAAAAAAAA=", "tenths": "/w=="}},
        {"sketch": {"scale": 1, "shingles": 2, "hashes": "AAAAAAAAAAAAAAAAAAAAAA==", "tenths": "AAA="}},
        {"article": {"url": "https://a.example", "body": "No id."}, "spans": []},
    ],
    ids=["time", "base64", "tenth of 255", "hash twice", "no id"],
)
async def test_match_refuses_what_would_break_its_index_and_takes_the_next(change: dict[str, object]) -> None:
    good = (await accepted())[0]
    bad = record(orjson.dumps({**orjson.loads(good.value or b""), **change}), 0, "t.accepted")
    after = record(good.value, 1, "t.accepted")
    outlet, acks = ListOutlet(), Acks()
    await match(batches([bad, after]), {0: Placer(WEEK)}, outlet, acks)
    assert [one.role for one in outlet.sent] == ["rejected", "stories"]
    rejected = Rejection.from_bytes(outlet.sent[0].value)
    assert rejected.error == "RecordError"
    assert rejected.message.startswith("t.accepted[0]@0: field ")
    assert acks.offsets == [0, 1]


@pytest.mark.parametrize("story", ["story-ffffffffffffffff", "story--1", "story-x", "", "7" * 40])
async def test_a_story_that_is_none_does_not_stop_the_index_from_being_rebuilt(story: str) -> None:
    said = StoryItem.from_bytes((await stories())[0].value)
    residences = Residences({0: 2})
    with pytest.raises(ValueError, match=r"story|int"):
        residences.take(record(said.model_copy(update={"story": story}).to_bytes(), 0, "t.stories"))
    residences.take(record(said.to_bytes(), 1, "t.stories"))
    assert len(await residences.placer(0, WEEK)) == 1
