"""The broker as the settings name it, as AsyncAPI servers."""

from __future__ import annotations

from typing import Any

from streams.settings import Mechanism, Settings, bootstrap_servers

SCHEMES: dict[Mechanism, str] = {"PLAIN": "plain", "SCRAM-SHA-256": "scramSha256", "SCRAM-SHA-512": "scramSha512"}
"""SASL mechanism to AsyncAPI's type of security scheme."""

SCHEME = "sasl"


def servers(settings: Settings) -> dict[str, Any]:
    """One server for each address; where no broker is named, one whose address is a variable."""
    if settings.embedded:
        variables = {
            "host": {"default": "localhost", "description": "host of WIRESPIN_BROKER"},
            "port": {"default": "9092", "description": "port of WIRESPIN_BROKER"},
        }
        return {"broker": {"host": "{host}:{port}", **_access(settings), "variables": variables}}
    hosts = bootstrap_servers(settings.broker).split(",")
    names = ["broker"] if len(hosts) == 1 else [f"broker-{number}" for number, _ in enumerate(hosts, 1)]
    return {name: {"host": host, **_access(settings)} for name, host in zip(names, hosts, strict=True)}


def security_schemes(settings: Settings) -> dict[str, Any]:
    """How clients prove who they are; empty where they need not."""
    return {SCHEME: {"type": SCHEMES[settings.sasl_mechanism]}} if _sasl(settings) else {}


def _access(settings: Settings) -> dict[str, Any]:
    encrypted = settings.security_protocol.endswith("SSL")
    access: dict[str, Any] = {
        "protocol": "kafka-secure" if encrypted else "kafka",
        "description": "Apache Kafka 3.8 or newer",
    }
    if _sasl(settings):
        access["security"] = [{"$ref": f"#/components/securitySchemes/{SCHEME}"}]
    return access


def _sasl(settings: Settings) -> bool:
    return settings.security_protocol.startswith("SASL")
