"""Answering HTTP at an address of this machine while a context lasts."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

from aiohttp import web

from schemas.errors import SettingsError

SHUTDOWN = 1.0
"""Seconds that a request may still take when the worker stops."""


@contextlib.asynccontextmanager
async def serving(
    app: web.Application, host: str, port: int, *, what: str, flag: str, unpack: bool = True
) -> AsyncIterator[int]:
    """Listen; yields the port.

    Args:
        app: what answers.
        host: address to listen on.
        port: the same; a free one where 0.
        what: answers, in an error's words.
        flag: sets the port on the command line.
        unpack: whether bodies that come compressed are unpacked.

    Raises:
        SettingsError: it cannot listen there.
    """
    runner = web.AppRunner(
        app,
        access_log=None,  # it would write the ends of callbacks down, which are secret
        handle_signals=False,
        shutdown_timeout=SHUTDOWN,
        auto_decompress=unpack,
    )
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            remedy = f"each worker of a machine needs a port of its own: {flag}"
            raise SettingsError(
                error.strerror or str(error), where=f"{what} on {host}:{port}", remedy=remedy
            ) from error
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()
