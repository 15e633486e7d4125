"""The Kubernetes manifests against the code they run. The Kubernetes schemas are no dependency: docs/deploy.md."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from ruamel.yaml import YAML

from streams.app import STAGES
from streams.settings import Settings, known_variables
from streams.worker import STOP_TIMEOUT
from tests.support.commands import parsed, settings_of
from tests.support.pipeline import ROOT

FOLDER = ROOT / "deploy" / "kubernetes"
FOLDERS = ("all", "stages", "feeds", "desk", "webhooks")
Manifest = dict[str, Any]


def read(path: Path) -> list[Manifest]:
    return [one for one in YAML(typ="safe", pure=True).load_all(path) if one is not None]


def built(folder: Path) -> Iterator[Manifest]:
    """What kustomize makes of a folder here: its resources, in its namespace."""
    (kustomization,) = read(folder / "kustomization.yaml")
    assert kustomization["namespace"] == "wirespin"
    assert kustomization.keys() <= {"apiVersion", "kind", "namespace", "resources"}
    for name in kustomization["resources"]:
        if (folder / name).is_dir():
            yield from built(folder / name)
        else:
            yield from read(folder / name)


EVERYTHING = [one for name in ("base", *FOLDERS) for one in built(FOLDER / name)]
DEPLOYMENTS = {one["metadata"]["name"]: one for one in EVERYTHING if one["kind"] == "Deployment"}
each_deployment = pytest.mark.parametrize("name", sorted(DEPLOYMENTS))


def pod(name: str) -> Manifest:
    found: Manifest = DEPLOYMENTS[name]["spec"]["template"]["spec"]
    return found


def container(name: str) -> Manifest:
    (found,) = pod(name)["containers"]
    return dict(found)


def variables(name: str) -> dict[str, str]:
    """The variables of a container, without those of Secrets."""
    (settings,) = [one["data"] for one in built(FOLDER / "base") if one["kind"] == "ConfigMap"]
    assert container(name)["envFrom"][0]["configMapRef"]["name"] == "wirespin"
    own: dict[str, str] = {one["name"]: one["value"] for one in container(name).get("env", [])}
    return {**settings, **own}


def test_every_file_is_built_by_some_folder() -> None:
    used = {FOLDER / name / file for name in ("base", *FOLDERS) for file in
            read(FOLDER / name / "kustomization.yaml")[0]["resources"]}  # fmt: skip
    files = {path for path in FOLDER.glob("*/*.yaml") if path.name != "kustomization.yaml"}
    assert files == {path for path in used if path.is_file()}
    assert all(path.exists() for path in used)
    assert "Secret" not in {one["kind"] for one in EVERYTHING}


@each_deployment
def test_the_command_is_in_the_command_line(name: str) -> None:
    parsed(container(name)["args"])
    with pytest.raises(click.UsageError):
        parsed([*container(name)["args"], "--no-such-option"])


def test_there_is_one_for_every_stage_and_one_for_all() -> None:
    stages = {container(name)["args"][1] for name in DEPLOYMENTS if container(name)["args"][0] == "worker"}
    assert stages == {*STAGES, "all"}
    assert {container(name)["args"][0] for name in DEPLOYMENTS} == {"worker", "feeds", "desk", "webhooks"}


@each_deployment
def test_its_variables_are_settings(name: str) -> None:
    ours = variables(name)
    assert ours.keys() <= known_variables().keys()
    settings = settings_of(ours)
    assert not settings.embedded
    assert settings.replication == 3


@each_deployment
def test_probes_ask_where_it_listens(name: str) -> None:
    settings, found = settings_of(variables(name)), container(name)
    host, port = settings.health_host, settings.health_port
    if name == "wirespin-desk":
        host, port = settings.desk_host, settings.desk_port
    assert host == "0.0.0.0"
    assert [one["containerPort"] for one in found["ports"] if one["name"] == "health"] == [port]
    probes = {kind: found[f"{kind}Probe"]["httpGet"] for kind in ("startup", "liveness", "readiness")}
    assert {kind: probe["path"] for kind, probe in probes.items()} == {
        "startup": "/live",
        "liveness": "/live",
        "readiness": "/ready",
    }
    assert {probe["port"] for probe in probes.values()} == {"health"}
    assert DEPLOYMENTS[name]["spec"]["template"]["metadata"]["annotations"]["prometheus.io/port"] == str(port)


@each_deployment
def test_it_is_nobodys_root(name: str) -> None:
    spec, found = pod(name), container(name)
    assert spec["securityContext"]["runAsNonRoot"] is True
    assert f"USER {spec['securityContext']['runAsUser']}:" in (ROOT / "Dockerfile").read_text("utf-8")
    assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert spec["automountServiceAccountToken"] is False
    assert found["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert spec["terminationGracePeriodSeconds"] > STOP_TIMEOUT
    assert found["resources"]["limits"].keys() == {"memory"}
    assert found["resources"]["requests"].keys() == {"cpu", "memory"}


@each_deployment
def test_what_is_mounted_is_there_and_paths_lead_to_it(name: str) -> None:
    spec, found = pod(name), container(name)
    mounts = {one["name"]: one["mountPath"] for one in found["volumeMounts"]}
    assert mounts.keys() == {one["name"] for one in spec["volumes"]}
    assert mounts["tmp"] == "/tmp"
    claims = [one["persistentVolumeClaim"]["claimName"] for one in spec["volumes"] if "persistentVolumeClaim" in one]
    assert set(claims) <= {one["metadata"]["name"] for one in EVERYTHING if one["kind"] == "PersistentVolumeClaim"}
    examples = {one["metadata"]["name"]: one["stringData"] for one in read(FOLDER / "secrets.example.yaml")}
    paths = [word for word in [*found["args"], *variables(name).values()] if word.startswith("/")]
    secrets = {one["name"]: one["secret"]["secretName"] for one in spec["volumes"] if "secret" in one}
    for path in paths:
        (volume,) = [volume for volume, mount in mounts.items() if Path(path).is_relative_to(mount)]
        if volume in secrets:
            assert Path(path).name in examples[secrets[volume]]


def test_no_more_replicas_than_have_something_to_do() -> None:
    settings = settings_of(variables("wirespin-ingest"))
    most = {
        "ingest": settings.article_partitions,
        "judge": settings.story_partitions,
        "match": settings.index_partitions + 1,  # one stands by
        "feeds": settings.feed_partitions,
        "desk": 1,
    }
    replicas = {name.removeprefix("wirespin-"): one["spec"]["replicas"] for name, one in DEPLOYMENTS.items()}
    assert all(replicas[part] <= many for part, many in most.items())
    assert DEPLOYMENTS["wirespin-desk"]["spec"]["strategy"] == {"type": "Recreate"}  # its store has one writer


def test_selectors_find_what_they_are_for() -> None:
    labels = [one["spec"]["template"]["metadata"]["labels"] for one in DEPLOYMENTS.values()]
    for one in DEPLOYMENTS.values():
        assert one["spec"]["selector"]["matchLabels"] == one["spec"]["template"]["metadata"]["labels"]
    selectors = [one["spec"]["selector"] for one in EVERYTHING if one["kind"] == "Service"]
    selectors += [one["spec"]["selector"]["matchLabels"] for one in EVERYTHING if one["kind"] == "PodDisruptionBudget"]
    policies = [one["spec"]["podSelector"] for one in EVERYTHING if one["kind"] == "NetworkPolicy"]
    selectors += [one["matchLabels"] for one in policies if one]
    for selector in selectors:
        assert any(selector.items() <= one.items() for one in labels), selector
    guarded = {one["metadata"]["name"] for one in EVERYTHING if one["kind"] == "PodDisruptionBudget"}
    assert guarded == DEPLOYMENTS.keys() - {"wirespin-desk"}  # one replica: a budget would hold the node up


def test_the_network_is_closed_but_for_the_broker_and_the_web() -> None:
    policies = {one["metadata"]["name"]: one["spec"] for one in EVERYTHING if one["kind"] == "NetworkPolicy"}
    assert policies["wirespin-nothing"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    kafka = policies["wirespin-broker"]["egress"][1]
    settings = settings_of(variables("wirespin-worker"))
    assert settings.broker.endswith(f":{kafka['ports'][0]['port']}")
    assert (
        settings.broker.split(".")[1]
        == kafka["to"][0]["namespaceSelector"]["matchLabels"]["kubernetes.io/metadata.name"]
    )
    outside = [name for name, spec in policies.items() if any("ipBlock" in to for rule in spec.get("egress", [])
                                                              for to in rule["to"])]  # fmt: skip
    assert sorted(outside) == ["wirespin-feeds", "wirespin-webhooks"]


def test_the_examples_of_secrets_hold_settings_and_no_secret() -> None:
    examples = {one["metadata"]["name"]: one["stringData"] for one in read(FOLDER / "secrets.example.yaml")}
    assert examples["wirespin-broker"].keys() <= known_variables().keys()
    Settings.model_validate({known_variables()[name]: value for name, value in examples["wirespin-broker"].items()})
    assert all(line.startswith("#") for name in ("wirespin-desk", "wirespin-webhooks")
               for text in examples[name].values() for line in text.splitlines())  # fmt: skip
