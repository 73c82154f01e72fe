"""Whether a sentence holds the kind of thing that a question asks for.

A passage can be on the subject and still not say how much, when or who. Month and day names come
from the Unicode CLDR by way of Babel, so that adding a language adds no list here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from corpus.characters import fold
from corpus.quantities import quantities
from index_store.terms import grams, words
from qa.phrases import INTERFACE_LANGUAGES
from qa.weighing.wanted import Wanted

#: Words between a number and what it is a number of, and the share of 4-grams that makes two
#: words one.
_NEAR = 5
_SAME = 0.6

_LANGUAGES = ("en", "fr", "it", "es", "de", "pt", "nl")

_NUMBER_WORDS = {
    language: frozenset(map(fold, listed.split()))
    for language, listed in {
        "en": "two three four five six seven eight nine ten eleven twelve dozen twenty thirty "
        "forty fifty hundred hundreds thousand thousands million millions billion billions half "
        "third both none twice",
        "fr": "deux trois quatre cinq six sept huit neuf dix onze douze douzaine vingt trente "
        "quarante cinquante cent mille millier milliers million millions milliard milliards moitié "
        "tiers",
        # Not "metà", which is folded to a company's name.
        "it": "due tre quattro cinque sei sette otto nove dieci undici dodici venti trenta "
        "quaranta cinquanta cento mila migliaia milione milioni miliardo miliardi entrambi",
        "es": "dos tres cuatro cinco seis siete ocho nueve diez cien mil millón millones mitad",
    }.items()
}
_ANY_NUMBER_WORD = frozenset().union(*_NUMBER_WORDS.values())
_HALF = re.compile(r"\bmetà\b")
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
_FULL_NAME = re.compile(
    r"\b[A-ZÀ-ÖØ-Þ][a-zà-ÿ'’-]+(?:(?:\s(?:de|di|da|van|von|[A-Z]\.))?\s[A-ZÀ-ÖØ-Þ][a-zà-ÿ'’-]+)+\b"
)
#: Words of a full name.
_FULL = 2
_CAPITALISED = re.compile(r"(?<![.!?…“\"«»]\s)(?<!^)\b[^\W\d_]*[A-ZÀ-ÖØ-Þ][^\W_]*")


def offers(
    sentence: str,
    wanted: Wanted,
    asked: frozenset[str],
    of: Sequence[str] = (),
    language: str | None = None,
) -> bool:
    """Whether the sentence holds such a thing, not counting what the question itself says.

    Args:
        asked: the folded words of the question.
        of: folded words of what a number is asked of, as the sentence's language has them; the
            number must stand near one. Of XQuAD's answers that are such numbers, 0.86 do. Or of
            the role of whoever is asked for, who must have more than one name then.
        language: of the sentence, whose number words are read; those of all where it is None.
    """
    match wanted:
        case Wanted.NUMBER:
            said = words(_HALF.sub("1/2", _without_numbers_of_names(sentence, asked)))
            spelt = _NUMBER_WORDS.get(language or "", _ANY_NUMBER_WORD)
            numbers = [
                at
                for at, word in enumerate(said)
                if word not in asked and (word[0].isdigit() or word in spelt)
            ]
            return bool(numbers) and (not of or _stand_near(numbers, said, of))
        case Wanted.MONEY:
            return bool(_MONEY.search(fold(sentence))) and offers(
                sentence, Wanted.NUMBER, asked, (), language
            )
        case Wanted.DATE:
            said = words(sentence)
            new = set(said) - asked
            return (
                bool(new & _calendar())
                or any(_YEAR.fullmatch(word) for word in new)
                or any(not {first, second} <= asked for first, second in _short_dates(said))
                or any(month not in asked for month in _IN_MAY.findall(fold(sentence)))
            )
        case Wanted.PERSON if of:
            # Of "Judge Vera Stone" in a question about a judge, "Vera Stone".
            return any(
                len(set(words(name)) - asked) >= _FULL for name in _FULL_NAME.findall(sentence)
            )
        case Wanted.PERSON:
            return any(not set(words(name)) <= asked for name in _CAPITALISED.findall(sentence))
        case Wanted.WORDS | Wanted.ANYTHING:
            return True


def _without_numbers_of_names(sentence: str, asked: frozenset[str]) -> str:
    """GPT-4 and, where Llama 3 is asked about, Llama 2 count nothing; nor does the year 2024."""

    def shortened(found: re.Match[str]) -> str:
        is_part = "-" in found[0] or fold(found[1]) in asked
        return found[1] if is_part else found[0]

    return _YEAR.sub("", _NUMBERED_NAME.sub(shortened, sentence))


def _stand_near(numbers: Sequence[int], said: Sequence[str], counted: Sequence[str]) -> bool:
    things = [at for at, word in enumerate(said) if any(_alike(one, word) for one in counted)]
    return any(abs(number - thing) <= _NEAR for number in numbers for thing in things)


def _alike(one: str, other: str) -> bool:
    """Whether a word is another, inflected as it may be."""
    wanted = set(grams(one))
    return len(wanted & set(grams(other))) >= _SAME * len(wanted)


def holds_numbers(question: str, text: str, language: str | None = None) -> bool:
    """Whether a text has every number that a question names: GPT-4 does not answer for GPT-5, nor
    2024 for 2034. "64k" is held by "64,000" and "1190" by "1 190"; "123" is not held by "1234".

    Args:
        language: of the text, whose number words are read.
    """
    if not any(map(str.isdecimal, question)):
        return True
    held = _digits(text) | quantities(text, language)
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
