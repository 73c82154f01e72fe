"""From evidence to proven statements: quoted, or written by a model and then verified."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index_store.models import Hit
from qa.alternatives import alternatives
from qa.answer import Mode
from qa.audit.exchange import Exchange
from qa.claims import literal
from qa.draft import Draft
from qa.entailment import Entailment
from qa.errors import ModelUnavailable
from qa.phrases import phrase
from qa.prose.prompts import SENTENCES
from qa.prose.replacing import nearest_quote
from qa.prose.writing import Writer
from qa.quoting import quote
from qa.understanding.question import Question
from qa.verifying import verify
from qa.weighing.evidence import Evidence

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

#: Seconds to wait for a language model in all, before the archive is quoted instead.
PATIENCE = 60.0

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


#: What is said where the evidence does not answer.
NOTHING = Composition(Mode.QUOTES, ())


def compose(
    question: Question,
    hits: Sequence[Hit],
    evidence: Sequence[Evidence],
    model: LLM | None,
    entailment: Entailment | None = None,
    patience: float = PATIENCE,
) -> Iterator[Composition]:
    """An answer as it grows by one statement and another; the last is the whole.

    Prose where a model is given and what it writes holds; otherwise exact quotes.

    Args:
        entailment: judges prose whose sources are in another language, where there is one.
        patience: seconds to wait for the model in all.
    """
    evidence = [found for found in evidence if found.is_whole]
    if model is None:
        yield _quotes(question, evidence)
        return
    writer = Writer(model, question, hits, patience, entailment)
    try:
        for _ in writer.write():
            yield Composition(Mode.PROSE, tuple(writer.proven))
    except ModelUnavailable as error:
        logger.warning("the language model could not be used: %s", error)
        yield _quotes(question, evidence, "answer.model_silent", writer.exchanges)
        return
    if writer.proven:
        yield _completed(writer, question, evidence)
    elif writer.found_nothing:
        yield Composition(Mode.PROSE, (), exchanges=tuple(writer.exchanges))
    else:
        yield _quotes(question, evidence, "answer.model_unproven", writer.exchanges)


def _completed(writer: Writer, question: Question, evidence: Sequence[Evidence]) -> Composition:
    """What was proven, with exact quotes in place of what was not, as far as there are any."""
    nearest = (nearest_quote(failure, evidence, question.language) for failure in writer.failed)
    shown = {literal(draft.text) for draft in writer.proven}
    quotes = [
        draft
        for draft in _proven(filter(None, nearest), question)
        if literal(draft.text) not in shown
    ][: SENTENCES - len(writer.proven)]
    note = None
    if quotes:
        note = phrase(question.language, "answer.model_replaced")
    elif writer.is_cut_off:
        note = phrase(question.language, "answer.model_broke_off")
    drafts = (*writer.proven, *quotes)
    return Composition(Mode.PROSE, drafts, note, tuple(writer.exchanges))


def _quotes(
    question: Question,
    evidence: Sequence[Evidence],
    reason: str | None = None,
    exchanges: Sequence[Exchange] = (),
) -> Composition:
    """Exact quotes, with a note on why they are not what was configured."""
    choice = alternatives(question.standalone, question.written_in)
    drafts = _proven(quote(evidence, question.language, choice), question)
    note = phrase(question.language, reason) if reason else None
    return Composition(Mode.QUOTES, drafts, note, tuple(exchanges))


def _proven(drafts: Iterable[Draft], question: Question) -> tuple[Draft, ...]:
    """What the verifier passes, nothing of it twice."""
    verified = (verify(draft, question.language) for draft in drafts)
    distinct: dict[str, Draft] = {}
    for draft in verified:
        if draft is not None:
            distinct.setdefault(literal(draft.text), draft)
    return tuple(distinct.values())
