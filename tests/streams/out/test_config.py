"""The file of hooks: what it may say, and that nothing secret is repeated where it is wrong."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path

import pytest

from schemas.errors import SettingsError
from streams.desk.filters import Filter
from streams.out.webhooks.config import Hook, load_hooks
from streams.out.webhooks.schedule import Schedule
from streams.web.guard import Guard
from tests.streams.out.webhooks_support import SECRET

OTHER = "whsec_" + base64.b64encode(b"z" * 32).decode()
TOKEN = "T0KEN"
URL = f"https://hooks.example/{TOKEN}"
PLAIN = f'name = "a"\nurl = "{URL}"\nsecret = "{SECRET}"\n'


def load(
    folder: Path, *tables: str, allow: tuple[str, ...] = (), environment: Mapping[str, str] | None = None
) -> tuple[Hook, ...]:
    file = folder / "hooks.toml"
    file.write_text("".join(f"[[hook]]\n{table}\n" for table in tables))
    return load_hooks(file, Guard(allow), environment or {})


def refused(folder: Path, *tables: str) -> str:
    with pytest.raises(SettingsError) as caught:
        load(folder, *tables)
    said = str(caught.value)
    for secret in (SECRET, OTHER, TOKEN, SECRET[6:20]):
        assert secret not in said
        assert secret not in repr(caught.value)
    assert "hooks.toml" in said
    return said


def test_the_least_that_a_hook_needs(tmp_path: Path) -> None:
    (hook,) = load(tmp_path, PLAIN)
    assert (hook.name, str(hook.url), hook.host) == ("a", URL, "hooks.example")
    assert hook.wants == {"alerts": Filter()}
    assert (hook.withdrawn, hook.start, hook.schedule) == (True, "latest", Schedule())


def test_all_that_it_can_say(tmp_path: Path) -> None:
    told = (
        'name = "b-2"\nurl = "http://10.0.0.1:8080/x"\nplain_http = true\nsecret_env = "NEW"\n'
        f'old_secret = "{OTHER}"\nkinds = ["alerts", "republications"]\nfilter = "?agency=afp&score=0.8"\n'
        'start = "earliest"\ntimeout = 5\nconcurrency = 1\ntries = 2\nfirst_wait = 1\nlongest_wait = 9.5\n'
    )
    (hook,) = load(tmp_path, told, allow=("10.0.0.1:8080",), environment={"NEW": SECRET})
    assert hook.wants == {
        "alerts": Filter(agency="afp", score=0.8),
        "republications": Filter(agency="afp", score=0.8, kind="republications"),
    }
    assert (hook.withdrawn, hook.start, hook.timeout, hook.concurrency) == (False, "earliest", 5.0, 1)
    assert hook.schedule == Schedule(2, 1.0, 9.5)
    assert len(hook.secrets) == 2


def test_a_filter_may_be_a_table_and_a_secret_a_file_beside_it(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(f"{SECRET}\n")
    told = f'name = "a"\nurl = "{URL}"\nsecret_file = "secret"\nfilter = {{ agency = "afp", score = 0.8 }}'
    (hook,) = load(tmp_path, told)
    assert hook.wants == {"alerts": Filter(agency="afp", score=0.8)}
    assert hook.secrets[0].signature("m", 1, b"")


def test_nothing_secret_is_in_the_representation(tmp_path: Path) -> None:
    said = repr(load(tmp_path, PLAIN))
    assert SECRET[6:20] not in said
    assert TOKEN not in said


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('name = "A"', "name: "),
        (PLAIN + "colour = 1", "colour: "),
        (PLAIN + "timeout = 0", "timeout: "),
        (PLAIN + 'tries = "ten"', "tries: "),
        (PLAIN + "kinds = []", "kinds: "),
        (PLAIN + 'kinds = ["withdrawn"]', "withdrawn alone"),
        (PLAIN + 'kinds = ["stories"]', "kinds.0: "),
        (PLAIN + 'filter = "colour=red"', "colour: no such filter"),
        (PLAIN + 'filter = "agency"', "bad query field"),
        (PLAIN + 'filter = "agency=afp&agency=dpa"', "names something twice"),
        (PLAIN + 'filter = "score=9"', "score: "),
        (PLAIN + 'filter = "verdict=confirmed"', "no verdict here"),
        (PLAIN + "filter = { kind = 'alerts' }", "no kind here"),
        (f'name = "a"\nurl = "{URL}"', "has no secret"),
        (PLAIN + 'secret_env = "X"', "secret is given 2 times"),
        (PLAIN + f'old_secret = "{OTHER[:-9]}!"', "old_secret: not base64"),
        (f'name = "a"\nurl = "{URL}"\nsecret = {{ a = "{SECRET}" }}', "secret: "),
        (f'name = "a"\nurl = "{URL}"\nsecret_env = "MISSING"', "there is no variable MISSING"),
        (f'name = "a"\nurl = "{URL}"\nsecret_env = "WIRESPIN_X"', "are settings"),
        (f'name = "a"\nurl = "{URL}"\nsecret_file = "missing"', "missing cannot be read"),
        (PLAIN.replace("https", "http"), "not encrypted"),
        (PLAIN.replace("https", "ftp"), "scheme"),
        (PLAIN.replace("hooks.example", "127.0.0.1"), "loopback"),
        (PLAIN.replace("hooks.example", "intranet"), "private network"),
        (PLAIN.replace("hooks.example", "u:p@hooks.example"), "user name"),
        (PLAIN + f'broken = "{SECRET}', "is no TOML: at line"),
        (PLAIN + f'secret = "{SECRET}"', "is no TOML: at"),
    ],
)
def test_what_is_wrong_is_told_without_what_is_secret(tmp_path: Path, table: str, said: str) -> None:
    assert said in refused(tmp_path, table)


def test_a_file_too_large_for_a_secret_is_not_one(tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(b"A" * 5_000)
    assert "no file of a secret" in refused(tmp_path, f'name = "a"\nurl = "{URL}"\nsecret_file = "large"')


def test_two_hooks_have_two_names(tmp_path: Path) -> None:
    assert "two hooks are called 'a'" in refused(tmp_path, PLAIN, PLAIN)


@pytest.mark.parametrize("content", ["", "hook = 1", "hook = []", "[other]\na = 1", "[[hook]]\n" * 101])
def test_a_file_without_hooks_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "hooks.toml"
    file.write_text(content)
    with pytest.raises(SettingsError, match=r"write 1 to 100 tables"):
        load_hooks(file, Guard(), {})


def test_a_file_that_is_missing_or_no_text_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        load_hooks(tmp_path / "missing", Guard(), {})
    (tmp_path / "hooks.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match="not UTF-8"):
        load_hooks(tmp_path / "hooks.toml", Guard(), {})
