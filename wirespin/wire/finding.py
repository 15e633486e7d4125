"""What a search for credits brings home."""

from __future__ import annotations

from typing import NamedTuple

from schemas.accepted import CreditForm
from wirespin.text.tokens import Span
from wirespin.wire.agencies import Agency
from wirespin.wire.names import Named


class Finding(NamedTuple):
    """A region of the body that is no news text but says where the text comes from.

    Attributes:
        region: what to leave out of the text: the whole dateline, credit line or sign-off.
        form: the form of the credit; None where the region names no agency (a bare dateline, editors' initials).
        agency: the agency named, or None.
        naming: the name alone, inside the region.
    """

    region: Span
    form: CreditForm | None = None
    agency: Agency | None = None
    naming: Span = (-1, -1)


def findings(form: CreditForm, region: Span, names: list[Named]) -> list[Finding]:
    """One finding for each agency named in a region."""
    return [Finding(region, form, name.agency, (name.start, name.end)) for name in names]
