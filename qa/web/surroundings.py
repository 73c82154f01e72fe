"""What stands right before and after a quote in its article."""

from __future__ import annotations

from functools import lru_cache

from corpus import Article, Span
from corpus.sentences import sentence_spans
from qa.rights import may_be_read

#: Characters on either side; no sentence is this long, and an article need not be read for two.
_WINDOW = 1000


def surroundings(article: Article, start: int, end: int) -> tuple[str, str]:
    """The sentence before `article.text[start:end]` and the one after it; "" where none is, or
    its owner allows quotations alone."""
    if not may_be_read(article):
        return "", ""
    before = article.text[max(0, start - _WINDOW) : start]
    return _nearest(before, article.text[end : end + _WINDOW], article.language)


@lru_cache(maxsize=4096)  # a page that is shown anew has the same cards again
def _nearest(before: str, after: str, language: str | None) -> tuple[str, str]:
    last, first = sentence_spans(before, language)[-1:], sentence_spans(after, language)[:1]
    return _text(before, last), _text(after, first)


def _text(part: str, spans: list[Span]) -> str:
    return " ".join(" ".join(part[start:end].split()) for start, end in spans)
