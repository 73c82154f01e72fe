"""Asking again: which failures of a server pass by themselves, and how long to wait for that.

The clients of all providers are made of httpx and raise errors of one shape, so that a status and
the head of a response are read without knowing whose they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception,
    stop_after_attempt,
    stop_before_delay,
    wait_random_exponential,
)

from qa.prose.deadline import Deadline

#: Requests for one reply, at most.
ATTEMPTS = 3

_TOO_MANY = 429
_REQUEST_TIMEOUT = 408
_SERVER_ERROR = 500

#: Up to a second before the second request, up to two before the third; random, so that many
#: readers do not come back at once.
_unasked_wait = wait_random_exponential(multiplier=1, max=8)

# OpenAI's own servers state fractions, which the standard does not know.
_SECONDS = re.compile(r"\d{1,6}(?:\.\d{1,6})?")

# How OpenAI, vLLM, llama.cpp, LM Studio and Anthropic say that a prompt is too long.
_OVERFLOW = re.compile(
    r"context[_ ](?:length|size|window)|maximum context|prompt is too long|too many tokens", re.I
)


def asking_again(deadline: Deadline) -> Retrying:
    """Tries again what a server was too busy for; never sleeps longer than what is left."""
    return Retrying(
        retry=retry_if_exception(passes),
        stop=stop_after_attempt(ATTEMPTS) | stop_before_delay(deadline.left()),
        wait=_wait,
        reraise=True,
    )


def passes(error: BaseException) -> bool:
    """Whether the same request may succeed a moment later."""
    code = status(error)
    return code in (_REQUEST_TIMEOUT, _TOO_MANY) or code >= _SERVER_ERROR


def overflows(error: BaseException) -> bool:
    """Whether a server says that the prompt does not fit into the model's context."""
    return 400 <= status(error) < 500 and _OVERFLOW.search(str(error)) is not None


def status(error: BaseException) -> int:
    """The status that a server answered with; 0 where it did not."""
    code = getattr(error, "status_code", 0)
    return code if isinstance(code, int) else 0


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds that a server asks to wait, stated in seconds or as a date (RFC 9110, 10.2.3)."""
    stated = headers.get("retry-after", "").strip()
    if _SECONDS.fullmatch(stated):
        return float(stated)
    try:
        moment = parsedate_to_datetime(stated)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - now).total_seconds())


def _wait(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    headers = getattr(getattr(error, "response", None), "headers", {})
    asked = retry_after(headers, datetime.now(UTC))
    return _unasked_wait(state) if asked is None else asked
