"""docker-compose.yml and the Dockerfile, checked against the compose schema and against the code they run.

No Docker engine is needed, and none is used: what can go wrong between these files and the rest is checked in them.
"""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import click
import jsonschema
import pytest
from packaging.specifiers import SpecifierSet
from ruamel.yaml import YAML

from streams.settings import Settings, bootstrap_servers, known_variables, load
from tests.support.apache_kafka import ApacheKafka, ApacheKafkaError, kafka_version
from tests.support.commands import parsed
from tests.support.pipeline import free_port

ROOT = Path(__file__).parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
OURS = ("topics", "worker", "feeds", "desk", "webhooks")
OTHERS = ("kafka", "prometheus", "grafana")
PROFILES = {"feeds": ["feeds"], "desk": ["desk"], "webhooks": ["webhooks"], "monitoring": ["prometheus", "grafana"]}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = YAML(typ="safe", pure=True).load(ROOT / "docker-compose.yml")
    return loaded


@pytest.fixture(scope="module")
def kafka(compose: dict[str, Any]) -> dict[str, Any]:
    service: dict[str, Any] = compose["services"]["kafka"]
    return service


def pairs(text: str, separator: str) -> dict[str, str]:
    return dict(item.split(separator, 1) for item in text.split(","))


def test_it_follows_the_compose_specification(compose: dict[str, Any]) -> None:
    # The schema that check-jsonschema ships, as a file: importing the package is not needed to read it.
    package = importlib.util.find_spec("check_jsonschema")
    assert package is not None
    assert package.submodule_search_locations is not None
    vendored = Path(package.submodule_search_locations[0], "builtin_schemas", "vendor", "compose-spec.json")
    schema = json.loads(vendored.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(compose)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema).validate(compose | {"services": {"kafka": {"imagine": "x"}}})
    assert "version" not in compose  # obsolete, and warned about at every command


def test_kafka_is_the_version_that_the_tests_run_against(kafka: dict[str, Any]) -> None:
    assert kafka["image"] == f"apache/kafka:{kafka_version()}"


def test_nothing_faces_the_network(compose: dict[str, Any]) -> None:
    published = [port for service in compose["services"].values() for port in service.get("ports", [])]
    assert published
    assert all(isinstance(port, str) and port.startswith("127.0.0.1:") for port in published)


def test_workers_scale(compose: dict[str, Any]) -> None:
    worker = compose["services"]["worker"]
    assert not {"container_name", "ports", "hostname"} & worker.keys()


