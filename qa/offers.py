"""Whether a sentence holds the kind of thing that a question asks for.

A passage can be on the subject and still not say how much, when or who. Month and day names come
from the Unicode CLDR by way of Babel, so that adding a language adds no list here.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from corpus.characters import fold
from index_store.terms import words
from qa.phrases import INTERFACE_LANGUAGES
from qa.wanted import Wanted

_LANGUAGES = ("en", "fr", "it", "es", "de", "pt", "nl")

_COUNTED = (
    "two three four five six seven eight nine ten eleven twelve dozen twenty thirty forty "
    "fifty hundred hundreds thousand thousands million millions billion billions half third "
    "both none twice "
    "deux trois quatre cinq six sept huit neuf dix onze douze douzaine vingt trente quarante "
    "cinquante cent mille millier milliers milliard milliards moitié tiers "
    "due tre quattro cinque sei sette otto nove dieci undici dodici venti trenta quaranta "
    "cinquanta cento mila migliaia milione milioni miliardo miliardi metà entrambi "
    "dos tres cuatro cinco seis siete ocho nueve diez cien mil millón millones mitad"
)
_NUMBER_WORDS = frozenset(map(fold, _COUNTED.split()))
_MONEY = re.compile(
    r"[$€£¥₹]|\b(dollars?|dollari|dollaro|dolares|euros?|pounds?|livres|sterline|sterling|francs?"
    r"|yen|yuan|roupies?|rupees|cents|centimes|centesimi|usd|eur|gbp|free|gratuit|gratis)\b"
)
_YEAR = re.compile(r"\b1[0-9]{3}s?\b|\b20[0-9]{2}s?\b")
_NUMBER = re.compile(r"\d+")
# Llama 4, GPT-5, AZ123; not a year, which has other names before it in other languages.
_NUMBERED_NAME = re.compile(r"\b([A-ZÀ-ÖØ-Þ][^\W\d_]*)[ -]?(\d{1,3})(?!\d)")
_SEPARATOR = re.compile(r"(?<=\d)[.,'’\u00a0\u202f ](?=\d{3}\b)")
_DAY = re.compile(r"(?:[12]?\d|3[01]|0\d)(?:st|nd|rd|th|er|o)?")
_IN_MAY = re.compile(
    r"\b(?:in|of|since|until|by|last|next|early|late|en|de|depuis|debut|fin|mi) (may|mai)\b"
)
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
            said = words(sentence)
            new = set(said) - asked
            return (
                bool(new & _calendar())
                or any(_YEAR.fullmatch(word) for word in new)
                or any(not {first, second} <= asked for first, second in _short_dates(said))
                or any(month not in asked for month in _IN_MAY.findall(fold(sentence)))
            )
        case Wanted.PERSON:
            return any(not set(words(name)) <= asked for name in _CAPITALISED.findall(sentence))
        case Wanted.ANYTHING:
            return True


def holds_numbers(question: str, text: str) -> bool:
    """Whether a text has every number that a question names: GPT-4 does not answer for GPT-5, nor
    2024 for 2034. "64k" is held by "64,000" and "1190" by "1 190"; "123" is not held by "1234"."""
    held = _digits(text)
    folded = fold(text)
    return all(number in held for number in _NUMBER.findall(question)) and all(
        re.search(rf"\b{fold(name)}\W?{number}(?!\d)", folded)
        for name, number in _NUMBERED_NAME.findall(question)
    )


def _digits(text: str) -> set[str]:
    return {*_NUMBER.findall(text), *_NUMBER.findall(_SEPARATOR.sub("", text))}


def _short_dates(said: list[str]) -> list[tuple[str, str]]:
    """Neighbours of which one is a day and the other a short name of a month: 5 May, Sept 26."""
    return [
        (first, second)
        for first, second in pairwise(said)
        if (_DAY.fullmatch(first) and second in _short_months())
        or (first in _short_months() and _DAY.fullmatch(second))
    ]


@cache
def _calendar() -> frozenset[str]:
    """Folded names of months and days in every language.

    Short ones are left out: "may", "mar" and Portuguese "out", "set" and "qui" are other words too.
    """
    from babel.dates import get_day_names, get_month_names

    names = {
        fold(name)
        for language in _LANGUAGES
        for found in (
            get_month_names("wide", locale=language),
            get_day_names("wide", locale=language),
        )
        for name in found.values()
    }
    return frozenset(name for name in names if len(name) > 3)


@cache
def _short_months() -> frozenset[str]:
    """Folded names of at most four letters, of months in the languages that are spoken here."""
    from babel.dates import get_month_names

    return frozenset(
        name
        for language in INTERFACE_LANGUAGES
        for width in ("wide", "abbreviated")
        for month in get_month_names(width, locale=language).values()
        if len(name := fold(month).strip(".")) <= 4
    )
