"""Questions that come together, one by one, or to a model that fails."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from index_store.batching import QueryBatcher
from index_store.models import Vector


class SlowModel:
    """Embeds a text as its length, when it is let."""

    def __init__(self) -> None:
        self.passes: list[list[str]] = []
        self.begun = threading.Semaphore(0)
        self.gate = threading.Semaphore(0)
        self._inside = threading.Lock()

    def embed(self, texts: Sequence[str]) -> Vector:
        assert self._inside.acquire(blocking=False), "two passes at the same time"
        self.passes.append(list(texts))
        self.begun.release()
        assert self.gate.acquire(timeout=30)
        self._inside.release()
        if any("fail" in text for text in texts):
            raise ValueError("the model failed")
        return np.array([[len(text)] for text in texts], dtype=np.float32)


@pytest.fixture
def model() -> SlowModel:
    return SlowModel()


def test_a_question_that_comes_alone_goes_at_once(model: SlowModel) -> None:
    batcher = QueryBatcher(model.embed)
    model.gate.release(2)
    assert batcher.embed("abc") == [3]
    assert batcher.embed("ab") == [2]
    assert model.passes == [["abc"], ["ab"]]


def test_those_that_come_while_the_model_is_busy_go_together(model: SlowModel) -> None:
    batcher = QueryBatcher(model.embed, most=3)
    with ThreadPoolExecutor(6) as pool:
        first = pool.submit(batcher.embed, "a")
        model.begun.acquire()
        others = [pool.submit(batcher.embed, "b" * length) for length in range(2, 7)]
        while len(batcher._waiting) < 5:
            threading.Event().wait(0.001)
        model.gate.release(10)
        assert [one.result(30).tolist() for one in (first, *others)] == [
            [1],
            [2],
            [3],
            [4],
            [5],
            [6],
        ]
    assert [len(some) for some in model.passes] == [1, 3, 2]


def test_a_failure_reaches_those_it_concerns_and_nobody_else(model: SlowModel) -> None:
    batcher = QueryBatcher(model.embed, most=2)
    with ThreadPoolExecutor(5) as pool:
        first = pool.submit(batcher.embed, "a")
        model.begun.acquire()
        failing = []
        for text in ("fail", "also"):
            failing.append(pool.submit(batcher.embed, text))
            while len(batcher._waiting) < len(failing):
                threading.Event().wait(0.001)
        later = pool.submit(batcher.embed, "abcd")
        while len(batcher._waiting) < 3:
            threading.Event().wait(0.001)
        model.gate.release(10)
        for one in failing:
            with pytest.raises(ValueError, match="the model failed"):
                one.result(30)
        assert [int(one.result(30)[0]) for one in (first, later)] == [1, 4]


def test_many_threads_each_get_their_own_vector() -> None:
    batcher = QueryBatcher(
        lambda texts: np.array([[len(text)] for text in texts], dtype=np.float32)
    )
    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(batcher.embed, ["x" * length for length in range(1, 2000)]))
    assert [int(vector[0]) for vector in found] == list(range(1, 2000))
