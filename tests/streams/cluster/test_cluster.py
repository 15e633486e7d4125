"""What is wrong with a cluster, and how fast it goes, from looks that nobody took."""

from __future__ import annotations

import pytest
from aiokafka.coordinator.protocol import ConsumerProtocolMemberAssignment
from rich.console import Console

from schemas.errors import BrokerError
from streams.cli.status_shown import as_json, show_cluster
from streams.cluster.ask import described
from streams.cluster.rates import STANDS_AFTER, Rates, total
from streams.cluster.types import Cluster, Group, Member, Part, Reading
from streams.offsets import Bounds

WORKER = Member("match-1", "t-match-host-7", "10.0.0.1")
TOPIC = "t.accepted"


def reading(*parts: Part, group: Group | None = None, commits: bool = True) -> Reading:
    return Reading("match", TOPIC, group or Group("t-match", "Stable", (WORKER,)), parts, commits)


def cluster(*parts: Part) -> Cluster:
    return Cluster((reading(*parts),), {TOPIC: {part.partition: part.bounds for part in parts}})


def part(committed: int | None, end: int, begin: int = 0, owner: Member | None = WORKER) -> Part:
    return Part(0, Bounds(begin, end), committed, owner)


@pytest.mark.parametrize(
    ("committed", "begin", "end", "lag"), [(None, 0, 9, 9), (None, 4, 9, 5), (7, 0, 9, 2), (2, 4, 9, 5), (12, 0, 9, 0)]
)
def test_lag_is_what_is_kept_and_not_committed(committed: int | None, begin: int, end: int, lag: int) -> None:
    assert part(committed, end, begin).lag == lag


def test_a_partition_without_owner_is_wrong_and_one_with_lag_alone_is_not() -> None:
    assert cluster(part(3, 9)).problems() == []
    assert cluster(part(3, 9, owner=None)).problems() == ["match[0]: no owner, 6 records wait"]


def test_where_the_broker_does_not_tell_owners_members_are_enough() -> None:
    untold = Group("t-match", "Stable", (WORKER,), owners=None)
    assert list(reading(part(3, 9, owner=None), group=untold).problems()) == []


@pytest.mark.parametrize(
    ("group", "said"),
    [
        (Group("t-match", "Empty"), "match: no worker reads t.accepted"),
        (Group("t-match", "Dead"), "match: no worker reads t.accepted"),
        (
            Group("t-match", "PreparingRebalance", (WORKER,)),
            "match: its consumer group shares out the partitions (PreparingRebalance)",
        ),
    ],
)
def test_a_group_that_does_not_read_is_one_problem(group: Group, said: str) -> None:
    assert list(reading(part(3, 9, owner=None), part(9, 9, owner=None), group=group).problems()) == [said]


def test_feeds_need_a_worker_only_where_there_are_any() -> None:
    nobody = Group("t-feeds", "Empty")
    assert list(reading(part(None, 0, owner=None), group=nobody, commits=False).problems()) == []
    (problem,) = reading(part(None, 5, owner=None), group=nobody, commits=False).problems()
    assert "no worker reads" in problem
    assert reading(part(None, 5), commits=False).lag == 0


def test_a_topic_that_is_not_there_is_told_with_the_remedy() -> None:
    (problem,) = reading().problems()
    assert "no topic t.accepted" in problem
    assert "topics --create" in problem


def test_two_looks_tell_rates() -> None:
    rates = Rates()
    first = rates.take(cluster(part(10, 20)), 100.0)
    assert total(first.readings[0], "done") is None
    second = rates.take(cluster(part(30, 40)), 104.0)
    assert (total(second.readings[0], "done"), total(second.readings[0], "come")) == (5.0, 5.0)
    again = rates.take(cluster(part(None, 5)), 106.0)  # the topic was made anew
    assert (total(again.readings[0], "done"), total(again.readings[0], "come")) == (0.0, 0.0)


