"""Which agencies a text names as its source, and the regions of the body that only say so.

An agency quoted in the text ("told AFP", "according to Reuters") is a source of a statement, not of the text, and is no
credit: only the places and forms in which credits are printed are looked at.
"""

from __future__ import annotations

import re

from schemas.accepted import Credit, CreditForm
from schemas.article import Article
from wirespin.text.tokens import Span
from wirespin.wire.agencies import agency_named
from wirespin.wire.bylines import byline
from wirespin.wire.contributed import contributed
from wirespin.wire.datelines import datelines
from wirespin.wire.finding import Finding
from wirespin.wire.layout import Line, lines
from wirespin.wire.legal import copyright_line, reporting
from wirespin.wire.names import listed, mentioned
from wirespin.wire.publisher import publishing_agency
from wirespin.wire.signoffs import signoff

TAIL = 700
"""Characters at the end of a paragraph in which a credit may stand behind the last sentences."""

SEGMENTS = 4
"""Sentence ends looked back from the end of a paragraph."""

_SENTENCE_END = re.compile(
    r"(?=[ \t\xa0–—-])(?:"  # what all begin with: most places are passed over at once
    r"(?<!\b[A-Z]\.)(?<=[.!?…”\"»’')\]。])[ \t\xa0]+(?=\S)|(?<=\S)[ \t\xa0]+(?=[–—-]{1,2}[ \t\xa0]?\w+[ \t]?$)"
    r"|(?<=[.!?…”\"»。])(?=[–—-]{1,2}[^\s.–—-]{2,30}$))"
)
_LAST_BRACKET = re.compile(r"(?<=[\w.!?…”\"»’%–—-])[ \t\xa0]*(?=[(\[][^()\[\]]{2,120}[)\]]\.?[ \t–—-]{0,5}$)")
_SHARE_ROW = re.compile(
    r"[ \t]+(?:Send|Share)?(?:[ \t]*(?:Facebook|Twitter|Google\+|WhatsApp|Tumblr|LinkedIn|stumble|Digg|reddit|Newsvine"
    r"|Pinterest|Telegram|E-?mail|Print|Permalink)(?!\w)){4,}[^()\[\]]{0,80}$",
    re.IGNORECASE,
)
"""Names of networks to share on, printed behind the credit where a site's page comes as one line."""
_NAMES_ITSELF = re.compile(r"(?:[^\W\d_a-z][\w.'’-]*|agency|agencia|agence|agentur|agenzia|agência|по|by|from)[ \t]*$")


def find_credits(article: Article) -> list[Credit]:
    """Agencies named as sources of an article's text; fields first, then in the order of the body.

    The forms are those of `schemas.accepted.CreditForm`. A credit in the body carries offsets that cut exactly the
    naming; one in another field carries -1.
    """
    return _named(article, body_findings(article.body))


def strip_spans(article: Article) -> list[Span]:
    """Regions of the body that are datelines, bylines and credit lines: ordered, not overlapping, never empty."""
    return _regions(body_findings(article.body))


def credits_and_regions(article: Article) -> tuple[list[Credit], list[Span]]:
    """What `find_credits` and `strip_spans` say, of one reading of the body."""
    found = body_findings(article.body)
    return _named(article, found), _regions(found)


def _named(article: Article, findings: list[Finding]) -> list[Credit]:
    found = _in_fields(article)
    found += [
        _credit(finding.agency.key, article.body[slice(*finding.naming)], finding.form, finding.naming)
        for finding in findings
        if finding.agency is not None and finding.form is not None
    ]
    unique = {(credit.agency, credit.form, credit.start): credit for credit in found}
    return list(unique.values())


def _regions(findings: list[Finding]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted({finding.region for finding in findings}):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def body_findings(body: str) -> list[Finding]:
    """Everything in a body that says where it comes from, in order."""
    found: list[Finding] = []
    for line in lines(body):
        found += _in_line(body, line)
    return sorted(found, key=lambda finding: (finding.region, finding.naming))


def _in_fields(article: Article) -> list[Credit]:
    found = []
    publisher = publishing_agency(article.publisher, article.url)
    if publisher is not None:
        found.append(_credit(publisher.key, article.publisher or publisher.name, "publisher"))
    if article.credit:
        field = article.credit
        names = listed(field, 0, len(field)) or mentioned(field, 0, len(field))
        found += [_credit(named.agency.key, field[named.start : named.end], "credit") for named in names]
        whole = agency_named(field)
        found += [_credit(whole.key, field.strip(), "credit")] if whole and not names else []
    if article.byline:
        line = article.byline.strip()
        found += [
            _credit(finding.agency.key, line[slice(*finding.naming)], "byline")
            for finding in byline(line, (0, len(line))) or contributed(line, (0, len(line)))
            if finding.agency
        ]
    return found


def _credit(agency: str, name: str, form: CreditForm, at: Span = (-1, -1)) -> Credit:
    return Credit(agency=agency, name=name, form=form, start=at[0], end=at[1])


def _in_line(body: str, line: Line) -> list[Finding]:
    found: list[Finding] = []
    span = (line.start, line.end)
    if line.head:
        found += (byline(body, span) if line.before == 0 and line.number < 8 else []) or datelines(body, line)
    if not found or found[0].region[1] < line.end:
        found += _whole_line(body, line, span) or (_behind_text(body, line) if line.tail else [])
    return found


def _whole_line(body: str, line: Line, span: Span) -> list[Finding]:
    found = contributed(body, span)
    if not found and line.tail:
        found = copyright_line(body, span) or reporting(body, span)
        found = found or (signoff(body, span) if line.before else [])
    return found


def _behind_text(body: str, line: Line) -> list[Finding]:
    """A credit behind the last sentences of a paragraph."""
    shared = _SHARE_ROW.search(body, max(line.start, line.end - TAIL), line.end)
    if shared is not None:
        line = line._replace(end=shared.start())
    floor = max(line.start, line.end - TAIL)
    cuts = [gap.end() for gap in _SENTENCE_END.finditer(body, floor, line.end)]
    found = next((found for cut in cuts if (found := reporting(body, (cut, line.end)))), [])
    for cut in [] if found else cuts[-SEGMENTS:]:
        span = (cut, line.end)
        found = found or copyright_line(body, span) or contributed(body, span) or signoff(body, span)
    if found:
        return found
    near = max(line.start, line.end - 140)
    if body.find("(", near, line.end) < 0 and body.find("[", near, line.end) < 0:
        return []
    bracket = _LAST_BRACKET.search(body, near, line.end)
    if bracket is None or _NAMES_ITSELF.search(body[max(line.start, bracket.start() - 40) : bracket.start()]):
        return []
    span = (bracket.end(), line.end)
    return contributed(body, span) or signoff(body, span)
