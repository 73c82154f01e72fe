"""From evidence to proven statements: quoted, or written by a model and then verified."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index_store.models import Hit
from qa.answer import Mode
from qa.audit.exchange import Exchange
from qa.claims import literal
from qa.draft import Draft
from qa.entailment import Entailment
from qa.errors import ModelUnavailable
from qa.evidence import Evidence
from qa.phrases import phrase
from qa.prompts import SENTENCES
from qa.question import Question
from qa.quoting import quote
from qa.verifying import verify
from qa.writing import write

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Composition:
    """The statements of an answer, all of them verified; none is a refusal.

    Attributes:
        note: why the answer is not what was configured, for the reader.
        exchanges: with the language model, whatever became of them.
    """

    mode: Mode
    drafts: tuple[Draft, ...]
    note: str | None = None
    exchanges: tuple[Exchange, ...] = ()


def compose(
    question: Question,
    hits: Sequence[Hit],
    evidence: Sequence[Evidence],
    model: LLM | None,
    entailment: Entailment | None = None,
) -> Composition:
    """Prose where a model is given and what it writes holds; otherwise exact quotes."""
    if model is None:
        return _quotes(question, evidence)
    exchanges: list[Exchange] = []
    composed = _written(question, hits, evidence, model, exchanges.append)
    return replace(composed, exchanges=tuple(exchanges))


def _written(
    question: Question,
    hits: Sequence[Hit],
    evidence: Sequence[Evidence],
    model: LLM,
    on_exchange: Callable[[Exchange], None],
) -> Composition:
    try:
        written = write(model, question, hits, on_exchange)
    except ModelUnavailable as error:
        logger.warning("the language model could not be used: %s", error)
        reason = phrase(question.language, "answer.model_silent")
        return _quotes(question, evidence, reason)
    proven = _proven(written, question, entailment)
    if written and not proven:
        reason = phrase(question.language, "answer.model_unproven")
        return _quotes(question, evidence, reason)
    return Composition(Mode.PROSE, proven[:SENTENCES])


def _quotes(
    question: Question, evidence: Sequence[Evidence], note: str | None = None
) -> Composition:
    return Composition(Mode.QUOTES, _proven(quote(evidence, question.language), question), note)


def _proven(
    drafts: Iterable[Draft], question: Question, entailment: Entailment | None = None
) -> tuple[Draft, ...]:
    """What the verifier passes, nothing of it twice."""
    verified = (verify(draft, question.language, entailment) for draft in drafts)
    distinct: dict[str, Draft] = {}
    for draft in verified:
        if draft is not None:
            distinct.setdefault(literal(draft.text), draft)
    return tuple(distinct.values())
