"""Sending items: once a version, never before their time, and nothing lost."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest

from schemas.article import Article
from schemas.errors import SendError
from streams import ingest as module
from streams.folder import Folder, Seen, look
from streams.ingest import Ingest, follow, once
from streams.journal import Journal

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATER = "2026-11-22T13:00:00Z"
FIXTURES = Path(__file__).parents[1] / "fixtures" / "formats"


class FakeOutlet:
    """Collects what is confirmed; from the `fails`-th confirmation on it fails."""

    def __init__(self, fails: int = 10**9) -> None:
        self.queued: list[Article] = []
        self.sent: list[Article] = []
        self._left = fails

    async def send(self, article: Article) -> None:
        self.queued.append(article)

    async def confirm(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise SendError("not delivered", where="fake")
        self.sent += self.queued
        self.queued.clear()

    def told(self) -> list[tuple[str | None, int | None, str]]:
        return [(article.id, article.version, article.pub_status) for article in self.sent]


class Bench:
    """An ingest with a fake outlet and a clock that is set."""

    def __init__(self, journal: Journal | None = None, fails: int = 10**9) -> None:
        self.now, self.said = NOW, list[str]()
        self.outlet = FakeOutlet(fails)
        self.journal = Journal() if journal is None else journal
        self.ingest = Ingest(self.outlet, self.journal, self.said.append, lambda: self.now)

    async def read(self, *paths: Path) -> None:
        await self.ingest.files(seen for path in paths if (seen := look(str(path))))


def item(path: Path, name: str = "urn:1", version: int | None = 1, **fields: Any) -> Path:
    given = {"uri": name, "headline": f"Version {version}", "body_text": "Text.", **fields}
    path.write_bytes(orjson.dumps(given | ({} if version is None else {"version": str(version)})))
    return path


async def test_every_format_of_a_folder_and_the_bad_ones_by_place(tmp_path: Path) -> None:
    bench = Bench()
    (tmp_path / "bad.xml").write_text("<newsItem><a>")
    (tmp_path / "odd.md").write_text("odd")
    await bench.read(*sorted(FIXTURES.iterdir()), tmp_path / "bad.xml", tmp_path / "odd.md", tmp_path / "vanished")
    tally = bench.ingest.tally
    assert (tally.sent, tally.held, tally.left_out, tally.bad) == (13, 5, 5, 9)
    assert any("bad.xml: not well-formed XML" in line and "line 1" in line for line in bench.said)
    assert any("odd.md: not a known format: it is plain text" in line for line in bench.said)
    assert any("lines.jsonl line 5: not JSON" in line for line in bench.said)
    assert str(tally) == "13 sent, 5 held, 5 left out, 9 bad"


async def test_an_item_is_sent_once_a_version(tmp_path: Path) -> None:
    bench = Bench()
    paths = [item(tmp_path / "a"), item(tmp_path / "b"), item(tmp_path / "c", version=2)]
    await bench.read(*paths)
    assert bench.outlet.told() == [("urn:1", 1, "usable"), ("urn:1", 2, "usable")]
    assert bench.ingest.tally.repeated == 1


async def test_an_embargo_is_kept_to_the_second(tmp_path: Path) -> None:
    bench = Bench()
    await bench.read(item(tmp_path / "a", embargoed=LATER))
    await bench.ingest.release()
    assert bench.outlet.sent == []
    assert bench.said == [f"held until {LATER}: urn:1 'Version 1'"]
    bench.now = NOW + timedelta(minutes=59, seconds=59)
    await bench.ingest.release()
    assert bench.outlet.sent == []
    bench.now = NOW + timedelta(hours=1)
    await bench.ingest.release()
    assert bench.outlet.told() == [("urn:1", 1, "usable")]
    await bench.ingest.release()
    await bench.read(tmp_path / "a")
    assert len(bench.outlet.sent) == 1


async def test_what_is_past_its_embargo_goes_at_once(tmp_path: Path) -> None:
    bench = Bench()
    await bench.read(item(tmp_path / "a", embargoed="2026-11-22T12:00:00Z"))
    assert len(bench.outlet.sent) == 1


async def test_a_later_version_takes_the_place_of_a_held_one(tmp_path: Path) -> None:
    bench = Bench()
    await bench.read(item(tmp_path / "a", embargoed=LATER), item(tmp_path / "b", version=2, embargoed=LATER))
    await bench.read(item(tmp_path / "a", embargoed=LATER))
    bench.now += timedelta(hours=2)
    await bench.ingest.release()
    assert bench.outlet.told() == [("urn:1", 2, "usable")]
    assert bench.ingest.tally.overtaken == 1


async def test_a_later_version_that_may_go_ends_the_wait(tmp_path: Path) -> None:
    bench = Bench()
    await bench.read(item(tmp_path / "a", embargoed=LATER), item(tmp_path / "b", version=2))
    bench.now += timedelta(hours=2)
    await bench.ingest.release()
    assert bench.outlet.told() == [("urn:1", 2, "usable")]


@pytest.mark.parametrize("kill_first", [False, True])
async def test_a_kill_goes_at_once_and_ends_the_wait(tmp_path: Path, kill_first: bool) -> None:
    bench = Bench()
    held = item(tmp_path / "a", embargoed=LATER)
    kill = item(tmp_path / "b", version=2, pubstatus="canceled", embargoed=LATER)
    await bench.read(*([kill, held] if kill_first else [held, kill]))
    bench.now += timedelta(hours=2)
    await bench.ingest.release()
    assert bench.outlet.told() == [("urn:1", 2, "canceled")]


async def test_an_embargo_without_end_waits_for_a_later_version(tmp_path: Path) -> None:
    bench = Bench()
    await bench.read(item(tmp_path / "a", embargoed="soon"))
    bench.now += timedelta(days=10_000)
    await bench.ingest.release()
    assert bench.outlet.sent == []
    assert "its embargo names no end" in bench.said[0]
    assert bench.ingest.desk.next_end() is None
    await bench.read(item(tmp_path / "b", version=2))
    assert bench.outlet.told() == [("urn:1", 2, "usable")]
    assert bench.ingest.desk.waiting() == []


async def test_a_restart_still_holds_though_the_file_is_gone(tmp_path: Path) -> None:
    with Journal(tmp_path / ".j") as journal:
        await Bench(journal).read(item(tmp_path / "a", embargoed=LATER))
    (tmp_path / "a").unlink()
    with Journal(tmp_path / ".j") as journal:
        bench = Bench(journal)
        await bench.ingest.release()
        assert bench.outlet.sent == []
        bench.now += timedelta(hours=1)
        await bench.ingest.release()
        assert bench.outlet.told() == [("urn:1", 1, "usable")]
    with Journal(tmp_path / ".j") as journal:
        assert journal.held == {}
        assert len(journal.sent) == 1


async def test_what_was_not_confirmed_is_sent_again(tmp_path: Path) -> None:
    path = item(tmp_path / "a")
    with Journal(tmp_path / ".j") as journal, pytest.raises(SendError):
        await Bench(journal, fails=0).read(path)
    with Journal(tmp_path / ".j") as journal:
        assert journal.files == {}
        bench = Bench(journal)
        await bench.read(path)
        assert len(bench.outlet.sent) == 1
    with Journal(tmp_path / ".j") as journal:
        assert journal.files == {str(path): look(str(path))}


async def test_delivery_is_waited_for_in_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CONFIRM_EVERY", 10)
    path = tmp_path / "x.jsonl"
    path.write_bytes(b"".join(b'{"id":"%d","body":"x"}\n' % number for number in range(25)))
    bench = Bench(fails=2)
    with pytest.raises(SendError):
        await bench.read(path)
    assert len(bench.outlet.sent) == 20


async def test_an_item_that_is_too_large_for_a_record_is_told(tmp_path: Path) -> None:
    class Strict(FakeOutlet):
        async def send(self, article: Article) -> None:
            await module.TopicOutlet(None, "t").send(article)  # type: ignore[arg-type]

    bench = Bench()
    bench.ingest = Ingest(Strict(), bench.journal, bench.said.append)
    await bench.read(item(tmp_path / "a", body_text="x" * 1_100_000))
    assert bench.ingest.tally.bad == 1
    assert "urn:1: 1,1" in bench.said[0]
    assert "more than a record may have" in bench.said[0]


async def test_an_unreadable_file_is_told_once_and_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = item(tmp_path / "a")
    opened = Path.open

    def refuse(self: Path, *given: Any, **named: Any) -> Any:
        if self == path:
            raise PermissionError(13, "Permission denied")
        return opened(self, *given, **named)

    bench = Bench()
    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", refuse)
        await bench.read(path)
        await bench.read(path)
    assert bench.said == [f"{path}: cannot be read: Permission denied"]
    await bench.read(path)
    assert len(bench.outlet.sent) == 1


async def test_one_pass_waits_for_an_embargo_unless_told_not_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    item(tmp_path / "a", embargoed=LATER)
    item(tmp_path / "b", name="urn:2", embargoed="soon")
    naps = []

    async def nap(end: datetime, most: float) -> None:
        naps.append(end)
        bench.now += timedelta(minutes=30)

    monkeypatch.setattr(module, "nap", nap)
    paths = [str(tmp_path), str(tmp_path / "none")]
    for wait, sent in ((False, 0), (True, 1)):
        bench = Bench()
        await once(bench.ingest, Folder(paths, None), paths, lambda _: False, wait=wait)
        assert len(bench.outlet.sent) == sent
        assert bench.said[0] == f"{tmp_path / 'none'}: no file or folder"
        assert bench.ingest.tally.bad == 1
    assert len(naps) == 2


class StopError(Exception):
    """No more steps."""


async def followed(bench: Bench, folder: Folder, steps: Iterable[Any]) -> None:
    """Follow a folder; between two looks the next step is taken."""
    todo = iter(steps)

    async def sleep(_: float) -> None:
        step = next(todo, None)
        if step is None:
            raise StopError
        step()

    with pytest.raises(StopError):
        await follow(bench.ingest, folder, bench.journal, 1.0, sleep)


async def test_following_reads_what_comes_changes_and_goes(tmp_path: Path) -> None:
    bench, spool = Bench(), tmp_path / "in"
    steps = [
        spool.mkdir,
        lambda: item(spool / "a"),
        lambda: item(spool / "b.part", name="urn:2"),
        lambda: (spool / "b.part").rename(spool / "b"),
        lambda: item(spool / "a", version=12),
        (spool / "a").unlink,
        lambda: (spool / "c").write_text("<newsItem>"),
        lambda: None,
    ]
    await followed(bench, Folder([str(spool)], old=None), steps)
    assert bench.outlet.told() == [("urn:1", 1, "usable"), ("urn:2", 1, "usable"), ("urn:1", 12, "usable")]
    assert sorted(Path(path).name for path in bench.journal.files) == ["b", "c"]
    assert [line.partition(": ")[2][:16] for line in bench.said] == ["no file or folde", "not well-formed "]


async def test_a_file_that_changes_while_it_is_read_is_read_again(tmp_path: Path) -> None:
    path = item(tmp_path / "a")
    seen = look(str(path))
    assert seen is not None
    os.utime(path, (1, 1))
    bench = Bench()
    await bench.ingest.files([seen])
    assert bench.journal.files == {}
    assert len(bench.outlet.sent) == 1


async def test_a_nap_ends_with_the_embargo() -> None:
    began = asyncio.get_running_loop().time()
    await module.nap(datetime.now(UTC) + timedelta(seconds=0.05), 30.0)
    await module.nap(datetime.now(UTC) + timedelta(days=9), 0.01)
    await module.nap(datetime(1990, 1, 1, tzinfo=UTC), 30.0)
    assert asyncio.get_running_loop().time() - began < 5


def test_seen_sorts_by_path() -> None:
    assert min(Seen("b", 1, 1), Seen("a", 2, 2)).path == "a"
