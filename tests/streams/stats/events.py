"""Events with just what is counted."""

from __future__ import annotations

from typing import Any

from schemas.events import Republication
from tests.schemas.examples import EVENT

DAY = "2026-11-22T"


def event(
    *, agency: str | None = "afp", outlet: str | None = "Gazette", altered: str = "no", minutes: float | None = 60,
    level: str = "edited", credit: str = "kept", devices: tuple[str, ...] = (), stands_in: bool = False,
    date_source: str = "published_at",
) -> Republication:  # fmt: skip
    """A republication, published so many minutes after ten; undated where None."""
    published = None if minutes is None else f"{DAY}{10 + int(minutes // 60):02}:{int(minutes % 60):02}:00Z"
    original: dict[str, Any] = {
        **EVENT["original"], "agency": agency, "published": f"{DAY}10:00:00Z", "stands_in": stands_in
    }  # fmt: skip
    copy = {**EVENT["copy"], "publisher": outlet, "published": published, "date_source": date_source}
    found = [{"device": device, "severity": 0.5, "explanation": "x"} for device in devices]
    return Republication.model_validate({
        **EVENT, "time": published, "original": original, "copy": copy,
        "reuse": {**EVENT["reuse"], "level": level}, "credit": {"status": credit},
        "framing": {"altered": altered, "score": 0.7, "devices": found},
    })  # fmt: skip
