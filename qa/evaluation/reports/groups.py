"""The metrics as a report shows them: in groups, each with a sentence that says what it counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Group:
    """Metrics that answer one question of the reader's.

    Attributes:
        metrics: name of each and what it counts, in one sentence.
    """

    title: str
    metrics: Mapping[str, str]


GROUPS = (
    Group(
        "In all",
        {
            "right": "Of all questions whose right answer is known, the share that went right in "
            "everything: an answer with the expected words from a right article and sound "
            "citations, or a refusal of what the archive does not say.",
        },
    ),
    Group(
        "Finding",
        {
            "hit_at_1": "How often the first article found is one that answers the question.",
            "hit_at_5": "How often one of the first five articles found answers the question.",
            "recall_at_5": "Of the articles that answer a question, the share that is among the "
            "first five found.",
            "mrr": "One divided by the place of the first article that answers: 1 where it is "
            "first, 0.5 where it is second, 0 where it is missing.",
            "ndcg_at_10": "How near the order of the first ten articles is to the best possible "
            "one, in which all that answer come first.",
            "map": "At the place of each article that answers, the share of answering ones down to "
            "there; the mean of these, in the first ten.",
        },
    ),
    Group(
        "Answering",
        {
            "str_em": "Of the facts that a right answer holds, the share whose words stand in the "
            "answer.",
            "token_f1": "How many words the answer and the expected one share; quoted sentences "
            "are long and score low, so compare it only with other runs.",
            "answering_precision": "Of the questions that were answered, the share that can be "
            "answered at all.",
            "answering_recall": "Of the questions that can be answered, the share that was "
            "answered, rightly or not.",
            "answering_f1": "One figure for the two above, high only where both are.",
            "disagreement_recall": "Where outlets are known to say different things, how often the "
            "answer showed all sides.",
            "language_invariance": "How alike the articles are that are cited for one question "
            "asked in several languages.",
            "judged_faithful": "How often a language model that was asked for its opinion finds "
            "that the citations bear the answer out.",
            "judged_correct": "How near the answer is to the expected one in the opinion of that "
            "language model; 1 is the best mark.",
        },
    ),
    Group(
        "Citing",
        {
            "valid_citations": "The share of citations whose quotation stands in the stored "
            "article, character for character, where the citation says.",
            "right_source": "Of the questions that were answered, how often enough of the right "
            "articles are cited.",
            "citation_recall": "The share of statements that what they cite bears out.",
            "citation_precision": "The share of citations that bear their statement out alone, or "
            "that the others cannot do without.",
        },
    ),
    Group(
        "Refusing",
        {
            "refusal_precision": "Of the questions that were refused, the share that the archive "
            "really does not answer.",
            "refusal_recall": "Of the questions that the archive does not answer, the share that "
            "was refused.",
            "refusal_f1": "One figure for the two above, high only where both are.",
            "grounded_refusal_f1": "The mean of the F1 of refusing and the F1 of answering, so "
            "that neither refusing all nor answering all looks good.",
        },
    ),
    Group(
        "Deciding whether to answer",
        {
            "gate_auroc": "How likely a question that can be answered gets a higher probability "
            "than one that cannot; 0.5 is a coin.",
            "gate_brier": "The squared distance between the probability and the truth; 0 is best.",
            "gate_ece": "How far the stated probabilities are from how often questions could be "
            "answered; 0 is best.",
            "risk_coverage_area": "How often answers are wrong when only the surest are given, "
            "averaged over how many are given; 0 is best.",
        },
    ),
    Group(
        "Time and cost",
        {
            "mean_ms": "From the question to the whole answer, on average.",
            "p50_ms": "Half of the answers were there by this time.",
            "p95_ms": "Of 100 answers, 95 were there by this time.",
            "prompt_tokens": "What the language model reads for a question, on average.",
            "reply_tokens": "What the language model writes for a question, on average.",
            "cost": "What a question costs at the prices that were given for the run, on average.",
        },
    ),
)
