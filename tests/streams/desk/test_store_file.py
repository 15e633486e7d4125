"""The store's file: kept over restarts, begun anew where unfit, one desk at a time."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from schemas.errors import StateError
from streams.desk import store_schema
from streams.desk.filters import Filter
from tests.support.desk import Log, event, store


def test_what_was_taken_in_is_there_after_a_restart(tmp_path: Path) -> None:
    with store(tmp_path) as desk:
        desk.take(Log().said(event()))
    with store(tmp_path) as desk:
        assert desk.count(Filter()) == 1
        assert desk.positions()["t.alerts", 0][0] == 1


@pytest.mark.parametrize("damage", ["no database", "cut", "another version", "another program's"])
def test_an_unfit_file_is_begun_anew_and_said_to_be(
    tmp_path: Path, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "desk.sqlite3"
    with store(tmp_path) as desk:
        desk.take(Log().said(event()))
    if damage == "no database":
        path.write_bytes(b"x" * 5_000)
    elif damage == "cut":
        path.write_bytes(path.read_bytes()[:300])
    elif damage == "another version":
        with sqlite3.connect(path) as connection:
            connection.execute(f"PRAGMA user_version = {store_schema.VERSION + 1}")
        connection.close()
    else:
        path.unlink()
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE theirs (x)")
        connection.close()
    with store(tmp_path) as desk:
        assert desk.positions() == {}
        assert desk.take(Log().said(event())).changed
    assert "filled anew from the broker" in caplog.text


def test_damage_that_is_met_later_is_noticed_and_mended(tmp_path: Path) -> None:
    with store(tmp_path) as desk:
        desk.take(Log().said(*(event(copy=str(number)) for number in range(200))))
    path = tmp_path / "desk.sqlite3"
    whole = path.read_bytes()
    path.write_bytes(whole[:8_192] + b"\xff" * (len(whole) - 8_192))
    with store(tmp_path) as desk:
        with pytest.raises(sqlite3.DatabaseError):
            desk.page(Filter())
        found = desk.damaged
        desk.renew("damaged")
        assert (found, desk.damaged) == (True, False)
        assert desk.page(Filter()).rows == ()
        assert desk.take(Log().said(event())).changed


def test_a_second_desk_is_refused(tmp_path: Path) -> None:
    with store(tmp_path), pytest.raises(StateError, match=r"another desk has it; .*WIRESPIN_DESK_DATA"):
        store(tmp_path)
    with store(tmp_path):
        pass


def test_a_folder_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StateError, match=r"cannot be used.*WIRESPIN_DESK_DATA"):
        store(tmp_path / "file")


def test_many_threads_read_while_one_writes(tmp_path: Path) -> None:
    log, stop, failed = Log(), threading.Event(), []
    with store(tmp_path) as desk:

        def read() -> None:
            while not stop.is_set():
                try:
                    assert len(desk.page(Filter(), limit=500).rows) % 5 == 0  # whole batches only
                except Exception as error:  # noqa: BLE001
                    failed.append(error)
                    return

        threads = [threading.Thread(target=read) for _ in range(6)]
        for thread in threads:
            thread.start()
        for batch in range(20):
            desk.take(log.said(*(event(copy=f"{batch}-{number}") for number in range(5))))
        stop.set()
        for thread in threads:
            thread.join()
        assert failed == []
        assert desk.count(Filter()) == 100
