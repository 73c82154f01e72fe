"""LlamaIndex's spans as OpenTelemetry's: one trace for a question, one span for each step.

LlamaIndex's own integration (llama-index-observability-otel) also sends its events, which hold
prompts, and the messages of errors; here a span has its name, its times and how it ended. What
LlamaIndex does outside of a question, splitting articles for one, is not sent.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from inspect import BoundArguments
from typing import Any

from llama_index_instrumentation import root_dispatcher
from llama_index_instrumentation.span import BaseSpan
from llama_index_instrumentation.span_handlers import BaseSpanHandler
from opentelemetry.context import Context
from opentelemetry.sdk.resources import OTELResourceDetector, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter
from opentelemetry.trace import Span, StatusCode, Tracer, set_span_in_context
from pydantic import PrivateAttr

from qa.clock import QUESTION


class _Open(BaseSpan):
    """A span of LlamaIndex that is open, with its counterpart."""

    sent: Span


class QuestionSpans(BaseSpanHandler[_Open]):
    """Begins and ends a span of OpenTelemetry with each of LlamaIndex's that a question holds."""

    _tracer: Tracer = PrivateAttr()

    def __init__(self, tracer: Tracer) -> None:
        super().__init__()
        self._tracer = tracer

    def new_span(
        self,
        id_: str,
        bound_args: BoundArguments,
        instance: Any | None = None,
        parent_span_id: str | None = None,
        tags: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> _Open | None:
        name = id_.partition("-")[0]
        parent = self.open_spans.get(parent_span_id or "")
        if parent is None and name != QUESTION:
            return None
        within = set_span_in_context(parent.sent) if parent else Context()
        sent = self._tracer.start_span(name, within, attributes=None if parent else tags)
        return _Open(id_=id_, parent_id=parent_span_id, sent=sent)

    def prepare_to_exit_span(self, id_: str, *args: Any, **kwargs: Any) -> _Open | None:
        ended = self.open_spans.get(id_)
        if ended is not None:
            ended.sent.end()
        return ended

    def prepare_to_drop_span(
        self, id_: str, *args: Any, err: BaseException | None = None, **kwargs: Any
    ) -> _Open | None:
        # Whoever leaves a stream makes no error of it. What an error says can hold the question.
        ended = self.open_spans.get(id_)
        if ended is not None and err is not None and not isinstance(err, GeneratorExit):
            ended.sent.set_status(StatusCode.ERROR, type(err).__name__)
        return self.prepare_to_exit_span(id_)


@contextmanager
def exporting(exporter: SpanExporter) -> Iterator[None]:
    """Hands an exporter the spans that end meanwhile, and those that are left at the end."""
    provider = TracerProvider(resource=_resource())
    provider.add_span_processor(BatchSpanProcessor(exporter))
    handler = QuestionSpans(provider.get_tracer("citedesk"))
    root_dispatcher.add_span_handler(handler)
    try:
        yield
    finally:
        # By identity: these handlers are equal where their open spans are.
        kept = [other for other in root_dispatcher.span_handlers if other is not handler]
        root_dispatcher.span_handlers = kept
        provider.shutdown()


def _resource() -> Resource:
    """What sends: as OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES say, where they do."""
    named = Resource({"service.name": "citedesk", "service.version": version("citedesk")})
    return named.merge(OTELResourceDetector().detect())
