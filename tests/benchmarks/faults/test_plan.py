"""The plan of faults: drawn from the seed, fair to all kinds, honest about what a broker offers."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.faults.inject import DEEDS
from benchmarks.faults.plan import KINDS, LONG_PAUSE, drawn, possible
from benchmarks.faults.planted import articles
from benchmarks.faults.run import portions


def test_a_seed_gives_the_same_faults() -> None:
    kinds = possible("cluster")
    assert drawn(5, 40, kinds) == drawn(5, 40, kinds)
    assert drawn(5, 40, kinds) != drawn(6, 40, kinds)


def test_every_kind_comes_as_often_as_any_other() -> None:
    kinds = possible("embedded")
    counts = Counter(fault.kind.name for fault in drawn(1, 3 * len(kinds) + 1, kinds))
    assert set(counts.values()) <= {3, 4}
    assert all(
        kind.seconds[0] <= fault.seconds <= kind.seconds[1] for fault in drawn(1, 50, kinds) for kind in [fault.kind]
    )


def test_each_broker_offers_what_it_can_suffer() -> None:
    assert "broker-kill" not in {kind.name for kind in possible("embedded")}
    assert "leader-moved" not in {kind.name for kind in possible("kafka")}
    assert "leader-moved" in {kind.name for kind in possible("cluster")}
    assert "broker-disk" in {kind.name for kind in possible("disk")} - {kind.name for kind in possible("kafka")}
    assert all(kind.seconds[1] < LONG_PAUSE for kind in possible("cluster"))
    with pytest.raises(ValueError, match="broker-kill needs a broker that is kafka"):
        possible("embedded", ["broker-kill"])
    with pytest.raises(ValueError, match="no such fault: flood"):
        possible("embedded", ["flood"])


def test_every_kind_can_be_done() -> None:
    assert DEEDS.keys() == KINDS.keys()


def test_articles_and_faults_are_shared_out_whole() -> None:
    waiting, faults = articles(100, 1), drawn(1, 7, possible("embedded"))
    shared = portions(waiting, faults, 3)
    assert [article for one in shared for article in one.articles] == waiting
    assert [len(one.faults) for one in shared] == [0, 3, 3, 1]
    assert sorted(map(repr, faults)) == sorted(repr(fault) for one in shared for fault in one.faults)
