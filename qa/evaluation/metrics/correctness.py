"""Whether an answer holds what a right one holds.

STR-EM is the string exact match of ALCE (Gao et al. 2023, "Enabling Large Language Models to
Generate Text with Citations"); token F1 is that of SQuAD (Rajpurkar et al. 2016).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from qa.evaluation.metrics.normalising import joined_words, tokens


def holds_answer(text: str, gold: str) -> bool:
    """Whether a gold string stands in a text at word borders, however cased or accented.

    "5" is not in "15"; "l’an 2025" holds "an 2025"; "64 000" is "64,000" is "64.000".
    """
    return f" {joined_words(gold)} " in f" {joined_words(text)} "


def string_exact_match(text: str, groups: Sequence[Sequence[str]]) -> float:
    """Share of the groups of which one gold string stands in the text, 0 to 1."""
    return sum(any(holds_answer(text, gold) for gold in group) for group in groups) / len(groups)


def token_f1(text: str, groups: Sequence[Sequence[str]], language: str | None = None) -> float:
    """Mean over the groups of the best F1 that one of their strings has with the text, 0 to 1.

    A quotation that holds a short answer among thirty words scores low; the figure compares runs,
    and says little by itself.

    Args:
        language: whose articles do not count; those of all languages where it is not known.
    """
    said = Counter(tokens(text, language))
    best = (_best(said, [Counter(tokens(gold, language)) for gold in group]) for group in groups)
    return sum(best) / len(groups)


def _best(said: Counter[str], golds: Sequence[Counter[str]]) -> float:
    return max((_f1(said, gold) for gold in golds), default=0.0)


def _f1(said: Counter[str], gold: Counter[str]) -> float:
    common = (said & gold).total()
    return 2 * common / (said.total() + gold.total()) if common else 0.0
