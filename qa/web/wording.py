"""Days, languages and outlets as a reader of the chat sees them, in the language of the page."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from datetime import datetime

from babel import Locale, UnknownLocaleError
from babel.dates import format_timedelta
from babel.numbers import format_decimal

from corpus import Article
from index_store.models import Summary
from qa.answer import Answer, Searched
from qa.phrases import INTERFACE_LANGUAGES, phrase
from qa.running_text import day_in_words, locale_of, nothing_there


def preferred_language(accept: str | None) -> str:
    """The interface language that an Accept-Language header (RFC 9110, 12.5.4) likes best."""
    wanted = []
    for entry in (accept or "").split(","):
        tag, _, weight = entry.partition(";q=")
        with contextlib.suppress(ValueError):
            wanted.append((float(weight or 1), tag.strip().lower().split("-")[0]))
    ranked = sorted(wanted, key=lambda entry: -entry[0])
    return next((code for q, code in ranked if q > 0 and code in INTERFACE_LANGUAGES), "en")


def day(value: str | None, language: str) -> str:
    """An ISO 8601 date or date-time as "15 January 2025"; what is no full date stays as it is."""
    return phrase(language, "answer.undated") if value is None else day_in_words(value, language)


def language_name(code: str, language: str) -> str:
    """The name of an ISO 639-1 language; a code that CLDR does not know stays a code."""
    try:
        return Locale.parse(code).get_language_name(locale_of(language)) or code
    except (ValueError, UnknownLocaleError):
        return code


def outlet(article: Article, language: str) -> str:
    """The publisher, or the words for one that is not stated."""
    return article.publisher or phrase(language, "answer.unknown_publisher")


def attribution(article: Article, language: str) -> str:
    """Who printed it, who wrote it and when, as it stands below a quotation."""
    said = (outlet(article, language), article.author, day(article.published, language))
    return ", ".join(filter(None, said))


def spoken(answer: Answer, language: str) -> str:
    """An answer speaks the question's language, whatever that of the page, if it can."""
    return answer.language if answer.language in INTERFACE_LANGUAGES else language


def number(value: int, language: str) -> str:
    """A whole number with the language's own grouping."""
    return format_decimal(value, locale=locale_of(language))


def searched(what: Searched, language: str) -> str:
    """What was looked through, and where its dates come from."""
    looked = _looked_through(what, language)
    if what.period is None or not what.articles:
        return looked
    return f"{looked} {phrase(language, 'answer.period_taken', period=what.period)}"


def _looked_through(what: Searched, language: str) -> str:
    if not what.articles:
        return nothing_there(what, language, lambda value: day(value, language))
    key = {
        (False, False): "answer.searched",
        (True, True): "answer.searched_span",
        (True, False): "chat.searched_from",
        (False, True): "chat.searched_to",
    }[what.first is not None, what.last is not None]
    return phrase(
        language,
        key,
        articles=number(what.articles, language),
        languages=", ".join(language_name(code, language) for code in what.languages),
        first=day(what.first, language),
        last=day(what.last, language),
    )


def freshness(summary: Summary, language: str, now: datetime) -> tuple[str, ...]:
    """How much is indexed, in which languages, from when to when, and how long ago the latest
    came in: one short part each.

    Args:
        now: with its zone.
    """
    if not summary.articles:
        return (phrase(language, "chat.empty_archive"),)
    key = "chat.articles_one" if summary.articles == 1 else "chat.articles_many"
    parts = [phrase(language, key, count=number(summary.articles, language))]
    names = [language_name(code, language) for code, _ in most_frequent(summary.languages)]
    if names:
        parts.append(", ".join(names))
    if summary.first and summary.last:
        first, last = day(summary.first, language), day(summary.last, language)
        parts.append(phrase(language, "chat.span", first=first, last=last))
    if summary.indexed:
        past = datetime.fromisoformat(summary.indexed) - now
        ago = format_timedelta(past, add_direction=True, locale=locale_of(language))
        parts.append(phrase(language, "chat.updated", ago=ago))
    return tuple(parts)


def most_frequent(counts: Mapping[str | None, int]) -> list[tuple[str, int]]:
    """What is stated, with its count, most frequent first."""
    stated = [(name, count) for name, count in counts.items() if name is not None]
    return sorted(stated, key=lambda entry: (-entry[1], entry[0]))
