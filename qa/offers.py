"""Whether a sentence holds the kind of thing that a question asks for.

A passage can be on the subject and still not say how much, when or who. Month and day names come
from the Unicode CLDR by way of Babel, so that adding a language adds no list here.
"""

from __future__ import annotations

import re
from functools import cache

from index_store.terms import fold, words
from qa.question import Wanted

_LANGUAGES = ("en", "fr", "it", "es", "de", "pt", "nl")

_NUMBER_WORDS = frozenset(
    fold(word)
    for word in (
        "two three four five six seven eight nine ten eleven twelve dozen twenty thirty forty "
        "fifty hundred hundreds thousand thousands million millions billion billions half third "
        "both none twice "
        "deux trois quatre cinq sept huit neuf dix onze douze douzaine vingt trente quarante "
        "cinquante cent mille millier milliers milliard milliards moitié tiers "
        "due tre quattro cinque sei sette otto nove dieci undici dodici venti trenta quaranta "
        "cinquanta cento mila migliaia milione milioni miliardo miliardi metà entrambi "
        "dos tres cuatro cinco seis siete ocho nueve diez cien mil millón millones mitad"
    ).split()
)
_MONEY = re.compile(
    r"[$€£¥₹]|\b(dollars?|dollari|dollaro|dolares|euros?|pounds?|livres|sterline|sterling|francs?"
    r"|yen|yuan|roupies?|rupees|cents|centimes|centesimi|usd|eur|gbp|free|gratuit|gratis)\b"
)
_YEAR = re.compile(r"\b1[0-9]{3}s?\b|\b20[0-9]{2}s?\b")
_CAPITALISED = re.compile(r"(?<![.!?…“\"«»]\s)(?<!^)\b[^\W\d_]*[A-ZÀ-ÖØ-Þ][^\W_]*")


def offers(sentence: str, wanted: Wanted, asked: frozenset[str]) -> bool:
    """Whether the sentence holds such a thing, not counting what the question itself says.

    Args:
        asked: the folded words of the question.
    """
    match wanted:
        case Wanted.NUMBER:
            new = set(words(sentence)) - asked
            return any(word[0].isdigit() for word in new) or bool(new & _NUMBER_WORDS)
        case Wanted.MONEY:
            return bool(_MONEY.search(fold(sentence))) and offers(sentence, Wanted.NUMBER, asked)
        case Wanted.DATE:
            new = set(words(sentence)) - asked
            return bool(new & _calendar()) or any(_YEAR.fullmatch(word) for word in new)
        case Wanted.PERSON:
            return any(
                not set(words(name)) <= asked for name in _CAPITALISED.findall(sentence)
            )
        case Wanted.ANYTHING:
            return True


@cache
def _calendar() -> frozenset[str]:
    """Folded names of months and days in every language."""
    from babel.dates import get_day_names, get_month_names

    names = {
        fold(name)
        for language in _LANGUAGES
        for width in ("wide", "abbreviated")
        for found in (
            get_month_names(width, locale=language),
            get_day_names(width, locale=language),
        )
        for name in found.values()
    }
    # "may", "mar", "sun" and their like are also ordinary words; a year or a number tells then.
    return frozenset(name.strip(".") for name in names if len(name) > 3)
