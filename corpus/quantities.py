"""Quantities as values, so that "64k", "64,000", "64 mila" and "sixty-four thousand" are the same.

And so that what looks alike is not: 1.5 and 15, 30 million and 30 billion, 37 and 37 %. Numbers
written as words are read in English, French and Italian. Left out: one, un, uno and their like,
which are articles too, and words that Italian writes as one ("trentacinque").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from corpus.characters import fold

_ENGLISH = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
)
_FRENCH = (
    "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize "
    "dix-sept dix-huit dix-neuf vingt"
)
_ITALIAN = (
    "due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici "
    "sedici diciassette diciotto diciannove venti"
)
_TENS = {
    "en": "thirty forty fifty sixty seventy eighty ninety",
    "fr": "trente quarante cinquante soixante",
    "it": "trenta quaranta cinquanta sessanta settanta ottanta novanta",
}


def _counted(language: str, upwards: str) -> dict[str, int]:
    ones = {word: value for value, word in enumerate(upwards.split(), start=2)}
    return ones | {word: value * 10 for value, word in enumerate(_TENS[language].split(), start=3)}


_WORDS: Mapping[str, Mapping[str, int]] = {
    "en": {**_counted("en", _ENGLISH), "dozen": 12, "hundred": 100},
    "fr": {**_counted("fr", _FRENCH), "vingts": 20, "douzaine": 12, "cent": 100, "cents": 100},
    "it": {**_counted("it", _ITALIAN), "dozzina": 12, "cento": 100},
}
_MAGNITUDES = {
    word: 10**power
    for power, words in {
        3: "thousand thousands k mille mila migliaia millier milliers",
        6: "million millions m mn mln milione milioni",
        9: "billion billions bn b milliard milliards mld miliardo miliardi",
        12: "trillion trillions tn trn",
    }.items()
    for word in words.split()
}
#: These are read as magnitudes only where they touch the digits: "64k", "30bn", "405B".
_TOUCHING = frozenset({"k", "m", "mn", "b", "bn", "tn"})
#: Abbreviations, which say nothing without a number.
_ONLY_AFTER_NUMBER = frozenset({*_TOUCHING, "mln", "mld", "trn"})

# dix-sept, dix-huit, dix-neuf; twenty-five, soixante-dix, quatre-vingt-seize.
_AFTER_TEN = range(7, 10)
_AFTER_TENS = range(2, 20)

_PERCENT = re.compile(r"\s*(?:%|per ?cento?\b|pour ?cento?\b|pct\b)")
# Groups of three are thousands, whichever mark divides them; other decimals are decimals.
_DIGITS = re.compile(r"\d{1,3}(?:[.,'’ ]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?")
_TOKEN = re.compile(rf"(?P<digits>{_DIGITS.pattern})|(?P<word>[^\W\d_]+)")


class Quantity(NamedTuple):
    """A quantity by its value, and where it stands in the folded text."""

    value: str
    start: int
    end: int


def quantities(text: str, language: str | None) -> set[str]:
    """Every quantity in a text by its value; shares end in "%".

    Args:
        language: whose number words are read; digits are read in every language.
    """
    return {found.value for found in quantity_mentions(fold(text), language)}


def quantity_mentions(folded: str, language: str | None) -> Iterator[Quantity]:
    """The quantities of a folded text in order; see `quantities`."""
    tokens = list(_TOKEN.finditer(folded))
    position = 0
    while position < len(tokens):
        value, following = _value(tokens, position, _WORDS.get(language or "", {}))
        if value is not None:
            end = tokens[following - 1].end()
            share = _PERCENT.match(folded, end)
            end = share.end() if share else end
            written = f"{value.normalize():f}{'%' if share else ''}"
            yield Quantity(written, tokens[position].start(), end)
            while share and following < len(tokens) and tokens[following].start() < end:
                following += 1
        position = following


def _value(
    tokens: list[re.Match[str]], position: int, words: Mapping[str, int]
) -> tuple[Decimal | None, int]:
    """The quantity that starts at a token, or None, and the position behind it."""
    token = tokens[position]
    if token["digits"]:
        value, following = _digits(token["digits"]), position + 1
    elif token["word"] in words:
        value, following = _spelt(tokens, position, words)
    elif token["word"] in _MAGNITUDES and token["word"] not in _ONLY_AFTER_NUMBER:
        value, following = Decimal(_MAGNITUDES[token["word"]]), position + 1
    else:
        return None, position + 1
    for magnitude in _magnitudes(tokens, following):
        value *= magnitude
        following += 1
    return value, following


def _magnitudes(tokens: list[re.Match[str]], position: int) -> Iterator[int]:
    while position < len(tokens):
        word = tokens[position]["word"]
        touches = tokens[position - 1].end() == tokens[position].start()
        is_share = _PERCENT.match(tokens[position].string, tokens[position - 1].end())
        if word not in _MAGNITUDES or (word in _TOUCHING and not touches) or is_share:
            return
        yield _MAGNITUDES[word]
        position += 1


def _spelt(
    tokens: list[re.Match[str]], position: int, words: Mapping[str, int]
) -> tuple[Decimal, int]:
    """Number words in a row: twenty-five, soixante-dix, quatre-vingt-dix."""
    value, position = words[tokens[position]["word"]], position + 1
    while position < len(tokens) and (following := words.get(tokens[position]["word"] or "")):
        if value == 4 and following == 20:
            value = 80
        elif following in (_AFTER_TEN if value == 10 else _AFTER_TENS) and value % 10 == 0:
            value += following
        elif value < 100 and following == 100:
            value *= following
        else:
            break
        position += 1
    return Decimal(value), position


def _digits(number: str) -> Decimal:
    grouped = re.fullmatch(r"(\d{1,3}(?:[.,'’ ]\d{3})+)(?:[.,](\d+))?", number)
    if grouped:
        return Decimal(f"{re.sub(r'[^0-9]', '', _ascii(grouped[1]))}.{_ascii(grouped[2] or '0')}")
    return Decimal(_ascii(number).replace(",", "."))


def _ascii(number: str) -> str:
    """Digits of any script as 0 to 9."""
    return "".join(str(int(char)) if char.isdecimal() else char for char in number)
