"""Two feeds on this machine for the tutorial: an agency's with its story, and an outlet's with a rewrite of it.

python docs/tutorial/newsstand.py seeds
"""

from __future__ import annotations

import argparse
import contextlib
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from wirespin.seedfile import parse_seed

STORIES = {"agency": ("AFP", "000_a342bc336784f21b.txt"), "outlet": ("The Daily Rewrite", "002_1d667fcee3213ee1.txt")}
"""Name of each feed in its URL, its title, and the file that its one entry is made of."""


def documents(seeds: Path, site: str) -> dict[str, bytes]:
    """Path of a feed or of a page to what stands there."""
    found = {}
    for name, (title, file) in STORIES.items():
        article = parse_seed((seeds / file).read_text(encoding="utf-8"), file)
        lines = (line for line in article.body.split("\n") if line.strip())
        text = "".join(f"<p>{escape(line)}</p>\n" for line in lines)
        head, link = escape(article.headline), f"{site}/{name}/17"
        entry = f"<title>{head}</title><link>{link}</link><guid>{link}</guid>{dated(article.published_at)}"
        found[f"/{name}.xml"] = (
            '<?xml version="1.0" encoding="utf-8"?>\n'
            '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>\n'
            f"<title>{title}</title><link>{site}/{name}</link><language>en</language>\n"
            f"<item>{entry}<content:encoded>{escape(text)}</content:encoded></item>\n</channel></rss>\n"
        ).encode()
        found[f"/{name}/17"] = f"<!doctype html><meta charset=utf-8><title>{head}</title><h1>{head}</h1>{text}".encode()
    return found


def dated(day: str | None) -> str:
    """The entry's date, where the article has one."""
    return f"<pubDate>{format_datetime(datetime.fromisoformat(day).replace(tzinfo=UTC))}</pubDate>" if day else ""


def serve(seeds: Path, port: int) -> None:
    """Answer on loopback until Ctrl-C."""
    there = documents(seeds, f"http://127.0.0.1:{port}")

    class Stand(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            document = there.get(self.path)
            kind = "application/rss+xml" if self.path.endswith(".xml") else "text/html"
            self.send_response(404 if document is None else 200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(document or b"")))
            self.end_headers()
            self.wfile.write(document or b"")

    with ThreadingHTTPServer(("127.0.0.1", port), Stand) as server:
        print(f"/agency.xml and /outlet.xml on http://127.0.0.1:{port}; Ctrl-C stops it", flush=True)  # noqa: T201
        with contextlib.suppress(KeyboardInterrupt):
            server.serve_forever()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seeds", type=Path, help="folder of the two seed articles")
    parser.add_argument("--port", type=int, default=8000)
    given = parser.parse_args()
    serve(given.seeds, given.port)
