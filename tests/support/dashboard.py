"""The Grafana dashboard, written as what each panel asks; the file is made from it.

python -m tests.support.dashboard        writes deploy/grafana/dashboards/wirespin.json
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.support.pipeline import ROOT

FILE = ROOT / "deploy" / "grafana" / "dashboards" / "wirespin.json"

SCHEMA = 41
"""Version of the dashboard's form: that of Grafana 12; later ones bring it up to theirs."""

WIDTH, ROW_HEIGHT = 24, 1
"""Columns of Grafana's grid, and the height of a heading in its rows."""

SOURCE = {"type": "prometheus", "uid": "${datasource}"}


@dataclass(frozen=True)
class Panel:
    """A panel.

    Attributes:
        title: what it shows.
        queries: PromQL to the legend of its series.
        unit: in Grafana's words.
        kind: of the panel.
        text: what to know about it.
        width: columns of 24.
        height: rows.
        options: of the panel, beyond those of its kind.
        custom: of how it is drawn.
        limits: from which value on it is coloured how.
    """

    title: str
    queries: Mapping[str, str]
    unit: str = "short"
    kind: str = "timeseries"
    text: str = ""
    width: int = 8
    height: int = 7
    custom: Mapping[str, Any] = field(default_factory=dict)
    limits: Sequence[tuple[float | None, str]] = ((None, "green"),)

    def as_json(self, number: int, x: int, y: int) -> dict[str, Any]:
        """As Grafana reads it."""
        return {
            "id": number,
            "type": self.kind,
            "title": self.title,
            "description": self.text,
            "datasource": SOURCE,
            "gridPos": {"x": x, "y": y, "w": self.width, "h": self.height},
            "fieldConfig": {
                "defaults": {
                    "unit": self.unit,
                    "min": 0,
                    "custom": dict(self.custom),
                    "thresholds": {
                        "mode": "absolute",
                        "steps": [{"value": value, "color": color} for value, color in self.limits],
                    },
                },
                "overrides": [],
            },
            "options": OPTIONS[self.kind],
            "targets": [
                {"refId": chr(ord("A") + place), "datasource": SOURCE, "expr": expr, "legendFormat": legend,
                 "instant": self.kind == "stat", "range": self.kind != "stat"}
                for place, (expr, legend) in enumerate(self.queries.items())
            ],
        }  # fmt: skip


OPTIONS: dict[str, dict[str, Any]] = {
    "timeseries": {
        "legend": {"displayMode": "list", "placement": "bottom", "showLegend": True, "calcs": []},
        "tooltip": {"mode": "multi", "sort": "desc"},
    },
    "stat": {
        "reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False},
        "colorMode": "value",
        "graphMode": "none",
        "justifyMode": "auto",
        "orientation": "auto",
        "textMode": "auto",
        "wideLayout": True,
        "showPercentChange": False,
        "percentChangeColorMode": "standard",
    },
}

STACKED = {"stacking": {"mode": "normal", "group": "A"}, "fillOpacity": 40}
RATE = "[$__rate_interval]"


def stat(
    title: str, expr: str, unit: str = "short", limits: Sequence[tuple[float | None, str]] = ((None, "green"),)
) -> Panel:
    """One figure."""
    return Panel(title, {expr: ""}, unit, "stat", width=4, height=4, limits=limits)


def quantiles(metric: str, by: str, legend: str) -> dict[str, str]:
    """The middle and the 95th percentile of a histogram."""
    group = f"sum by ({', '.join(filter(None, ('le', by)))})"
    return {
        f"histogram_quantile({share}, {group} (rate({metric}_bucket{RATE})))": f"{legend} {name}".strip()
        for share, name in ((0.5, "half"), (0.95, "95 %"))
    }


