"""Every metric of a run, declared once: the report, the terminal, Markdown and floors read it here.

A metric is a figure of columns of measures, a value a question; it is about the questions that have
a value in all of its columns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

import numpy as np
from numpy.typing import NDArray

from qa.evaluation.metrics import calibration, refusing
from qa.evaluation.metrics.means import Array, quantile, weighted_mean


class Better(StrEnum):
    """Which way a metric is to go."""

    HIGHER = "higher"
    LOWER = "lower"


class Unit(StrEnum):
    """What a metric is counted in."""

    SHARE = "share"  # 0 to 1
    MILLISECONDS = "ms"
    TOKENS = "tokens"
    MONEY = "money"  # in the currency of the prices


#: A measure of every question, by name; NaN where it does not apply to one.
Columns = Mapping[str, Array]

#: Takes weights and columns, gives a figure for each row of weights; see `means`.
Figure = Callable[..., Array]


@dataclass(frozen=True, slots=True)
class Metric:
    """One headline number.

    Attributes:
        label: in plain English.
        columns: the measures that it is made of, in the order that `figure` takes them.
    """

    name: str
    label: str
    columns: tuple[str, ...]
    figure: Figure = weighted_mean
    better: Better = Better.HIGHER
    unit: Unit = Unit.SHARE

    def applies(self, columns: Columns) -> NDArray[np.bool_]:
        """Of each question whether the metric is about it."""
        found = [~np.isnan(columns[name]) for name in self.columns]
        together: NDArray[np.bool_] = np.logical_and.reduce(found)
        return together

    def under(self, weights: Array, columns: Columns) -> Array:
        """The figure under each row of weights; NaN where it is not defined."""
        about = self.applies(columns)
        if not about.any():
            return np.full(len(weights), np.nan)
        return self.figure(weights[:, about], *(columns[name][about] for name in self.columns))

    def value(self, columns: Columns) -> float | None:
        """The figure of all questions alike; None where it is not defined."""
        count = len(columns[self.columns[0]])
        (found,) = self.under(np.ones((1, count)), columns)
        return None if np.isnan(found) else float(found)


def _mean(name: str, label: str, better: Better = Better.HIGHER, unit: Unit = Unit.SHARE) -> Metric:
    return Metric(name, label, (name,), better=better, unit=unit)


def _tokens(name: str, label: str) -> Metric:
    return _mean(name, label, Better.LOWER, Unit.TOKENS)


def _time(name: str, label: str, figure: Figure) -> Metric:
    return Metric(name, label, ("elapsed_ms",), figure, Better.LOWER, Unit.MILLISECONDS)


def _refusal(name: str, label: str, figure: Figure) -> Metric:
    def refusing_what_cannot_be_answered(weights: Array, refused: Array, can: Array) -> Array:
        return figure(weights, refused, 1 - can)

    return Metric(name, label, ("refused", "answerable"), refusing_what_cannot_be_answered)


def _answering(name: str, label: str, figure: Figure) -> Metric:
    return Metric(name, label, ("answered", "answerable"), figure)


def _gate(name: str, label: str, figure: Figure, better: Better = Better.LOWER) -> Metric:
    return Metric(name, label, ("probability", "answerable"), figure, better)


def _risk_area(weights: Array, probability: Array, right: Array, answered: Array) -> Array:
    return calibration.risk_coverage_area(weights, probability, 1 - right, answered)


METRICS = (
    _mean("right", "Right in all: answer, source, citations, refusal"),
    _mean("hit_at_1", "A right article found first"),
    _mean("hit_at_5", "A right article among the first five"),
    _mean("recall_at_5", "Share of the right articles among the first five"),
    _mean("mrr", "How far up the first right article is (MRR)"),
    _mean("ndcg_at_10", "Order of the first ten articles (nDCG)"),
    _mean("map", "Right articles before others, in the first ten (MAP)"),
    _mean("str_em", "Expected words in the answer"),
    _mean("token_f1", "Words shared with the expected answer (F1)"),
    _mean("right_source", "Answers that cite a right article"),
    _mean("valid_citations", "Citations that stand in the stored article"),
    _mean("citation_recall", "Statements borne out by what they cite"),
    _mean("citation_precision", "Citations that their statement needs"),
    _mean("disagreement_recall", "Disagreements shown from all sides"),
    _mean("language_invariance", "Same articles cited in every language"),
    _refusal("refusal_precision", "Refusals that were right", refusing.precision),
    _refusal("refusal_recall", "Unanswerable questions refused", refusing.recall),
    _refusal("refusal_f1", "Refusing the unanswerable (F1)", refusing.f1),
    _answering("answering_precision", "Answers to what can be answered", refusing.precision),
    _answering("answering_recall", "Answerable questions answered", refusing.recall),
    _answering("answering_f1", "Answering the answerable (F1)", refusing.f1),
    Metric(
        "grounded_refusal_f1",
        "Refusing and answering where each is right (F1)",
        ("refused", "answered", "answerable"),
        refusing.grounded_f1,
    ),
    _gate("gate_auroc", "Telling answerable from not (AUROC)", calibration.auroc, Better.HIGHER),
    _gate("gate_brier", "Distance of probability and truth, squared (Brier)", calibration.brier),
    _gate(
        "gate_ece",
        "Distance of probability and truth (ECE)",
        calibration.expected_calibration_error,
    ),
    Metric(
        "risk_coverage_area",
        "Wrong answers, the surest counting most (AURC)",
        ("probability", "right", "answered"),
        _risk_area,
        Better.LOWER,
    ),
    _time("mean_ms", "Time to the whole answer, mean", weighted_mean),
    _time("p50_ms", "Time that half of the answers took at most", partial(quantile, part=0.50)),
    _time("p95_ms", "Time that 95 of 100 answers took at most", partial(quantile, part=0.95)),
    _tokens("prompt_tokens", "Tokens sent to the language model a question"),
    _tokens("reply_tokens", "Tokens written by the language model a question"),
    _mean("judged_faithful", "Answers that the judging model finds borne out"),
    _mean("judged_correct", "Nearness to the expected answer, as the judging model sees it"),
    _mean("cost", "Cost of a question", Better.LOWER, Unit.MONEY),
)

BY_NAME: Mapping[str, Metric] = {metric.name: metric for metric in METRICS}

_COLUMNS = tuple(dict.fromkeys(name for metric in METRICS for name in metric.columns))


def columns(measured: Sequence[Mapping[str, float]]) -> dict[str, Array]:
    """The measures of many questions by name, in the questions' order."""
    return {
        name: np.array([one.get(name, np.nan) for one in measured], dtype=np.float64)
        for name in _COLUMNS
    }
