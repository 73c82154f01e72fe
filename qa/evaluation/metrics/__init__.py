"""The measures of a run, each a small pure function with its source named."""

from qa.evaluation.metrics.correctness import holds_answer, string_exact_match, token_f1
from qa.evaluation.metrics.retrieval import hit_at

__all__ = [
    "hit_at",
    "holds_answer",
    "string_exact_match",
    "token_f1",
]