ROWS: dict[str, list[Panel]] = {
    "Now": [
        stat("Processes that are ready", "sum(wirespin_ready)"),
        stat("Not ready", "count(wirespin_ready == 0) or vector(0)", limits=((None, "green"), (1, "red"))),
        stat(
            "Records that wait now", "sum(wirespin_partition_lag_records)", limits=((None, "green"), (1000, "orange"))
        ),
        stat(
            "Partitions rebuilding",
            "count(wirespin_partition_rebuilt == 0) or vector(0)",
            limits=((None, "green"), (1, "orange")),
        ),
        stat(
            "Event delay, 95 %",
            "wirespin:event_delay_seconds:p95_15m",
            "s",
            ((None, "green"), (60, "orange"), (300, "red")),
        ),
        stat("Alerts sent, 24 h", 'sum(increase(wirespin_stage_sent_total{stage="judge", topic="alerts"}[24h]))'),
    ],
    "Flow": [
        Panel("Records done", {f"sum by (stage) (rate(wirespin_stage_records_total{RATE}))": "{{stage}}"}, "ops"),
        Panel(
            "Records that wait",
            {"sum by (stage) (wirespin_partition_lag_records)": "{{stage}}"},
            text="By the last fetch of each worker.",
        ),
        Panel(
            "Records rejected",
            {f"sum by (stage, reason) (rate(wirespin_stage_rejected_total{RATE}))": "{{stage}} {{reason}}"},
            "ops",
            text="internal is a fault of wirespin.",
        ),
        Panel("From article to event", quantiles("wirespin_event_delay_seconds", "", ""), "s"),
        Panel(
            "Delay of a stage",
            quantiles("wirespin_stage_delay_seconds", "stage", "{{stage}}"),
            "s",
            text="From the writing of a record to its acknowledgement.",
        ),
        Panel("A batch takes", quantiles("wirespin_stage_batch_seconds", "stage", "{{stage}}"), "s"),
        Panel(
            "Partitions that stand still",
            {"max by (stage, partition) (wirespin_partition_standing_seconds)": "{{stage}}[{{partition}}]"},
            "s",
        ),
        Panel(
            "At what the stages are",
            {"sum by (stage, phase) (wirespin_stage_phase)": "{{stage}} {{phase}}"},
            text="Workers of each stage by phase.",
        ),
        Panel(
            "Rebuild, records left",
            {"sum by (stage) (wirespin_rebuild_expected_records - wirespin_rebuild_records)": "{{stage}}"},
        ),
    ],
    "Findings": [
        Panel(
            "Republications by reuse, an hour",
            {"sum by (reuse) (increase(wirespin_republications_total[1h]))": "{{reuse}}"},
            custom=STACKED,
        ),
        Panel(
            "Framing altered, an hour",
            {"sum by (altered) (increase(wirespin_republications_total[1h]))": "{{altered}}"},
            custom=STACKED,
        ),
        Panel(
            "Alerts by device, an hour",
            {"sum by (device) (increase(wirespin_alert_devices_total[1h])) > 0": "{{device}}"},
            custom=STACKED,
            text="An alert of several devices counts under each.",
        ),
        Panel("Pairs compared", {f"sum by (relation) (rate(wirespin_pairs_total{RATE}))": "{{relation}}"}, "ops"),
        Panel(
            "Events taken back, an hour",
            {"sum by (topic) (increase(wirespin_events_withdrawn_total[1h]))": "{{topic}}"},
        ),
    ],
    "Window": [
        Panel("Articles", {"sum(wirespin_index_articles)": "index", "sum(wirespin_library_articles)": "library"}),
        Panel("Postings", {"sum(wirespin_index_postings)": "postings"}),
        Panel("Memory of the index", {"sum(wirespin_index_bytes)": "arrays"}, "bytes"),
        Panel(
            "Age of the watermark",
            {
                "time() - max(wirespin_watermark_timestamp_seconds)": "newest",
                "time() - min(wirespin_index_oldest_timestamp_seconds)": "oldest",
            },
            "s",
        ),
    ],
    "Feeds": [
        Panel("Feeds by health", {"sum by (health) (wirespin_feeds)": "{{health}}"}, custom=STACKED),
        Panel("Fetches", {f"sum by (outcome) (rate(wirespin_feed_fetches_total{RATE}))": "{{outcome}}"}, "ops"),
        Panel("Failures", {f"sum by (trouble) (rate(wirespin_feed_failures_total{RATE})) > 0": "{{trouble}}"}, "ops"),
        Panel(
            "Articles, an hour",
            {
                "sum(increase(wirespin_feed_articles_total[1h]))": "feeds",
                'sum(increase(wirespin_ingest_items_total{outcome="sent"}[1h]))': "files",
            },
        ),
        Panel("Fetches begin late", quantiles("wirespin_feed_lateness_seconds", "", ""), "s"),
        Panel(
            "Due and under way",
            {"sum(wirespin_feeds_overdue)": "due", "sum(wirespin_feed_fetches_in_flight)": "under way"},
        ),
    ],
    "Desk and webhooks": [
        Panel("Desk: records not read yet", {"sum by (topic) (wirespin_desk_lag_records)": "{{topic}}"}),
        Panel(
            "Desk: decisions, a day", {"sum by (verdict) (increase(wirespin_desk_decisions_total[1d]))": "{{verdict}}"}
        ),
        Panel(
            "Webhooks: messages, an hour",
            {"sum by (hook, outcome) (increase(wirespin_webhook_messages_total[1h]))": "{{hook}} {{outcome}}"},
        ),
    ],
    "Processes": [
        Panel("Processor", {f"rate(process_cpu_seconds_total{RATE})": "{{job}} {{instance}}"}, "percentunit"),
        Panel("Memory", {"process_resident_memory_bytes": "{{job}} {{instance}}"}, "bytes"),
        Panel("Open files", {"process_open_fds": "{{job}} {{instance}}"}),
        Panel("Silence of the broker", {"wirespin_broker_silence_seconds": "{{job}} {{instance}}"}, "s"),
        Panel(
            "Why not ready", {"sum by (job, instance, reason) (wirespin_problems)": "{{job}} {{instance}} {{reason}}"}
        ),
        Panel("Up for", {"time() - process_start_time_seconds": "{{job}} {{instance}}"}, "s"),
    ],
}


