"""The server's log: what a line holds, in both forms, and whose lines are taken."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.logs import JsonLines, LogFormat, LogLevel, TextLines, configure_logging
from qa.request_id import REQUEST_ID


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    """What a process sets once is set back."""
    names = ("", "corpus", "index_store", "qa", "ui", "uvicorn")
    loggers = [logging.getLogger(name) for name in names]
    handlers, levels = loggers[0].handlers, [one.level for one in loggers]
    yield
    loggers[0].handlers = handlers
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


def record(message: str, **added: Any) -> logging.LogRecord:
    return logging.makeLogRecord(
        {"name": "qa.x", "levelname": "INFO", "msg": message, "created": 1.5, **added}
    )


def test_a_json_line_has_its_time_in_utc_its_level_its_logger_and_the_request() -> None:
    before = REQUEST_ID.set("r1")
    try:
        told = json.loads(JsonLines().format(record("request", status=200)))
    finally:
        REQUEST_ID.reset(before)
    assert told == {
        "time": "1970-01-01T00:00:01.500Z",
        "level": "info",
        "logger": "qa.x",
        "message": "request",
        "request_id": "r1",
        "status": 200,
    }


def test_a_text_line_has_the_same_in_words() -> None:
    line = TextLines().format(record("request", status=200, route="/v1/ask", caller=""))
    assert line == (
        '1970-01-01T00:00:01.500Z INFO    qa.x [-] request status=200 route=/v1/ask caller=""'
    )


@given(st.text(), st.text())
def test_whatever_is_logged_is_one_line(message: str, value: str) -> None:
    lines = JsonLines().format(record("%s", args=(message,), value=value))
    assert "\n" not in lines
    assert json.loads(lines)["message"] == message.encode(errors="replace").decode()
    assert len(re.split(r"[\r\n]", TextLines().format(record("%s", args=(message,), v=value)))) == 1


def test_an_error_comes_with_its_traceback() -> None:
    try:
        raise ValueError("out of range")
    except ValueError as error:
        failed = record("failed", exc_info=(ValueError, error, error.__traceback__))
    assert "ValueError: out of range" in json.loads(JsonLines().format(failed))["exception"]
    assert TextLines().format(failed).endswith("ValueError: out of range")


def test_at_info_ours_is_logged_and_of_other_libraries_warnings_alone(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("uvicorn", "uvicorn.error"):  # a server of another test may have set them up
        monkeypatch.setattr(logging.getLogger(name), "propagate", True)
        monkeypatch.setattr(logging.getLogger(name), "handlers", [])
        monkeypatch.setattr(logging.getLogger(name), "level", logging.NOTSET)
    configure_logging(LogFormat.JSON, LogLevel.INFO)
    for name in ("qa.http.request_log", "uvicorn.error", "openai._base_client"):
        logging.getLogger(name).info("sent %s", name)
        logging.getLogger(name).debug("in detail")
        logging.getLogger(name).warning("warned %s", name)
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["message"] for line in lines] == [
        "sent qa.http.request_log",
        "warned qa.http.request_log",
        "sent uvicorn.error",
        "warned uvicorn.error",
        "warned openai._base_client",
    ]


def test_by_default_a_request_is_not_logged_and_a_warning_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure_logging(LogFormat.TEXT, LogLevel.WARNING)
    logging.getLogger("qa.http.request_log").info("request")
    logging.getLogger("qa.audit.log").warning("the disk is full")
    assert capsys.readouterr().err.count("\n") == 1
