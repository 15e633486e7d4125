"""The small disk: full when it is filled, usable again afterwards, gone at the end."""

from __future__ import annotations

import errno
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.faults.disk import BLOCK, DiskError, SmallDisk


@pytest.fixture
def small() -> Iterator[SmallDisk]:
    try:
        with SmallDisk(4 * BLOCK) as one:
            yield one
    except DiskError as error:
        pytest.skip(str(error))


def test_a_full_disk_takes_no_byte_until_it_is_freed(small: SmallDisk) -> None:
    kept = small.path / "kept"
    kept.write_bytes(b"x" * BLOCK)
    assert 2 * BLOCK < small.fill() <= 3 * BLOCK
    with pytest.raises(OSError, match=r".") as refused, (small.path / "more").open("wb", buffering=0) as more:
        more.write(b"x")
    assert refused.value.errno == errno.ENOSPC
    small.free()
    assert (small.path / "more").write_bytes(b"x" * BLOCK) == BLOCK
    assert kept.stat().st_size == BLOCK


def test_it_goes_with_all_it_holds(small: SmallDisk) -> None:
    (small.path / "kept").write_text("kept")
    with SmallDisk(BLOCK) as other:
        place = other.path
        (place / "some").write_text("some")
    assert not place.exists()


def test_where_it_cannot_be_mounted_it_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DiskError, match=r"needs root on Linux.*there is no mount"), SmallDisk():
        pass
    assert not list(tmp_path.iterdir())
