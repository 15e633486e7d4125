"""The benchmark of own updates runs on a file of its form."""

from __future__ import annotations

import lzma
from pathlib import Path

import orjson
import pytest

from benchmarks.reuters import main

TEXT = (
    "The port of Riga closed on Monday after thick ice trapped two ferries\noutside the harbour walls.\n"
    " Some 340 passengers spent the night on board and were fed from the ships'\nown stores, the operator said."
)


def row(name: int, minute: int, title: str, text: str) -> dict[str, object]:
    time = f"1987-03-02T10:{minute:02}:00"
    return {"id": name, "date_iso": time, "title": title, "dateline": "RIGA, March 2 -", "text": text}


def test_a_reissue_is_an_own_update_and_no_event(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [row(2, 9, "RIGA PORT CLOSES", TEXT), row(1, 5, "RIGA PORT CLOSES", TEXT), row(3, 12, "", "")]
    source, out, silver = tmp_path / "rows.jsonl.xz", tmp_path / "pairs.jsonl", tmp_path / "silver.jsonl"
    source.write_bytes(lzma.compress(b"\n".join(map(orjson.dumps, rows))))
    silver.write_bytes(orjson.dumps({"id_a": 2, "id_b": 1, "containment4_min": 1.0}))
    assert main(["--articles", str(source), "--pairs", str(out), "--silver", str(silver)]) == 0
    assert orjson.loads(out.read_bytes()) == {"earlier": "1", "later": "2", "is": "own_update", "even": True}
    said = capsys.readouterr().out
    assert said.startswith("2 articles")
    assert "events: 0" in said
    assert "0.9 to 1.0:     1 pairs  {'own_update': 1}" in said
