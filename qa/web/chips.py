"""Citation chips: a number and an outlet to click, and the card that hovering shows.

A chip names its passage by article and offsets, so that it opens the same words even after the
server has been restarted.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from qa.answer import Citation
from qa.web import wording


def chips(key: str, citations: Iterable[Citation], language: str) -> str:
    """The chips of some citations; `key` tells them from all others on the page."""
    return "".join(_chip(f"{key}-{citation.number}", citation, language) for citation in citations)


def _chip(key: str, citation: Citation, language: str) -> str:
    """A chip, its day and another language than the page's, and the card that shows on hover or
    focus.

    Where the outlet is not stated, the title tells one source from another.
    """
    article = citation.article
    published = escape(wording.day(article.published, language))
    if article.language and article.language != language:
        published += f" · {escape(wording.language_name(article.language, language))}"
    return (
        f'<span class="source"><button type="button" class="chip" id="chip-{key}" '
        f'aria-describedby="card-{key}" aria-expanded="false" data-article="{escape(article.id)}" '
        f'data-start="{citation.start}" data-end="{citation.end}">'
        f'<span class="number">{citation.number}</span> · '
        f'<bdi class="outlet">{escape(article.publisher or article.title)}</bdi></button>'
        f'<span class="day">{published}</span>{_card(key, citation, language)}</span>'
    )


def _card(key: str, citation: Citation, language: str) -> str:
    article = citation.article
    facts = [wording.outlet(article, language), article.author]
    facts.append(wording.day(article.published, language))
    facts.append(wording.language_name(article.language, language) if article.language else None)
    line = " · ".join(f"<bdi>{escape(fact)}</bdi>" for fact in facts if fact)
    lang = f' lang="{escape(article.language)}"' if article.language else ""
    return (
        f'<span class="card" role="tooltip" id="card-{key}">'
        f'<span class="card-title" dir="auto"{lang}>{escape(article.title)}</span>'
        f'<span class="card-quote" dir="auto"{lang}>{escape(citation.quote)}</span>'
        f'<span class="card-facts">{line}</span></span>'
    )
