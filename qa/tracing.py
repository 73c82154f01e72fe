"""Whether traces are sent, and where to: OpenTelemetry's own variables say so.

Nothing of OpenTelemetry is imported unless they do:
https://opentelemetry.io/docs/specs/otel/protocol/exporter/.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from qa.errors import BadSetting

if TYPE_CHECKING:
    from opentelemetry.sdk.trace.export import SpanExporter

#: What the packages of OpenTelemetry register their exporters as, by protocol.
_GROUP = "opentelemetry_traces_exporter"
_EXPORTERS = {"http/protobuf": "otlp_proto_http", "grpc": "otlp_proto_grpc"}
_DEFAULT = "http/protobuf"


@contextmanager
def tracing(environment: Mapping[str, str]) -> Iterator[None]:
    """Sends a trace of each question meanwhile, where an endpoint is configured.

    Raises:
        BadSetting: the protocol is not known, or its package is not installed.
    """
    if not is_configured(environment):
        yield
        return
    # Whoever sends no traces need not have its SDK.
    from qa.spans import exporting

    with exporting(_exporter(environment)()):
        yield


def is_configured(environment: Mapping[str, str]) -> bool:
    """Whether there is somewhere to send traces to, and nothing says not to."""
    if environment.get("OTEL_SDK_DISABLED", "").strip().lower() == "true":
        return False
    if environment.get("OTEL_TRACES_EXPORTER", "").strip().lower() == "none":
        return False
    return bool(_of_traces(environment, "ENDPOINT"))


def _exporter(environment: Mapping[str, str]) -> Callable[[], SpanExporter]:
    """What makes an exporter, which reads the endpoint and all the rest itself."""
    protocol = _of_traces(environment, "PROTOCOL") or _DEFAULT
    if protocol not in _EXPORTERS:
        raise BadSetting(
            f"OTEL_EXPORTER_OTLP_PROTOCOL={protocol!r}: expected one of {', '.join(_EXPORTERS)}"
        )
    for found in entry_points(group=_GROUP, name=_EXPORTERS[protocol]):
        exporter: Callable[[], SpanExporter] = found.load()
        return exporter
    raise BadSetting(
        f"OTEL_EXPORTER_OTLP_ENDPOINT is set, but what sends traces by {protocol} is not "
        f"installed; run: pip install 'citedesk[otel]'"
    )


def _of_traces(environment: Mapping[str, str], name: str) -> str:
    """A variable of the exporter: that for traces goes before that for everything."""
    both = (f"OTEL_EXPORTER_OTLP_TRACES_{name}", f"OTEL_EXPORTER_OTLP_{name}")
    return next(filter(None, (environment.get(variable, "").strip() for variable in both)), "")
