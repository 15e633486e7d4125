"""Bot walls told apart from answers: a challenge is no 403 of the publisher, and a consent page is no empty feed.

By the marks that the makers of the walls document or that all their customers share; what is not known for sure is
left alone, for a wall wrongly seen hides a feed that works.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from yarl import URL

from streams.web.types import Accept

LOOKED_AT = 65_536
"""Bytes of a body in which marks are sought; interstitials are small, and articles name captchas further down."""

SMALL = 200_000
"""Bytes; an interstitial that answers 200 is never larger, an article that tells of walls may be."""

HEADERS = {
    "cf-mitigated": ("challenge", "a Cloudflare challenge"),  # developers.cloudflare.com, "Detect a Challenge Page"
    "x-datadome": ("protected", "a DataDome check"),
    "x-amzn-waf-action": ("", "an AWS WAF challenge"),  # docs.aws.amazon.com, WAF: 405 captcha, 202 challenge
    "x-sucuri-block": ("", "a Sucuri block"),
}
"""Headers of walls: the start of their value, and whose they are. Counted on refusals only, see `wall`."""

BODIES = (
    (rb"/cdn-cgi/challenge-platform/h/[a-z]/orchestrate|id=\"challenge-form\"|_cf_chl_opt|cf-browser-verification",
     "a Cloudflare challenge"),
    (rb"captcha-delivery\.com|geo\.captcha-delivery|var dd=\{", "a DataDome check"),
    (rb"_pxAppId|px-captcha|captcha\.px-cdn\.net|perimeterx\.net", "a PerimeterX (HUMAN) check"),
    (rb"errors\.edgesuite\.net|<TITLE>Access Denied</TITLE>[\s\S]{0,400}Reference&#32;&#35;|/_sec/cp_challenge/",
     "an Akamai block"),
    (rb"_Incapsula_Resource|Incapsula incident ID", "an Imperva (Incapsula) check"),
    (rb"AwsWafIntegration|awswaf\.com/", "an AWS WAF challenge"),
    (rb"/_guard/html|ddos-guard", "a DDoS-Guard check"),
    (rb"kpsdk|/149e9513-01fa-4fb0-aad4-566afd725d1b/", "a Kasada check"),
    (rb"anubis_challenge|/\.within\.website/x/cmd/anubis/", "an Anubis check"),
    (rb"sucuri_cloudproxy|cloudproxy\.sucuri", "a Sucuri check"),
    (rb"www\.google\.com/recaptcha/|hcaptcha\.com/1/api\.js|challenges\.cloudflare\.com/turnstile", "a captcha"),
)  # fmt: skip
"""Marks in the text of interstitials."""

STRONG = len(BODIES) - 1
"""The marks before the captchas: those also stand in comment forms of articles, so they count on refusals only."""

MARKS = [(re.compile(pattern, re.IGNORECASE), name) for pattern, name in BODIES]

CONSENT_HOSTS = re.compile(r"(?:^|\.)(?:consent|consents|cmp|privacy-gate|guce)\.", re.IGNORECASE)
"""Hosts that publishers lead everybody to who has not agreed yet (consent.yahoo.com, consent.google.com)."""

LOGIN_PATHS = re.compile(
    r"/(?:log-?in|sign-?in|sso|oauth2?|auth|wp-login\.php|accounts/login)(?:[/.?]|$)", re.IGNORECASE
)
"""Paths of pages that ask who one is."""

REFUSALS = frozenset({202, 401, 403, 405, 406, 409, 418, 429, 503})
"""Statuses under which walls hide; 202 and 405 are AWS WAF's."""

ANSWERED = frozenset({200, 226})
"""Statuses under which walls pretend to be the answer."""

TITLES = re.compile(
    rb"<title>\s*(?:just a moment|attention required|access denied|are you a (?:human|robot)|robot check|"
    rb"verify(?:ing)? you are human|checking your browser|pardon our interruption|security check|ddos-guard)",
    re.IGNORECASE,
)
"""What interstitials call themselves."""


def wall(status: int, headers: Mapping[str, str], body: bytes, asked: URL, final: URL, accept: Accept) -> str | None:
    """Which wall stands in place of what was asked, in words; None where there is none.

    Args:
        status: of the answer.
        headers: with lower-case names.
        body: its beginning, unpacked.
        asked: the URL that was asked.
        final: the one that answered.
        accept: what was asked for.
    """
    html = _is_html(headers, body)
    if status in REFUSALS:
        return _refusal(headers, body[:LOOKED_AT] if html else b"")
    if status not in ANSWERED or not html or accept == "robots":
        return None
    return _elsewhere(asked, final, accept) or _interstitial(body, accept)


def _is_html(headers: Mapping[str, str], body: bytes) -> bool:
    start = body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html")) or (
        "text/html" in headers.get("content-type", "").lower() and not start.startswith((b"<?xml", b"<rss", b"<feed"))
    )


def _refusal(headers: Mapping[str, str], body: bytes) -> str | None:
    for header, (start, name) in HEADERS.items():
        if header in headers and headers[header].lower().startswith(start):
            return name
    return _marked(body, len(MARKS)) or ("a bot wall" if TITLES.search(body) else None)


def _marked(body: bytes, marks: int) -> str | None:
    return next((name for mark, name in MARKS[:marks] if mark.search(body)), None)


def _elsewhere(asked: URL, final: URL, accept: Accept) -> str | None:
    """A page for consent or login that a redirect led to."""
    if final == asked:
        return None
    if CONSENT_HOSTS.search(final.host or "") and not CONSENT_HOSTS.search(asked.host or ""):
        return "a consent page"
    moved = LOGIN_PATHS.search(final.path) and not LOGIN_PATHS.search(asked.path)
    return "a login page" if moved and accept == "feed" else None


def _interstitial(body: bytes, accept: Accept) -> str | None:
    """A wall that answers 200: small, and called what they are called, or standing where a feed should."""
    if len(body) > SMALL:
        return None
    start = body[:LOOKED_AT]
    if TITLES.search(start):
        return _marked(start, len(MARKS)) or "a bot wall"
    if accept == "feed":
        return _marked(start, STRONG) if b"<link" not in start else None
    return None
