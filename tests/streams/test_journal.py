"""What an ingest remembers."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemas.article import Article
from schemas.errors import SettingsError, StateError
from streams import journal as module
from streams.folder import Seen
from streams.journal import Journal

ARTICLE = Article(id="a", headline="Port closed", embargoed="2099-01-01T00:00:00Z")


def fill(path: Path) -> None:
    with Journal(path) as journal:
        journal.note(file="x.xml", mtime=5, size=7)
        journal.note(file="gone.xml", mtime=5, size=7)
        journal.note(sent="ab" * 12)
        journal.hold("a", ARTICLE)
        journal.hold("b", ARTICLE)
        journal.note(killed="k", version=None)
        journal.note(gone="gone.xml")
        journal.note(freed="b")
        journal.commit()


def test_it_is_remembered(tmp_path: Path) -> None:
    fill(tmp_path / "j")
    with Journal(tmp_path / "j") as journal:
        assert journal.files == {"x.xml": Seen("x.xml", 5, 7)}
        assert list(journal.sent) == [b"\xab" * 12]
        assert journal.held == {"a": ARTICLE}
        assert journal.killed == {"k": None}


def test_what_was_not_committed_is_not(tmp_path: Path) -> None:
    with Journal(tmp_path / "j") as journal:
        journal.note(sent="ab" * 12)
        assert journal.sent
    with Journal(tmp_path / "j") as journal:
        assert not journal.sent


def test_a_torn_line_is_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "j"
    fill(path)
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"sent":"cd')
    with Journal(path) as journal:
        assert len(journal.sent) == 1
        journal.note(sent="ef" * 12)
        journal.commit()
    with Journal(path) as journal:
        assert len(journal.sent) == 2


@pytest.mark.parametrize("line", ["no json", "[1]", '{"odd": 1}', '{"sent": "zz"}', '{"held": {}, "id": "a"}', "{}"])
def test_what_is_no_journal_is_not_written_to(tmp_path: Path, line: str) -> None:
    path = tmp_path / "j"
    path.write_text(f'{{"gone": "x"}}\n{line}\n')
    with pytest.raises(StateError, match="j line 2: no entry of a journal"), Journal(path):
        raise AssertionError
    assert line in path.read_text()


def test_two_do_not_share_one(tmp_path: Path) -> None:
    with (
        Journal(tmp_path / "j"),
        pytest.raises(SettingsError, match="another ingest has it open"),
        Journal(tmp_path / "j"),
    ):
        raise AssertionError
    with Journal(tmp_path / "j"):
        pass


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be written"), Journal(tmp_path / "none" / "j"):
        raise AssertionError


def test_it_is_written_anew_when_most_of_it_is_past(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SLACK", 10)
    path = tmp_path / "j"
    with Journal(path) as journal:
        for number in range(100):
            journal.note(file="x.xml", mtime=number, size=7)
            journal.commit()
    assert len(path.read_bytes().splitlines()) < 20
    with Journal(path) as journal:
        assert journal.files["x.xml"].mtime == 99


def test_only_so_many_digests_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_SENT", 3)
    journal = Journal()
    for number in range(5):
        journal.note(sent=f"{number:02}")
    assert [sent.hex() for sent in journal.sent] == ["02", "03", "04"]
