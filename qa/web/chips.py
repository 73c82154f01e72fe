"""Citation chips: who printed what a statement rests on, and the card that hovering shows.

A chip names its passages by article and offsets, so that it opens the same words even after the
server has been restarted.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape

from corpus import Article
from qa.answer import Citation
from qa.phrases import phrase
from qa.web import wording
from qa.web.surroundings import surroundings


def chip(key: str, citations: Sequence[Citation], language: str) -> str:
    """One chip for all sources of a statement, its day, and the card that shows on hover or focus.

    Where the outlet is not stated, the title tells one source from another.

    Args:
        key: tells the chip from all others on the page.
        citations: the first is the one that is named; none is no chip.
    """
    if not citations:
        return ""
    article = citations[0].article
    more = f' <span class="more">+{len(citations) - 1}</span>' if citations[1:] else ""
    return (
        f'<span class="source"><button type="button" class="chip" id="chip-{key}" '
        f'aria-describedby="card-{key}" aria-expanded="false" '
        f'data-sources="{escape(_places(citations))}">'
        f'<bdi class="outlet">{escape(article.publisher or article.title)}</bdi>{more}</button>'
        f'<span class="day">{_day(article, language)}</span>'
        f'<span class="card" role="tooltip" id="card-{key}">'
        f"{_cited(citations[0], language)}{_further(citations[1:], language)}</span></span>"
    )


def _places(citations: Sequence[Citation]) -> str:
    return json.dumps(
        [
            {"article": citation.article.id, "start": citation.start, "end": citation.end}
            for citation in citations
        ]
    )


def _day(article: Article, language: str) -> str:
    """The day of an article, and its language where that is not the page's."""
    published = wording.day(article.published, language)
    if article.language and article.language != language:
        published += f" · {wording.language_name(article.language, language)}"
    return escape(published)


def _cited(citation: Citation, language: str) -> str:
    """The words themselves first, then what stands around them, then whose they are."""
    article = citation.article
    lang = _lang(article)
    before, after = surroundings(article, citation.start, citation.end)
    around = "".join(
        f'<span class="card-around"><span class="card-label">{escape(phrase(language, key))}</span>'
        f'<span dir="auto"{lang}>{escape(text)}</span></span>'
        for key, text in (("widget.before", before), ("widget.after", after))
        if text
    )
    facts = [article.author, wording.day(article.published, language)]
    facts.append(wording.language_name(article.language, language) if article.language else None)
    line = " · ".join(f"<bdi>{escape(fact)}</bdi>" for fact in facts if fact)
    return (
        f'<span class="card-quote" dir="auto"{lang}>{escape(citation.quote)}</span>{around}'
        f'<span class="card-outlet" dir="auto">{escape(wording.outlet(article, language))}</span>'
        f'<span class="card-title" dir="auto"{lang}>{escape(article.title)}</span>'
        f'<span class="card-facts">{line}</span>'
    )


def _further(citations: Sequence[Citation], language: str) -> str:
    """Who else says so, a line each: their passages are a click away."""
    if not citations:
        return ""
    lines = "".join(
        f'<span class="card-facts"><bdi>{escape(wording.outlet(citation.article, language))}</bdi>'
        f" · {_day(citation.article, language)}</span>"
        for citation in citations
    )
    title = escape(phrase(language, "chat.also"))
    return f'<span class="card-further"><span class="card-label">{title}</span>{lines}</span>'


def _lang(article: Article) -> str:
    return f' lang="{escape(article.language)}"' if article.language else ""