def dashboard() -> dict[str, Any]:
    """The whole, as Grafana reads it."""
    return {
        "uid": "wirespin",
        "title": "wirespin",
        "description": "From article to alert: flow, findings, window, feeds, desk, processes.",
        "tags": ["wirespin"],
        "schemaVersion": SCHEMA,
        "version": 1,
        "editable": True,
        "graphTooltip": 1,
        "refresh": "30s",
        "timezone": "browser",
        "time": {"from": "now-6h", "to": "now"},
        "annotations": {"list": []},
        "links": [],
        "templating": {"list": [SOURCES]},
        "panels": list(_placed()),
    }


SOURCES = {
    "name": "datasource",
    "label": "Prometheus",
    "type": "datasource",
    "query": "prometheus",
    "current": {"text": "Prometheus", "value": "wirespin-prometheus"},
    "hide": 0,
    "includeAll": False,
    "multi": False,
    "options": [],
    "refresh": 1,
    "regex": "",
}
"""The choice of a Prometheus, that of deploy/grafana/provisioning at first."""


def _placed() -> list[dict[str, Any]]:
    """Panels under their headings, from left to right and from top to bottom."""
    found: list[dict[str, Any]] = []
    y = 0
    for title, panels in ROWS.items():
        found.append({
            "id": len(found) + 1, "type": "row", "title": title, "collapsed": False, "panels": [],
            "gridPos": {"x": 0, "y": y, "w": WIDTH, "h": ROW_HEIGHT},
        })  # fmt: skip
        x, y = 0, y + ROW_HEIGHT
        for panel in panels:
            if x + panel.width > WIDTH:
                x, y = 0, y + panel.height
            found.append(panel.as_json(len(found) + 1, x, y))
            x += panel.width
        y += panels[-1].height
    return found


def text() -> str:
    """What stands in the file."""
    return json.dumps(dashboard(), indent=2) + "\n"


if __name__ == "__main__":
    FILE.write_text(text())
    sys.stdout.write(f"{FILE} is as the code is\n")
