"""`wirespin feeds check`, import, export and starter as a person uses them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner, Result

from streams.cli import main
from streams.feeds.lists import starter

RSS = b"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Wire</title>
<item><title>One</title><link>https://wire.example/1</link><guid>g-1</guid>
<pubDate>Sun, 22 Nov 2015 08:00:00 +0100</pubDate><description>\x1b[31mShort.</description></item></channel></rss>"""
PAGE = b'<!doctype html><title>x</title><link rel=alternate type="application/rss+xml" href="/rss">'


pytestmark = pytest.mark.usefixtures("no_settings")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["feeds", *arguments])


@pytest.fixture
def rss(tmp_path: Path) -> str:
    path = tmp_path / "feed.xml"
    path.write_bytes(RSS)
    return str(path)


@pytest.fixture
def site() -> Iterator[str]:
    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = {"/rss": RSS, "/": PAGE}.get(self.path)
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html" if self.path == "/" else "text/xml")
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            """Nothing is logged."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_file_is_told_about(rss: str) -> None:
    result = run("check", rss)
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0] == rss
    assert "  feed      rss, 'Wire', no language" in lines
    assert any(line.startswith("  entries   1: 0 with full text, 1 with an exact date") for line in lines)
    assert any(line.startswith("  warning   its newest entry is") for line in lines)
    assert lines[-1].startswith('  sent      {"')
    assert "\x1b" not in result.stdout


def test_feeds_on_the_web_and_what_is_none(site: str, rss: str) -> None:
    result = run("check", f"http://{site}/rss", f"http://{site}/", f"http://{site}/gone", rss,
                 "--feed-allow", site, "--feed-host-spacing", "0")  # fmt: skip
    assert result.exit_code == 1
    assert f"it names these feeds: http://{site}/rss" in result.stdout
    assert "  error     answered 404" in result.stdout
    assert result.stdout.count("  sent ") == 2


def test_json_has_all_facts_and_the_findings_a_feed_a_line(site: str, rss: str) -> None:
    result = run("check", "--json", rss, f"http://{site}/gone", "--feed-allow", site)
    assert result.exit_code == 1
    good, bad = (orjson.loads(line) for line in result.stdout.splitlines())
    assert good["facts"]["feed"]["entries"][0]["guid"] == "g-1"
    assert good["facts"]["first"]["headline"] == "One"
    assert {finding["code"] for finding in good["findings"]} >= {"silent", "summary", "interval"}
    assert bad["facts"]["refusal"]["status"] == 404
    assert bad["findings"][0]["grade"] == "error"


def test_this_machine_is_not_asked_unless_it_is_allowed(site: str) -> None:
    result = run("check", f"http://{site}/rss")
    assert result.exit_code == 1
    assert "WIRESPIN_FEED_ALLOW" in result.stdout


@pytest.mark.parametrize("command", ["check", "import", "export", "starter"])
def test_every_command_has_a_help(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) > 5


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["import"], "--starter"),
        (["import", "x.opml"], "no broker is named"),
        (["export"], "no broker is named"),
        (["check", "x", "--feed-allow", "a@b"], "neither a network nor a host"),
        (["check"], "Missing argument"),
    ],
)
def test_bad_arguments_are_named(arguments: list[str], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_the_starter_list_is_printed_as_it_is() -> None:
    result = run("starter")
    assert result.exit_code == 0
    assert result.stdout_bytes == starter()
