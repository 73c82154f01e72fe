"""Traces: one a question, a span a step, nothing of what was asked; and none unless configured."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent import futures
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import grpc
import pytest
from fastapi.testclient import TestClient
from llama_index.core.llms.mock import MockLLM
from llama_index_instrumentation import get_dispatcher, root_dispatcher
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2 as service
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2_grpc as service_grpc
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode

from corpus import Article
from index_store.index import ArticleIndex
from qa.answerer import Answerer
from qa.clock import STEPS
from qa.errors import BadQuestion, BadSetting
from qa.fakes import article
from qa.http import create_app
from qa.spans import exporting
from qa.tracing import is_configured, tracing

Archive = Callable[[Iterable[Article]], ArticleIndex]

QUESTION = "When does the ferry to Sandholm stop?"


@pytest.fixture
def answerer(archive: Archive) -> Answerer:
    text = "The ferry to Sandholm stops in March, the harbour board said."
    return Answerer(archive([article(text)]))


@pytest.fixture
def sent() -> Iterator[Callable[[], dict[str, ReadableSpan]]]:
    """Gives the spans that were sent, by name, once all of them are."""
    exporter = InMemorySpanExporter()
    with ExitStack() as running:
        running.enter_context(exporting(exporter))

        def spans() -> dict[str, ReadableSpan]:
            running.close()
            return {span.name: span for span in exporter.get_finished_spans()}

        yield spans


Sent = Callable[[], dict[str, ReadableSpan]]


def test_a_question_is_one_trace_with_a_span_a_step(answerer: Answerer, sent: Sent) -> None:
    answerer.ask(QUESTION)
    spans = sent()
    assert spans.keys() == {"question", *STEPS}
    assert len({span.context.trace_id for span in spans.values()}) == 1
    root = spans["question"]
    assert root.parent is None
    for step in ("understand", "search", "write", "compare", "verify"):
        parent = spans[step].parent
        assert parent is not None
        assert parent.span_id == root.context.span_id
    assert root.resource.attributes["service.name"] == "citedesk"
    assert all(span.status.status_code is StatusCode.UNSET for span in spans.values())


def test_two_questions_are_two_traces(answerer: Answerer) -> None:
    exporter = InMemorySpanExporter()
    with exporting(exporter):
        answerer.ask(QUESTION)
        answerer.ask(QUESTION)
    assert len({span.context.trace_id for span in exporter.get_finished_spans()}) == 2


def test_a_call_of_a_language_model_is_a_span_within_its_step(
    answerer: Answerer, sent: Sent
) -> None:
    Answerer(answerer.index, MockLLM(max_tokens=8)).ask(QUESTION)
    spans = sent()
    called = [span for name, span in spans.items() if name.startswith("MockLLM.")]
    assert called
    assert spans["write"].context.span_id in {
        span.parent.span_id for span in called if span.parent is not None
    }


@pytest.mark.parametrize("tells", [False, True])
def test_a_trace_names_its_request_and_the_question_only_where_it_may(
    tells: bool, answerer: Answerer, sent: Sent, tmp_path: Any
) -> None:
    app = create_app(
        Answerer(answerer.index, MockLLM(max_tokens=8)),
        feedback_log=tmp_path / "feedback.jsonl",
        tells_questions=tells,
    )
    asked = {"question": QUESTION, "stream": True}
    TestClient(app).post("/v1/ask", json=asked, headers={"X-Request-ID": "r-17"})
    spans = sent()
    expected = {"citedesk.request_id": "r-17", **({"citedesk.question": QUESTION} if tells else {})}
    assert spans["question"].attributes == expected
    for name, span in spans.items():
        if name != "question" or not tells:
            assert "Sandholm" not in span.to_json()


def test_an_error_is_named_and_its_message_is_not_sent(answerer: Answerer, sent: Sent) -> None:
    with pytest.raises(BadQuestion):
        answerer.ask(QUESTION, language="Sandholm")
    root = sent()["question"]
    assert (root.status.status_code, root.status.description) == (StatusCode.ERROR, "BadQuestion")
    assert "Sandholm" not in root.to_json()


def test_a_stream_that_is_left_is_no_error(answerer: Answerer, sent: Sent) -> None:
    items = answerer.stream(QUESTION)
    next(items)
    items.close()  # type: ignore[attr-defined]  # it is a generator
    assert sent()["question"].status.status_code is StatusCode.UNSET


def test_what_is_done_outside_of_a_question_is_not_sent(sent: Sent) -> None:
    get_dispatcher("other").span(lambda: None)()
    assert sent() == {}


def test_nothing_listens_any_more_afterwards(answerer: Answerer) -> None:
    before = list(root_dispatcher.span_handlers)
    exporter = InMemorySpanExporter()
    with exporting(exporter):
        pass
    answerer.ask(QUESTION)
    assert root_dispatcher.span_handlers == before
    assert exporter.get_finished_spans() == ()


@pytest.mark.parametrize(
    ("environment", "configured"),
    [
        ({}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": " "}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318"}, True),
        ({"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://127.0.0.1:4318/v1/traces"}, True),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://x", "OTEL_SDK_DISABLED": "true"}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://x", "OTEL_TRACES_EXPORTER": "none"}, False),
    ],
    ids=str,
)
def test_opentelemetrys_own_variables_say_whether_traces_are_sent(
    environment: dict[str, str], configured: bool
) -> None:
    assert is_configured(environment) is configured


def test_a_protocol_that_is_not_known_is_told() -> None:
    environment = {
        "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318",
        "OTEL_EXPORTER_OTLP_PROTOCOL": "pigeon",
    }
    with pytest.raises(BadSetting, match="'pigeon': expected one of http/protobuf, grpc"):
        tracing(environment).__enter__()


def test_a_package_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.tracing.entry_points", lambda **_: ())
    with pytest.raises(BadSetting, match=r"pip install 'citedesk\[otel\]'"):
        tracing({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318"}).__enter__()


def test_without_an_endpoint_nothing_of_opentelemetry_is_imported() -> None:
    code = """
