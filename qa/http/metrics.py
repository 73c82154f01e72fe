"""Figures for Prometheus: what this process has done, and what it is doing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Info,
    ProcessCollector,
    generate_latest,
)

from index_store.index import ArticleIndex
from qa.answer import Answer, Verdict
from qa.clock import STEPS

#: Seconds. Quotes take hundredths, a language model takes many seconds.
_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
#: Seconds that a step takes; most are over in a few thousandths.
_STEP_BUCKETS = (0.0005, 0.001, 0.0025, 0.005, *_BUCKETS)

_OUTCOMES = ("answered", "refused", "small_talk", "failed", "abandoned")
_REJECTED = {
    HTTPStatus.UNAUTHORIZED: "unauthenticated",
    HTTPStatus.FORBIDDEN: "forbidden",
    HTTPStatus.TOO_MANY_REQUESTS: "rate_limited",
}


class Metrics:
    """The figures of one app, in a registry of its own, so that two apps do not add up.

    Attributes:
        searches: counts searches.
        feedback: counts ratings, by rating.
    """

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)  # memory, processor time and open files
        self._build = Info(
            "citedesk_build", "Version and models of this process", registry=registry
        )
        self._answers = Counter(
            "citedesk_answers",
            "Questions by outcome: answered, refused, small_talk (nothing was asked), failed (an "
            "error), abandoned (a stream that the client left)",
            ["outcome"],
            registry=registry,
        )
        self._seconds = Histogram(
            "citedesk_answer_seconds",
            "Time from question to whole answer",
            buckets=_BUCKETS,
            registry=registry,
        )
        self._steps = Histogram(
            "citedesk_step_seconds",
            "Time that each step of an answer took, that of steps within it left out",
            ["step"],
            buckets=_STEP_BUCKETS,
            registry=registry,
        )
        self._statements = Counter(
            "citedesk_statements", "Sentences of answers by verdict", ["verdict"], registry=registry
        )
        self._in_flight = Gauge(
            "citedesk_questions_in_flight", "Questions being answered", registry=registry
        )
        self._waiting = Gauge(
            "citedesk_requests_waiting",
            "Requests that wait for a free thread of the server",
            registry=registry,
        )
        self._articles = Gauge(
            "citedesk_indexed_articles", "Articles in the index", registry=registry
        )
        self._passages = Gauge(
            "citedesk_indexed_passages", "Passages in the index", registry=registry
        )
        self._requests = Counter(
            "citedesk_http_requests",
            "HTTP requests by method, route and status",
            ["method", "route", "status"],
            registry=registry,
        )
        self._rejected = Counter(
            "citedesk_rejected_requests",
            "HTTP requests turned away: unauthenticated (401), forbidden (403), rate_limited (429)",
            ["reason"],
            registry=registry,
        )
        self.searches = Counter("citedesk_searches", "Searches", registry=registry)
        self.feedback = Counter(
            "citedesk_feedback", "Ratings stored", ["rating"], registry=registry
        )
        self._start_at_zero()

    def _start_at_zero(self) -> None:
        """A rate needs the zero before the first."""
        for outcome in _OUTCOMES:
            self._answers.labels(outcome)
        for step in STEPS:
            self._steps.labels(step)
        for verdict in Verdict:
            self._statements.labels(verdict)
        for reason in _REJECTED.values():
            self._rejected.labels(reason)

    def text(self) -> bytes:
        """The Prometheus text format."""
        return generate_latest(self._registry)

    def built_of(self, version: str, embedding_model: str, language_model: str | None) -> None:
        names = {"version": version, "embedding_model": embedding_model}
        self._build.info({**names, "language_model": language_model or ""})

    def watch_queue(self, waiting: Callable[[], float]) -> None:
        """How many wait is asked for whenever the figures are read, on the thread that reads."""
        self._waiting.set_function(waiting)

    def measure_index(self, index: ArticleIndex) -> None:
        """Takes the size of the index.

        Raises:
            IndexStoreError: it cannot be read; the figures are then what is not a number.
        """
        self._articles.set(float("nan"))
        self._passages.set(float("nan"))
        summary = index.summary()
        self._articles.set(summary.articles)
        self._passages.set(summary.passages)

    def requested(self, method: str, route: str, status: int) -> None:
        """Counts a request with its response.

        Args:
            route: its template, of which there are few; never the path that was asked for.
        """
        self._requests.labels(method, route, status).inc()
        if reason := _REJECTED.get(HTTPStatus(status)):
            self._rejected.labels(reason).inc()

    def count(self, answer: Answer) -> str:
        """Counts an answer; returns its outcome."""
        refused = "small_talk" if answer.small_talk else "refused"
        outcome = refused if answer.refused else "answered"
        self._answers.labels(outcome).inc()
        for statement in answer.statements:
            self._statements.labels(statement.verdict).inc()
        for step, milliseconds in answer.timings_ms.items():
            if step != "total":
                self._steps.labels(step).observe(milliseconds / 1000)
        return outcome

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Times one question and counts it where no answer came of it."""
        try:
            with self._in_flight.track_inprogress(), self._seconds.time():
                yield
        except GeneratorExit:
            self._answers.labels("abandoned").inc()
            raise
        except Exception:
            self._answers.labels("failed").inc()
            raise
