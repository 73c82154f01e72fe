"""The best passages put in order by a model that reads question and passage together.

A cross-encoder (Nogueira & Cho 2019, "Passage Re-ranking with BERT") sees more than two vectors
can say, and takes a forward pass a passage: so it reads only the best ones. Off by default.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Protocol

from index_store.cross_encoder import PairModel
from index_store.errors import RerankerUnavailable
from index_store.models import Hit

#: Passages that are read, the best after everything else.
RERANKED = 20

#: The name of its score among a hit's sides.
SIDE = "reranker"


class Reranker(Protocol):
    """What a search needs of such a model."""

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """How well each text answers the question, in the order given: a logit, higher is better.

        Raises:
            RerankerUnavailable: the model cannot be had.
        """


class CrossEncoderReranker:
    """A cross-encoder of sentence-transformers, by name or folder, loaded when it is first used."""

    def __init__(self, name: str) -> None:
        self._name = name

    @cached_property
    def _model(self) -> PairModel:
        model = PairModel(self._name, RerankerUnavailable(_missing(self._name)))
        if len(model.labels) != 1:
            raise RerankerUnavailable(
                f"the re-ranking model {self._name!r} cannot be used: expected one score a "
                f"passage, found {len(model.labels)}; set CITEDESK_RERANKER to another "
                f"cross-encoder, or unset it"
            )
        return model

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        return [score for (score,) in self._model.logits([(question, text) for text in texts])]


def rerank(reranker: Reranker, question: str, hits: Sequence[Hit]) -> list[Hit]:
    """Hits with the best of them in the reranker's order, which is what they then score.

    The others stay behind those, in the order and at the distances that they had.

    Args:
        hits: best first.
    """
    read, others = hits[:RERANKED], hits[RERANKED:]
    logits = reranker.scores(question, [hit.passage.text for hit in read])
    judged = [_judged(hit, logit) for hit, logit in zip(read, logits, strict=True)]
    judged.sort(key=lambda hit: -hit.sides[SIDE])
    lowest = min((hit.score for hit in judged), default=1.0)
    return [*judged, *(hit.weighed(lowest) for hit in others)]


def _judged(hit: Hit, logit: float) -> Hit:
    score = 0.5 * (1 + math.tanh(logit / 2))  # the sigmoid, without an overflow
    return replace(hit, score=score, sides={**hit.sides, SIDE: logit}, shares={SIDE: score})


def _missing(name: str) -> str:
    return (
        f"the re-ranking model {name!r} cannot be loaded: it is not on this machine and no model "
        f"hub answered; put it in a folder and set CITEDESK_RERANKER to that path, or unset "
        f"CITEDESK_RERANKER to search without one"
    )
