"""The store: what it takes in, what it answers, what it drops."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from schemas.errors import InputError
from streams.desk.filters import Filter
from streams.desk.store import Store
from streams.desk.store_write import AnewError
from streams.desk.types import Gone
from streams.settings import DAY, Settings
from streams.topics import EVENT_DAYS
from tests.support.desk import KEEP, NOW, Log, decision, event, ids, store, text

ALL = Filter()


@pytest.fixture(params=[True, False], ids=["indexed", "scanned"])
def desk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Store]:
    with store(tmp_path, indexed=request.param) as made:
        yield made


@pytest.fixture
def log() -> Log:
    return Log()


def test_an_alert_is_found_by_its_id_with_both_texts(desk: Store, log: Log) -> None:
    alert = event(copy="copy", first="wire", wire_digest="w1", copy_digest="c1")
    changes = desk.take(log.texts(text("wire", "w1", "The wire."), text("copy", "c1")) + log.said(alert))
    assert [one.event for one in changes.changed] == [alert]
    assert (changes.changed[0].replaces, changes.texts, changes.bad) == (None, 2, {})
    found = desk.found(alert.id)
    assert found
    assert found.event == alert
    assert found.current
    assert found.original
    assert (found.original.article.body, found.original.sketch.hashes) == ("The wire.", "")
    assert found.copy
    assert found.copy.uid == "copy@c1"
    assert desk.found(alert.key) == found
    assert desk.found("alert-unknown") is None
    assert desk.found("\ud800") is None


def test_a_superseded_id_says_which_stands_now_also_where_only_the_later_event_named_it(desk: Store, log: Log) -> None:
    older, old, new = (event(version=version) for version in "123")
    new = new.model_copy(update={"supersedes": [older.id]})
    desk.take(log.said(old))
    (changed,) = desk.take(log.said(new)).changed
    assert (changed.event.id, changed.replaces) == (new.id, old.id)
    for name in (old.id, older.id):
        found = desk.found(name)
        assert found
        assert (found.current, found.current_id, found.event) == (False, new.id, new)
    assert ids(desk.page(ALL).rows) == [new.id]


def test_a_tombstone_withdraws(desk: Store, log: Log) -> None:
    alert = event()
    desk.take(log.said(alert))
    changes = desk.take([log.withdrawn(alert)])
    assert changes.gone == (Gone(alert.key, alert.id),)
    assert not desk.take([log.withdrawn(alert)])
    assert desk.page(ALL).rows == ()
    found = desk.found(alert.id)
    assert found
    assert (found.event, found.current_id) == (None, None)
    assert desk.page(Filter(text="copy")).rows == ()
    assert desk.facets(ALL).devices == ()


def test_what_came_and_went_in_one_batch_is_told_once(desk: Store, log: Log) -> None:
    first, second, third = (event(version=version) for version in "123")
    changes = desk.take([*log.said(first), log.withdrawn(first), *log.said(second, third)])
    assert [(one.event.id, one.replaces) for one in changes.changed] == [(third.id, None)]
    assert not desk.take([log.withdrawn(third), *log.said(third)])
    assert not desk.take(log.said(third))  # delivered again


def test_a_record_is_taken_in_once(desk: Store, log: Log) -> None:
    alert = event()
    records = [*log.said(alert), log.withdrawn(alert)]
    desk.take(records)
    assert not desk.take(records[:1])
    assert desk.page(ALL).rows == ()
    assert desk.positions()["t.alerts", 0][0] == 2


def test_a_topic_that_was_made_anew_is_told_from_the_one_that_was_read(desk: Store) -> None:
    log, other = Log(), Log(NOW + 1)
    records = log.said(event(copy="a"), event(copy="b"))
    desk.take(records)
    desk.take(records[1:])  # the last one again, as it was
    anew = other.said(event(copy="a"), event(copy="b"), event(copy="c"))
    with pytest.raises(AnewError, match=r"t\.alerts\[0\]@1: is not the topic that was read") as error:
        desk.take(anew[1:])
    assert error.value.topic == "t.alerts"
    assert desk.count(ALL) == 2


def test_a_batch_that_fails_leaves_nothing(desk: Store, log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    records = log.texts(text("a", "1")) + log.said(event())
    with monkeypatch.context() as patch:
        patch.setattr("streams.desk.store_write.mark_of", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            desk.take(records)
    assert desk.positions() == {}
    assert desk.text("a", "1") is None
    assert desk.take(records).changed


def test_bad_records_are_counted_and_passed_over(desk: Store, log: Log, caplog: pytest.LogCaptureFixture) -> None:
    alert = event()
    deep = b'{"article": {"id": "a"}, "digest": "d", "x": ' + b"[" * 500 + b"]" * 500 + b"}"
    records = [
        log.record("alerts", alert.key, b"{"),
        log.record("alerts", alert.key, event("republication").to_bytes()),
        log.record("alerts", "another key", alert),
        log.record("alerts", None, alert),
        log.record("alerts", b"\xff", alert),
        log.record("accepted", "en", b"[]"),
        log.record("accepted", "en", b'{"article": {"id": 1}, "digest": "d"}'),
        log.record("accepted", "en", deep),
        log.record("accepted", "en", None),
        log.record("dispositions", alert.key, b'{"alert": "x"}'),
        log.record("dispositions", "another key", decision(alert)),
        *log.said(alert),
    ]
    changes = desk.take(records)
    assert changes.bad == {"t.alerts": 5, "t.accepted": 4, "t.dispositions": 2}
    assert ids(changes.changed) == [alert.id]
    assert "t.alerts[0]@2: stands under the key 'another key'" in caplog.text


def test_pages_are_the_newest_first_and_without_gaps(desk: Store, log: Log) -> None:
    times = ["2026-11-18T10:00:00Z", "2026-11-18T11:00:00Z", None]
    events = [event(copy=f"c{number}", time=times[number % 3]) for number in range(30)]
    desk.take(log.said(*events))
    seen, after = [], None
    while True:
        page = desk.page(ALL, after, limit=7)
        seen += ids(page.rows)
        if page.next is None:
            break
        after = page.next
        newer = event(copy=f"n{len(seen)}", time="2026-11-19T00:00:00Z")
        desk.take(log.said(newer))  # what comes meanwhile shifts nothing
    wanted = sorted(events, key=lambda one: (one.time or "", one.id), reverse=True)
    assert seen == [one.id for one in wanted]


@pytest.mark.parametrize("after", ["", "x", "2026~a", "2026-11-18~"])
def test_a_place_that_is_none_is_refused(desk: Store, after: str) -> None:
    with pytest.raises(InputError, match="no place in the list"):
        desk.page(ALL, after)


def test_decisions_stand_beside_their_alert_and_can_be_taken_back(desk: Store, log: Log) -> None:
    alert, other = event(), event(copy="other")
    desk.take(log.decided(decision(alert, "watching")))  # may come before the alert
    desk.take(log.said(alert, other))
    (changed,) = desk.take(log.decided(decision(alert, "dismissed"))).changed
    assert changed.disposition
    assert (changed.event, changed.disposition.verdict, changed.replaces) == (alert, "dismissed", None)
    assert ids(desk.page(Filter(verdict="dismissed")).rows) == [alert.id]
    assert ids(desk.page(Filter(verdict="undecided")).rows) == [other.id]
    assert desk.facets(ALL).verdicts == (("dismissed", 1), ("undecided", 1))
    (taken,) = desk.take([log.record("dispositions", alert.key, None)]).changed
    assert taken.disposition is None
    assert desk.disposition(alert.key) is None
    assert desk.count(Filter(verdict="undecided")) == 2


def test_what_was_decided_about_an_earlier_version_is_told_as_such(desk: Store, log: Log) -> None:
    old, new = event(version="1"), event(version="2")
    desk.take(log.said(old) + log.decided(decision(old)) + log.said(new))
    (row,) = desk.page(ALL).rows
    assert row.disposition
    assert row.disposition.event == old.id
    assert row.earlier
    found = desk.found(old.id)
    assert found
    assert found.earlier


def test_a_story_is_its_versions_and_its_copies_in_order_of_time(desk: Store, log: Log) -> None:
    late = event("republication", copy="late", time="2026-11-18T12:00:00Z", wire_digest="w2")
    soon = event("republication", copy="soon", time="2026-11-18T10:30:00Z")
    alert = event("alert", copy="late", time="2026-11-18T12:00:00Z", wire_digest="w2")
    alone = event("alert", copy="alone", time=None)
    desk.take(log.said(late, soon, alert, alone, event(first="another")))
    desk.take(log.texts(text("wire", "w2"), text("wire", "w3", published="2026-11-18T15:00:00Z", agency="afp")))
    desk.take(log.decided(decision(alert)))
    story = desk.story("wire")
    assert story
    assert [(one.digest, one.at_hand, one.wire) for one in story.versions] == [
        ("w1", False, "AFP"), ("w2", True, "AFP"), ("w3", True, "AFP"),
    ]  # fmt: skip
    assert [(one.event.copy_.id, one.event.id, one.alert) for one in story.copies] == [
        ("soon", soon.id, None), ("late", late.id, alert), ("alone", alone.id, alone),
    ]  # fmt: skip
    assert story.copies[1].disposition
    assert desk.story("unknown") is None
    assert (desk.related(late), desk.related(alert), desk.related(soon)) == (alert, late, None)


def test_facets_count_under_the_other_conditions(desk: Store, log: Log) -> None:
    desk.take(
        log.said(
            event(copy="a", agency="afp", outlet="Lantern", devices=["omission", "doubt_added"]),
            event(copy="b", agency="ap", outlet="LANTERN", devices=["omission"], language="de"),
            event(copy="c", agency="ap", outlet="Beacon", devices=["omission"]),
            event(copy="d", agency=None, outlet=None),
        )
    )
    facets = desk.facets(Filter(agency="ap"))
    assert facets.total == 2
    assert facets.agencies == (("ap", 2), ("afp", 1))
    assert facets.outlets == (("Beacon", 1), ("LANTERN", 1))
    assert facets.devices == (("omission", 2),)
    assert facets.languages == (("de", 1), ("en", 1))
    assert dict(desk.facets(ALL).outlets) == {"Lantern": 2, "Beacon": 1}


def test_old_texts_go_unless_a_standing_event_refers_to_them(desk: Store) -> None:
    log = Log(NOW)
    alert = event(wire_digest="w1", copy_digest="c1")
    held = log.texts(text("wire", "w1"), text("copy", "c1"))
    desk.take(held + log.texts(text("wire", "w0"), text("other", "1")) + log.said(alert))
    log.now += 5 * DAY
    desk.take(log.texts(text("young", "1")))
    assert purged(desk, NOW + KEEP - 1) == 0
    assert purged(desk, NOW + KEEP + 1) > 0
    left = {name for name, digest in [("wire", "w1"), ("copy", "c1"), ("wire", "w0"), ("other", "1"), ("young", "1")]
            if desk.text(name, digest)}  # fmt: skip
    assert left == {"wire", "copy", "young"}
    assert desk.text("wire", "w0") is None
    desk.take([log.withdrawn(alert)])
    purged(desk, NOW + KEEP + 2)
    assert desk.sizes()["texts"] == 1


def test_texts_of_an_event_that_was_replaced_are_let_go(desk: Store, log: Log) -> None:
    old, new = event(version="1", copy_digest="c1"), event(version="2", copy_digest="c2")
    desk.take(log.texts(text("copy", "c1"), text("copy", "c2")) + log.said(old))
    purged(desk, NOW + KEEP + 1)
    desk.take(log.said(new))
    purged(desk, NOW + KEEP + 1)
    assert desk.text("copy", "c1") is None


def test_events_go_when_their_topic_drops_them_too(desk: Store, log: Log) -> None:
    alert = event()
    desk.take(log.said(alert) + log.decided(decision(alert, time=alert.time, devices=["omission"])))
    assert purged(desk, NOW + EVENT_DAYS * DAY - 1) == 0
    purged(desk, NOW + EVENT_DAYS * DAY + 1)
    assert desk.found(alert.id) is None
    assert [one.name for one in desk.precision("device")] == ["omission"]  # the decision still tells what it was about


def test_a_topic_read_anew_drops_what_it_no_longer_tells_of(desk: Store, log: Log) -> None:
    stays, goes = event(copy="stays"), event(copy="goes")
    desk.take(log.said(stays, goes) + log.decided(decision(stays), decision(goes)))
    for topic in ("t.alerts", "t.dispositions"):
        desk.restart(topic)
    assert desk.positions() == {}
    assert desk.unswept() == {"t.alerts", "t.dispositions"}
    assert desk.count(ALL) == 2  # nothing is missing while it is read
    anew = Log()
    desk.take(anew.said(stays) + anew.decided(decision(goes)))
    assert desk.sweep("t.alerts") == (Gone(goes.key, goes.id),)
    assert desk.sweep("t.dispositions") == ()
    assert ids(desk.page(Filter(verdict="undecided")).rows) == [stays.id]
    assert desk.unswept() == set()


def test_the_folder_is_the_settings_or_a_temporary_one(tmp_path: Path) -> None:
    with Store.of(Settings(prefix="desk", desk_data=str(tmp_path / "new"))) as made:
        assert made.path == tmp_path / "new" / "desk.sqlite3"
        assert set(made.topics.values()) == {"accepted", "republications", "alerts", "dispositions"}
    with Store.of(Settings()) as passing:
        assert passing.path.is_file()
    assert not passing.path.exists()


def purged(desk: Store, now: float) -> int:
    """Purge to the end; rows dealt with."""
    total = 0
    while some := desk.purge(now):
        total += some
    return total
