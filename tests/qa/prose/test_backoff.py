"""A busy server is asked again, no longer than there is time."""

from datetime import UTC, datetime
from time import perf_counter

import httpx
import openai
import pytest

from qa.prose.backoff import ATTEMPTS, asking_again, overflows, passes, retry_after, status
from qa.prose.deadline import Deadline


def refused(code: int, message: str = "no", **headers: str) -> openai.APIStatusError:
    request = httpx.Request("POST", "http://127.0.0.1/v1/chat/completions")
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    response = httpx.Response(code, request=request, headers=named)
    return openai.APIStatusError(message, response=response, body=None)


class Server:
    """Refuses so many times, then answers."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.asked = 0

    def ask(self) -> str:
        self.asked += 1
        if self.errors:
            raise self.errors.pop(0)
        return "answer"


@pytest.mark.parametrize("code", [408, 429, 500, 502, 503, 504, 529])
def test_what_passes_by_itself_is_asked_again(code: int) -> None:
    server = Server(refused(code, retry_after="0"), refused(code, retry_after="0"))
    assert asking_again(Deadline.after(5))(server.ask) == "answer"
    assert server.asked == 3


@pytest.mark.parametrize("code", [400, 401, 403, 404, 413, 422])
def test_what_does_not_pass_is_not_asked_again(code: int) -> None:
    server = Server(refused(code))
    with pytest.raises(openai.APIStatusError):
        asking_again(Deadline.after(5))(server.ask)
    assert server.asked == 1


def test_an_error_without_a_status_is_not_asked_again() -> None:
    server = Server(httpx.ConnectError("refused"))
    with pytest.raises(httpx.ConnectError):
        asking_again(Deadline.after(5))(server.ask)
    assert (server.asked, status(httpx.ConnectError("")), passes(ValueError())) == (1, 0, False)


def test_a_server_that_stays_busy_is_given_up_with_its_own_error() -> None:
    server = Server(*[refused(503, retry_after="0") for _ in range(10)])
    with pytest.raises(openai.APIStatusError):
        asking_again(Deadline.after(5))(server.ask)
    assert server.asked == ATTEMPTS


def test_as_long_is_waited_as_the_server_asks() -> None:
    started = perf_counter()
    asking_again(Deadline.after(5))(Server(refused(429, retry_after="0.3")).ask)
    assert 0.3 <= perf_counter() - started < 2


@pytest.mark.parametrize("asked", ["60", "Wed, 21 Oct 2099 07:28:00 GMT"])
def test_nothing_is_waited_for_that_comes_too_late(asked: str) -> None:
    server = Server(refused(429, retry_after=asked))
    started = perf_counter()
    with pytest.raises(openai.APIStatusError):
        asking_again(Deadline.after(1))(server.ask)
    assert (server.asked, perf_counter() - started < 0.5) == (1, True)


NOW = datetime(2024, 10, 21, 7, 28, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("stated", "seconds"),
    [
        ("3", 3.0),
        ("0.5", 0.5),
        ("Mon, 21 Oct 2024 07:28:30 GMT", 30.0),
        ("Mon, 21 Oct 2024 07:28:30 -0000", 30.0),
        ("Mon, 21 Oct 2024 07:27:00 GMT", 0.0),
        ("-3", None),
        ("soon", None),
        ("nan", None),
        ("inf", None),
        ("", None),
    ],
)
def test_a_wait_is_stated_in_seconds_or_as_a_date(stated: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": stated}, NOW) == seconds
    assert retry_after({}, NOW) is None


@pytest.mark.parametrize(
    ("code", "message", "expected"),
    [
        (400, "This model's maximum context length is 4096 tokens.", True),
        (400, "{'error': {'code': 'context_length_exceeded'}}", True),
        (400, "the request exceeds the available context size", True),
        (400, "prompt is too long: 210000 tokens > 200000 maximum", True),
        (413, "too many tokens", True),
        (400, "bad request", False),
        (500, "maximum context length", False),
    ],
)
def test_a_prompt_that_is_too_long_is_told_from_other_bad_requests(
    code: int, message: str, expected: bool
) -> None:
    assert overflows(refused(code, message)) is expected
