"""What speaks against an altered framing: what the copy kept, in plain words, with figures."""

from __future__ import annotations

from schemas.events import Finding
from wirespin.framing.pair import Pair

VERBATIM = 0.5
"""Fidelity from which it is worth saying that the wording was kept."""

MOST = 0.8
"""Share of kept quotations or figures from which it is worth saying so."""

QUOTED_WORDS = 4
"""Words of a quotation that can be told to be somebody's."""

QUOTE_DEVICES = frozenset({"quote_altered", "quote_truncated", "quote_reattributed"})


def against(pair: Pair, findings: list[Finding]) -> list[str]:
    """What speaks against an altered framing, in plain sentences."""
    said = []
    if pair.fidelity >= VERBATIM:
        said.append(f"{int(pair.fidelity * 100)}% of the copy's words stand in the original's wording.")
    said += [one for one in (_quotes(pair, findings), _numbers(pair, findings), _denials(pair)) if one]
    if pair.original.headline_stems and pair.original.headline_stems == pair.copy.headline_stems:
        said.append("The headline is the original's.")
    if pair.fidelity >= VERBATIM and not pair.left_out:
        said.append("Every sentence of the original is found in the copy.")
    return said


def _quotes(pair: Pair, findings: list[Finding]) -> str | None:
    """How many of the quotations that the copy prints are the original's to the word."""
    printed = [quote for quote in pair.copy.quotes if quote.last - quote.first >= QUOTED_WORDS]
    source = pair.original.canon_line
    intact = sum(f" {' '.join(pair.copy.canon[quote.first : quote.last])} " in source for quote in printed)
    if not printed or intact < MOST * len(printed):
        return None
    if intact == len(printed) and not any(one.device in QUOTE_DEVICES for one in findings):
        return f"All quotations that the copy prints are intact ({intact} of {intact}), with their speakers."
    return f"{intact} of {len(printed)} quotations that the copy prints are in the original to the word."


def _numbers(pair: Pair, findings: list[Finding]) -> str | None:
    """How many of the original's figures stand in the copy."""
    figures = pair.original.figures
    kept = figures.intersection(pair.copy.canon)
    if len(figures) < 2 or len(kept) < MOST * len(figures) or any(one.device == "number_changed" for one in findings):
        return None
    how_many = "All" if kept == figures else f"{len(kept)} of"
    return f"{how_many} {len(figures)} figures of the original stand in the copy."


def _denials(pair: Pair) -> str | None:
    """Whether the copy holds every sentence of the original that denies something."""
    denying = pair.original.denying
    if not denying or not set(pair.left_out).isdisjoint(denying):
        return None
    return f"No denial or answer of the original is left out ({len(denying)} of {len(denying)} kept)."
