"""Figures for Prometheus, and the answerer that counts what it answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

from index_store.models import Filters
from qa.answer import Answer, Statement
from qa.answerer import Answerer
from qa.history import Turn

#: Seconds. Quotes take hundredths, a language model takes many seconds.
_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)


class Metrics:
    """The figures of one app, in a registry of its own, so that two apps do not add up."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._answers = Counter(
            "citedesk_answers",
            "Questions by outcome: answered, refused, small_talk (nothing was asked), failed (an "
            "error), abandoned (a stream that the client left)",
            ["outcome"],
            registry=self._registry,
        )
        self._seconds = Histogram(
            "citedesk_answer_seconds",
            "Time from question to whole answer",
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self.searches = Counter("citedesk_searches", "Searches", registry=self._registry)
        self.feedback = Counter(
            "citedesk_feedback", "Ratings stored", ["rating"], registry=self._registry
        )
        for outcome in ("answered", "refused", "small_talk", "failed", "abandoned"):
            self._answers.labels(outcome)  # a rate needs the zero before the first

    def text(self) -> bytes:
        """The Prometheus text format."""
        return generate_latest(self._registry)

    def count(self, answer: Answer) -> None:
        refused = "small_talk" if answer.small_talk else "refused"
        self._answers.labels(refused if answer.refused else "answered").inc()

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Times one question and counts it where no answer came of it."""
        try:
            with self._seconds.time():
                yield
        except GeneratorExit:
            self._answers.labels("abandoned").inc()
            raise
        except Exception:
            self._answers.labels("failed").inc()
            raise


class CountingAnswerer:
    """The answerer, with each question counted and timed."""

    def __init__(self, answerer: Answerer, metrics: Metrics) -> None:
        self._answerer = answerer
        self._metrics = metrics

    def ask(
        self,
        question: str,
        history: Sequence[Turn],
        filters: Filters,
        language: str | None = None,
        standalone: str | None = None,
        as_of: str | None = None,
    ) -> Answer:
        with self._metrics.answering():
            answer = self._answerer.ask(question, history, filters, language, standalone, as_of)
        self._metrics.count(answer)
        return answer

    def stream(
        self,
        question: str,
        history: Sequence[Turn],
        filters: Filters,
        language: str | None,
        standalone: str | None = None,
        as_of: str | None = None,
    ) -> Iterator[Statement | Answer]:
        with self._metrics.answering():
            asked = (question, history, filters, language, standalone, as_of)
            for item in self._answerer.stream(*asked):
                if isinstance(item, Answer):
                    self._metrics.count(item)
                yield item
