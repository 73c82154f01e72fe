"""How English, French and Italian speak of time: tables that `qa.dates.periods` reads by.

All is folded, letter for letter. Names of months and days are CLDR's (Babel). dateparser, which
knows two hundred languages, is not used: it finds moments and not spans, guesses what is left out,
and takes "a", "le" and "sur" for dates.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from functools import cache

from corpus.characters import fold
from qa.phrases import INTERFACE_LANGUAGES


class Frame(Enum):
    """What the words before a date make of it."""

    WITHIN = "in October 2023"
    OF = "of October 2023"
    SINCE = "since 2021"
    BEFORE = "before March 2024"
    UNTIL = "until March 2024"
    AFTER = "after 2021"


#: Regular expressions of the words before a date, by frame and language.
FRAMES: Mapping[Frame, Mapping[str, str]] = {
    Frame.WITHIN: {
        "en": r"in|during|throughout|on|in the year|during the year",
        "fr": r"en|au mois d[e']|au cours d[eu]|durant|pendant|courant|le|en l'an|pendant l'annee",
        "it": r"in|nel|nell'|nello|nel mese d[i']|durante|durante il|nel corso d(?:i|el)|a|il"
        r"|nell'anno",
    },
    Frame.OF: {"en": "of|from", "fr": "de|d'|du", "it": "di|d'|del|dell'"},
    Frame.SINCE: {
        "en": r"since|from|starting(?: in)?",
        "fr": r"depuis|depuis le|a partir d(?:e|u|')|des",
        "it": r"da|dal|dall'|dalla|a partire da|a partire dal(?:l')?|sin dal(?:l')?",
    },
    Frame.BEFORE: {
        "en": r"before|prior to",
        "fr": r"avant|avant le",
        "it": r"prima d(?:i|el|ell')",
    },
    Frame.UNTIL: {
        "en": r"until|till|up to",
        "fr": r"jusqu'(?:a|en|au)",
        "it": r"fino a(?:l|ll')?",
    },
    Frame.AFTER: {"en": "after", "fr": "apres|apres le", "it": "dopo|dopo il|dopo l'"},
}

#: What stands before the first and between the two ends of a span.
SPANS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "en": (("between", "and"), ("from", "to|until|till|up to|through")),
    "fr": (("entre|entre le", "et|et le"), ("de|du|d'|depuis", "a|au|jusqu'a|jusqu'au|jusqu'en")),
    "it": (
        ("tra|fra|tra il|fra il", "ed?|e il"),
        ("da|dal|dall'", "a|ad|al|all'|fino a|fino al|fino all'"),
    ),
}

#: Units of a calendar, one and many.
UNITS: Mapping[str, str] = {
    "day": r"days?|jours?|giorn[oi]",
    "week": r"weeks?|semaines?|settiman[ae]",
    "month": r"months?|mois|mes[ei]",
    "year": r"years?|annees?|ans?|ann[oi]",
}
UNIT = "|".join(UNITS.values())

TODAY = r"today|aujourd'hui|oggi"
YESTERDAY = r"yesterday|hier|ieri"
#: What the last end of a span can be instead of a date.
NOW = rf"{TODAY}|now|maintenant|adesso|ora"
#: Each holds {unit} once.
THIS = (
    r"this ({unit})",
    r"(?:cette|cet|ce) ({unit})(?:-ci)?(?! derni)",
    r"quest['ao] ?({unit})",
)
LAST = (
    r"(?:the )?(?:last|past|previous) ({unit})",
    r"(?:l[ae] |l')?({unit}) (?:derni|pass|preced)[a-z]+",
    r"(?:l[ao] )?scors[oa] ({unit})",
    r"(?:l[ao] |il |l')?({unit}) (?:scors|passat|precedent)[a-z]+",
)
#: Each holds {count} and {unit} once.
LAST_FEW = (
    r"(?:(?:in|over|during|within) )?the (?:last|past) {count} ({unit})",
    r"(?:(?:dans|durant|pendant|au cours de) ?)?(?:ces|les|des) {count} derni[a-z]+ ({unit})",
    r"(?:n?e?gli|n?e?lle|le|gli) ultim[ie] {count} ({unit})",
)
AGO = (r"{count} ({unit}) ago", r"il y a {count} ({unit})", r"{count} ({unit}) fa")
START = (
    r"the (?:start|beginning) of (?:the|this) ({unit})",
    r"le debut d(?:e l'|e la |u |e cette |e ce )({unit})",
    r"inizio d(?:ell'|ella |el |i quest'|i questa |i questo )({unit})",
)
#: Each holds {name} once: of a month or a day of the week.
LAST_NAMED = (
    r"last ({name})",
    r"(?:le )?({name}) dernier",
    r"(?:lo )?scors[oa] ({name})",
    r"({name}) scors[oa]",
)

_COUNTS = {
    2: "two|deux|due", 3: "three|trois|tre", 4: "four|quatre|quattro", 5: "five|cinq|cinque",
    6: "six|sei", 7: "seven|sept|sette", 8: "eight|huit|otto", 9: "nine|neuf|nove",
    10: "ten|dix|dieci", 12: "twelve|douze|dodici",
}  # fmt: skip
COUNT = rf"(\d{{1,3}}|{'|'.join(_COUNTS.values())})"

#: Nouns that make a period beside them that of publication.
PUBLISHED = (
    r"articles?|coverage|stories|headlines|reporting|news"
    r"|couverture|papiers|depeches|actualites?"
    r"|articol[oi]|copertura|notizi[ae]|lanci"
)
#: What may stand between such a noun and its period.
PUBLISHED_BY = (
    r"published|printed|that (?:appeared|came out)|from|of"
    r"|parus?|parue?s|publie?e?s?|de|du"
    r"|uscit[eio]|pubblicat[eaio]|di|del|dell'|dell[ae]"
)

#: What a court's ruling is called.
RULINGS = (
    r"rulings?|judge?ments?|verdicts?|jugements?|arrets?|sentenz[ae]|verdett[oi]|pronunc(?:ia|e)"
)
#: What stands before an event that a period is told by. "After the vote" is left alone: it tells
#: which event is meant more often than it asks for what came later. What came after a ruling is
#: asked for.
SINCE_EVENT = r"since the |depuis l(?:es? |a |')|a partire da(?:l |i |gli |lle |ll[ao] |ll')"
AFTER_EVENT = r"after the |apres l(?:es? |a |')|dopo (?:il |i |gli |le |l[ao] |l')"
#: Italian "dal" is "from", "by" and "than" as well: it counts before an event of this kind.
FROM_IT = r"da(?:l |i |gli |lle |ll[ao] |ll')"
EVENTS_IT = (
    r"sentenz[ae]|process[oi]|accord[oi]|decision[ei]|mult[ae]|sciopero|legge|voto|elezion[ei]"
    r"|caus[ae]|condann[ae]|denuncia|ricorso|annuncio|lancio|chiusura|apertura|inchiesta|fusione"
    r"|scandalo|crisi|referendum|guerra|attentato|incidente|terremoto|arresto|dimissioni|nomina"
)


def count(text: str) -> int:
    """The number that a match of COUNT stands for."""
    if text.isdigit():
        return int(text)
    return next(number for number, words in _COUNTS.items() if text in words.split("|"))


def day_number(text: str) -> int:
    """The day of a month that digits, or the Italian for the first, stand for."""
    return 1 if text == "primo" else int(text)


@cache
def months() -> Mapping[str, int]:
    """Number of each month by its folded names, written out and short."""
    from babel.dates import get_month_names

    return {
        fold(name).rstrip("."): number
        for language in INTERFACE_LANGUAGES
        for width in ("abbreviated", "wide")
        for number, name in get_month_names(width, "format", language).items()
    }


@cache
def long_months() -> frozenset[str]:
    """Folded names of months written out: "mar" and "set" alone are other words."""
    from babel.dates import get_month_names

    return frozenset(
        fold(name)
        for language in INTERFACE_LANGUAGES
        for name in get_month_names("wide", "format", language).values()
    )


@cache
def weekdays() -> Mapping[str, int]:
    """Number of each day of the week, from 0 for Monday, by its folded name."""
    from babel.dates import get_day_names

    return {
        fold(name): number
        for language in INTERFACE_LANGUAGES
        for number, name in get_day_names("wide", "format", language).items()
    }
