"""The measures, each a small pure function.

STR-EM is the string exact match of ALCE (Gao et al. 2023); grounded-refusal F1 is that of
Trust-Eval (Song et al. 2024).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from corpus import Article
from index_store.terms import words
from qa.answer import Citation


def mean(values: Iterable[float]) -> float | None:
    """Arithmetic mean; None of nothing."""
    listed = list(values)
    return sum(listed) / len(listed) if listed else None


def holds_answer(text: str, gold: str) -> bool:
    """Whether a gold string stands in a text at word borders, however cased or accented.

    "5" is not in "15"; "l’an 2025" holds "an 2025"; "64 000" is "64,000" is "64.000".
    """
    return f" {_normal(gold)} " in f" {_normal(text)} "


def string_exact_match(text: str, groups: Sequence[Sequence[str]]) -> float:
    """Share of the groups of which one gold string stands in the text, 0 to 1."""
    return sum(any(holds_answer(text, gold) for gold in group) for group in groups) / len(groups)


def hit_at(retrieved: Sequence[str], gold: Iterable[str], k: int) -> float:
    """1 where one of the gold sources is among the first k retrieved, else 0."""
    return float(bool(set(retrieved[:k]) & set(gold)))


def valid_citations(citations: Iterable[Citation], stored: Mapping[str, Article]) -> list[float]:
    """Of each citation whether the stored article's `text[start:end]` is its quote, 1 or 0.

    Args:
        stored: articles as they are in the index now, by id.
    """
    return [
        float(
            citation.article.id in stored
            and citation.quote != ""
            and stored[citation.article.id].text[citation.start : citation.end] == citation.quote
        )
        for citation in citations
    ]


def f1(true_positives: int, false_positives: int, false_negatives: int) -> float | None:
    """Harmonic mean of precision and recall; None where neither is defined."""
    wrong = false_positives + false_negatives
    if true_positives + wrong == 0:
        return None
    return 2 * true_positives / (2 * true_positives + wrong)


def refusal_f1(outcomes: Sequence[tuple[bool, bool]]) -> float | None:
    """F1 of refusing what cannot be answered.

    Args:
        outcomes: of each question whether it is answerable, and whether it was refused.
    """
    return f1(
        sum(refused and not answerable for answerable, refused in outcomes),
        sum(refused and answerable for answerable, refused in outcomes),
        sum(not refused and not answerable for answerable, refused in outcomes),
    )


def grounded_refusal_f1(outcomes: Sequence[tuple[bool, bool]]) -> float | None:
    """Mean of the F1 of refusing the unanswerable and of answering the answerable."""
    answered = refusal_f1([(not answerable, not refused) for answerable, refused in outcomes])
    refused = refusal_f1(outcomes)
    return None if answered is None or refused is None else (answered + refused) / 2


def _normal(text: str) -> str:
    found = words(text)
    joined: list[str] = []
    for position, word in enumerate(found):
        # Separators of thousands differ by language and outlet: 64,000 · 64.000 · 64 000 · 64'000.
        if (
            joined
            and len(word) == 3
            and word.isdigit()
            and joined[-1].isdigit()
            and found[position - 1].isdigit()
        ):
            joined[-1] += word
        else:
            joined.append(word)
    return " ".join(joined)
