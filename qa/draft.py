"""A statement before it has been verified and numbered."""

from __future__ import annotations

from dataclasses import dataclass

from corpus import Article, Span
from qa.answer import Verdict


@dataclass(frozen=True, slots=True)
class Source:
    """A span of an article that is said to prove a statement.

    Attributes:
        span: characters in the article's text.
    """

    passage_id: str
    article: Article
    span: Span

    @property
    def text(self) -> str:
        return self.article.text[self.span.start : self.span.end]


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence with what is said to prove it; the verifier decides whether it does.

    Attributes:
        verdict: what it is claimed to be.
    """

    text: str
    sources: tuple[Source, ...]
    verdict: Verdict
