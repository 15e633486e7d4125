"""The site builds strictly, its links lead somewhere, nothing is from elsewhere, and nothing of the code is missing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import get_args

import click
import pytest
import yaml

from schemas import errors
from schemas.events import Device
from schemas.jsonschema import RECORDS, files
from streams.cli import main
from streams.reference.check import problems
from streams.reference.commands import anchor, commands
from streams.reference.hook import COMING
from streams.reference.settings import REST, group
from streams.settings import PREFIX, Settings
from streams.topics import declared
from tests.support.pipeline import ROOT

CONFIGURATION = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
NOBODY = ("undelivered",)
"""Topics that only people read."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as `make docs` builds it, in a folder of its own."""
    folder = tmp_path_factory.mktemp("site")
    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)],
        cwd=ROOT, env={**os.environ, "NO_MKDOCS_2_WARNING": "true"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert built.returncode == 0, built.stdout + built.stderr
    return folder


def shown(site: Path, page: str) -> str:
    """A page's text, without tags."""
    return unescape(re.sub(r"<[^>]+>", "", (site / page).read_text(encoding="utf-8")))


def listed(nav: object) -> Iterator[str]:
    """All pages of a navigation."""
    if isinstance(nav, str):
        yield nav
    else:
        assert isinstance(nav, list | dict)
        for one in nav.values() if isinstance(nav, dict) else nav:
            yield from listed(one)


def navigation() -> list[str]:
    return list(listed(yaml.safe_load(CONFIGURATION)["nav"]))


def test_every_link_leads_somewhere_and_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    assert len(list(site.rglob("*.html"))) > 20
    assert list(problems(site)) == []


def test_every_page_is_in_the_navigation_once() -> None:
    pages = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")}
    named = navigation()
    assert len(named) == len(set(named))
    assert pages - set(named) == set()
    assert {name for name in set(named) - pages if not name.startswith("reference/")} <= COMING


def test_every_setting_is_in_the_reference(site: Path) -> None:
    text, page = shown(site, "reference/settings.html"), (site / "reference/settings.html").read_text()
    for name, field in Settings.model_fields.items():
        assert PREFIX + name.upper() in text
        assert f'id="{name}"' in page
        assert field.description
        assert field.description.replace("`", "") in text
    assert [name for name in Settings.model_fields if group(name) == REST] == [], "name their group in GROUPS"


def test_every_command_and_option_is_in_the_reference(site: Path) -> None:
    text, page = shown(site, "reference/commands.html"), (site / "reference/commands.html").read_text()
    found = list(commands(main, "wirespin"))
    assert len(found) > 20
    for path, command in found:
        assert f'id="{anchor(path)}"' in page
        section = text.partition(f"\n{path} [OPTIONS]")[2].partition("[OPTIONS]")[0]
        options = [one for one in command.params if isinstance(one, click.Option) and not one.hidden]
        names = [name for one in options if one.name not in Settings.model_fields for name in one.opts]
        assert [name for name in names if name not in section] == []
    assert "\\b" not in text
    assert "\b" not in text


def test_every_topic_is_in_the_reference(site: Path) -> None:
    text = shown(site, "reference/topics.html")
    for topic in declared(Settings()).values():
        section = text.partition(f"\n{topic.name}¶")[2]
        told = section.partition("partitions")[0]
        assert re.search(r"written by\s+\w", told), topic.name
        assert re.search(r"read by\s+\w", told) or topic.role in NOBODY, topic.name
        assert all(f"{name}={value}" in text for name, value in topic.config().items())


def test_every_record_and_its_schema_are_in_the_reference(site: Path) -> None:
    page = (site / "reference/records.html").read_text()
    for record in RECORDS:
        assert f'id="{record.__name__.lower()}"' in page
    for path, content in files().items():
        assert (site / "schemas" / path.name).read_bytes() == content


def test_every_error_and_device_is_in_the_reference(site: Path) -> None:
    errors_shown, devices_shown = shown(site, "reference/errors.html"), shown(site, "reference/devices.html")
    assert [name for name in errors.__all__ if name not in errors_shown] == []
    assert [name for name in get_args(Device) if name not in devices_shown] == []


def test_the_method_gives_no_figure_that_was_not_measured() -> None:
    method, figures = ((ROOT / "docs" / name).read_text() for name in ("method.md", "benchmarks.md"))
    given = re.findall(r"\d[\d,.]*\d|\d", re.sub(r"\]\([^)]*\)", "]", method))
    assert len(given) > 30
    assert [one for one in given if not re.search(rf"(?<![\d.,]){re.escape(one)}(?!\d)", figures)] == []
