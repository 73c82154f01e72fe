"""The answerer with each question counted, timed, and told to the log and the trace."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from llama_index_instrumentation.dispatcher import instrument_tags

from index_store.models import Filters
from qa.answer import Answer, Statement
from qa.clock import in_one_context
from qa.history import Turn
from qa.http.metrics import Metrics
from qa.request_id import REQUEST_ID, new_request_id

if TYPE_CHECKING:
    from index_store.index import ArticleIndex
    from qa.answerer import Answerer

log = logging.getLogger(__name__)


class CountingAnswerer:
    """Answers as the answerer does.

    Args:
        tells_questions: whether the log and the trace are told what was asked.
        request_id: gives the id under which a question is told; the request's own by default.
    """

    def __init__(
        self,
        answerer: Answerer,
        metrics: Metrics,
        tells_questions: bool = False,
        request_id: Callable[[], str] = REQUEST_ID.get,
    ) -> None:
        self._answerer = answerer
        self._metrics = metrics
        self._tells_questions = tells_questions
        self._request_id = request_id

    @property
    def index(self) -> ArticleIndex:
        """What is answered from."""
        return self._answerer.index

    def with_own_ids(self) -> CountingAnswerer:
        """The same for the chat, whose questions run in tasks that no request of its own began."""
        return CountingAnswerer(
            self._answerer, self._metrics, self._tells_questions, new_request_id
        )

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        filters: Filters = Filters(),
        language: str | None = None,
        standalone: str | None = None,
        as_of: str | None = None,
    ) -> Answer:
        with self._watched(question):
            answer = self._answerer.ask(question, history, filters, language, standalone, as_of)
            self._tell(answer)
        return answer

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        filters: Filters = Filters(),
        language: str | None = None,
        standalone: str | None = None,
        as_of: str | None = None,
    ) -> Iterator[Statement | Answer]:
        items = self._answerer.stream(question, history, filters, language, standalone, as_of)
        return in_one_context(self._counted(question, items))

    def _counted(
        self, question: str, items: Iterator[Statement | Answer]
    ) -> Generator[Statement | Answer, None, None]:
        with self._watched(question):
            for item in items:
                if isinstance(item, Answer):
                    self._tell(item)
                yield item

    @contextmanager
    def _watched(self, question: str) -> Iterator[None]:
        identifier = self._request_id()
        told = {"request_id": identifier, **self._told(question)}
        tags = {f"citedesk.{name}": value for name, value in told.items()}
        before = REQUEST_ID.set(identifier)
        try:
            with instrument_tags(tags), self._metrics.answering():
                yield
        finally:
            REQUEST_ID.reset(before)

    def _tell(self, answer: Answer) -> None:
        outcome = self._metrics.count(answer)
        total = round(answer.timings_ms.get("total", 0.0), 1)
        told = {"outcome": outcome, "answer_id": answer.id, "mode": str(answer.mode)}
        log.info("answer", extra={**told, "milliseconds": total, **self._told(answer.question)})

    def _told(self, question: str) -> dict[str, str]:
        return {"question": question} if self._tells_questions else {}
