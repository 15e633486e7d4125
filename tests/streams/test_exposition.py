"""The text that Prometheus reads."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from streams.exposition import counter, gauge, histogram, text_of


def test_counts_gauges_and_histograms() -> None:
    families = [
        counter("x_total", "What came.", {"new": 3, "failed": 0.5}),
        gauge("y_bytes", "How much.", 2_000_000),
        histogram("z_seconds", "How late.", {0.5: 1, 5.0: 3}, 4, 12.25),
    ]
    assert text_of(families) == (
        "# HELP x_total What came.\n# TYPE x_total counter\n"
        'x_total{outcome="new"} 3\nx_total{outcome="failed"} 0.5\n'
        "# HELP y_bytes How much.\n# TYPE y_bytes gauge\ny_bytes 2000000\n"
        "# HELP z_seconds How late.\n# TYPE z_seconds histogram\n"
        'z_seconds_bucket{le="0.5"} 1\nz_seconds_bucket{le="5"} 3\nz_seconds_bucket{le="+Inf"} 4\n'
        "z_seconds_sum 12.25\nz_seconds_count 4\n"
    )


def test_what_would_break_a_line_is_escaped() -> None:
    text = text_of([gauge("x", 'a\n\\b "c"', {'d\n\\"e': 1}, "f")])
    assert text == '# HELP x a\\n\\\\b "c"\n# TYPE x gauge\nx{f="d\\n\\\\\\"e"} 1\n'


@given(st.text(), st.text(), st.floats(0, 1e300))
def test_no_text_makes_another_line(told: str, label: str, value: float) -> None:
    lines = text_of([gauge("x", told, {label: value})]).split("\n")
    assert len(lines) == 4
    assert float(lines[2].rpartition(" ")[2]) == value
