"""On and off."""

from __future__ import annotations

import sys

import pytest

from agents.trace import UNTRACED
from schemas.errors import SettingsError
from streams.settings import Settings, load
from streams.tracing.switch import tracing


async def test_off_by_default() -> None:
    async with tracing(Settings()) as tracers:
        assert tracers("judge", "g") is UNTRACED


async def test_on_without_the_package_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("streams.tracing.")]:
        if name != "streams.tracing.switch":
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "opentelemetry.trace", None)
    with pytest.raises(SettingsError, match=r"--otel-endpoint: .*opentelemetry.*pip install wirespin\[otel\]"):
        async with tracing(Settings(otel_endpoint="http://127.0.0.1:4318")):
            pytest.fail("it began")


@pytest.mark.parametrize("value", ["collector:4318", "http://user:word@host:4318", "http://host/?x", "grpc://host", ""])
def test_an_endpoint_is_a_plain_address(value: str) -> None:
    with pytest.raises(SettingsError, match="WIRESPIN_OTEL_ENDPOINT"):
        load({"WIRESPIN_OTEL_ENDPOINT": value})


@pytest.mark.parametrize("value", ["-0.1", "1.1", "nan"])
def test_a_share_is_a_share(value: str) -> None:
    with pytest.raises(SettingsError, match="WIRESPIN_OTEL_SAMPLE"):
        load({"WIRESPIN_OTEL_SAMPLE": value})
