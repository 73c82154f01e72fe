"""POST /v1/feedback: one JSON line a rating, on disk before the reader is thanked."""

from __future__ import annotations

import json
import logging
import os
import threading
from datetime import UTC, datetime
from pathlib import Path

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from qa.http.examples import FEEDBACK
from qa.http.metrics import Metrics
from qa.http.problems import (
    BAD_REQUEST,
    FEEDBACK_NOT_STORED,
    INVALID_REQUEST,
    TOO_LARGE,
    ProblemError,
)
from qa.http.responses import FeedbackOut, documented, problem_responses
from qa.http.schemas import FeedbackBody

log = logging.getLogger(__name__)


class FeedbackLog:
    """A file of JSON lines that only grows. Threads and processes may append at the same time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()

    def append(self, entry: dict[str, object]) -> None:
        """Adds one line and waits until it is on disk.

        Raises:
            OSError: the file cannot be written; a line that a full disk cuts short is taken back.
        """
        line = json.dumps(entry, ensure_ascii=False).encode() + b"\n"
        with self._lock:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # Readable by its owner alone: comments can name people.
            flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
            file = os.open(self.path, flags, mode=0o600)
            try:
                # One write a line, so that lines of two processes cannot mix.
                written = os.write(file, line)
                if written != len(line):
                    # Not ended but taken back: for the end of the line there is no room, either.
                    os.truncate(file, os.lseek(file, 0, os.SEEK_CUR) - written)
                    raise OSError(f"{self.path}: the disk took only a part of the line")
                os.fsync(file)
            finally:
                os.close(file)


def feedback_router(feedback_log: FeedbackLog, metrics: Metrics) -> APIRouter:
    router = APIRouter(tags=["feedback"])

    @router.post(
        "/v1/feedback",
        status_code=201,
        response_model=FeedbackOut,
        responses={
            201: documented(FEEDBACK, "it is stored"),
            **problem_responses(BAD_REQUEST, TOO_LARGE, INVALID_REQUEST, FEEDBACK_NOT_STORED),
        },
    )
    def send_feedback(body: FeedbackBody) -> Response:
        """Stores what a reader thought of an answer."""
        time = datetime.now(UTC).isoformat(timespec="milliseconds")
        try:
            feedback_log.append({"time": time, **body.model_dump()})
        except OSError as error:
            log.error(
                "%s: feedback was not stored (%s); make room there or make it writable",
                feedback_log.path, error,
            )  # fmt: skip
            raise ProblemError(
                FEEDBACK_NOT_STORED, "The server cannot write its feedback file."
            ) from error
        metrics.feedback.labels(body.rating).inc()
        return JSONResponse({"time": time}, status_code=201)

    return router
