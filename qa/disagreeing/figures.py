"""The figures of a sentence: how much of what, and how exactly.

Left out are numbers that count nothing: dates, years, times of the day, ordinals, and numbers in
names ("Llama 3", "GPT-4").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import lru_cache
from typing import Literal

from corpus import Span
from corpus.characters import fold, unfolded
from corpus.partial_dates import date_mentions
from corpus.quantities import Quantity, quantity_mentions
from index_store.terms import stop_words

#: Words behind a figure among which stands what it counts.
_BEHIND = 2

#: What is "about 40" may be off by this share; what is "more than 60" is not said of 90.
_ABOUT = Decimal("0.1")
_BEYOND = Decimal("0.25")

#: Numbers in names are lower: "Llama 3", "Boeing 737", not "GPU 64k".
_NAMED = 1000

#: Figures that differ by more than this factor count two things; a slip of a nought, or of a
#: million for a billion, is not told from that.
_TIMES = 8

#: A figure of so many digits may be another one rounded: 1.9 million of 1.87 million. With fewer,
#: 40 would be 44.
_ROUNDED_DIGITS = 2

#: A word of so few letters in front of a figure is none that it counts.
_SHORT = 2

Bound = Literal["exactly", "about", "more", "less"]

_CURRENCIES = {
    "dollar": "$ dollar dollars dollari dollaro usd",
    "euro": "€ euro euros eur",
    "pound": "£ pound pounds livres sterling sterline gbp",
    "yen": "¥ yen yens jpy",
    "rupee": "₹ rupee rupees roupies rupie inr",
    "franc": "franc francs franchi chf",
}
_CURRENCY_OF = {word: name for name, called in _CURRENCIES.items() for word in called.split()}
_SIGN_BEFORE = re.compile(r"([$€£¥₹])\s?$")
_UNIT_BEHIND = re.compile(r"\s?(?:d['’]|de |di )?([^\W\d_]+|[$€£¥₹])")

_BOUNDS: dict[Bound, re.Pattern[str]] = {
    "about": re.compile(
        r"\b(?:about|around|roughly|some|nearly|almost|approximately|close to|environ|pres de"
        r"|presque|quelque|circa|quasi|intorno [ai]|attorno [ai])\s(?:l['’])?[$€£¥₹]?$"
    ),
    "more": re.compile(
        r"\b(?:more than|over|above|at least|plus d[e'’]|au moins|depasse|oltre|piu di|almeno)"
        r"\s?(?:l['’]|les |i )?[$€£¥₹]?$"
    ),
    "less": re.compile(
        r"\b(?:less than|fewer than|under|below|at most|up to|moins d[e'’]|au plus|jusqu['’]a"
        r"|meno di|al massimo|fino a)\s?[$€£¥₹]?$"
    ),
}

_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
# Ordinals, times, powers of ten; "48-hour" counts hours.
_NO_COUNT_BEHIND = re.compile(
    r"(?:st|nd|rd|th|er|e|eme|s|º|°|[ªa])\b|\s?(?:[ap]\.m\b|[ap]m\b|h\b|heures?\s*\d)|:\d\d\b"
    r"|\s?[×*]\s?10"
)
_HOUR_BEFORE = re.compile(r"\b(?:a|vers|des|avant|apres|jusqu['’]a|alle|dalle|le|ore) $")
_HOUR_BEHIND = re.compile(r"\s?(?:h\b|heures?\b(?! par\b)|ore\b)")
_CLOCK_BEFORE = re.compile(r"\b(?:at|alle|dalle) $")
_NOTHING_BEHIND = re.compile(r"\s*(?:[.,;:]|$)")
_NO_COUNT_BEFORE = re.compile(r"(?:\b(?:no|n|nr|page|chapter|version|phase|aged|ore)[ .°º]*|-)$")
_NAME_BEFORE = re.compile(r"(?<![.!?…“«\"]\s)(?<!^)\b[A-ZÀ-ÖØ-Þ][\w’'-]*[ -]$")
_WORDS_BEHIND = re.compile(r"[^.;:,()\d“”«»\"]*")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity with what it is a quantity of.

    Attributes:
        unit: "%", a currency's name, or "" where things are counted.
        counted: folded words that say of what: those right behind it, or the one before it where
            nothing follows.
        span: in the sentence.
    """

    value: Decimal
    unit: str
    counted: tuple[str, ...]
    bound: Bound
    span: Span

    @property
    def written(self) -> str:
        """As `corpus.quantities` writes it."""
        return f"{self.value:f}{'%' if self.unit == '%' else ''}"


