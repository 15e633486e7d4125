"""What shows in a paraphrase, where no wording lines up: who speaks, what is quoted, causes and epithets."""

from __future__ import annotations

import pytest

from schemas.events import Finding
from tests.wirespin.framing.framing_texts import of_device
from wirespin.framing import compare_framing
from wirespin.text.document import Document

ORIGINAL = """\
In January the Port of Almery accused the impoverished Temirian Shipping Company of dumping waste off the island, and \
in March the mayor Ada Holm claimed to have proof of it.

Director Elin Marsh praised the crew's "calm and careful work in a heavy sea" when the ship ran aground in the storm."""
PARAPHRASE = """\
Months ago the Port of Almery claims waste went into the sea near the island, thrown there by the Temirian Shipping \
Company; proof exists, mayor Ada Holm said, that this was so.

That a ship hit the ground in bad weather is known because of Elin Marsh, the director, who said it was "calm and \
careful work in a heavy sea" by those on board."""


def found(device: str, copy: str = PARAPHRASE, original: str = ORIGINAL) -> list[Finding]:
    return of_device(compare_framing(Document(original, language="en"), Document(copy, language="en")), device)


def test_a_party_whose_claim_is_now_reported_plainly_is_believed() -> None:
    [finding] = [one for one in found("doubt_removed") if "'claimed' became 'said'" in one.explanation]
    assert finding.favours == "for the mayor (Ada Holm)"


def test_the_same_verb_for_the_same_party_changes_nothing() -> None:
    copy = PARAPHRASE.replace("Holm said", "Holm claimed")
    assert not [one for one in found("doubt_removed", copy) if "'claimed'" in one.explanation]


def test_praise_that_is_no_longer_praise_changes_the_attribution() -> None:
    [finding] = [one for one in found("attribution_changed") if "'praised'" in one.explanation]
    assert "calm and careful work" in finding.original
    assert "calm and careful work" in finding.rewritten


def test_praise_for_praise_changes_nothing() -> None:
    copy = PARAPHRASE.replace("who said it was", "who lauded the")
    assert not [one for one in found("attribution_changed", copy) if "'praised'" in one.explanation]


def test_an_epithet_that_a_name_lost_is_a_change_of_label() -> None:
    [finding] = found("label_change")
    assert "'impoverished'" in finding.explanation


@pytest.mark.parametrize("kept", ["impoverished Temirian", "Temirian"])
def test_an_epithet_that_stands_elsewhere_is_not_lost(kept: str) -> None:
    copy = PARAPHRASE.replace("Temirian", kept) + " The company is impoverished, its owner said."
    assert not found("label_change", copy)


def test_a_denial_that_nobody_made_adds_doubt() -> None:
    original = "The mayor Ada Holm said that the quay was closed for repairs until June. Lorries go by the north gate."
    copy = (
        "The mayor Ada Holm said that the quay was closed for repairs until June, which was denied by the port. "
        "Lorries go by the north gate."
    )
    [finding] = [one for one in found("doubt_added", copy, original) if "denial" in one.explanation]
    assert finding.favours == "against the mayor (Ada Holm)"
    answered = original.replace("until June.", "until June, and the port denied it.")
    assert not [one for one in found("doubt_added", copy, answered) if "denial" in one.explanation]


def test_what_stood_beside_becomes_a_cause() -> None:
    original = (
        "Kim sent the message on the national day of Temiria, one of a few nations with friendly ties to the island."
    )
    copy = (
        "On that holiday a message went to Temiria from Kim because Temiria is one of a few nations with friendly ties."
    )
    [finding] = found("agency_shift", copy, original)
    assert "'because Temiria" in finding.explanation
    assert not found("agency_shift", copy, original.replace(", one of", ", since it is one of"))
