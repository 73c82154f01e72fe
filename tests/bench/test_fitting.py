from __future__ import annotations

import numpy as np
import pytest

from tests.bench.fitting import (
    FOLDS,
    Choice,
    cross_fitted,
    cross_fitted_gate,
    fit_choice,
    fold_of,
    found_at,
)

CHANCE = np.random.default_rng(1)


def choices(count: int, tells: float) -> list[Choice]:
    """Questions of ten sentences: the right one is the highest of the first feature, mostly; the
    second feature is noise."""
    made = []
    for number in range(count):
        features = CHANCE.normal(size=(10, 2))
        features[0, 0] += tells
        made.append(Choice(f"article {number // 3}", features, np.arange(10) == 0))
    return made


def test_what_tells_gets_the_weight() -> None:
    weights = fit_choice(choices(300, tells=2.0))
    assert weights[0] > 1.5
    assert abs(weights[1]) < 0.4


def test_the_best_sentences_by_the_weights_are_counted() -> None:
    one = Choice("a", np.array([[1.0], [3.0], [2.0]]), np.array([False, False, True]))
    assert [found_at([one], np.array([1.0]), most) for most in (1, 2, 3)] == [0.0, 1.0, 1.0]
    assert found_at([one], np.array([-1.0]), 2) == 1.0


def test_noise_tells_nothing_on_other_articles() -> None:
    (first,) = cross_fitted(choices(150, tells=0.0), (1,))
    assert first == pytest.approx(0.1, abs=0.08)
    labels = np.arange(300) % 2
    noise = CHANCE.normal(size=(300, 2))
    articles = [f"article {number // 3}" for number in range(300)]
    assert cross_fitted_gate(noise, labels.astype(float), articles) == pytest.approx(0.5, abs=0.12)


def test_questions_about_one_article_are_left_out_together() -> None:
    articles = [f"article {number // 3}" for number in range(60)]
    folds = fold_of(articles)
    assert set(folds) == set(range(FOLDS))
    assert all(len({*folds[at : at + 3]}) == 1 for at in range(0, 60, 3))
