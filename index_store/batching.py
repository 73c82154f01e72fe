"""Questions that come at the same time pass through the model together.

A pass over eight questions takes far less than eight passes. Nothing waits for company: a question
that comes alone goes at once, and those that come while the model is busy go together when it is
free.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future

from index_store.models import Vector

#: Questions of one pass. More are hardly faster for each, and all of them wait for the last.
MOST = 16

#: Embeds texts, in order; shape (texts, dimensions).
EmbedTexts = Callable[[Sequence[str]], Vector]


class QueryBatcher:
    """Embeds single texts, from any number of threads.

    Whoever comes while nobody is embedding does so for all that wait, and then hands over to the
    first of those that have come meanwhile: no thread of its own is needed.

    Args:
        embed: what it raises, each of those whose texts it was given raises.
    """

    def __init__(self, embed: EmbedTexts, most: int = MOST) -> None:
        self._embed = embed
        self._most = most
        self._lock = threading.Lock()
        self._waiting: list[_Asked] = []
        self._is_busy = False

    def embed(self, text: str) -> Vector:
        """The vector of a text, shape (dimensions,)."""
        asked = _Asked(text)
        with self._lock:
            self._waiting.append(asked)
            leads, self._is_busy = not self._is_busy, True
        if leads:
            asked.told.set_result(None)
        vector = asked.told.result()
        return self._lead(asked) if vector is None else vector

    def _lead(self, own: _Asked) -> Vector:
        """Embeds what waits, in which `own` comes first, and tells the others."""
        with self._lock:
            together = self._waiting[: self._most]
            del self._waiting[: self._most]
        others = together[1:]
        try:
            vectors: list[Vector] = list(self._embed([asked.text for asked in together]))
        except BaseException as error:
            for asked in others:
                asked.told.set_exception(error)
            raise
        finally:
            self._hand_over()
        for asked, vector in zip(others, vectors[1:], strict=True):
            asked.told.set_result(vector)
        assert together[0] is own
        return vectors[0]

    def _hand_over(self) -> None:
        with self._lock:
            self._is_busy = bool(self._waiting)
            following = self._waiting[0] if self._waiting else None
        if following:
            following.told.set_result(None)


class _Asked:
    """A text, and what is told of it: its vector, or None to whoever is to embed now."""

    __slots__ = ("text", "told")

    def __init__(self, text: str) -> None:
        self.text = text
        self.told: Future[Vector | None] = Future()
