"""All settings in one object, read from ``WIRESPIN_*`` variables and command-line flags, each with its origin."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator

from schemas.base import explain
from schemas.errors import SettingsError
from wirespin.framing import DEFAULT, Thresholds

PREFIX = "WIRESPIN_"
EMBEDDED = "embedded"
HOUR, DAY = 3_600.0, 86_400.0

HEARTBEATS = 3
"""Heartbeats a session timeout, as Kafka's own documentation advises."""

Protocol = Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"]
Mechanism = Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"]
Level = Literal["DEBUG", "INFO", "WARNING", "ERROR"]


class Settings(BaseModel):
    """What can be set. Each field is the variable ``WIRESPIN_<FIELD>``; `wirespin config` shows the descriptions."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    broker: str = Field(default=EMBEDDED, description="kafka://host:port[,host:port], or 'embedded' for a private one")
    prefix: str = Field(
        default="wirespin", pattern=r"^[a-z0-9][a-z0-9-]{0,99}$", description="first part of all topic and group names"
    )
    article_partitions: int = Field(default=4, ge=1, le=1_000, description="partitions of the ingest topic")
    story_partitions: int = Field(default=4, ge=1, le=1_000, description="partitions of the stories topic")
    index_partitions: int = Field(
        default=1, ge=1, le=100, description="partitions of the index log: one, or several that share the languages"
    )
    replication: int = Field(default=1, ge=1, le=9, description="replication factor of topics that are created")
    window_days: float = Field(default=7.0, gt=0, le=366, description="days of event time in which copies are sought")
    boilerplate: str | None = Field(
        default=None, description="file of outlets' learned boilerplate, which ingest leaves out; none if unset"
    )
    alert_threshold: float = Field(
        default=DEFAULT.alert, gt=0, le=1, description="score from which an altered framing is alerted, by judge"
    )
    unsure_threshold: float | None = Field(
        default=None,
        gt=0,
        le=1,
        description=f"score from which a republication says 'unsure'; {DEFAULT.unsure:g} if unset",
    )
    batch: int = Field(default=64, ge=1, le=10_000, description="records a stage works on before it confirms")
    session_timeout: float = Field(
        default=20.0, ge=1, le=300, description="seconds until a dead worker's partitions move to another"
    )
    commit_interval: float = Field(default=0.5, ge=0.05, le=60, description="seconds between commits of offsets")
    send_timeout: float = Field(
        default=60.0, ge=1, le=600, description="seconds until an unconfirmed send ends a worker"
    )
    stall_timeout: float = Field(
        default=300.0, ge=10, le=86_400, description="seconds without progress until a stuck worker ends itself"
    )
    lag_timeout: float = Field(
        default=60.0, ge=1, le=86_400, description="seconds that records wait, none done, until a worker is unready"
    )
    health_port: int = Field(
        default=0, ge=0, le=65_535, description="port of a worker's /live, /ready and /status; 0 for none"
    )
    health_host: str = Field(default="127.0.0.1", min_length=1, description="address that the health port listens on")
    feed_partitions: int = Field(
        default=16, ge=1, le=1_000, description="partitions of the topic of feeds: at most so many workers poll"
    )
    feed_contact: str | None = Field(
        default=None,
        max_length=200,
        description="URL or mail address in the User-Agent, for those whose feeds are read",
    )
    feed_user_agent: str | None = Field(
        default=None, max_length=400, description="the whole User-Agent; 'wirespin/VERSION (+CONTACT)' if unset"
    )
    feed_proxy: str | None = Field(
        default=None, pattern=r"^https?://\S+$", description="proxy that feeds and pages are fetched through"
    )
    feed_allow: str = Field(
        default="", description="networks and hosts that may be asked though they are private, by commas"
    )
    feed_full_text: bool = Field(
        default=False, description="whether the page is fetched where a feed has only a summary, unless the feed says"
    )
    feed_interval: float = Field(
        default=6 * HOUR, gt=0, le=30 * DAY, description="seconds between two fetches of a feed not known yet"
    )
    feed_min_interval: float = Field(default=600.0, gt=0, le=DAY, description="least seconds between two fetches")
    feed_max_interval: float = Field(default=DAY, gt=0, le=30 * DAY, description="most seconds between two fetches")
    feed_whole_every: float = Field(
        default=DAY, gt=0, le=366 * DAY, description="seconds after which a feed is fetched whole, without validators"
    )
    feed_redirects: int = Field(
        default=10, ge=1, le=1_000, description="times that a feed must say it has moved before that is believed"
    )
    feed_redirect_days: float = Field(default=3.0, ge=0, le=366, description="days over which it must have said so")
    feed_concurrency: int = Field(default=64, ge=1, le=10_000, description="feeds a worker polls at a time")
    feed_host_concurrency: int = Field(default=2, ge=1, le=1_000, description="requests to one host at a time")
    feed_host_spacing: float = Field(
        default=5.0, ge=0, le=3_600, description="seconds between two requests to one host"
    )
    feed_timeout: float = Field(default=20.0, gt=0, le=600, description="seconds that a fetch may take in all")
    feed_connect_timeout: float = Field(default=10.0, gt=0, le=600, description="seconds until a host must connect")
    feed_largest: int = Field(
        default=15 * 1_048_576, ge=1_024, le=256 * 1_048_576, description="bytes of a body after decompression, at most"
    )
    feed_callback: str | None = Field(
        default=None,
        pattern=r"^https?://[^\s?#]+$",
        max_length=500,
        description="public URL that leads to this worker's callback port, for hubs to deliver to; none if unset",
    )
    feed_callback_port: int = Field(
        default=0, ge=0, le=65_535, description="port that hubs' deliveries arrive on, behind a proxy; 0 for none"
    )
    feed_callback_host: str = Field(
        default="127.0.0.1", min_length=1, description="address that the callback port listens on"
    )
    feed_parsers: int = Field(default=2, ge=1, le=64, description="processes of a worker that parse what was fetched")
    feed_parse_timeout: float = Field(
        default=20.0, gt=0, le=600, description="seconds after which the process that parses a feed is ended"
    )
    rebuild_readers: int = Field(
        default=2, ge=1, le=16, description="processes that read a long log of stories when match rebuilds its index"
    )
    security_protocol: Protocol = Field(default="PLAINTEXT", description="how to talk to the broker")
    sasl_mechanism: Mechanism = Field(
        default="SCRAM-SHA-512", description="SASL mechanism, where the protocol has SASL"
    )
    sasl_username: str | None = Field(default=None, description="SASL user")
    sasl_password: str | None = Field(default=None, description="SASL password (never printed)")
    tls_ca: str | None = Field(default=None, description="file of the CA certificates to trust; the system's if unset")
    desk_data: str | None = Field(
        default=None, description="folder in which the desk keeps what it has read; a temporary one if unset"
    )
    log_level: Level = Field(default="INFO", description="least severity that is logged to standard error")

    @field_validator("broker")
    @classmethod
    def _is_broker(cls, value: str) -> str:
        if value != EMBEDDED:
            bootstrap_servers(value)
        return value

    @field_validator("unsure_threshold")
    @classmethod
    def _below_alert(cls, value: float | None, others: ValidationInfo) -> float | None:
        alert = others.data.get("alert_threshold", 1.0)
        if value is not None and value > alert:
            raise ValueError(f"must not be above the alert threshold, {alert:g}")
        return value

    @field_validator("feed_max_interval")
    @classmethod
    def _not_below_least(cls, value: float, others: ValidationInfo) -> float:
        least = others.data.get("feed_min_interval", 0.0)
        if value < least:
            raise ValueError(f"must not be below the least interval, {least:g}")
        return value

    @property
    def thresholds(self) -> Thresholds:
        """What the comparison of framings says yes and unsure from."""
        unsure = DEFAULT.unsure if self.unsure_threshold is None else self.unsure_threshold
        return Thresholds(self.alert_threshold, min(unsure, self.alert_threshold))

    @property
    def window(self) -> float:
        """The window in seconds of event time."""
        return self.window_days * DAY

    @property
    def given_up_after(self) -> float:
        """Seconds of standing still after which its group may give a worker up: the last heartbeat may be old."""
        return self.session_timeout * (HEARTBEATS - 1) / HEARTBEATS

    @property
    def embedded(self) -> bool:
        """Whether no broker was named."""
        return self.broker == EMBEDDED


@dataclass(frozen=True)
class Loaded:
    """Settings and where each value came from: ``default``, the variable's name, or the flag."""

    settings: Settings
    origins: dict[str, str]


