"""What a door asks of an archive: an answer, passages, an article."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Protocol

from corpus import Article
from index_store.index import ArticleIndex
from index_store.models import Filters, Hit
from index_store.question_language import question_language
from qa.answer import Answer
from qa.history import Turn
from qa.known_filters import known_filters


class Asks(Protocol):
    """Whatever answers: the answerer, or one that counts besides."""

    def ask(
        self,
        question: str,
        history: Sequence[Turn],
        filters: Filters,
        language: str | None = None,
        standalone: str | None = None,
        as_of: str | None = None,
    ) -> Answer: ...


def _uncounted() -> None: ...


@dataclass(frozen=True, slots=True)
class Desk:
    """Answers, and the archive that they come from.

    Attributes:
        on_search: is told of each search.
        place: in the line that searches wait in.
    """

    answerer: Asks
    index: ArticleIndex
    on_search: Callable[[], None] = _uncounted
    place: Callable[[], AbstractContextManager[None]] = nullcontext

    def ask(
        self, question: str, history: Sequence[Turn], filters: Filters, as_of: str | None
    ) -> Answer:
        """As `Answerer.ask`, and raises as it does."""
        return self.answerer.ask(question, history, filters, as_of=as_of)

    def search(self, query: str, filters: Filters, limit: int) -> Sequence[Hit]:
        """Passages, best first.

        Raises:
            BadFilter: the archive has no such outlet, language or section.
        """
        self.on_search()
        with self.place(), self.index.followed_once():
            return self.index.search(
                query,
                language=question_language(query),
                filters=known_filters(filters, self.index.catalogue()),
                limit=limit,
            ).hits

    def article(self, article_id: str) -> Article | None:
        """The stored article; None where there is none with this id."""
        return self.index.article(article_id)
