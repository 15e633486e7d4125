"""What docs/out.md promises: its code verifies, its file of hooks loads, its table is the schedule."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from streams.out.webhooks.config import load_hooks
from streams.out.webhooks.schedule import JITTER, Schedule
from streams.out.webhooks.signing import Secret, new_secret, signed
from streams.web.guard import Guard
from tests.streams.out.webhooks_support import SECRET
from tests.support.pipeline import ROOT

PAGE = (ROOT / "docs" / "out.md").read_text()


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return found[1]


@pytest.fixture
def verified() -> Callable[..., bool]:
    names: dict[str, Any] = {}
    exec(block("python"), names)
    found: Callable[..., bool] = names["verified"]
    return found


def test_the_code_verifies_what_we_sign_and_nothing_else(verified: Callable[..., bool]) -> None:
    body, now = b'{"a":1}', int(time.time())
    headers = signed("m1", now, body, [Secret(SECRET)])
    assert verified(headers, body, SECRET)
    assert not verified(headers, body + b" ", SECRET)
    assert not verified(headers, body, new_secret())
    assert not verified(headers | {"webhook-id": "m2"}, body, SECRET)
    assert not verified(headers | {"webhook-timestamp": str(now + 1)}, body, SECRET)
    assert not verified(signed("m1", now - 301, body, [Secret(SECRET)]), body, SECRET)


def test_while_a_secret_is_changed_either_verifies(verified: Callable[..., bool]) -> None:
    other = new_secret()
    headers = signed("m1", int(time.time()), b"x", [Secret(other), Secret(SECRET)])
    assert verified(headers, b"x", SECRET)
    assert verified(headers, b"x", other)


def test_the_file_of_hooks_is_one(tmp_path: Path) -> None:
    (tmp_path / "hooks.toml").write_text(block("toml"))
    (tmp_path / "newsroom.secret").write_text(SECRET)
    hooks = load_hooks(tmp_path / "hooks.toml", Guard(), {"ARCHIVE_SECRET": SECRET})
    assert [hook.name for hook in hooks] == ["newsroom", "archive"]
    assert hooks[0].wants["alerts"].to_query() == {"agency": "afp", "score": "0.8"}


def test_the_table_of_waits_is_the_schedule() -> None:
    rows = re.findall(r"^\| ([\d, ]+) \| (.+?) \| (.+?) \|$", PAGE, re.MULTILINE)
    said = [wait for tries, wait, _ in rows for _ in tries.split(",")]
    waits = [Schedule().wait(number, 0.0) or 0.0 for number in range(1, 10)]
    assert [rounded(wait) for wait in waits] == [one.removesuffix(" each") for one in said]
    sums = [one for _, _, after in rows for one in after.split(", ")]
    assert [rounded(sum(waits[: number + 1])) for number in range(9)] == sums
    assert JITTER == 0.25


def rounded(seconds: float) -> str:
    """As the table has it: seconds up to five and a half minutes, minutes above."""
    if seconds > 330:
        hours, minutes = divmod(int(seconds / 60), 60)
        return " ".join(f"{n} {unit}" for n, unit in ((hours, "h"), (minutes, "min")) if n)
    minutes, left = divmod(int(seconds), 60)
    return " ".join(f"{n} {unit}" for n, unit in ((minutes, "min"), (left, "s")) if n)
