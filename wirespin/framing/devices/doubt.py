"""doubt_added and doubt_removed: the report vouches less, or more, for what is said.

Added: a neutral verb gives way to a doubting one ("said" to "claimed"), a distancing word comes in ("supposedly",
"so-called"), or a hedge. Removed: legal caution goes ("allegedly", "accused of"), a claim is reported as established
("said" to "showed"), a statement loses the words that say whose it is, or what goes together becomes cause and effect
("linked to" to "causes").
"""

from __future__ import annotations

from schemas.events import Device, Finding
from wirespin.framing.devices.doubt_added import added, denied
from wirespin.framing.devices.doubt_removed import removed
from wirespin.framing.devices.made_cause import made_cause
from wirespin.framing.devices.source_gone import source_gone
from wirespin.framing.direction import against, in_favour
from wirespin.framing.evidence import body_finding, clause
from wirespin.framing.pair import Pair
from wirespin.framing.verbs import VerbChange, speaker_of, tell, verb_changes

DOUBTING = {"doubt": 0.5, "speculative": 0.5, "contention": 0.3, "denial": 0.35}
"""Class of a new reporting verb to the severity of its doubt."""

VOUCHING = {"factive": 0.5, "vouching": 0.3}
"""Class of a new reporting verb to the severity of its certainty."""

CALMED = 0.3
"""Severity of a neutral verb for a doubting one ("claimed" to "said")."""

SPEAKER_ALONE = 0.6
"""What a verb weighs that only its speaker lines up with the old one."""

PLAIN = frozenset({"neutral", "vouching", "factive"})
"""Classes of verbs that a doubting one takes doubt into; only the most doubtful do so from nowhere."""


def find(pair: Pair) -> list[Finding]:
    """Doubt added to and removed from linked sentences; one finding for each kind and group."""
    changes = pair.once(verb_changes)
    found = [*_verbs(pair, changes)]
    for edit in pair.edits:
        found += added(pair, edit) + removed(pair, edit)
    found += [*source_gone(pair), *denied(pair), *made_cause(pair)]
    return _one_a_place(found)


def _verbs(pair: Pair, changes: list[VerbChange]) -> list[Finding]:
    found = []
    for change in changes:
        severity = _weight(change) * (1.0 if change.in_wording else SPEAKER_ALONE)
        if severity:
            casts = severity > 0
            spans = clause(pair.original, change.edit.original_near), clause(pair.copy, (change.after.first,))
            side = _doubted(pair, change) if casts else in_favour(speaker_of(pair, change))
            device: Device = "doubt_added" if casts else "doubt_removed"
            found.append(body_finding(pair, device, spans, abs(severity), tell(pair, change), side))
    return found


def _weight(change: VerbChange) -> float:
    """Severity of a new verb: above 0 for doubt that it adds, below for doubt that it takes away."""
    before, after = change.before.register if change.before else None, change.after.register
    if after in DOUBTING and before not in DOUBTING and (before in PLAIN or after == "doubt"):
        return DOUBTING[after]
    if after in VOUCHING and before not in (None, "other", *VOUCHING):
        return -VOUCHING[after] - (0.1 if before in DOUBTING or before == "heated" else 0.0)
    return -CALMED if (before, after) == ("doubt", "neutral") else 0.0


def _doubted(pair: Pair, change: VerbChange) -> str | None:
    """Against the speaker, unless the new verb only says that something was denied."""
    return None if change.after.register == "denial" else against(speaker_of(pair, change))


def _one_a_place(found: list[Finding]) -> list[Finding]:
    """The strongest finding of each kind for each place in the copy."""
    best: dict[tuple[str, object], Finding] = {}
    for one in found:
        key = (one.device, one.rewritten_span)
        if key not in best or best[key].severity < one.severity:
            best[key] = one
    return list(best.values())