def test_what_stands_still_with_records_waiting_is_a_problem_after_a_while() -> None:
    rates = Rates()
    looks = [rates.take(cluster(part(10, 20)), second) for second in (0.0, 2.0, STANDS_AFTER, STANDS_AFTER + 2)]
    assert [bool(look.problems()) for look in looks] == [False, False, True, True]
    assert rates.waiting(looks[1])
    assert not rates.waiting(looks[3])
    assert "10 records wait, none was committed for 15 s" in looks[2].problems()[0]
    assert rates.take(cluster(part(11, 20)), STANDS_AFTER + 4).problems() == []


def test_what_is_idle_does_not_stand_still() -> None:
    rates = Rates()
    looks = [rates.take(cluster(part(20, 20)), second) for second in (0.0, 100.0)]
    assert looks[1].problems() == []
    assert not rates.waiting(looks[1])
    # nor does what begins to wait after a long idle time
    assert rates.take(cluster(part(20, 21)), 101.0).problems() == []


def test_nobody_waits_for_what_nobody_reads() -> None:
    rates = Rates()
    assert not rates.waiting(rates.take(cluster(part(10, 20, owner=None)), 0.0))


def answer(*members: tuple[object, ...], state: str = "Stable", error: int = 0) -> tuple[object, ...]:
    return (error, "t-match", state, "consumer", "faust", list(members), -2147483648)


def test_owners_are_read_from_what_each_member_was_given() -> None:
    given = ConsumerProtocolMemberAssignment(4, [(TOPIC, [0, 2])], b'{"more": 1}').encode()
    group = described(answer(("match-1", "t-match-host-7", "/10.0.0.1", b"", given), ("b", "c", "", b"", b"")))
    assert group.owners == {(TOPIC, 0): WORKER, (TOPIC, 2): WORKER}
    assert group.members == (WORKER, Member("b", "c"))


def test_members_without_any_partitions_told_are_a_broker_that_does_not_tell() -> None:
    member = ("match-1", "", "", b"", b"")
    assert described(answer(member)).owners is None
    assert described(answer(member, state="PreparingRebalance")).owners == {}
    assert described(answer(state="Empty")).owners == {}


def test_a_refusal_is_an_error() -> None:
    with pytest.raises(BrokerError, match=r"t-match.*Kafka error 30"):
        described(answer(error=30))


def test_all_is_shown_and_told_to_programs(capsys: pytest.CaptureFixture[str]) -> None:
    other = Group("t-webhooks", "Stable", (Member("w", "hooks", "10.0.0.9"),))
    rates = Rates()
    rates.take(cluster(part(1_000, 2_000)), 0.0)
    seen = rates.take(cluster(part(1_010, 2_000)), 10.0)
    whole = Cluster((*seen.readings, reading(part(None, 1, owner=None))), seen.topics, (other,))
    show_cluster(Console(width=160, highlight=False), whole)
    shown = capsys.readouterr().out
    for text in ("t-match-host-7 (10.0.0.1)", "1,010", "990", "1.0", "nobody", "t-webhooks", "hooks (10.0.0.9)"):
        assert text in shown
    assert "match[0]: no owner, 1 records wait" in shown
    told = as_json(whole)
    assert told["problems"] == ["match[0]: no owner, 1 records wait"]
    assert told["topics"] == {TOPIC: {"0": {"begin": 0, "end": 2_000}}}
    assert told["groups"]["t-webhooks"]["members"] == [{"id": "w", "client": "hooks", "host": "10.0.0.9"}]


def test_members_alone_are_shown_where_owners_are_not_told(capsys: pytest.CaptureFixture[str]) -> None:
    for members, said in (((WORKER,), "t-match-host-7"), ((WORKER, Member("b")), "one of 2")):
        untold = Group("t-match", "Stable", members, owners=None)
        show_cluster(Console(width=160), Cluster((reading(part(3, 9, owner=None), group=untold),), {}))
        shown = capsys.readouterr().out
        assert said in shown
        assert "does not tell" in shown
