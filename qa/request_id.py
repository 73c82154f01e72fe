"""The id that a request, its answer's log lines and its trace have in common."""

from __future__ import annotations

import secrets
from contextvars import ContextVar

#: Of the request that is being served; empty where there is none.
REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")


def new_request_id() -> str:
    return secrets.token_hex(8)
