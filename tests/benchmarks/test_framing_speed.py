"""The benchmark of speed compares every derived article with its original."""

from __future__ import annotations

import pytest

from benchmarks import framing_speed


def test_it_prints_a_rate(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    some = framing_speed.pairs()[:6]
    monkeypatch.setattr(framing_speed, "pairs", lambda: some)
    assert framing_speed.main(["--repeats", "1", "--profile"]) == 0
    said = capsys.readouterr().out
    assert int(said.split(" ", 1)[0]) > 0
    assert "6 pairs, copies of" in said
    assert "compare_framing" in said
