"""What an answer says as running text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from qa.answer import Searched, Statement
from qa.phrases import phrase

if TYPE_CHECKING:
    from qa.understanding.question import Question

# Day before month, as in French and Italian: "3/4" must not change sides with the language.
_LOCALES = {"en": "en_GB", "fr": "fr_FR", "it": "it_IT"}


def with_markers(statements: Sequence[Statement]) -> str:
    """Statements as running text, each with its numbers: `… [1] … [2][3]`.

    What leads a quotation in stands before it.
    """
    return " ".join(
        f"{statement.led_in} {''.join(f'[{number}]' for number in statement.citations)}"
        for statement in statements
    )


def refusal_text(question: Question, searched: Searched) -> str:
    """What is said where the archive does not answer: what was searched, in the reader's words."""
    if not searched.articles:
        return nothing_there(searched, question.language, lambda day: day)
    languages = ", ".join(language_name(code, question.language) for code in searched.languages)
    key = "answer.searched_span" if searched.first or searched.last else "answer.searched"
    looked = phrase(
        question.language,
        key,
        articles=searched.articles,
        languages=languages,
        first=searched.first or "…",
        last=searched.last or "…",
    )
    return f"{phrase(question.language, 'answer.refused')} {looked}"


def nothing_there(searched: Searched, language: str, written: Callable[[str], str]) -> str:
    """What is said where no article passes: of a period of the question, or of the filters.

    Args:
        written: how a day of the calendar is written.
    """
    if not searched.period or not searched.newest:
        return phrase(language, "answer.nothing_matches")
    first, last, newest = (
        written(day) if day else "…" for day in (searched.first, searched.last, searched.newest)
    )
    period = searched.period
    empty = phrase(language, "answer.period_empty", period=period, first=first, last=last)
    return f"{empty} {phrase(language, 'answer.newest', day=newest)}"


def language_name(code: str, language: str) -> str:
    """The name of a language, or what the article states where that is no language's code."""
    try:
        return Locale.parse(code).get_language_name(language) or code
    except (ValueError, UnknownLocaleError):
        return code


def day_in_words(day: str, language: str) -> str:
    """An ISO 8601 date or date-time as "15 January 2025"; what is no full date stays as it is."""
    try:
        return format_date(date.fromisoformat(day[:10]), "long", locale=locale_of(language))
    except ValueError:
        return day


def locale_of(language: str) -> str:
    """The locale by whose rules days, numbers and lists are written for a reader."""
    return _LOCALES.get(language, "en_GB")