@lru_cache(maxsize=8192)
def figures(text: str, language: str | None) -> tuple[Figure, ...]:
    """The figures of a sentence in their order."""
    undated = without_dates(text, language)
    folded = fold(undated)
    found = quantity_mentions(folded, language)
    return tuple(
        figure
        for quantity in found
        if (figure := _figure(undated, folded, quantity, language)) is not None
    )


def as_printed(text: str, words: Sequence[str]) -> str:
    """The first of some folded words as it stands in a text; "" of none."""
    return next((word for word in _WORD.findall(text) if (fold(word),) == tuple(words[:1])), "")


def compatible(one: Figure, other: Figure) -> bool:
    """Whether two figures of one thing can both be right: equal, rounded, or within what "about",
    "more than" and "less than" admit."""
    if one.value == other.value or _rounds(one.value, other.value):
        return True
    return _admits(one, other.value) or _admits(other, one.value)


def comparable(one: Figure, other: Figure) -> bool:
    """Whether two figures are near enough to be of one thing."""
    low, high = sorted((abs(one.value), abs(other.value)))
    return high <= _TIMES * low


def _rounds(one: Decimal, other: Decimal) -> bool:
    digits = [len(value.normalize().as_tuple().digits) for value in (one, other)]
    fewer, more = (one, other) if digits[0] < digits[1] else (other, one)
    if min(digits) < _ROUNDED_DIGITS or digits[0] == digits[1]:
        return False
    return Context(prec=min(digits)).plus(more) == fewer


def _admits(figure: Figure, value: Decimal) -> bool:
    low, high = {
        "exactly": (figure.value, figure.value),
        "about": (figure.value * (1 - _ABOUT), figure.value * (1 + _ABOUT)),
        "more": (figure.value, figure.value * (1 + _BEYOND)),
        "less": (figure.value * (1 - _BEYOND), figure.value),
    }[figure.bound]
    return low <= value <= high


@lru_cache(maxsize=8192)
def without_dates(text: str, language: str | None) -> str:
    """The text with spaces for dates. A year alone stays: 2000 may count copies."""
    for start, end in (each.span for each in date_mentions(text, language)):
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _figure(text: str, folded: str, found: Quantity, language: str | None) -> Figure | None:
    before, behind = folded[: found.start], folded[found.end :]
    span = Span(*unfolded(text, found.start, found.end))
    unit = "%" if found.value.endswith("%") else _currency(before, behind)
    if not unit and (
        _YEAR.fullmatch(folded[found.start : found.end])
        or _NO_COUNT_BEHIND.match(behind)
        or _NO_COUNT_BEFORE.search(before)
        or (_HOUR_BEFORE.search(before) and _HOUR_BEHIND.match(behind))
        or (_CLOCK_BEFORE.search(before) and _NOTHING_BEHIND.match(behind))
        or (Decimal(found.value) < _NAMED and _NAME_BEFORE.search(text[: span.start]))
    ):
        return None
    cues: Iterator[Bound] = (name for name, cue in _BOUNDS.items() if cue.search(before))
    value = Decimal(found.value.rstrip("%"))
    return Figure(
        value, unit, tuple(_counted(before, behind, language)), next(cues, "exactly"), span
    )


def _currency(before: str, behind: str) -> str:
    found = _SIGN_BEFORE.search(before) or _UNIT_BEHIND.match(behind)
    return _CURRENCY_OF.get(found[1], "") if found else ""


def _counted(before: str, behind: str, language: str | None) -> Iterator[str]:
    """What a figure counts, without its currency and without stop words."""
    skipped = stop_words(language) | _CURRENCY_OF.keys()
    following = _WORDS_BEHIND.match(behind)
    named = [word for word in _WORD.findall(following[0] if following else "")]
    if not named:
        named = [word for word in _WORD.findall(before)[-1:] if len(word) > _SHORT]
    yield from [word for word in named if word not in skipped][:_BEHIND]
