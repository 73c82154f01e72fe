"""The source panel: a whole article with the cited passage marked.

The text is split here, in Python, because offsets count code points and a browser's strings count
UTF-16 units: an emoji before the quote would move the mark.
"""

from __future__ import annotations

import re
from html import escape

from corpus import Article, Span
from qa.phrases import phrase
from qa.rights import may_be_read, quotable_part
from qa.web import wording
from qa.web.links import web_address

_BREAK = re.compile(r"\n+")


def source_panel(article: Article, start: int, end: int, language: str) -> str:
    """The article's head, and its text with `text[start:end]` in a `<mark>`.

    Raises:
        ValueError: the span is empty or not within the text.
    """
    if not 0 <= start < end <= len(article.text):
        raise ValueError(f"no span {start}-{end} in a text of {len(article.text)} characters")
    lang = f' lang="{escape(article.language)}"' if article.language else ""
    before, quote, after = map(_text, _parts(article, Span(start, end)))
    return (
        f'<p class="source-outlet" dir="auto">{escape(wording.outlet(article, language))}</p>'
        f'<header><h2 class="source-title" dir="auto"{lang}>{escape(article.title)}</h2>'
        f"{_facts(article, language)}{_link(article.url, language)}</header>"
        f'<div class="source-text" dir="auto"{lang}>{before}<mark>{quote}</mark>{after}</div>'
        f"{_limit(article, language)}"
    )


def _parts(article: Article, span: Span) -> tuple[str, str, str]:
    """What stands before, in and after a span; of an article that may only be quoted, the quote."""
    text, (start, end) = article.text, quotable_part(article, span)
    if not may_be_read(article):
        return "", text[start:end], ""
    return text[:start], text[start:end], text[end:]


def _limit(article: Article, language: str) -> str:
    if may_be_read(article):
        return ""
    said = phrase(language, "chat.quotations_alone", count=article.max_quote_words)
    return f'<p class="source-link">{escape(said)}</p>'


def source_missing(message: str) -> str:
    """One plain line where the article cannot be shown."""
    return f'<p class="error" role="alert">{escape(message)}</p>'


def _facts(article: Article, language: str) -> str:
    spoken = article.language and wording.language_name(article.language, language)
    # Only where it was changed on another day: feeds often repeat the date of publication.
    changed = article.modified if _day(article.modified) != _day(article.published) else None
    facts = {
        "author": article.author,
        "published": wording.day(article.published, language),
        "modified": changed and wording.day(changed, language),
        "language": spoken,
        "corrects": article.corrects,
        "corrected_by": article.corrected_by,
        "rights": article.rights,
    }
    rows = "".join(
        f'<div><dt>{escape(phrase(language, f"chat.{name}"))}</dt><dd dir="auto">{escape(value)}'
        "</dd></div>"
        for name, value in facts.items()
        if value
    )
    return f'<dl class="source-facts">{rows}</dl>'


def _day(value: str | None) -> str | None:
    return value[:10] if value else None


def _link(url: str | None, language: str) -> str:
    address = web_address(url)
    if address is None:
        return ""
    words = escape(phrase(language, "chat.original"))
    return (
        f'<p class="source-link"><a href="{escape(address)}" target="_blank" '
        f'rel="noopener noreferrer">{words}</a></p>'
    )


def _text(text: str) -> str:
    # HTML parsers turn a carriage return into a line feed, unless it is written as a reference.
    escaped = escape(text).replace("\r", "&#13;")
    # A paragraph's space, whether the article has one line feed there or several; all of them
    # stay in the page, so that what is marked is the quote to the character.
    return _BREAK.sub(r'<span class="break">\g<0></span>', escaped)
