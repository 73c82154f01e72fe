"""How the weights of `qa.weighing.telling` and `qa.weighing.refusal` are fitted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

Array = npt.NDArray[np.float64]

#: Parts of which each is left out once; questions about one article stay together.
FOLDS = 5
_RIDGE = 1e-3


@dataclass(frozen=True, slots=True)
class Choice:
    """The sentences of one question.

    Attributes:
        article: that the question is about.
        features: shape (sentences, features).
        holds: whether each holds the answer, shape (sentences,).
    """

    article: str
    features: Array
    holds: npt.NDArray[np.bool_]


def fit_choice(choices: Sequence[Choice]) -> Array:
    """Weights under which a softmax over each question's sentences falls most on those that hold
    the answer; shape (features,). Questions without such a sentence say nothing."""
    import torch

    told = [choice for choice in choices if choice.holds.any()]
    spread = np.concatenate([choice.features for choice in told]).std(axis=0) + 1e-6
    most = max(len(choice.holds) for choice in told)
    features = torch.zeros(len(told), most, len(spread), dtype=torch.float64)
    is_there = torch.zeros(len(told), most, dtype=torch.bool)
    holding = torch.zeros(len(told), most, dtype=torch.bool)
    for number, choice in enumerate(told):
        count = len(choice.holds)
        features[number, :count] = torch.from_numpy(choice.features / spread)
        is_there[number, :count] = True
        holding[number, :count] = torch.from_numpy(choice.holds)
    weights = torch.zeros(len(spread), dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=60, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        scores = features @ weights
        among_all = torch.logsumexp(scores.masked_fill(~is_there, -torch.inf), 1)
        among_right = torch.logsumexp(scores.masked_fill(~holding, -torch.inf), 1)
        total = (among_all - among_right).mean() + _RIDGE * weights.square().sum()
        total.backward()  # type: ignore[no-untyped-call]
        return total

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    fitted: Array = weights.detach().numpy() / spread
    return fitted


def found_at(choices: Sequence[Choice], weights: Array, most: int) -> float:
    """Share of the questions whose answer is among the best sentences by some weights."""
    return float(
        np.mean(
            [
                choice.holds[np.argsort(-(choice.features @ weights), kind="stable")[:most]].any()
                for choice in choices
            ]
        )
    )


def cross_fitted(choices: Sequence[Choice], most: Sequence[int]) -> list[float]:
    """The same, for several such numbers, by weights that were fitted on other articles."""
    folds = fold_of([choice.article for choice in choices])
    found = np.zeros(len(most))
    for left_out in range(FOLDS):
        others = [one for one, fold in zip(choices, folds, strict=True) if fold != left_out]
        own = [one for one, fold in zip(choices, folds, strict=True) if fold == left_out]
        weights = fit_choice(others)
        found += [len(own) * found_at(own, weights, number) for number in most]
    return [float(each) for each in found / len(choices)]


def fold_of(articles: Sequence[str]) -> npt.NDArray[np.int_]:
    """The part that each question is in."""
    numbers = {article: number for number, article in enumerate(dict.fromkeys(articles))}
    return np.array([numbers[article] % FOLDS for article in articles])


def cross_fitted_gate(features: Array, labels: Array, articles: Sequence[str]) -> float:
    """AUROC of a gate whose every probability is by a fit on other articles."""
    folds, told = fold_of(articles), np.zeros(len(labels))
    for left_out in range(FOLDS):
        own = folds == left_out
        told[own] = fit_gate(features[~own], labels[~own]).predict_proba(features[own])[:, 1]
    return float(roc_auc_score(labels, told))


def fit_gate(features: Array, labels: Array) -> LogisticRegression:
    """A logistic regression, hardly held back."""
    return LogisticRegression(C=10, max_iter=1000).fit(features, labels)
