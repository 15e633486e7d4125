"""What is wrong with a site is found, and what is right with it passes."""

from __future__ import annotations

from pathlib import Path

import pytest

from streams.reference.check import main, problems


def page(folder: Path, body: str, name: str = "index.html") -> None:
    (folder / name).write_text(f"<!doctype html><title>x</title>{body}", encoding="utf-8")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ('<a href="gone.html">x</a>', "leads nowhere: gone.html"),
        ('<a href="#gone">x</a>', "no such anchor: #gone"),
        ('<a href="other.html#gone">x</a>', "no such anchor: other.html#gone"),
        ('<a href="http//host.example">x</a>', "leads nowhere: http//host.example"),
        ('<a href="https://host">x</a>', "no well formed link: https://host"),
        ('<a href="javascript:alert(1)">x</a>', "no well formed link: javascript:alert(1)"),
        ('<img src="gone.png" alt="x">', "leads nowhere: gone.png"),
        ('<img src="here.png">', "image without a text: here.png"),
        ('<img src="//cdn.example/a.png" alt="x">', "loads from elsewhere: //cdn.example/a.png"),
        ('<script src="https://cdn.example/a.js"></script>', "loads from elsewhere: https://cdn.example/a.js"),
        ('<link rel="stylesheet" href="https://cdn.example/a.css">', "loads from elsewhere: https://cdn.example/a.css"),
        ("<p>These:\n- one\n- two</p>", "a list within a paragraph: '\\n- one\\n- two'"),
    ],
)
def test_what_is_wrong_is_told_with_its_page(tmp_path: Path, body: str, told: str) -> None:
    page(tmp_path, '<h1 id="top">x</h1>', "other.html")
    (tmp_path / "here.png").write_bytes(b"")
    page(tmp_path, body)
    assert list(problems(tmp_path)) == [f"index.html: {told}"]
    assert main([str(tmp_path)]) == 1


def test_a_style_sheet_may_not_load_from_elsewhere(tmp_path: Path) -> None:
    rules = "@import 'https://cdn.example/b.css'; a { background: url(data:image/png;base64,) }"
    (tmp_path / "a.css").write_text(rules)
    assert list(problems(tmp_path)) == ["a.css: loads from elsewhere: https://cdn.example/b.css"]


def test_what_is_right_passes(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    page(tmp_path, '<h1 id="top">x</h1><a href="../index.html#above">x</a><a href="../">x</a>', "folder/other.html")
    page(
        tmp_path,
        '<h1 id="above">x</h1><a href="folder/other.html#top">x</a><a href="https://host.example/a?b#c">x</a>'
        '<a href="mailto:desk@host.example">x</a><img src="data:image/png;base64," alt="x"><p>one - two</p>',
    )
    assert list(problems(tmp_path)) == []
    assert main([str(tmp_path)]) == 0
