"""The desk as a command."""

from __future__ import annotations

import webbrowser

import click

from streams.cli.options import log_to_stderr, need_broker, run_async, with_settings
from streams.desk.run import check, work
from streams.settings import Loaded


@click.command()
@click.option("--port", type=click.IntRange(0, 65_535), help="Port to listen on; a free one by default.")
@click.option("--open", "opened", is_flag=True, help="Open it in the browser.")
@with_settings
def desk(loaded: Loaded, port: int | None, opened: bool) -> None:
    """Serve a page on which people look at the alerts, and decide about them.

    A live list with filters; each story on a time line; each alert with both texts side by side, what differs marked,
    and each finding linked to the words that show it. Decisions (confirmed, dismissed, watching) are signed and go to
    a topic of their own.

    Listens on 127.0.0.1, for the users of this machine. For others give --desk-host and --desk-people, a file with a
    line 'name token' for each person, and put a proxy with TLS in front. Stops on SIGTERM or Ctrl-C.
    """
    settings = loaded.settings
    if port is not None:
        settings = settings.model_copy(update={"desk_port": port})
    need_broker(settings)
    check(settings)
    log_to_stderr(settings)

    def told(url: str) -> None:
        click.echo(f"the desk is at {url} ; Ctrl-C stops it")
        if opened:
            webbrowser.open(url)

    run_async(work(settings, told))
