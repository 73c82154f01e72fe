"""The measures of a run, each a small pure function with its source named."""

from qa.evaluation.metrics.citing import valid_citations
from qa.evaluation.metrics.correctness import holds_answer, string_exact_match, token_f1
from qa.evaluation.metrics.means import mean
from qa.evaluation.metrics.refusing import grounded_refusal_f1, refusal_f1
from qa.evaluation.metrics.retrieval import hit_at

__all__ = [
    "grounded_refusal_f1",
    "hit_at",
    "holds_answer",
    "mean",
    "refusal_f1",
    "string_exact_match",
    "token_f1",
    "valid_citations",
]
