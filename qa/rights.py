"""What the owner of an article allows to be shown of it: quotations of so many words, or all.

Of an article that states `max_quote_words` no door shows more than a quotation of that length: no
whole text, no surroundings, no sentence that is longer. Words are counted strictly, what an
apostrophe or a comma parts as several.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice

from corpus import Article, Passage, Span

#: Scripts without spaces between words, of which each character counts as one: Thai, Lao, Myanmar,
#: Khmer, Kana, Han.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")


def may_be_read(article: Article) -> bool:
    """Whether more of it may be shown than quotations."""
    return article.max_quote_words is None


def quotable_part(article: Article, span: Span) -> Span:
    """As much of a span of its text as may be quoted, from its beginning; empty where nothing."""
    most = article.max_quote_words
    if most is None:
        return span
    found = list(islice(_WORD.finditer(article.text, span.start, span.end), most + 1))
    if len(found) <= most:
        return span
    return Span(span.start, found[most - 1].end() if most else span.start)


def shown_text(article: Article) -> str:
    """The text of an article that may be read; "" of one that may be quoted alone."""
    return article.text if may_be_read(article) else ""


def shown_passage(passage: Passage, article: Article) -> Passage:
    """A passage, cut short to what may be quoted; what is cut has no id that is stored."""
    start, end = quotable_part(article, Span(passage.start, passage.end))
    return passage if end == passage.end else _cut(passage, end - start)


def _cut(passage: Passage, length: int) -> Passage:
    """Its first characters; sentences that are not whole in them are left out."""
    end = passage.start + length
    whole = tuple(each for each in passage.sentences if each.end <= end)
    return replace(passage, end=end, text=passage.text[:length], sentences=whole)
