"""Datelines: where and by whom a report was filed, in front of its first sentence."""

from __future__ import annotations

import re

from wirespin.text.tokens import UNSPACED, Span
from wirespin.wire.agencies import agency_named
from wirespin.wire.finding import Finding, findings
from wirespin.wire.layout import Line
from wirespin.wire.names import Named, listed, mentioned, name_at

LONGEST = 160
"""Characters from the line's start to the end of its dateline."""

MOST_WORDS = 14
"""Words of place and date: "ABOARD THE CHARLES DE GAULLE, Eastern Mediterranean, Feb. 12, 2024" has 10."""

_BRACKET = re.compile(r"[(\[（【［<]([^()\[\]（）【】［］<>\n]{2,60})[)\]）】］>]")
_SLASHED = re.compile(r"/\s?([^/\n]{2,30}?)\s?/")
_AFTER = re.compile(r"\.?[ \t\xa0]*(?:[-–—−‒―:=]{1,3}\s?|\.)*[ \t\xa0]*")
_JOINT = re.compile(r"(?:,|\.|[ \t\xa0]*[-–—])[ \t\xa0]+|(?<=\d)[ \t]+")
_CLOSE = re.compile(r"[ \t\xa0]*(?:[-–—−]{1,2}|:)[ \t\xa0]*|\.[ \t\xa0]+(?=\S)")
_FIRST_NAME_CLOSE = re.compile(r"[ \t\xa0]*(?:[-–—−]{1,2}|\|)[ \t\xa0]+")
_DATED = re.compile(r"\d{1,4}|\b(?:जनवरी|फरवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|सितंबर|अक्टूबर|नवंबर|दिसंबर)(?=\s)")
_QUOTING = re.compile("[据據]")
_PICTURE = re.compile("写真|图片|圖片|图|사진")
_FILED = re.compile(r"[^。\n]{0,24}?[电電]")
_INNER_PLACE = re.compile(r"[^\W\d_a-zß-ÿ][^\n()]{1,40}?\d{1,2}[^\n()]{0,14}?[ \t][-–—]{1,2}[ \t]")
_BARE = re.compile(r"[^\W\d_a-zß-ÿ][^\n()a-zß-ÿ]{2,40}(?:,[^\n()–—]{2,24})?[ \t](?:[-–—]{1,2})[ \t]+(?=[\w\"“'‘«])")
_UNSPACED = re.compile(f"[{UNSPACED}가-힣]")
_BYLINE = re.compile(r"\s*(?:by|von|par|por|di|photo|foto|file)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\s,./()–—-]+")

_SMALL = (
    "de la las los le les el al of the and und et y e di da do dos das du del della den der des am an auf bei im in "
    "sur near upon van von en aan st nd rd th na nad "
    "jan feb mar apr may jun jul aug sep sept oct nov dec "
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre janv févr avr juil déc "
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre ene abr ago dic "
    "janeiro fevereiro março maio junho julho setembro outubro novembro dezembro fev abr mai ago set out dez "
    "gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre gen mag giu lug ott "
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря "
    "янв фев мар апр июн июл авг сен сент окт ноя дек "
    "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня"
)

SMALL_WORDS = frozenset(_SMALL.split())
"""Words of a place or a date that begin with a small letter."""


def datelines(body: str, line: Line) -> list[Finding]:
    """The dateline in front of a line, if there is one; several findings where it names several agencies.

    Known are ``PARIS (AFP) -``, ``LONDON, Feb 6 (Reuters) -``, ``Kolkata, Nov 18 (PTI) The``,
    ``(ANSA) - ROME, JUN 11 -``, ``MOSCOW, June 12. /TASS/.``, ``NEW DELHI, Feb. 6, Kyodo -``,
    ``МОСКВА, 12 июн — РИА Новости.``, ``AFP -``, ``新华社北京6月12日电``, ``[東京 12日 ロイター] -``,
    ``【ロンドン共同】``.
    A dateline without an agency (``ATHENS -``) is a region without a credit.
    """
    window = (line.start, min(line.end, line.start + LONGEST))
    for search in (_bracketed, _slashed, _joined, _name_first, _unspaced):
        found = search(body, window)
        if found:
            return found
    return _bare(body, line, window)


def _bracketed(body: str, window: Span) -> list[Finding]:
    start, stop = window
    for bracket in _BRACKET.finditer(body, start, stop):
        names = listed(body, *bracket.span(1))
        if not names:
            continue
        end = _end_of_close(body, bracket.end(), stop)
        place = body[start : bracket.start()]
        if end < stop and _is_place(place) and _closes(body, place, bracket.end(), end):
            end = _inner_place(body, end) if not place.strip() else end
            return findings("dateline", (start, end), names)
        return []
    return []


