"""Which files are read, and when."""

from __future__ import annotations

import os
from pathlib import Path

from streams.folder import OLD, SETTLED, Folder, Seen, look

NOW = 2_000_000_000.0


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        return self.now


def put(path: Path, text: str = "x", age: float = OLD + 1) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    os.utime(path, (NOW - age, NOW - age))
    return path


def names(ready: list[Seen]) -> list[str]:
    return [Path(seen.path).name for seen in ready]


def nothing(_: Seen) -> bool:
    return False


def test_all_below_but_what_is_hidden_or_unfinished(tmp_path: Path) -> None:
    for name in ("b.xml", "deep/er/a.json", ".hidden", ".git/x", "c.xml.part", "d.TMP", "e.filepart", "f~"):
        put(tmp_path / name)
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path)
    ready, there = Folder([str(tmp_path)], clock=Clock()).settled(nothing)
    assert names(ready) == ["b.xml", "a.json"]
    assert len(there) == 2


def test_a_file_that_is_named_is_read_whatever_its_name(tmp_path: Path) -> None:
    path = put(tmp_path / ".x.part")
    assert names(Folder([str(path)], clock=Clock()).settled(nothing)[0]) == [".x.part"]


def test_what_is_missing_is_known_and_may_come(tmp_path: Path) -> None:
    folder = Folder([str(tmp_path / "in")], clock=Clock())
    assert folder.settled(nothing) == ([], set())
    assert folder.missing == {str(tmp_path / "in")}
    put(tmp_path / "in" / "a")
    assert names(folder.settled(nothing)[0]) == ["a"]
    assert folder.missing == set()


def test_a_file_is_read_when_it_has_stopped_changing(tmp_path: Path) -> None:
    clock = Clock()
    folder = Folder([str(tmp_path)], clock=clock)
    put(tmp_path / "new", "half", age=0)
    assert folder.settled(nothing)[0] == []
    clock.now += SETTLED
    put(tmp_path / "new", "half and half", age=-1)
    assert folder.settled(nothing)[0] == [], "it grew"
    clock.now += SETTLED / 2
    assert folder.settled(nothing)[0] == [], "not long enough"
    clock.now += SETTLED / 2
    assert names(folder.settled(nothing)[0]) == ["new"]


def test_an_old_file_a_pass_over_all_and_what_was_done(tmp_path: Path) -> None:
    old, new = put(tmp_path / "old"), put(tmp_path / "new", age=0)
    clock = Clock()
    assert names(Folder([str(tmp_path)], clock=clock).settled(nothing)[0]) == ["old"]
    assert names(Folder([str(tmp_path)], None, clock).settled(nothing)[0]) == ["new", "old"]
    done = look(str(old))
    assert names(Folder([str(tmp_path)], None, clock).settled(lambda seen: seen == done)[0]) == ["new"]
    put(old, "changed")
    assert names(Folder([str(tmp_path)], None, clock).settled(lambda seen: seen == done)[0]) == ["new", "old"]
    new.unlink()
    assert look(str(new)) is None


def test_many_thousands_of_files(tmp_path: Path) -> None:
    for number in range(5_000):
        (tmp_path / f"{number:05}.xml").touch()
    folder = Folder([str(tmp_path)], None)
    ready, there = folder.settled(nothing)
    assert len(ready) == len(there) == 5_000
    known = {seen.path: seen for seen in ready}
    assert folder.settled(lambda seen: known[seen.path] == seen)[0] == []