def test_the_order_of_the_start(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert services["topics"]["depends_on"]["kafka"]["condition"] == "service_healthy"
    assert services["worker"]["depends_on"]["topics"]["condition"] == "service_completed_successfully"
    assert services["kafka"]["healthcheck"]["test"][0] == "CMD"


def test_the_profiles(compose: dict[str, Any]) -> None:
    of: dict[str, list[str]] = {}
    for name, service in compose["services"].items():
        for profile in service.get("profiles", []):
            of.setdefault(profile, []).append(name)
    assert of == PROFILES
    assert {name for name, service in compose["services"].items() if "profiles" not in service} == {
        "kafka",
        "topics",
        "worker",
    }


@pytest.mark.parametrize("service", [*OURS, *OTHERS])
def test_every_service_is_hardened_and_limited(compose: dict[str, Any], service: str) -> None:
    found = compose["services"][service]
    assert found["read_only"] is True
    assert found["cap_drop"] == ["ALL"]
    assert found["security_opt"] == ["no-new-privileges:true"]
    user, _, _ = found["user"].partition(":")
    assert int(user) > 0
    assert found["deploy"]["resources"]["limits"].keys() == {"cpus", "memory", "pids"}
    assert any(one.startswith("/tmp:") for one in found["tmpfs"])
    assert set(found["networks"]) <= compose["networks"].keys()
    assert not {"privileged", "network_mode", "pid", "cap_add", "devices"} & found.keys()
    if service in OURS:
        assert f"USER {found['user']}" in DOCKERFILE.splitlines()


@pytest.mark.parametrize("service", [*OURS, *OTHERS])
def test_every_service_has_a_health_check(compose: dict[str, Any], service: str) -> None:
    check = compose["services"][service]["healthcheck"]
    if service == "topics":
        assert check == {"disable": True}
        assert compose["services"][service]["restart"] == "no"
    else:
        assert check["test"][0] == "CMD"
        assert {"interval", "timeout", "retries", "start_period"} <= check.keys()


@pytest.mark.parametrize("service", [*OURS, *OTHERS])
def test_images_are_pinned(compose: dict[str, Any], service: str) -> None:
    name, _, tag = compose["services"][service]["image"].partition(":")
    assert name
    assert re.fullmatch(r"v?\d+\.\d+\.\d+", tag)
    if service in OURS:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
        assert tag == project["project"]["version"]


def test_only_what_has_business_outside_can_get_there(compose: dict[str, Any]) -> None:
    assert compose["networks"]["pipeline"] == {"internal": True}
    outside = {name for name, service in compose["services"].items() if "edge" in service["networks"]}
    published = {name for name, service in compose["services"].items() if "ports" in service}
    assert outside == published | {"feeds", "webhooks"}
    assert all("pipeline" in service["networks"] for service in compose["services"].values())


def test_every_volume_and_secret_is_declared_and_every_mounted_file_there(compose: dict[str, Any]) -> None:
    volumes, secrets = set(), set()
    for service in compose["services"].values():
        for mounted in service.get("volumes", []):
            source, target, *mode = mounted.split(":")
            assert target.startswith("/")
            if source.startswith("."):
                assert mode == ["ro"]
                assert (ROOT / source).is_dir(), source
            else:
                volumes.add(source)
        secrets |= {one if isinstance(one, str) else one["source"] for one in service.get("secrets", [])}
    assert volumes == compose["volumes"].keys()
    assert secrets == compose["secrets"].keys()
    assert all(one["file"].startswith("${SECRETS_DIR:-./deploy/secrets}/") for one in compose["secrets"].values())


def test_prometheus_asks_the_services_that_are_there(compose: dict[str, Any]) -> None:
    scraped = YAML(typ="safe", pure=True).load(ROOT / "deploy" / "prometheus" / "prometheus.yml")["scrape_configs"]
    found = {name: one["port"] for job in scraped for one in job.get("dns_sd_configs", []) for name in one["names"]}
    for name in ("worker", "feeds", "desk", "webhooks"):
        settings = load(compose["services"][name]["environment"]).settings
        assert found[name] == (settings.desk_port if name == "desk" else settings.health_port)
    (data,) = YAML(typ="safe", pure=True).load(
        ROOT / "deploy" / "grafana" / "provisioning" / "datasources" / "prometheus.yml"
    )["datasources"]
    assert data["url"] == "http://prometheus:9090"
    (dashboards,) = YAML(typ="safe", pure=True).load(
        ROOT / "deploy" / "grafana" / "provisioning" / "dashboards" / "wirespin.yml"
    )["providers"]
    grafana = compose["services"]["grafana"]
    source, target, _ = grafana["volumes"][0].split(":")
    assert grafana["environment"]["GF_PATHS_PROVISIONING"] == f"{target}/provisioning"
    assert (ROOT / source / Path(dashboards["options"]["path"]).relative_to(target)).is_dir()
    assert compose["services"]["prometheus"]["volumes"][0].split(":")[1] == "/etc/prometheus"


def test_paths_lead_to_what_is_mounted(compose: dict[str, Any]) -> None:
    for name in OURS:
        service = compose["services"][name]
        mounts = {one.split(":")[1] for one in service.get("volumes", [])}
        for one in service.get("secrets", []):
            mounts.add(f"/run/secrets/{one}" if isinstance(one, str) else one["target"])
        words = [*service["command"], *service["environment"].values()]
        assert {word for word in words if word.startswith("/")} == mounts, name
    assert "/var/lib/wirespin/desk" in DOCKERFILE  # a new volume takes over the owner of what it is put on
    assert compose["services"]["grafana"]["environment"]["GF_SECURITY_ADMIN_PASSWORD__FILE"] == (
        "/run/secrets/grafana_password"
    )


def test_the_desk_s_pages_are_published_and_ask_for_a_login(compose: dict[str, Any]) -> None:
    desk = compose["services"]["desk"]
    settings = load(desk["environment"]).settings
    assert desk["ports"] == [f"127.0.0.1:8081:{settings.desk_port}"]
    assert settings.desk_people
    assert settings.desk_allowed_hosts == "desk"  # by which Prometheus asks


def test_every_variable_of_ours_is_a_setting(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        used = {variable for variable in service.get("environment", {}) if variable.startswith("WIRESPIN_")}
        assert used <= known_variables().keys(), name


@pytest.mark.parametrize("service", OURS)
def test_our_services_load_their_settings(compose: dict[str, Any], service: str) -> None:
    settings: Settings = load(compose["services"][service]["environment"]).settings
    assert not settings.embedded
    assert settings.replication == 1  # there is one node to keep a replica


@pytest.mark.parametrize("service", OURS)
def test_our_services_use_the_listener_that_kafka_advertises(
    compose: dict[str, Any], kafka: dict[str, Any], service: str
) -> None:
    settings = load(compose["services"][service]["environment"]).settings
    advertised = pairs(kafka["environment"]["KAFKA_ADVERTISED_LISTENERS"], "://")
    assert advertised["INTERNAL"] == bootstrap_servers(settings.broker)
    assert kafka["healthcheck"]["test"][-1] == advertised["INTERNAL"]
    assert advertised["INTERNAL"].split(":")[0] in compose["services"]


@pytest.mark.parametrize("name", ["worker", "feeds", "desk", "webhooks"])
def test_the_health_check_asks_where_the_service_listens(compose: dict[str, Any], name: str) -> None:
    service = compose["services"][name]
    settings = load(service["environment"]).settings
    host, port = settings.health_host, settings.health_port
    if name == "desk":
        host, port = settings.desk_host, settings.desk_port
    kind, *command = service["healthcheck"]["test"]
    assert (kind, host) == ("CMD", "0.0.0.0")
    (url,) = re.findall(r"'(http[^']+)'", command[-1])
    assert url == f"http://127.0.0.1:{port}/ready"
    compile(command[-1], "healthcheck", "exec")
    assert command[:2] == ["python", "-c"]
    (in_image,) = re.findall(r"HEALTHCHECK .*\\\n    CMD (.+)", DOCKERFILE)
    assert json.loads(in_image) == command
    assert f"WIRESPIN_HEALTH_PORT={settings.health_port}" in DOCKERFILE


def test_the_health_check_fails_where_nobody_answers(compose: dict[str, Any]) -> None:
    _, _, *words = compose["services"]["worker"]["healthcheck"]["test"]
    words[-1] = words[-1].replace(":8080", f":{free_port()}")
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Connection refused" in done.stderr


def test_the_host_reaches_kafka_by_the_published_port(kafka: dict[str, Any]) -> None:
    environment = kafka["environment"]
    (published,) = kafka["ports"]
    _, host_port, container_port = published.split(":")
    assert pairs(environment["KAFKA_ADVERTISED_LISTENERS"], "://")["HOST"] == f"localhost:{host_port}"
    assert pairs(environment["KAFKA_LISTENERS"], "://")["HOST"] == f":{container_port}"


def test_the_data_is_in_the_volume(compose: dict[str, Any], kafka: dict[str, Any]) -> None:
    (mounted,) = kafka["volumes"]
    volume, folder = mounted.split(":")
    assert kafka["environment"]["KAFKA_LOG_DIRS"] == folder
    assert volume in compose["volumes"]


@pytest.mark.parametrize("service", OURS)
def test_the_commands_are_in_the_command_line(compose: dict[str, Any], service: str) -> None:
    command = compose["services"][service]["command"]
    parsed(command)
    with pytest.raises(click.UsageError):
        parsed([*command, "--no-such-option"])


def test_the_image_runs_what_the_project_installs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (entry,) = re.findall(r"^ENTRYPOINT (.+)$", DOCKERFILE, re.MULTILINE)
    assert json.loads(entry)[0] in project["project"]["scripts"]
    pythons = set(re.findall(r"^FROM python:([\d.]+)(?:-slim)?-bookworm(?: |$)", DOCKERFILE, re.MULTILINE))
    assert len(re.findall("^FROM ", DOCKERFILE, re.MULTILINE)) == 2
    assert len(pythons) == 1, "what is built with one Python does not run on another"
    assert pythons.pop() in SpecifierSet(project["project"]["requires-python"])
    packages = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert {f"COPY {package} {package}" for package in packages} <= set(DOCKERFILE.splitlines())


def test_the_image_is_not_roots_and_its_packages_are_checked() -> None:
    users = re.findall(r"^USER (.+)$", DOCKERFILE, re.MULTILINE)
    assert users
    assert users[-1] == "10001:10001"
    final = DOCKERFILE.rpartition("\nFROM ")[2]
    assert "pip uninstall" in final
    assert not re.search(r"apt-get|curl|gcc|pip install", final)
    downloads = [
        line for line in DOCKERFILE.splitlines() if re.search(r"pip (install|download|wheel --no-deps --require)", line)
    ]
    assert all("--require-hashes" in line or "--no-index" in line for line in downloads)


def test_the_build_context_holds_what_the_dockerfile_copies() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    kept = {line[1:] for line in ignored if line.startswith("!")}
    copied: set[str] = set()
    for sources in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE):
        copied.update(sources.split())
    assert copied == kept
    assert all((ROOT / name).exists() for name in copied)


def as_properties(environment: dict[str, str]) -> dict[str, str]:
    """Broker settings of the image's variables, by its rule: ``_`` is a dot, ``__`` a ``_``, ``___`` a dash."""
    signs = {1: ".", 2: "_", 3: "-"}
    prefix = "KAFKA_"
    environment = {name: value for name, value in environment.items() if name != "KAFKA_HEAP_OPTS"}  # the start's own
    return {
        re.sub("_+", lambda run: signs[len(run[0])], name.removeprefix(prefix)).lower(): value
        for name, value in environment.items()
        if name.startswith(prefix)
    }


@pytest.mark.apache
def test_kafka_accepts_the_settings(kafka: dict[str, Any], tmp_path: Path) -> None:
    settings = as_properties(kafka["environment"]) | {"log.dirs": str(tmp_path / "data")}
    cluster = kafka["environment"]["CLUSTER_ID"]
    said = ApacheKafka.check(settings, cluster, tmp_path / "server.properties")
    assert "Formatting" in said
    wrong = {"log.dirs": str(tmp_path / "other"), "advertised.listeners": "NOWHERE://kafka:9092"}
    with pytest.raises(ApacheKafkaError, match="No security protocol defined for listener NOWHERE"):
        ApacheKafka.check(settings | wrong, cluster, tmp_path / "server.properties")
