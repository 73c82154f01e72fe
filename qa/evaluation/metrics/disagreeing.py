"""Whether an answer shows both sides where the archive's articles differ."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qa.evaluation.metrics.answers import cited_sources, shown
from qa.evaluation.metrics.correctness import string_exact_match
from qa.evaluation.questions import GoldQuestion


def shows_disagreement(gold: GoldQuestion, answer: Mapping[str, Any]) -> bool:
    """Whether enough of the gold sources are cited and a string of every group is shown.

    Statements and versions of disagreements count alike. Disagreement recall is the share of the
    questions with `min_sources` of 2 or more of which this is so.

    Args:
        answer: its public JSON.
    """
    if len(cited_sources(answer) & set(gold.sources)) < gold.min_sources:
        return False
    return not gold.answer_groups or string_exact_match(shown(answer), gold.answer_groups) == 1
