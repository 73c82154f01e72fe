"""The server's log on stderr: lines for people, or one JSON object a line for a log collector.

A record says what happened and under which request's id. Whoever logs sees to it that no question
is in it, unless a setting allows it, and never a key, a ticket or a query string.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from qa.request_id import REQUEST_ID

#: What is ours, and the server that it runs in. At DEBUG and INFO other libraries print what they
#: send and to whom, a prompt with its question for one: of them only warnings are taken.
_OURS = ("corpus", "index_store", "qa", "ui", "uvicorn")
#: What every record has. The last three are not always there, or say the message once more.
_USUAL = frozenset(vars(logging.makeLogRecord({}))) | {"message", "taskName", "color_message"}


class LogFormat(StrEnum):
    """How a line of the log is written."""

    TEXT = "text"
    JSON = "json"


class LogLevel(StrEnum):
    """The least that is logged."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


def configure_logging(form: LogFormat, level: LogLevel) -> None:
    """Sends all that is logged in this process to stderr, in one form."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if form is LogFormat.JSON else TextLines())
    least = logging.getLevelNamesMapping()[level.upper()]
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(max(least, logging.WARNING))
    for name in _OURS:
        logging.getLogger(name).setLevel(least)


class JsonLines(logging.Formatter):
    """`time` (UTC), `level`, `logger`, `message`, `request_id`, then what the record adds."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "request_id": REQUEST_ID.get(),
            **_added(record),
        }
        if record.exc_info:
            told["exception"] = self.formatException(record.exc_info)
        # A question can hold half a surrogate pair, which no stream can be sent.
        return json.dumps(told, ensure_ascii=False, default=str).encode(errors="replace").decode()


class TextLines(logging.Formatter):
    """The same for people; a traceback follows on lines of its own."""

    def format(self, record: logging.LogRecord) -> str:
        added = " ".join(f"{name}={_quoted(value)}" for name, value in _added(record).items())
        parts = (
            _time(record),
            f"{record.levelname:<7}",
            record.name,
            f"[{REQUEST_ID.get() or '-'}]",
            # Nothing that is logged may look like a line of its own.
            record.getMessage().replace("\r", "\\r").replace("\n", "\\n"),
            added,
        )
        line = " ".join(part for part in parts if part)
        if record.exc_info:
            line = f"{line}\n{self.formatException(record.exc_info)}"
        return line.encode(errors="replace").decode()


def _time(record: logging.LogRecord) -> str:
    """ISO 8601 in UTC, to the millisecond."""
    moment = datetime.fromtimestamp(record.created, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _added(record: logging.LogRecord) -> Mapping[str, Any]:
    return {name: value for name, value in vars(record).items() if name not in _USUAL}


def _quoted(value: Any) -> str:
    """A value, in quotation marks where it would not read as one word."""
    text = str(value)
    return text if text and text.isprintable() and not {" ", '"'} & set(text) else json.dumps(text)
