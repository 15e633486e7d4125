"""Lines that say whose reports went into a text: "Reuters contributed to this report", "Mit Material von dpa"."""

from __future__ import annotations

import re

from wirespin.text.tokens import Span
from wirespin.wire.finding import Finding, findings
from wirespin.wire.names import Named, listed, mentioned

LONGEST = 320
"""Characters of such a line: half a dozen contributors with their cities."""

_LEAD = re.compile(
    r"[\s(\[（【［*–—_-]*(?:"
    # English
    r"with (?:(?:additional |some |agency |agencies['’]? |wire |further )?(?:inputs?|reporting|reports?|files|material|"
    r"information|contributions?|content|details|dispatches)) (?:from|by|of|via)"
    r"|(?:with )?(?:agency |additional )?inputs? (?:from|by)|(?:additional |further )?reporting (?:by|from)"
    r"|(?:some )?(?:material|information|content) (?:from|by|provided by)|compiled (?:from|by)|from"
    r"|this (?:is a )?(?:story|article|report|news|text|content|copy|dispatch)\b.{0,60}? (?:by|from|via|of)"
    r"|(?:originally |first )?published (?:by|on)|sources?|news source|agency|credit|(?:text )?courtesy(?: of)?"
    # German, Dutch, Nordic
    r"|(?:mit|unter verwendung von) (?:(?:agentur)?material(?:ien)?|informationen|inhalten|angaben)"
    r" (?:von|der|aus)(?: der)?"
    r"|quellen?|agentur|bron|kilde|källa|lähde|(?:dieser|der) (?:text|artikel|beitrag)\b.{0,60}? (?:von|der)"
    # French
    r"|avec (?:(?:les |des )?(?:informations?|dépêches?|contributions?)) (?:de|d['’]|des|du)|source\s*"
    # Spanish, Portuguese, Italian
    r"|con (?:información|informaciones|datos|aportes?|material|reportes?) (?:de|del)(?: la)?|fuentes?|agencia"
    r"|com (?:informações|dados|material|reportagem) (?:da|do|de|das|dos)|fontes?|(?:con )?fonte"
    # Slavic, Hungarian, Turkish, Indonesian
    r"|zdroj|źródło|forrás|izvor|vir|kaynak|sumber|источник|джерело|по материалам|за матеріалами"
    # Arabic, Hindi, Thai, Chinese, Japanese, Korean
    r"|(?:ال)?مصدر|स्रोत|ที่มา|(?:文章|稿件|新闻|新聞)?(?:来源|來源)|出典|출처"
    r")\b['’]?\s*[:：\-–—]?\s*",
    re.IGNORECASE,
)
_WITH = re.compile(
    r"[\s(\[*–—-]*(?:with|mit|avec|con|com|met|med)\s+(?:the\s+|l['’]|der\s+|la\s+|a\s+)?", re.IGNORECASE
)
_TRAIL = re.compile(
    r"\b(?:contributed|has contributed|have contributed)(?: \w+){0,2} (?:to|reporting|reports?|from)\b"
    r"|\bcontributed\s*[.)]*$|\b(?:inputs?|material)\s*[.)]*$"
    r"|\b(?:ha contribuido|a contribué|trug|haben beigetragen)\b",
    re.IGNORECASE,
)
_TRAIL_SIGNS = ("contr", "put", "mater", "trug", "getragen")
"""One of them, whatever its case, is in all that `_TRAIL` finds. (None holds an i, s or k, which have other cases.)"""
_BROKEN = re.compile(r"[.!?]\s+[^\W\d_a-z]\w+ ")

BARE_LEADS = ("from", "source", "sources", "agency", "credit", "reporting by", "agencia", "agentur")
"""Leads that begin many another sentence: nothing but names may follow them."""


def contributed(body: str, span: Span) -> list[Finding]:
    """The agencies that a line credits with a part of the text, or with all of it ("Source: Xinhua")."""
    start, end = span
    if not 0 < end - start <= LONGEST or body[end - 1] in ":：":
        return []
    lead = _LEAD.match(body, start, end)
    names = _after_lead(body, lead, end) if lead else []
    if not names:
        beside = _WITH.match(body, start, end)
        names = listed(body, beside.end(), _unbracketed(body, beside.end(), end)) if beside else []
    if not names:
        trail = _TRAIL.search(body, start, end) if _may_trail(body[start:end].lower()) else None
        names = mentioned(body, start, trail.start()) if trail and trail.start() - start <= 160 else []
    return findings("contributed", span, names)


def _may_trail(lowered: str) -> bool:
    return any(sign in lowered for sign in _TRAIL_SIGNS)


def _after_lead(body: str, lead: re.Match[str], end: int) -> list[Named]:
    last = _unbracketed(body, lead.end(), end)
    names = listed(body, lead.end(), last)
    bare = lead.group().strip(" ([*–—-:\t").casefold() in BARE_LEADS
    if names or bare or _BROKEN.search(body, lead.end(), last):
        return names
    return mentioned(body, lead.end(), min(last, lead.end() + 160))


def _unbracketed(body: str, start: int, end: int) -> int:
    while end > start and body[end - 1] in ".)] *_\t。）】］":
        end -= 1
    return end