def _closes(body: str, place: str, closed: int, end: int) -> bool:
    """Whether what follows the bracket shows that a dateline has ended."""
    if body[closed:end].strip():
        return True
    if not place.strip():
        return False
    dated = _DATED.search(place) is not None
    cased = place.lower() != place.upper()
    return not body[end].islower() and (dated or place.isupper() or (cased and len(_WORD.findall(place)) <= 3))


def _inner_place(body: str, at: int) -> int:
    """The end of place and date that stand behind the name: "(ANSA) - GENOA, JUN 11 - "."""
    inner = _INNER_PLACE.match(body, at, at + 80)
    return inner.end() if inner and _is_place(inner.group().strip(" -–—\t")) else at


def _slashed(body: str, window: Span) -> list[Finding]:
    start, stop = window
    for slashed in _SLASHED.finditer(body, start, stop):
        names = listed(body, *slashed.span(1))
        if names and _is_place(body[start : slashed.start()]):
            return findings("dateline", (start, _end_of_close(body, slashed.end(), stop)), names)
    return []


def _joined(body: str, window: Span) -> list[Finding]:
    """A name parted from place and date by a comma, a full stop or a dash."""
    start, stop = window
    for joint in _JOINT.finditer(body, start, stop):
        named = name_at(body, joint.end())
        if named is None:
            continue
        place = body[start : joint.start()]
        close = _CLOSE.match(body, named.end, stop)
        sure = place.isupper() or _DATED.search(place) is not None or (close is not None and "." not in close.group())
        if close and close.end() < stop and place.strip() and sure and _is_place(place):
            return findings("dateline", (start, close.end()), [named])
        return []
    return []


def _name_first(body: str, window: Span) -> list[Finding]:
    start, stop = window
    named = name_at(body, start)
    close = _FIRST_NAME_CLOSE.match(body, named.end, stop) if named else None
    if named is None or close is None or body.count(" ", close.end(), stop) < 5:
        return []
    return findings("dateline", (start, close.end()), [named])


def _unspaced(body: str, window: Span) -> list[Finding]:
    """Chinese, Japanese and Korean datelines: bracketed, or ending in "filed by wire"."""
    start, stop = window
    if not _UNSPACED.search(body, start, min(stop, start + 40)):
        return []
    bracket = _BRACKET.match(body, start, stop)
    names = _in_bracket(body, bracket) if bracket else []
    if bracket and names:
        end = _end_of_close(body, bracket.end(), stop)
        return findings("dateline", (start, end), names) if end < stop else []
    quoting = _QUOTING.match(body, start, stop)
    named = name_at(body, quoting.end() if quoting else start)
    filed = _FILED.match(body, named.end, stop) if named and _foreign(body, named) else None
    return findings("dateline", (start, filed.end()), [named]) if named and filed else []


def _in_bracket(body: str, bracket: re.Match[str]) -> list[Named]:
    """Names in a script without spaces, or beside "=", or in the lenticular brackets in which Japanese media file."""
    if _PICTURE.search(bracket.group()):
        return []
    lenticular = bracket.group()[0] in "【［"
    return [named for named in mentioned(body, *bracket.span(1)) if lenticular or _foreign(body, named)]


def _foreign(body: str, named: Named) -> bool:
    return _UNSPACED.search(body, named.start, named.end) is not None or not {"=", "＝"}.isdisjoint(
        body[named.start - 1 : named.end + 1]
    )


def _bare(body: str, line: Line, window: Span) -> list[Finding]:
    """A dateline that names no agency: "ATHENS - ", or a first line that is a place alone."""
    start, stop = window
    if line.before > 1:
        return []
    bare = _BARE.match(body, start, stop)
    if bare and _is_place(bare.group().strip(" -–—\t")) and bare.group()[:3].isupper():
        return [Finding((start, bare.end()))]
    alone = line.number < 3 and line.end - start <= 24 and body[start : line.end].isupper()
    return [Finding((start, line.end))] if alone and body[start : line.end].replace(" ", "").isalpha() else []


def _end_of_close(body: str, at: int, stop: int) -> int:
    close = _AFTER.match(body, at, stop)
    return close.end() if close else at


def _is_place(text: str) -> bool:
    """Whether every word could belong to a place or a date: a capital, a figure, a small connective, a month."""
    if agency_named(text) is not None:
        return False
    words = _WORD.findall(text)
    return len(words) <= MOST_WORDS and not _BYLINE.match(text) and all(_place_word(word) for word in words)


def _place_word(word: str) -> bool:
    first = word.lstrip("'’\"“")[:1]
    return (
        not first.islower() or word.casefold().rstrip(".") in SMALL_WORDS or (word[:2].casefold() in {"d'", "d’", "l'"})
    )
