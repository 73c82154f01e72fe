"""Fits the refusal gate again, and says how well it tells answerable from unanswerable.

Each question is asked twice: with its own paragraph among the hits, and with it taken out. The
baseline is the single best feature, the cosine that most tools threshold.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import balanced_accuracy_score, roc_auc_score

from index_store.embedder import SentenceTransformerEmbedder
from index_store.home import open_index
from qa import refusal
from qa.evidence import weigh_sentences
from qa.question import understand
from tests.bench.data import load

_QUESTIONS = 300
_SETS = (("xquad.en", "en"), ("xquad.es", "es"), ("squad-it.dev", "it"))

#: Features, labels and shipped probabilities of one set.
Rows = tuple[np.ndarray, np.ndarray, np.ndarray]


def run(folder: Path) -> None:
    """Prints the shipped gate's figures for each set, and the weights of a new fit."""
    embedder = SentenceTransformerEmbedder()
    for name, language in _SETS:
        rows = _rows(folder, name, language, embedder)
        if rows is None:
            continue
        features, labels, shipped = rows
        cosine = roc_auc_score(labels, features[:, 0])
        balanced = balanced_accuracy_score(labels, shipped >= refusal.THRESHOLD)
        print(
            f"{name}: AUROC {roc_auc_score(labels, shipped):.3f} against {cosine:.3f} by cosine "
            f"alone, balanced accuracy {balanced:.3f} at {refusal.THRESHOLD}"
        )
        used = features if embedder.serves(language) else features[:, 1:]
        fitted = LogisticRegression(C=10, max_iter=1000).fit(used, labels)
        weights = ", ".join(f"{weight:.2f}" for weight in fitted.coef_[0])
        print(f"  a fit on this set alone: {weights}; intercept {fitted.intercept_[0]:.2f}")


def _rows(
    folder: Path, name: str, language: str, embedder: SentenceTransformerEmbedder
) -> Rows | None:
    found = load(folder, name, language)
    if found is None:
        return None
    sources = {item.article.source: item.article.id for item in found.articles}
    step = max(1, len(found.questions) // _QUESTIONS)
    features, labels, shipped = [], [], []
    with TemporaryDirectory() as home:
        index = open_index(Path(home), embedder=embedder)
        index.sync(found.articles)
        for gold in found.questions[::step]:
            asked = understand(gold.question, (), language, [language])
            result = index.search(asked.standalone, language=language, limit=10)
            own = sources[gold.sources[0]]
            others = tuple(hit for hit in result.hits if hit.article.id != own)
            for label, hits in ((1, result.hits), (0, others)):
                shown = replace(result, hits=hits)
                telling = [one for one in weigh_sentences(asked, shown) if one.offered]
                if telling:
                    features.append(refusal.features(telling, result.terms))
                    labels.append(label)
                    shipped.append(refusal.probability(telling, shown))
    return np.array(features), np.array(labels), np.array(shipped)