def bootstrap_servers(broker: str) -> str:
    """``host:port[,host:port]`` of a broker setting.

    Raises:
        ValueError: it is not of the form kafka://host:port.
    """
    scheme, found, rest = broker.partition("://")
    if not found or scheme != "kafka" or not rest:
        raise ValueError("must be 'embedded' or kafka://host:port[,host:port]")
    for server in rest.split(","):
        parts = urlsplit(f"//{server}")
        if not parts.hostname or not parts.port or parts.path:
            raise ValueError(f"'{server}' is not host:port")
    return rest


def known_variables() -> dict[str, str]:
    """Environment variable to field of `Settings`."""
    return {PREFIX + name.upper(): name for name in Settings.model_fields}


def as_environment(settings: Settings) -> dict[str, str]:
    """The variables from which `load` reads these settings again, for a process that is to be started."""
    given = settings.model_dump(exclude_none=True)
    return {variable: str(given[name]) for variable, name in known_variables().items() if name in given}


def load(environment: Mapping[str, str], flags: Mapping[str, object] | None = None) -> Loaded:
    """Read the settings: defaults, over them the environment, over that the flags that were given.

    Raises:
        SettingsError: a variable that does not exist, or a value that a setting cannot hold.
    """
    known = known_variables()
    given: dict[str, object] = {}
    origins = dict.fromkeys(Settings.model_fields, "default")
    for variable, value in environment.items():
        if variable.startswith(PREFIX):
            name = known.get(variable) or _unknown(variable, known)
            given[name], origins[name] = value, variable
    for name, flag in (flags or {}).items():
        if flag is not None:
            given[name], origins[name] = flag, "--" + name.replace("_", "-")
    try:
        return Loaded(Settings.model_validate(given), origins)
    except ValidationError as error:
        raise SettingsError(*_bad_value(error, origins)) from error


def _unknown(variable: str, known: Mapping[str, str]) -> str:
    """Refuse a variable that is none of ours, naming the nearest that is."""
    names = {name.removeprefix(PREFIX): name for name in known}  # the prefix alone makes any two alike
    near = difflib.get_close_matches(variable.removeprefix(PREFIX), names, n=1, cutoff=0.5)
    advice = f"did you mean {names[near[0]]}?" if near else "see 'wirespin config' for those that do"
    raise SettingsError("no such setting", where=variable, remedy=advice)


def _bad_value(error: ValidationError, origins: Mapping[str, str]) -> tuple[str]:
    """The message for a value that does not fit, naming where it was set; a password is not shown."""
    problem = error.errors(include_url=False)[0]
    name = str(problem["loc"][0]) if problem["loc"] else ""
    if name == "sasl_password":
        return (f"{origins[name]}: not a text",)
    origin = origins.get(name, name)
    return (f"{origin}: {explain(error)}; {Settings.model_fields[name].description if name else ''}",)
