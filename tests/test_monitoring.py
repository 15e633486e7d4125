"""What is deployed to watch wirespin asks for what wirespin tells: rules, dashboard, documents."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from tests.support import catalog, dashboard
from tests.support.metrics import ALLOWED, promtool
from tests.support.pipeline import ROOT

PROMETHEUS, GRAFANA = ROOT / "deploy" / "prometheus", ROOT / "deploy" / "grafana"
RULES = PROMETHEUS / "rules.yml"
NAMED = re.compile(r"\b(?:[a-z]+:)?(?:wirespin|process|python)[_:][a-z0-9_:]+")
LABEL_LISTS = re.compile(r"\b(?:by|on|without|ignoring) \(([^)]*)\)")
LABEL_MATCHES = re.compile(r"([a-z_]+)\s*(?:=~|!~|!=|=)\s*\"")
SCRAPED = {"job", "instance", "alertname", "alertstate"}
"""Labels that Prometheus adds."""


def rules() -> list[dict[str, Any]]:
    return [rule for group in yaml.safe_load(RULES.read_text())["groups"] for rule in group["rules"]]


def alerts() -> list[dict[str, Any]]:
    return [rule for rule in rules() if "alert" in rule]


def asked() -> dict[str, str]:
    """Every expression, by where it stands."""
    panels = [panel for panel in dashboard.dashboard()["panels"] if panel["type"] != "row"]
    shown = {f"{panel['title']} {one['refId']}": one["expr"] for panel in panels for one in panel["targets"]}
    return shown | {rule.get("alert") or rule["record"]: rule["expr"] for rule in rules()}


@pytest.mark.parametrize(
    "arguments",
    [("check", "config", "prometheus.yml"), ("check", "rules", "rules.yml"), ("test", "rules", "rules_test.yml")],
    ids=" ".join,
)
def test_prometheus_takes_what_we_give_it(arguments: tuple[str, str, str]) -> None:
    done = promtool(*arguments[:2], str(PROMETHEUS / arguments[2]))
    assert done.returncode == 0, done.stdout + done.stderr


def test_nobody_asks_for_a_metric_that_nobody_tells() -> None:
    known = catalog.names() | {rule["record"] for rule in rules() if "record" in rule}
    missing = {where: gone for where, expr in asked().items() if (gone := set(NAMED.findall(expr)) - known)}
    assert missing == {}
    assert sum(len(NAMED.findall(expr)) for expr in asked().values()) > 60  # the pattern finds them


def test_nobody_asks_by_a_label_that_nobody_tells() -> None:
    for where, expr in asked().items():
        lists = [name.strip() for found in LABEL_LISTS.findall(expr) for name in found.split(",")]
        unknown = {*lists, *LABEL_MATCHES.findall(expr)} - ALLOWED - SCRAPED - {""}
        assert not unknown, where


def test_the_series_of_the_rules_tests_are_ours_too() -> None:
    told = yaml.safe_load((PROMETHEUS / "rules_test.yml").read_text())["tests"]
    series = {one["series"].partition("{")[0] for test in told for one in test["input_series"]}
    assert series - catalog.names() == set()


def test_every_alert_says_what_is_wrong_how_bad_it_is_and_what_to_do() -> None:
    page = (ROOT / "docs" / "operations.md").read_text()
    for alert in alerts():
        assert alert["labels"]["severity"] in {"critical", "warning"}
        assert {"summary", "description", "runbook"} == set(alert["annotations"])
        file, _, anchor = alert["annotations"]["runbook"].partition("#")
        assert (file, anchor) == ("docs/operations.md", alert["alert"].lower())
        assert f"### {alert['alert']}\n" in page


def test_every_alert_is_tried_and_every_entry_of_the_runbook_is_an_alert() -> None:
    names = {alert["alert"] for alert in alerts()}
    tests = (PROMETHEUS / "rules_test.yml").read_text()
    assert names == set(re.findall(r'alertname="(\w+)"', tests))
    assert names == set(re.findall(r"^### (Wirespin\w+)$", (ROOT / "docs" / "operations.md").read_text(), re.MULTILINE))


def test_the_tables_of_metrics_are_as_the_code_is() -> None:
    page = catalog.PAGE.read_text()
    assert catalog.written(page) == page, "run: python -m tests.support.catalog"


def test_no_metric_is_told_twice_and_none_has_a_label_that_grows() -> None:
    told = [one for metrics in catalog.by_process().values() for one in metrics]
    assert len({one.name for one in told}) == len(told)
    assert {label for one in told for label in one.labels} <= ALLOWED


def test_the_dashboard_is_as_it_is_written() -> None:
    assert dashboard.FILE.read_text() == dashboard.text(), "run: python -m tests.support.dashboard"


def test_panels_have_ids_of_their_own_and_do_not_overlap() -> None:
    panels = dashboard.dashboard()["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels)
    assert len({panel["title"] for panel in panels}) == len(panels)
    taken: set[tuple[int, int]] = set()
    for panel in panels:
        place = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert not cells & taken, panel["title"]
        assert place["x"] + place["w"] <= dashboard.WIDTH
        taken |= cells


def test_every_metric_of_the_stages_is_shown_or_alerted_on() -> None:
    """A figure that nobody looks at is not worth its series."""
    known = {one.name for one in catalog.by_process()["worker"]}
    used = " ".join(asked().values())
    unused = {name for name in known if name not in used}
    assert unused == {
        "wirespin_watchdog_standing_seconds",  # what /live answers by
        "wirespin_watchdog_limit_seconds",
        "wirespin_stage_standing_seconds",  # by partition instead
        "wirespin_partition_position_records",  # for who wants to look closer
        "wirespin_partition_end_records",
        "wirespin_partition_silence_seconds",
        "wirespin_rebuild_remaining_seconds",
    }


def test_grafana_is_told_where_its_prometheus_and_its_dashboards_are() -> None:
    source = yaml.safe_load((GRAFANA / "provisioning" / "datasources" / "prometheus.yml").read_text())["datasources"][0]
    chosen = dashboard.dashboard()["templating"]["list"][0]["current"]
    assert (source["uid"], source["name"]) == (chosen["value"], chosen["text"])
    scraped = yaml.safe_load((PROMETHEUS / "prometheus.yml").read_text())["global"]["scrape_interval"]
    assert source["jsonData"]["timeInterval"] == scraped
