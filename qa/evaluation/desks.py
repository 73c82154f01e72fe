"""Where questions are asked: the index on this machine, or a running server.

Both get the question and the conversation before it, and nothing else of the set.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Protocol

from index_store.models import Filters
from qa.answer import as_json
from qa.answerer import Answerer
from qa.evaluation.metrics.citing import is_valid
from qa.evaluation.outcome import Retrieved
from qa.history import Turn
from qa.understanding.question import understand

#: Questions that a language model or a server is sent at the same time. The index alone is no
#: quicker with several at once, since each takes all of the processor.
SEVERAL = 4

#: Passages that are looked at to rank articles.
DEPTH = 20


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back for a question; see `Outcome`."""

    answer: Mapping[str, Any]
    retrieved: tuple[Retrieved, ...]
    valid: tuple[bool, ...]
    elapsed_ms: float


class Desk(Protocol):
    """Answers questions."""

    @property
    def name(self) -> str:
        """What is asked, for the report."""

    @property
    def state(self) -> str:
        """Differs where the same question may be answered otherwise than before."""

    @property
    def at_once(self) -> int:
        """Questions that it is best asked at the same time."""

    def reply(self, question: str, history: Sequence[Turn]) -> Reply:
        """The answer to a question, with what was found for it."""


class LocalDesk:
    """The index on this machine."""

    def __init__(self, answerer: Answerer, name: str) -> None:
        self._answerer = answerer
        self.name = name

        answerer.index.warm_up()

    @property
    def state(self) -> str:
        index = self._answerer.index
        # By the articles' ids, which come from their content: the scratch home of a set that brings
        # its own is another one each time.
        articles = sorted(entry.article_id for entry in index.catalogue())
        held = hashlib.sha256(" ".join(articles).encode()).hexdigest()
        return f"{index.embedding_model} {held} {self._answerer.language_model}"

    @property
    def at_once(self) -> int:
        return SEVERAL if self._answerer.language_model else 1

    def reply(self, question: str, history: Sequence[Turn]) -> Reply:
        began = perf_counter()
        answer = as_json(self._answerer.ask(question, history))
        elapsed = perf_counter() - began
        return Reply(
            answer,
            self._retrieved(answer),
            tuple(map(self._is_valid, answer["citations"])),
            elapsed * 1_000,
        )

    def _retrieved(self, answer: Mapping[str, Any]) -> tuple[Retrieved, ...]:
        """What is found for the question as it was understood."""
        index, searched = self._answerer.index, answer["searched"]
        standalone = answer["standalone_question"]
        languages = [code for code in index.summary().languages if code]
        found = index.search(
            standalone,
            language=understand(standalone, (), None, languages, standalone).written_in,
            filters=Filters(published_from=searched["from"], published_to=searched["to"]),
            limit=DEPTH,
        )
        return ranked([(hit.article.source, hit.score) for hit in found.hits])

    def _is_valid(self, citation: Mapping[str, Any]) -> bool:
        stored = self._answerer.index.article(citation["article"]["id"])
        return stored is not None and is_valid(stored.text, citation)


def ranked(passages: Sequence[tuple[str, float]]) -> tuple[Retrieved, ...]:
    """Articles by their best passage, in the order of these.

    Args:
        passages: source and score of each, best first.
    """
    best: dict[str, float] = {}
    for source, score in passages:
        best.setdefault(source, score)
    return tuple(Retrieved(source, score) for source, score in best.items())
