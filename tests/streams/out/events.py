"""Events to send out."""

from __future__ import annotations

from typing import Any

from schemas.events import (
    Alert,
    CopyRef,
    CreditChange,
    Direction,
    Event,
    Finding,
    Framing,
    OriginalRef,
    Republication,
    Reuse,
)


def finding(number: int = 1, **fields: Any) -> Finding:
    given = {
        "device": "attribution_changed",
        "severity": 0.5,
        "explanation": f"'said' became 'claimed' ({number})",
        "original": "the minister said on Monday",
        "rewritten": "the minister claimed on Monday",
    }
    return Finding(**(given | fields))


def alert(name: str = "a1", key: str = "k1", **fields: Any) -> Alert:
    return Alert(**_fields(name, key, fields), republication="r1")


def republication(name: str = "r1", key: str = "rk1", **fields: Any) -> Republication:
    return Republication(**_fields(name, key, fields))


def headed(headline: str, **fields: Any) -> Event:
    """An alert whose texts all are this one."""
    said = alert(**fields)
    marks = finding(original=headline, rewritten=headline, explanation=headline, favours=headline)
    return said.model_copy(
        update={
            "copy_": said.copy_.model_copy(update={"headline": headline, "publisher": headline, "language": headline}),
            "original": said.original.model_copy(update={"headline": headline, "wire": headline}),
            "framing": said.framing.model_copy(update={"devices": [marks], "against": [headline]}),
        }
    )


def _fields(name: str, key: str, given: dict[str, Any]) -> dict[str, Any]:
    fields = {
        "id": name,
        "key": key,
        "rules": "r",
        "time": "2026-11-22T10:00:00Z",
        "original": OriginalRef(
            id="o",
            first="o",
            wire="AFP",
            agency="afp",
            headline="Bridge is safe",
            url="https://afp.example/o",
            digest="d",
            date_source="missing",
        ),
        "copy_": CopyRef(
            id="c",
            publisher="Outlet",
            headline="Minister claims bridge is safe",
            url="https://o.example/c?a=1&b=2",
            date_source="missing",
            digest="e",
            language="en",
        ),
        "direction": Direction(confidence=0.9, reason="published by AFP itself"),
        "reuse": Reuse(
            level="edited",
            original_share=0.5,
            copy_share=0.75,
            unquoted_share=0.7,
            original_tenths=9,
            copy_tenths=9,
            longest=31,
        ),
        "credit": CreditChange(status="removed"),
        "framing": Framing(altered="yes", score=0.93, devices=[finding()], against=["All quotations are intact."]),
    }
    return fields | given
