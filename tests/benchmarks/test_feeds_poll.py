"""The web of feeds that polling is measured on."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from benchmarks.feeds_poll import ENTRIES, WORDS, Usage, children, document, percentile
from wirespin.feed.parse import parse_feed


def test_a_feed_has_one_new_entry_in_each_version() -> None:
    first, again, second = (
        parse_feed(document(7, version), {}, "http://127.0.0.1/7", datetime.now(UTC)).entries for version in (1, 1, 2)
    )
    assert [entry.key for entry in first] == [entry.key for entry in again]
    assert len(first) == len(second) == ENTRIES
    assert len({entry.key for entry in second} - {entry.key for entry in first}) == 1
    assert len(first[0].article.body.split()) == WORDS


def test_percentiles() -> None:
    values = [float(number) for number in range(100)]
    assert (percentile(values, 0.5), percentile(values, 0.99), percentile([3.0], 0.99)) == (50.0, 99.0, 3.0)


def test_what_a_process_uses() -> None:
    used = Usage.of(os.getpid())
    assert used.processor > 0
    assert used.memory > 1_000_000
    assert os.getpid() not in children(os.getpid())
