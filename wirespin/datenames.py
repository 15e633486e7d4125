"""Names of days and months in the dates of feeds that are not written in English."""

from __future__ import annotations

import re

_NAMES = """
Jan jan januar janv janvier jänner jaenner ene enero janeiro gen gennaio januari
Feb feb februar févr fevr fév fevrier février febrero fev fevereiro febbraio februari
Mar mar mars märz maerz mär mrz marzo março marco mrt maart
Apr apr april avr avril abr abril aprile
May mai may mayo maio mag maggio mei
Jun jun juin juni junio junho giu giugno
Jul jul juil juillet juli julio julho lug luglio
Aug aug août aout ago agosto august augustus
Sep sep sept september septembre septiembre set setiembre setembro settembre
Oct oct okt oktober octobre octubre out outubro ott ottobre
Nov nov november novembre noviembre novembro
Dec dec dez dezember déc décembre decembre dic diciembre dezembro dicembre december
"""
MONTHS = {name: line.split()[0] for line in _NAMES.strip().splitlines() for name in line.split()[1:]}
"""Months as German, French, Spanish, Portuguese, Italian and Dutch feeds name them, and English for each; no name is
another month's in any of these languages."""

_WEEK = """
lun lundi mar mardi mer mercredi jeu jeudi ven vendredi sam samedi dim dimanche
mo montag di dienstag mi mittwoch do donnerstag fr freitag sa samstag sonnabend so sonntag
lunes martes mié mie miércoles miercoles jue jueves vie viernes sáb sab sábado sabado dom domingo
seg segunda ter terça terca qua quarta qui quinta sex sexta
lunedì lunedi martedì martedi mercoledì mercoledi gio giovedì giovedi venerdì venerdi sabato domenica
ma maandag dinsdag wo woensdag donderdag vr vrijdag za zaterdag zo zondag
mon tue wed thu fri sat sun
"""
DAYS = frozenset(_WEEK.split())
"""Days of the week in the same languages; they are not looked at further."""

_DATE = re.compile(
    r"(?:(?P<day>[^\W\d_]+)(?:-feira)?\.?\s*,?\s+)?(?P<number>\d{1,2})\.?\s+(?P<month>[^\W\d_]+)\.?\s+"
    r"(?P<rest>\d{4}\s+\d{1,2}:\d\d(?::\d\d)?(?:\s.*)?)",
    re.DOTALL,
)
"""The shape of RFC 822, with names of days and months in any language."""

LONGEST = 100
"""Characters of a date."""


def in_english(text: str) -> str:
    """A date in the shape of RFC 822 with its month in English and no day of the week; another text as it is.

    >>> in_english("Lun, 23 nov 2026 10:00:00 +0100")
    '23 Nov 2026 10:00:00 +0100'
    """
    found = _DATE.fullmatch(text) if len(text) <= LONGEST else None
    if found is None or (found["day"] or "mon").lower() not in DAYS:
        return text
    month = MONTHS.get(found["month"].lower())
    return f"{found['number']} {month} {found['rest']}" if month else text
