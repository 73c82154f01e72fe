"""A running server as the place where questions are asked, over its HTTP API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from time import perf_counter, sleep
from typing import Any

import httpx

from qa.errors import ServerUnavailable
from qa.evaluation.desks import DEPTH, SEVERAL, Reply, ranked
from qa.evaluation.metrics.citing import is_valid
from qa.history import Turn

#: Seconds that one answer may take: a language model is given a minute by default.
_PATIENCE = 120.0
#: A busy server is asked again so often, and waited for at most so many seconds each time.
_TRIES = 5
_LONGEST_WAIT = 30.0
_BUSY = (429, 503)
#: Articles whose texts are remembered while their citations are checked.
_ARTICLES = 1_024


class ServerDesk:
    """A server.

    Args:
        url: of its root, such as http://127.0.0.1:7860.
        key: an API key, where it wants one.

    Raises:
        ServerUnavailable: it does not answer, or is not ready.
    """

    def __init__(self, url: str, key: str | None = None) -> None:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        try:
            self._client = httpx.Client(base_url=url, headers=headers, timeout=_PATIENCE)
        except httpx.InvalidURL as error:
            raise ServerUnavailable(f"--url {url!r}: is not an address ({error})") from error
        self.name = url
        self._text = lru_cache(maxsize=_ARTICLES)(self._read_text)
        self._call("GET", "/readyz")

    @property
    def state(self) -> str:
        return self.name

    @property
    def at_once(self) -> int:
        return SEVERAL

    def reply(self, question: str, history: Sequence[Turn]) -> Reply:
        turns = [{"role": turn.role, "content": turn.content} for turn in history]
        began = perf_counter()
        answer = self._call("POST", "/v1/ask", {"question": question, "history": turns})
        elapsed = perf_counter() - began
        searched = answer["searched"]
        found = self._call(
            "POST",
            "/v1/search",
            {
                "query": answer["standalone_question"],
                "limit": DEPTH,
                "filters": {"from": searched["from"], "to": searched["to"]},
            },
        )
        return Reply(
            answer,
            ranked([(hit["article"]["source"], hit["score"]) for hit in found["hits"]]),
            tuple(map(self._is_valid, answer["citations"])),
            elapsed * 1_000,
        )

    def _is_valid(self, citation: Mapping[str, Any]) -> bool:
        if citation["article"].get("max_quote_words") is not None:
            # The server gives out no text of it to compare with; it has compared itself.
            return bool(0 < len(citation["quote"]) == citation["end"] - citation["start"])
        return is_valid(self._text(citation["article"]["id"]), citation)

    def _read_text(self, article_id: str) -> str:
        text: str = self._call("GET", f"/v1/articles/{article_id}")["text"]
        return text

    def _call(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        for attempt in range(_TRIES):
            try:
                response = self._client.request(method, path, json=body)
            except httpx.HTTPError as error:
                raise ServerUnavailable(
                    f"{self.name}: does not answer ({type(error).__name__}); "
                    f"is it the address of a running `citedesk serve`?"
                ) from error
            if response.status_code not in _BUSY or attempt == _TRIES - 1:
                break
            sleep(_wait(response))
        if response.is_error:
            raise ServerUnavailable(f"{self.name}{path}: {_problem(response)}")
        try:
            return response.json()
        except ValueError as error:
            raise ServerUnavailable(
                f"{self.name}{path}: answered something that is not JSON; is it citedesk?"
            ) from error


def _wait(response: httpx.Response) -> float:
    """Seconds that a busy server wants to be left alone."""
    stated = response.headers.get("Retry-After", "1")
    return min(float(stated) if stated.isdecimal() else 1.0, _LONGEST_WAIT)


def _problem(response: httpx.Response) -> str:
    """What a problem+json body says, or the status where there is none."""
    try:
        told = response.json().get("detail")
    except (ValueError, AttributeError):
        told = None
    return str(told or f"answered with status {response.status_code}")
