"""The steps of an answer are timed, and told to LlamaIndex's instrumentation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar, copy_context
from inspect import BoundArguments
from time import sleep
from typing import Any

import pytest
from llama_index_instrumentation import root_dispatcher
from llama_index_instrumentation.span import BaseSpan
from llama_index_instrumentation.span_handlers import BaseSpanHandler
from pydantic import Field

from corpus import Article
from index_store.index import ArticleIndex
from qa.answerer import Answerer
from qa.clock import STEPS, Clock, in_one_context, span
from qa.fakes import article

Archive = Callable[[Iterable[Article]], ArticleIndex]

QUESTION = "When does the ferry to Sandholm stop?"


class Seen(BaseSpanHandler[BaseSpan]):
    """Notes each span's name, its parent's, and how it ended."""

    ended: list[tuple[str, str, str]] = Field(default_factory=list)
    told: list[Any] = Field(default_factory=list)

    def new_span(
        self, id_: str, bound_args: BoundArguments, instance: Any = None,
        parent_span_id: str | None = None, tags: dict[str, Any] | None = None, **kwargs: Any,
    ) -> BaseSpan:  # fmt: skip
        self.told.append((bound_args.arguments, instance, kwargs))
        return BaseSpan(id_=id_, parent_id=parent_span_id, tags=tags or {})

    def _end(self, id_: str, how: str) -> BaseSpan:
        parent = self.open_spans[id_].parent_id or ""
        self.ended.append((id_.partition("-")[0], parent.partition("-")[0], how))
        return self.open_spans[id_]

    def prepare_to_exit_span(self, id_: str, *args: Any, **kwargs: Any) -> BaseSpan:
        return self._end(id_, "done")

    def prepare_to_drop_span(
        self, id_: str, *args: Any, err: BaseException | None = None, **kwargs: Any
    ) -> BaseSpan:
        return self._end(id_, type(err).__name__)


@pytest.fixture
def seen() -> Iterator[Seen]:
    handler = Seen()
    root_dispatcher.add_span_handler(handler)
    yield handler
    root_dispatcher.span_handlers.remove(handler)


@pytest.fixture
def answerer(archive: Archive) -> Answerer:
    text = "The ferry to Sandholm stops in March, the harbour board said."
    return Answerer(archive([article(text)]))


def test_the_time_of_a_step_within_another_is_its_own() -> None:
    clock = Clock()
    with clock.step("search"):
        for _ in range(2):
            with clock.step("evidence"):
                sleep(0.02)
    taken = clock.taken()
    assert taken["evidence"] >= 40
    assert taken["search"] < taken["evidence"]
    assert taken["total"] >= taken["search"] + taken["evidence"]


def test_a_step_that_fails_is_timed_and_told(seen: Seen) -> None:
    clock = Clock()
    with pytest.raises(ValueError, match="broken"), clock.step("search"):
        raise ValueError("broken")
    assert "search" in clock.taken()
    assert seen.ended == [("search", "", "ValueError")]


def test_every_step_of_an_answer_is_a_span_within_its_question(
    answerer: Answerer, seen: Seen
) -> None:
    timed = ("understand", "search", "evidence", "write", "verify", "compare", "total")
    assert tuple(answerer.ask(QUESTION).timings_ms) == timed
    inner = {"evidence": "search"}
    parents = {(name, parent) for name, parent, _ in seen.ended}
    expected = {(name, inner.get(name, "question")) for name in STEPS}
    assert parents == {*expected, ("verify", "write"), ("question", "")}
    assert {how for *_, how in seen.ended} == {"done"}


def test_no_span_holds_anything_of_the_question(answerer: Answerer, seen: Seen) -> None:
    answerer.ask(QUESTION)
    assert all(arguments == {} and not instance for arguments, instance, _ in seen.told)
    assert "Sandholm" not in repr(seen.told)


def test_a_stream_is_one_tree_of_spans_whoever_asks_for_the_next(
    answerer: Answerer, seen: Seen
) -> None:
    items = answerer.stream(QUESTION)
    while copy_context().run(next, items, None):  # as a server does, in a context for each
        pass
    roots = [name for name, parent, _ in seen.ended if not parent]
    assert roots == ["question"]


def test_a_stream_that_is_left_ends_its_spans(answerer: Answerer, seen: Seen) -> None:
    items = answerer.stream(QUESTION)
    next(items)
    with span("of whoever asks"):
        items.close()  # type: ignore[attr-defined]  # it is a generator
    assert ("question", "", "GeneratorExit") in seen.ended
    assert ("of whoever asks", "", "done") in seen.ended


def test_what_a_stream_sets_is_seen_by_itself_alone() -> None:
    var: ContextVar[int] = ContextVar("var", default=0)

    def counting() -> Any:
        for _ in range(3):
            var.set(var.get() + 1)
            yield var.get()

    assert list(in_one_context(counting())) == [1, 2, 3]
    assert var.get() == 0
