"""Spans on their way to a collector, by OTLP over HTTP, in the background: nothing here is ever waited for."""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult

from streams.settings import Settings
from streams.tracing.sampling import sampler

log = logging.getLogger(__name__)

PATH = "/v1/traces"
"""What OTLP/HTTP has behind a collector's address."""

QUEUE = 8_192
"""Spans that wait at most, some 16 MB; beyond that the oldest are dropped."""

BATCH = 512
"""Spans of a request."""

EVERY_MS = 1_000.0
"""Milliseconds between two requests where fewer than a batch wait."""

TIMEOUT = 5.0
"""Seconds that a request may take, its repeats included."""

LAST_WORDS = 2.0
"""Seconds that a worker which stops leaves to the spans that wait; it must end within nine."""


def provider(settings: Settings, endpoint: str) -> TracerProvider:
    """What makes tracers whose spans go to a collector."""
    exporter = Telling(OTLPSpanExporter(endpoint=endpoint.rstrip("/") + PATH, timeout=TIMEOUT), endpoint)
    processor = BatchSpanProcessor(
        exporter, max_queue_size=QUEUE, schedule_delay_millis=EVERY_MS, max_export_batch_size=BATCH
    )
    # the SDK's own words come once a request for as long as a collector is gone; `Telling` says it once
    logging.getLogger("opentelemetry").setLevel(logging.CRITICAL)
    made = TracerProvider(sampler(settings.otel_sample), resource(settings), shutdown_on_exit=False)
    made.add_span_processor(processor)
    return made


def resource(settings: Settings) -> Resource:
    """Who speaks; OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES add to it, as everywhere."""
    attributes = {
        "service.namespace": settings.prefix,
        "service.version": _version(),
        "service.instance.id": f"{socket.gethostname()}:{os.getpid()}",
    }
    if "OTEL_SERVICE_NAME" not in os.environ:
        attributes["service.name"] = "wirespin"
    return Resource.create(attributes)


def end(made: TracerProvider) -> None:
    """Send what waits, for so long as a worker that stops has time; blocks until then."""
    last = threading.Thread(target=made.shutdown, name="last-spans", daemon=True)
    last.start()
    last.join(LAST_WORDS)


class Telling(SpanExporter):
    """Tells in the log when spans begin to be lost, and when they no longer are.

    Args:
        inner: what exports.
        endpoint: as it was set.
    """

    def __init__(self, inner: SpanExporter, endpoint: str) -> None:
        self._inner, self._endpoint = inner, endpoint
        self._lost = 0

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Export some spans."""
        result = self._inner.export(spans)
        if result is SpanExportResult.FAILURE:
            if not self._lost:
                log.warning("traces: %s takes no spans; they are dropped until it does", self._endpoint)
            self._lost += len(spans)
        elif self._lost:
            log.info("traces: %s takes spans again; %d and more were dropped", self._endpoint, self._lost)
            self._lost = 0
        return result

    def shutdown(self) -> None:
        """Stop at once."""
        self._inner.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        """Nothing waits here."""
        return True


def _version() -> str:
    try:
        return version("wirespin")
    except PackageNotFoundError:
        return "0"
