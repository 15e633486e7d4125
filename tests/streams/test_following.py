"""The health port of ingest that follows folders."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from streams.exposition import text_of
from streams.folder import Folder
from streams.following import families, health
from streams.ingest import Ingest, follow
from streams.journal import Journal
from tests.support.metrics import lint, samples


class Sent:
    """Takes whatever is sent."""

    async def send(self, article: object) -> None:
        """Take it."""

    async def confirm(self) -> None:
        """Nothing is under way."""


class OverError(Exception):
    """Ends what goes on for ever."""


async def looked(*paths: Path) -> tuple[Ingest, Folder]:
    """One look at some folders."""

    async def end(_: float) -> None:
        raise OverError

    folder = Folder([str(path) for path in paths], old=None)
    with Journal(None) as journal:
        work = Ingest(Sent(), journal, lambda _: None)
        assert health(work, folder).everything()[1]["ingest"]["looked"] is None
        with pytest.raises(OverError):
            await follow(work, folder, journal, 1.0, end)
    return work, folder


async def test_what_was_read_is_counted_and_when(tmp_path: Path) -> None:
    (tmp_path / "one.jsonl").write_text('{"id": "a", "body": "Some words of it."}\n{"no": "article"}\n')
    work, folder = await looked(tmp_path)
    page = text_of(families(work, folder))
    lint(page)
    found = samples(page)
    assert found['wirespin_ingest_items_total{outcome="sent"}'] == 1
    assert found['wirespin_ingest_items_total{outcome="bad"}'] == 1
    assert found["wirespin_ingest_missing_paths"] == 0
    assert found["wirespin_ingest_look_timestamp_seconds"] == pytest.approx(time.time(), abs=60)
    assert health(work, folder).ready() == (True, {"ready": True, "problems": []})


async def test_a_folder_that_is_gone_is_red_and_named_there_but_not_in_the_metrics(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    work, folder = await looked(tmp_path, gone)
    good, said = health(work, folder).ready()
    assert not good
    assert said["problems"][0]["detail"] == str(gone)
    page = health(work, folder).metrics()
    assert str(gone) not in page
    found = samples(page)
    assert found["wirespin_ingest_missing_paths"] == found['wirespin_problems{reason="missing_path"}'] == 1
