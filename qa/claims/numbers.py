"""Quantities with their units, currencies and dates: each must stand in the sources as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from corpus.characters import fold
from corpus.partial_dates import DateMention, PartialDate, dates
from corpus.quantities import quantity_mentions
from qa.claims.reasons import Fault, Reason
from qa.claims.tables import table
from qa.claims.tokens import Text, Token, mentions, tokens

# "30 million de dollars", "1,3 milioni d'euro", "a 48-hour strike".
_BEHIND = re.compile(r"[\s-]*(?:(?:d['’]|de\s|di\s|of\s|us\s|u\.s\.\s)\s?)?([^\W\d_]+|[$€£¥₹])")
# "21 voix contre 12", "six to three".
_VERSUS = re.compile(r"\s*(?:[^\W\d_]+\s+)?(?:to|against|contre|contro|a|-|–)\s*")
_SIGN_BEFORE = re.compile(r"([$€£¥₹])\s?$")
#: Words of units that mean something else without a number: "now" in Italian, "with" in English.
_AMBIGUOUS = frozenset({"ora", "ore", "h", "an", "degree", "degrees", "pound", "pounds"})
#: Between a large number and what it counts: "30 millions de livres".
_OF = frozenset({"de", "d", "di"})
#: Characters behind a number in which what it counts is looked for.
_BEHIND_NUMBER = 40


class _Measure(NamedTuple):
    """A quantity with its unit, where it has one."""

    value: str
    unit: str | None


def lacking_number(statement: Text, sources: Sequence[Text]) -> Fault | None:
    """A quantity of the statement that no source has, or not of that unit."""
    printed = {each for source in sources for each in _read_as(source, statement.language)}
    values = {each.value for each in printed}
    stated_dates = mentions(statement.text, statement.language)
    years = {str(each.date.year) for each in stated_dates if each.date == _year(each.date)}
    for found in measures(_without(statement.text, stated_dates), statement.language):
        if found.value not in values and found.value not in years:
            return Fault(Reason.NUMBER, found.value)
        if found.unit and found.value in values and found not in printed:
            return Fault(Reason.NUMBER, f"{found.value} {found.unit}")
    return None


def lacking_date(statement: Text, sources: Sequence[Text]) -> Fault | None:
    """A date of the statement that no single date of a source bears out."""
    for mention in mentions(statement.text, statement.language):
        # A year alone must be printed: it does not follow from the day of publication.
        is_year = mention.date == _year(mention.date)
        printed = [
            each
            for source in sources
            for each in _source_dates(source, statement.language, completed=not is_year)
        ]
        stands = any(each.covers(mention.date) for each in printed)
        if not stands and not (is_year and _has_value(str(mention.date.year), sources)):
            return Fault(Reason.DATE, statement.text[mention.span.start : mention.span.end])
    return None


def lacking_currency(statement: Text, sources: Sequence[Text]) -> Fault | None:
    """A currency of the statement that no source names."""
    printed = {each for source in sources for each in _currencies(source.text)}
    missing = _currencies(statement.text) - printed
    return Fault(Reason.CURRENCY, min(missing)) if missing else None


def is_quantity(word: str, language: str | None) -> bool:
    """Whether a folded word is a number, begins with one, or is what numbers are numbers of."""
    if word[0].isdigit() or word in _units():
        return True
    return any(True for _ in quantity_mentions(word, language))


def lacking_unit(statement: Text, sources: Sequence[Text]) -> Fault | None:
    """A unit of the statement ("a month") that no source has."""
    printed = {each for source in sources for each in _unit_names(source)}
    missing = _unit_names(statement) - printed
    return Fault(Reason.NUMBER, min(missing)) if missing else None


def miscounts(statement: Text, source: Text) -> Fault | None:
    """Whether the source counts with another number what the statement counts.

    "270 members" contradicts "five members" where five of something else are mentioned.
    """
    said, printed = _counted(statement), _counted(source)
    for fault in _other_scores(statement, source):
        return fault
    for value, what in said:
        others = {number for number, counted in printed if counted == what}
        own = {counted for number, counted in printed if number == value}
        if others and value not in others and own:
            return Fault(Reason.NUMBER, f"{value} {what}")
    return None


@lru_cache(maxsize=512)
def measures(text: str, language: str | None) -> tuple[_Measure, ...]:
    """The quantities of a text, each with its unit."""
    folded = fold(text)
    found = []
    for value, start, end in quantity_mentions(folded, language):
        before, behind = _SIGN_BEFORE.search(folded[:start]), _BEHIND.match(folded, end)
        unit = _units().get((before or behind or [""])[1] if before or behind else "")
        found.append(_Measure(value, unit))
    return tuple(found)


def _other_scores(statement: Text, source: Text) -> Iterator[Fault]:
    """Scores of which the source has the figures, but not this way round: 12 to 21, 21 to 12."""
    said, printed = _scores(statement), _scores(source)
    for one, other in said - printed:
        if (other, one) in printed:
            yield Fault(Reason.NUMBER, f"{one}-{other}")


def _scores(text: Text) -> set[tuple[str, str]]:
    folded = fold(text.text)
    found = list(quantity_mentions(folded, text.language))
    return {
        (one.value, other.value)
        for one, other in pairwise(found)
        if _VERSUS.fullmatch(folded[one.end : other.start])
    }


@lru_cache(maxsize=512)
def _counted(text: Text) -> tuple[tuple[str, str], ...]:
    """Each number with the stem of the first content word behind it, which is no unit."""
    folded = fold(_without(text.text, mentions(text.text, text.language)))
    found = []
    for value, _, end in quantity_mentions(folded, text.language):
        behind = tokens(folded[end : end + _BEHIND_NUMBER], text.language)
        what = next((each for each in behind if each.word not in _OF), None)
        if what and what.is_content and not what.clause and _is_counted(what):
            found.append((value, what.stem))
    return tuple(found)


def _is_counted(token: Token) -> bool:
    return token.word.isalpha() and token.word not in _units()


def _read_as(source: Text, language: str | None) -> Iterator[_Measure]:
    """In its own language and the statement's: a model may answer in that of its source."""
    for read_in in dict.fromkeys((source.language or language, language)):
        yield from measures(_without(source.text, mentions(source.text, read_in)), read_in)


