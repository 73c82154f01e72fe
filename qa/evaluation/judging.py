"""A language model's opinion of answers, by LlamaIndex's own evaluators; asked for, never needed.

Its faithfulness asks whether an answer follows from what it cites, its correctness how near it is
to the expected one, 1 to 5. A model judges as it judges: these figures compare runs with the same
model, and stand beside those that code decides.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from qa.errors import ModelUnavailable
from qa.evaluation.questions import GoldQuestion
from qa.prose.language_model import one_error

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

#: The best mark of LlamaIndex's correctness.
_BEST = 5.0

_VERDICT = re.compile(r"\b(?:yes|no)\b", re.IGNORECASE)

#: The name of a measure and its value.
Opinion = Callable[[GoldQuestion, Mapping[str, Any]], tuple[str, float] | None]

logger = logging.getLogger(__name__)


class Judge:
    """Asks a model about answers.

    Args:
        model: better not the one that wrote them.
    """

    def __init__(self, model: LLM) -> None:
        # LlamaIndex takes 2 s to import, and its evaluators another.
        from llama_index.core.evaluation import CorrectnessEvaluator, FaithfulnessEvaluator

        self._faithfulness = FaithfulnessEvaluator(llm=model)
        self._correctness = CorrectnessEvaluator(llm=model)

    def measures(self, gold: GoldQuestion, answer: Mapping[str, Any]) -> dict[str, float]:
        """`judged_faithful`, 0 or 1, and where the set says what is right `judged_correct`, 0 to 1;
        nothing of a refusal, or where the model does not say."""
        if answer["refused"]:
            return {}
        opinions = (self._faithful, self._correct)
        return dict(
            each for opinion in opinions if (each := self._told(opinion, gold, answer)) is not None
        )

    def _told(
        self, opinion: Opinion, gold: GoldQuestion, answer: Mapping[str, Any]
    ) -> tuple[str, float] | None:
        try:
            with one_error():
                return opinion(gold, answer)
        except ModelUnavailable as error:
            logger.warning("%s: the judging model says nothing of use (%s)", gold.id, error)
            return None

    def _faithful(self, gold: GoldQuestion, answer: Mapping[str, Any]) -> tuple[str, float] | None:
        quotes = [citation["quote"] for citation in answer["citations"]]
        found = self._faithfulness.evaluate(response=answer["text"], contexts=quotes)
        # LlamaIndex takes whatever is not "yes" for a no, an empty reply among it.
        is_told = found.score is not None and _VERDICT.search(found.feedback or "")
        return ("judged_faithful", float(found.score or 0)) if is_told else None

    def _correct(self, gold: GoldQuestion, answer: Mapping[str, Any]) -> tuple[str, float] | None:
        if not gold.answer_groups:
            return None
        reference = "; ".join(" / ".join(group) for group in gold.answer_groups)
        found = self._correctness.evaluate(
            query=gold.question, response=answer["text"], reference=reference
        )
        return None if found.score is None else ("judged_correct", found.score / _BEST)
