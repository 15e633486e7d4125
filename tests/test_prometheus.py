"""A real Prometheus, where the machine has one: it scrapes our page, and answers what the dashboard and rules ask."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import yaml

from streams.served import Health, health_port
from streams.settings import Settings
from tests.support import catalog, dashboard
from tests.support.pipeline import LIMIT, ROOT, free_port

RULES = ROOT / "deploy" / "prometheus" / "rules.yml"
MAY_BE_EMPTY = ("> 0", "absent(")
"""What filters, so that its answer may be empty."""


class Prometheus:
    """The server's API."""

    def __init__(self, port: int) -> None:
        self._url = f"http://127.0.0.1:{port}/api/v1"

    async def ask(self, path: str, **query: str) -> Any:
        """The data of an answer."""
        async with aiohttp.ClientSession() as session, session.get(f"{self._url}/{path}", params=query) as response:
            said = await response.json()
            assert said["status"] == "success", (query, said)
            return said["data"]

    async def value(self, expr: str) -> list[Any]:
        """What an expression gives now."""
        found: list[Any] = (await self.ask("query", query=expr))["result"]
        return found


@contextlib.asynccontextmanager
async def prometheus(folder: Path, **targets: int) -> AsyncIterator[Prometheus]:
    """One that scrapes ports of this machine every second, with our rules."""
    program = shutil.which("prometheus")
    if program is None:
        pytest.skip("no Prometheus on this machine")
    jobs = [{"job_name": job, "static_configs": [{"targets": [f"127.0.0.1:{port}"]}]} for job, port in targets.items()]
    every = {"scrape_interval": "1s", "scrape_timeout": "1s", "evaluation_interval": "1s"}
    config = folder / "prometheus.yml"
    config.write_text(yaml.safe_dump({"global": every, "rule_files": [str(RULES)], "scrape_configs": jobs}))
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        program, f"--config.file={config}", f"--storage.tsdb.path={folder / 'data'}",
        f"--web.listen-address=127.0.0.1:{port}",
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield Prometheus(port)
    finally:
        process.terminate()
        await process.wait()


async def test_every_panel_and_every_rule_has_an_answer(tmp_path: Path) -> None:
    settings = Settings(health_port=free_port())
    families = [family for told in catalog.own().values() for family in told]
    health = Health(ready=catalog.red, families=lambda: families, silent=lambda: 1.0)
    async with health_port(settings, health), prometheus(tmp_path, worker=settings.health_port) as server:
        async with asyncio.timeout(LIMIT):
            while True:
                with contextlib.suppress(aiohttp.ClientConnectionError, AssertionError):
                    if await server.value("count_over_time(wirespin_ready[1m]) > 3"):
                        break
                await asyncio.sleep(0.3)
        panels = [panel for panel in dashboard.dashboard()["panels"] if panel["type"] != "row"]
        for panel in panels:
            for target in panel["targets"]:
                found = await server.value(target["expr"].replace("$__rate_interval", "1m"))
                assert found or any(filters in target["expr"] for filters in MAY_BE_EMPTY), panel["title"]
        groups = (await server.ask("rules"))["groups"]
        rules = [rule for group in groups for rule in group["rules"]]
        assert {rule["health"] for rule in rules} == {"ok"}
        assert {rule["name"] for rule in rules if rule.get("state") == "firing"} == set()
