"""What was counted, as data: for programs, and what the text and the plots are made of."""

from __future__ import annotations

from typing import Any

from streams.stats.share import Share
from streams.stats.tally import Cell, Tally, largest

Data = dict[str, Any]


def summary(tally: Tally) -> Data:
    """All figures. Shares have `count`, `of`, `share`, `low` and `high` (95%, Wilson); delays are in seconds."""
    whole = tally.whole
    return {
        "events": whole.events,
        "altered": whole.share.to_data(),
        "unsure": Share(whole.unsure, whole.events).to_data(),
        "stand_ins": tally.stand_ins,
        "delay": {**whole.spread.to_data(), "before_the_original": tally.early},
        "pairs": [{"agency": name[0], "outlet": name[1], **_cell(cell)} for name, cell in largest(tally.pairs)],
        "agencies": [{"agency": name, **_cell(cell)} for name, cell in largest(tally.by(0))],
        "outlets": [{"outlet": name, **_cell(cell)} for name, cell in largest(tally.by(1))],
        "devices": _devices(tally, whole),
        "reuse": _levels(tally, whole),
        "credit": [
            {"status": name, "events": Share(count, whole.events).to_data()}
            for name, count in sorted(tally.credits.items(), key=lambda item: (-item[1], item[0]))
        ],
        "days": [
            {"day": day, "events": cell.events, "altered": cell.altered}
            for day, cell in sorted(tally.days.items())
            if day
        ],
        "undated": tally.days[""].events if "" in tally.days else 0,
    }


def _cell(cell: Cell) -> Data:
    return {"events": cell.events, "altered": cell.share.to_data(), "delay": cell.spread.to_data()}


def _devices(tally: Tally, whole: Cell) -> list[Data]:
    names = sorted(tally.devices, key=lambda name: (-tally.devices_altered[name], -tally.devices[name], name))
    return [
        {
            "device": name,
            "in_altered": Share(tally.devices_altered[name], whole.altered).to_data(),
            "in_all": Share(tally.devices[name], whole.events).to_data(),
        }
        for name in names
    ]


def _levels(tally: Tally, whole: Cell) -> list[Data]:
    return [
        {
            "level": name,
            "events": Share(count, whole.events).to_data(),
            "altered": Share(tally.levels_altered[name], count).to_data(),
        }
        for name, count in sorted(tally.levels.items(), key=lambda item: (-item[1], item[0]))
    ]
