"""The health port: four paths, what every process tells, and who may be asked."""

from __future__ import annotations

import aiohttp
import pytest

from schemas.errors import SettingsError
from streams.exposition import counter
from streams.served import Health, health_port
from streams.settings import Settings
from tests.support.metrics import lint, samples
from tests.support.pipeline import free_port


async def asked(settings: Settings, path: str) -> tuple[int, str, str]:
    url = f"http://127.0.0.1:{settings.health_port}{path}"
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return response.status, response.content_type, await response.text()


async def test_a_process_that_says_nothing_of_itself_is_alive_and_measured() -> None:
    settings = Settings(health_port=free_port())
    async with health_port(settings, Health()) as port:
        assert port == settings.health_port
        assert await asked(settings, "/live") == (200, "application/json", '{"live":true}')
        assert await asked(settings, "/ready") == (200, "application/json", '{"ready":true,"problems":[]}')
        assert (await asked(settings, "/status"))[0] == 200
        code, kind, page = await asked(settings, "/metrics")
        assert (code, kind) == (200, "text/plain")
        lint(page)
        found = samples(page)
        assert found["wirespin_ready"] == 1
        assert found["process_resident_memory_bytes"] > 1_000_000
        assert not any(name.startswith("wirespin_broker") for name in found)


async def test_red_is_503_and_a_gauge_at_zero() -> None:
    settings = Settings(health_port=free_port())
    red = Health(
        live=lambda: (False, {"live": False}),
        ready=lambda: (False, {"ready": False, "problems": []}),
        families=lambda: [counter("wirespin_things_total", "What came.", 3)],
        silent=lambda: 16.25,
    )
    async with health_port(settings, red):
        assert [(await asked(settings, path))[0] for path in ("/live", "/ready", "/status")] == [503, 503, 200]
        found = samples((await asked(settings, "/metrics"))[2])
    assert found["wirespin_ready"] == 0
    assert found["wirespin_broker_silence_seconds"] == 16.25
    assert found["wirespin_things_total"] == 3


async def test_without_a_port_nothing_listens_and_a_taken_one_is_named() -> None:
    async with health_port(Settings(), Health()) as port:
        assert port is None
    settings = Settings(health_port=free_port())
    async with health_port(settings, Health()):
        with pytest.raises(SettingsError, match=str(settings.health_port)):
            async with health_port(settings, Health()):
                pass
