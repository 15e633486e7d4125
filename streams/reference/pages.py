"""All pages of the reference."""

from __future__ import annotations

from pathlib import Path

from schemas.jsonschema import files
from streams.reference.commands import commands_page
from streams.reference.devices import devices_page
from streams.reference.errors import errors_page
from streams.reference.python import python_page
from streams.reference.records import records_page
from streams.reference.settings import settings_page
from streams.reference.topics import topics_page


def pages(seeds: Path) -> dict[str, str]:
    """Markdown of every page by its place in the documentation.

    Args:
        seeds: folder of the two seed articles, on which the engine is run for the examples.

    Raises:
        SeedError: a seed cannot be read.
    """
    return {
        "reference/settings.md": settings_page(),
        "reference/topics.md": topics_page(),
        "reference/records.md": records_page(seeds),
        "reference/commands.md": commands_page(),
        "reference/errors.md": errors_page(),
        "reference/devices.md": devices_page(),
        "reference/python.md": python_page(),
    }


def schemas() -> dict[str, bytes]:
    """The JSON Schema files by their place in the documentation."""
    return {f"schemas/{path.name}": content for path, content in files().items()}
