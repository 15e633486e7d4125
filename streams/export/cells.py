"""Strangers' words in the cells of a spreadsheet: never a formula.

A cell that begins with ``=`` is computed by Excel, LibreOffice and Google Sheets when a CSV file is opened, and may
run a command or send the sheet away (CWE-1236; OWASP, "CSV Injection"). Quoting does not help: it is gone by then.
"""

from __future__ import annotations

import re

_FORMULA = re.compile(r"['\s]*[=+\-@＝＋－＠]|['\s]*[\t\r\n]")
"""What a cell may begin with that some spreadsheet computes, after quotes and white space that some strip: OWASP's list
(``= + - @``, tab, CR, LF, and their full-width forms)."""


def safe(text: str) -> str:
    """A text as it may stand in a CSV cell: with an apostrophe before it where it could be read as a formula.

    >>> safe("=HYPERLINK(1)"), safe("Rates rise"), safe("'=1")
    ("'=HYPERLINK(1)", 'Rates rise', "''=1")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def plain(cell: str) -> str:
    """The text that `safe` made a cell of.

    >>> plain("'=HYPERLINK(1)"), plain("'Tis")
    ('=HYPERLINK(1)', "'Tis")
    """
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell, 1) else cell