import sys
import qa.answerer, qa.serving
from qa.tracing import tracing
with tracing({}):
    assert not [name for name in sys.modules if name.startswith("opentelemetry.sdk")]
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


class Collector(service_grpc.TraceServiceServicer):
    """Keeps the names of the spans that it is sent."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def Export(self, request: Any, context: Any) -> Any:  # noqa: N802  # the protocol names it
        self.names |= _names(request)
        return service.ExportTraceServiceResponse()


def _names(request: Any) -> set[str]:
    return {
        span.name
        for resource in request.resource_spans
        for scope in resource.scope_spans
        for span in scope.spans
    }


def test_traces_reach_a_collector_by_grpc(
    answerer: Answerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    collector, server = Collector(), grpc.server(futures.ThreadPoolExecutor(1))
    register: Any = service_grpc.add_TraceServiceServicer_to_server
    register(collector, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    _export(answerer, f"http://127.0.0.1:{port}", "grpc", monkeypatch)
    server.stop(None)
    assert collector.names == {"question", *STEPS}


def test_traces_reach_a_collector_by_http(
    answerer: Answerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    received: set[str] = set()

    class Received(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # the class names its methods so
            assert self.path == "/v1/traces"
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.update(_names(service.ExportTraceServiceRequest.FromString(body)))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Received) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        _export(answerer, f"http://127.0.0.1:{server.server_port}", None, monkeypatch)
        server.shutdown()
    assert received == {"question", *STEPS}


def test_a_collector_that_is_gone_stops_no_answer(
    answerer: Answerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_TIMEOUT", "1")
    _export(answerer, address, "grpc", monkeypatch)


def _export(
    answerer: Answerer, endpoint: str, protocol: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asks one question, with traces sent to an endpoint."""
    environment = {"OTEL_EXPORTER_OTLP_ENDPOINT": endpoint}
    if protocol:
        environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = protocol
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with tracing(environment):
        assert not answerer.ask(QUESTION).refused
