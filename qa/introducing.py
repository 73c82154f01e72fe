"""Who says it: what stands before a quotation where an answer quotes several outlets.

These are the only words of such an answer that no article printed: "According to the Courier,
15 January 2025:". Days and languages are put into words by CLDR.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from babel.lists import format_list

from corpus import Article
from qa.answer import Citation, Statement
from qa.phrases import INTERFACE_LANGUAGES, phrase
from qa.running_text import day_in_words, language_name, locale_of

#: Outlets named before one quotation, at most; its numbers lead to all of them.
_NAMED = 3
_MARK = re.compile(r"[“”„\"]|«\s?|\s?»")
#: Characters of a title that stands for an outlet.
_TITLE = 60


def introduced(
    statements: Sequence[Statement], cited: Sequence[Citation], language: str
) -> tuple[Statement, ...]:
    """Quotations, each led in where it is another outlet's than the one before.

    Nothing is led in where one outlet says it all in the reader's language.

    Args:
        cited: numbered from 1.
        language: of the reader.
    """
    articles = [[cited[number - 1].article for number in one.citations] for one in statements]
    leads = [_lead(each, language) for each in articles]
    outlets = {_outlet(article) for each in articles for article in each}
    if len(outlets) < 2 and not any(_is_foreign(each, language) for each in articles):
        return tuple(statements)
    return tuple(
        replace(one, lead="" if at and leads[at - 1] == leads[at] else leads[at])
        for at, one in enumerate(statements)
    )


def without_leads(text: str) -> str:
    """An answer's text without what leads its quotations in, in whatever language it is."""
    return _led_in().sub("", text)


def _lead(articles: Sequence[Article], language: str) -> str:
    outlets = list(dict.fromkeys(_named(article, language) for article in articles))[:_NAMED]
    source = format_list(outlets, locale=locale_of(language))
    if _is_foreign(articles, language):
        # Where a language is not spoken here, phrases are in English.
        spoken = language if language in INTERFACE_LANGUAGES else "en"
        name = language_name(articles[0].language or "", spoken)
        source += f" ({phrase(language, 'answer.in_language', name=name)})"
    days = {article.published and article.published[:10] for article in articles}
    if len(days) == 1 and (day := days.pop()):
        source += f", {day_in_words(day, language)}"
    return phrase(language, "answer.according", source=source)


def _named(article: Article, language: str) -> str:
    """An outlet, or the title of an article that states none."""
    if article.publisher:
        return article.publisher
    # It stands between marks itself, and may be cut within its own.
    title = textwrap.shorten(_MARK.sub("", article.title), _TITLE, placeholder="…")
    return phrase(language, "answer.titled", title=title)


def _outlet(article: Article) -> str:
    return article.publisher or article.id


def _is_foreign(articles: Sequence[Article], language: str) -> bool:
    return articles[0].language not in (None, language)


@cache
def _led_in() -> re.Pattern[str]:
    """What leads in, at the start of a text or behind a marker."""
    wordings = (phrase(code, "answer.according", source="\0") for code in INTERFACE_LANGUAGES)
    leads = "|".join(re.escape(wording).replace("\0", r"[^\[\]\n]+?") for wording in wordings)
    return re.compile(rf"(?:^|(?<=\] ))(?:{leads})\s+")
