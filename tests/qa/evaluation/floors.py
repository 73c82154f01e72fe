"""The quality that answers over the sample archive must not fall below.

`python -m tests.qa.evaluation.floors` pins what is measured now. It never lowers a floor by itself:
whoever means to adds `--lower`, and says why in the change.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from corpus.files import find_files
from corpus.reading import FoundArticle, read_articles
from index_store.home import open_index
from index_store.index import ArticleIndex
from qa.answerer import Answerer
from qa.evaluation.desks import LocalDesk
from qa.evaluation.evaluating import evaluate
from qa.evaluation.reading import read_questions

FLOORS = Path(__file__).with_name("floors.json")
SAMPLE = Path(__file__).parents[3] / "corpus" / "sample"
SETS = ("questions.jsonl", "cross_language.jsonl")

#: What is pinned, and how much below what was measured: about one question of the set. Another
#: processor adds numbers up in another order.
PINNED = (
    "right", "hit_at_1", "hit_at_5", "str_em", "right_source", "valid_citations",
    "citation_recall", "grounded_refusal_f1", "disagreement_recall", "gate_auroc",
)  # fmt: skip
EXACT = ("valid_citations", "citation_recall")
SLACK = 0.015

#: Figures of each set.
Figures = Mapping[str, Mapping[str, float]]


class Lowered(Exception):
    """A floor would fall, and nobody said that it may."""


def measured(index: ArticleIndex, name: str) -> dict[str, Any]:
    """The report of a set over the sample archive."""
    questions = read_questions(SAMPLE / name)
    return evaluate(questions, LocalDesk(Answerer(index), "the sample archive"), name=name)


def repinned(floors: Figures, found: Figures, *, lower: bool) -> dict[str, dict[str, float]]:
    """The floors for what was found.

    Raises:
        Lowered: one of them is below what it was, and `lower` is not set.
    """
    new = {
        name: {
            metric: value if metric in EXACT else max(0.0, round(value - SLACK, 3))
            for metric, value in figures.items()
        }
        for name, figures in found.items()
    }
    fallen = [
        f"{name}: {metric} from {was} to {new.get(name, {}).get(metric)}"
        for name, figures in floors.items()
        for metric, was in figures.items()
        if new.get(name, {}).get(metric, 0.0) < was
    ]
    if fallen and not lower:
        raise Lowered("; ".join(fallen) + ": only --lower lowers a floor")
    return new


def pinned_figures(report: Mapping[str, Any]) -> dict[str, float]:
    """Of a report, what is pinned."""
    return {name: value for name in PINNED if (value := report["summary"][name]) is not None}


def _main(lower: bool) -> None:
    with TemporaryDirectory() as home:
        index = open_index(Path(home))
        found = read_articles(find_files([SAMPLE / "articles"]))
        index.sync(item for item in found if isinstance(item, FoundArticle))
        figures = {name: pinned_figures(measured(index, name)) for name in SETS}
    floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    new = repinned(floors, figures, lower=lower)
    FLOORS.write_text(json.dumps(new, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    try:
        _main("--lower" in sys.argv[1:])
    except Lowered as error:
        sys.exit(str(error))
