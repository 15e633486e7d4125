"""A collector of traces on loopback: takes OTLP/HTTP in protobuf, keeps the spans, and can be made to fail."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import web
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


@dataclass(frozen=True)
class Seen:
    """A span as it arrived: ids in hex, attributes plain, links as (trace, span) ids."""

    name: str
    kind: int
    trace: str
    span: str
    parent: str
    attributes: dict[str, Any]
    links: list[tuple[str, str]]
    failed: bool
    began: int
    ended: int
    resource: dict[str, Any] = field(compare=False)


class Collector:
    """Listens as an async context manager.

    Args:
        status: what it answers.
        silent: never answers at all.
    """

    def __init__(self, status: int = 200, *, silent: bool = False) -> None:
        self.status, self._silent = status, silent
        self.spans: list[Seen] = []
        self.requests = 0
        self.url = ""

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=64 * 1_048_576)
        app.router.add_post("/v1/traces", self._take)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    def named(self, begin: str) -> list[Seen]:
        """Spans whose name begins so."""
        return [one for one in self.spans if one.name.startswith(begin)]

    async def _take(self, request: web.Request) -> web.Response:
        self.requests += 1
        if self._silent:
            await asyncio.sleep(3_600)
        body = await request.read()
        if self.status == 200:
            self.spans += _spans(body)
        return web.Response(status=self.status, content_type="application/x-protobuf")


def _spans(body: bytes) -> list[Seen]:
    request = ExportTraceServiceRequest.FromString(body)
    return [
        Seen(
            name=one.name,
            kind=one.kind,
            trace=one.trace_id.hex(),
            span=one.span_id.hex(),
            parent=one.parent_span_id.hex(),
            attributes=_plain(one.attributes),
            links=[(link.trace_id.hex(), link.span_id.hex()) for link in one.links],
            failed=one.status.code == 2,
            began=one.start_time_unix_nano,
            ended=one.end_time_unix_nano,
            resource=_plain(group.resource.attributes),
        )
        for group in request.resource_spans
        for scope in group.scope_spans
        for one in scope.spans
    ]


def _plain(attributes: Any) -> dict[str, Any]:
    return {one.key: getattr(one.value, one.value.WhichOneof("value")) for one in attributes}
