"""Brokers for the integration tests: the embedded one, or with ``--broker=kafka`` a real Apache Kafka.

One broker a test session (so one a parallel worker), a topic prefix of its own for every test.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator

import pytest
from hypothesis import settings as hypothesis_settings

from streams.embedded import EmbeddedBroker
from streams.settings import Settings
from tests.support.apache_kafka import ApacheKafka

# No deadline: the machines are shared, and a slow one is no wrong answer. In CI the same examples every time: what is
# submitted must not fail by the dice; everybody else's runs go on looking.
hypothesis_settings.register_profile("wirespin", deadline=None, derandomize="CI" in os.environ, print_blob=True)
hypothesis_settings.load_profile("wirespin")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--broker", choices=["embedded", "kafka"], default="embedded", help="what integration tests run on"
    )
    parser.addoption("--browser-required", action="store_true", help="fail, not skip, where there is no Chromium")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "apache: runs on a real Apache Kafka only (--broker=kafka)")
    config.addinivalue_line("markers", "browser: drives a real Chromium, which tests/support/chromium.py looks for")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--broker") == "kafka":
        return
    apache = [item for item in items if item.get_closest_marker("apache")]
    config.hook.pytest_deselected(items=apache)
    items[:] = [item for item in items if item not in apache]


@pytest.fixture
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment that sets nothing of ours."""
    for name in list(os.environ):
        if name.startswith("WIRESPIN_"):
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def broker_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A running broker."""
    if request.config.getoption("--broker") == "kafka":
        with ApacheKafka() as kafka:
            yield f"kafka://{kafka.bootstrap}"
    else:
        with EmbeddedBroker() as broker:
            yield broker.url


@pytest.fixture
def settings(broker_url: str) -> Settings:
    """Settings for topics that nobody else uses, with the short session of tests."""
    return Settings(
        broker=broker_url,
        prefix=f"t-{uuid.uuid4().hex[:12]}",
        session_timeout=6,
        commit_interval=0.2,
        article_partitions=2,
        story_partitions=2,
        feed_partitions=4,
    )
