"""Two cases from the record, through the whole engine: a label under the agency's name, and the agency's own update."""

from __future__ import annotations

from datetime import UTC, datetime

from benchmarks.chain import run
from schemas.article import Article
from schemas.events import Alert, Event, Republication

RECEIVED = datetime(2026, 1, 1, tzinfo=UTC)
WIRE = """\
NABLUS, West Bank (Reuters) - Soldiers shot dead a local commander in the West Bank city of Nablus on Tuesday, medics \
and the army said.

The man, 29, was a member of the al-Aqsa Martyrs Brigades, which has been involved in a four-year-old revolt against \
Israeli occupation in Gaza and the West Bank.

An army spokeswoman said soldiers had opened fire when he tried to flee a house that they had surrounded. Witnesses \
said he was not armed.

Hundreds of people took part in the funeral in the afternoon, and shops in the centre of the city stayed closed.

The governor of Nablus, Adel Mansour, called for an inquiry. "We want to know why nobody was given the chance to \
surrender," he told reporters."""
PRINTED = WIRE.replace(
    "which has been involved in a four-year-old revolt against Israeli occupation in Gaza and the West Bank",
    "a terrorist group that has been involved in a four-year-old campaign of violence against Israel",
)
UPDATED = (
    WIRE.replace("shot dead a local commander", "killed two members of an armed group")
    .replace("Witnesses said he was not armed.", "The army said that it was wrong to call them civilians.")
    .replace("The man, 29, was a member", "One of them, 29, was a commander")
)


def article(name: str, publisher: str, body: str, at: str, link: str) -> Article:
    return Article(id=name, url=link, publisher=publisher, headline="Army raid in Nablus", body=body, published_at=at)


def wire(name: str, body: str, at: str) -> Article:
    return article(name, "Reuters", body, at, "https://wire.example/nablus")


def paper(body: str) -> Article:
    return article("paper", "Daily Example", body, "2004-10-05T18:00:00+00:00", "https://paper.example/nablus")


def standing(events: list[Event]) -> list[Event]:
    gone = {name for event in events for name in event.supersedes}
    return [event for event in events if event.id not in gone]


def test_a_label_slipped_in_under_the_agencys_name_fires() -> None:
    events = standing(run([wire("first", WIRE, "2004-10-05T12:00:00+00:00"), paper(PRINTED)], received=RECEIVED))
    [alert] = [event for event in events if isinstance(event, Alert)]
    told = {(one.device, one.rewritten): one for one in alert.framing.devices}
    labels = " / ".join(one.explanation for one in alert.framing.devices if one.device == "label_change")
    assert "'terrorist group'" in labels
    assert "'revolt'" in labels
    assert "'campaign of violence'" in labels
    assert "against the al-Aqsa Martyrs Brigades" in {one.favours for one in told.values()}
    dropped = [one for one in alert.framing.devices if one.device == "omission"]
    assert any("occupation in Gaza and the West Bank" in one.explanation for one in dropped)
    assert [one.original for one in alert.framing.devices if one.device == "credit_kept"] == ["Reuters"]


def test_the_agencys_own_update_in_a_paper_stays_silent() -> None:
    first = wire("first", WIRE, "2004-10-05T12:00:00+00:00")
    second = wire("second", UPDATED, "2004-10-05T14:00:00+00:00")
    for arrived in ([first, second, paper(UPDATED)], [first, paper(UPDATED), second]):
        events = standing(run(arrived, received=RECEIVED))
        assert not [event for event in events if isinstance(event, Alert)]
        [said] = [event for event in events if isinstance(event, Republication) and event.copy_.id == "paper"]
        assert said.original.id == "second"
        assert said.framing.altered == "no"


def test_without_the_update_the_same_copy_would_look_altered() -> None:
    events = standing(run([wire("first", WIRE, "2004-10-05T12:00:00+00:00"), paper(UPDATED)], received=RECEIVED))
    [said] = [event for event in events if isinstance(event, Republication)]
    assert said.framing.devices
