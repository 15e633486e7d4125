"""Records whose header names are no UTF-8, which aiokafka itself cannot read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from aiokafka.consumer import fetcher
from aiokafka.record.default_records import _DefaultRecordBatchBuilderPy
from aiokafka.record.memory_records import MemoryRecords
from hypothesis import given
from hypothesis import strategies as st

from streams import client
from streams.lenient import LenientRecords

NONE, GZIP, LZ4 = 0, 1, 3
GOOD = [("trace", b"1"), ("größe", None)]


class Raw(str):
    """A header's name that is written as the bytes it is made of."""

    def encode(self, *_: Any) -> bytes:
        return super().encode("latin-1")


def batch(codec: int, offset: int, *headers: Sequence[tuple[str, bytes | None]]) -> bytes:
    """A batch of records, each with some headers."""
    builder = _DefaultRecordBatchBuilderPy(
        magic=2, compression_type=codec, is_transactional=0, producer_id=-1, producer_epoch=-1, base_sequence=-1,
        batch_size=100_000,
    )  # fmt: skip
    for number, some in enumerate(headers):
        builder.append(number, 1_700_000_000_000, b"key" if number else None, b"x" * number, headers=list(some))
    return offset.to_bytes(8) + bytes(builder.build())[8:]


def read(records: Any) -> list[Any]:
    found = []
    while records.has_next():
        records_of = records.next_batch()
        assert records_of.validate_crc()
        found += [(one.offset, one.key, one.value, list(one.headers)) for one in records_of]
    assert records.next_batch() is None
    return found


@pytest.mark.parametrize("codec", [NONE, GZIP, LZ4])
def test_a_name_that_is_no_utf8_is_mended_and_its_neighbours_stay(codec: int) -> None:
    bad = [(Raw("a\xffb"), b"\xff"), ("trace", b"1"), (Raw("\xc3"), None)]
    data = batch(codec, 0, GOOD, GOOD) + batch(codec, 2, GOOD, bad, GOOD) + batch(codec, 5, GOOD)
    with pytest.raises(UnicodeDecodeError):
        read(MemoryRecords(data))
    last = {one[0]: one for one in read(LenientRecords(data))}  # the fetcher leaves out what it has had
    assert list(last) == [0, 1, 2, 3, 4, 5]
    assert last[3] == (3, b"key", b"x", [("a?b", b"\xff"), ("trace", b"1"), ("?", None)])
    assert [last[offset][3] for offset in (0, 1, 2, 4, 5)] == [GOOD] * 5


@given(st.lists(st.lists(st.tuples(st.text(st.characters(codec="utf-8")), st.none() | st.binary())), min_size=1))
def test_what_aiokafka_can_read_is_read_as_by_it(headers: list[list[tuple[str, bytes | None]]]) -> None:
    data = batch(NONE, 7, *headers)
    assert read(LenientRecords(data)) == read(MemoryRecords(data))
    assert LenientRecords(data).size_in_bytes() == len(data)


def test_half_a_batch_at_the_end_is_left_out_as_by_aiokafka() -> None:
    data = batch(NONE, 0, GOOD) + batch(NONE, 1, GOOD)[:-3]
    assert [one[0] for one in read(LenientRecords(data))] == [0]


def test_all_consumers_of_the_process_read_so() -> None:
    assert fetcher.MemoryRecords is LenientRecords, client.__name__