def _source_dates(source: Text, language: str | None, *, completed: bool) -> set[PartialDate]:
    return {
        each
        for read_in in dict.fromkeys((source.language or language, language))
        for each in dates(source.text, read_in, source.published if completed else None)
    }


def _without(text: str, dated: Sequence[DateMention]) -> str:
    """The text with spaces for dates, but for years alone, which can be numbers."""
    for (start, end), stated in ((each.span, each.date) for each in dated):
        if stated != _year(stated):
            text = text[:start] + " " * (end - start) + text[end:]
    return text


def _year(stated: PartialDate) -> PartialDate:
    return PartialDate(year=stated.year)


def _has_value(value: str, sources: Sequence[Text]) -> bool:
    return any(value == each.value for source in sources for each in _read_as(source, None))


def _unit_names(text: Text) -> set[str]:
    found = (token.word for token in tokens(text.text, text.language) if not token.is_function)
    counted = (each.unit for each in measures(text.text, text.language))
    alone = (_units().get(word) for word in found if word not in _AMBIGUOUS)
    return {unit for unit in (*counted, *alone) if unit}


def _currencies(text: str) -> set[str]:
    found = re.findall(r"[^\W\d_]+|[$€£¥₹]", fold(text))
    names = set(table("units")["currencies"]["names"].split()) - {"cent"}
    return {_units().get(word, "") for word in found} & names


@cache
def _units() -> dict[str, str]:
    return {word: unit for unit, words in table("units")["units"].items() for word in words.split()}
