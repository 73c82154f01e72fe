"""The nouns of evaluation: a question with what a right answer holds, and a set of them."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.reading import FoundArticle
from qa.history import Turn


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question with what a right answer holds.

    Attributes:
        answerable: None where the set does not say.
        answer_groups: a right answer holds one string of every group.
        sources: `Article.source` of the articles that answer it, any of them.
        relevance: sources with their grades, of which those above 0 are relevant, as nDCG weighs
            them; empty where the set does not grade.
    """

    id: str
    question: str
    language: str | None = None
    answerable: bool | None = None
    answer_groups: tuple[tuple[str, ...], ...] = ()
    sources: tuple[str, ...] = ()
    min_sources: int = 1
    history: tuple[Turn, ...] = ()
    tags: tuple[str, ...] = ()
    relevance: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions, and the articles to index for them where the set brings its own.

    Attributes:
        warnings: what is odd about the set and harms no question, a line each.
    """

    questions: tuple[GoldQuestion, ...]
    articles: tuple[FoundArticle, ...] = ()
    warnings: tuple[str, ...] = ()
