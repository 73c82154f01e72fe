"""The question sets that benchmarks run on, from a folder that is not part of the project."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from corpus.models import identified
from qa.evaluation.questions import QuestionSet
from qa.evaluation.reading import read_questions


def load(folder: Path, name: str, language: str) -> QuestionSet | None:
    """A SQuAD-format set with its articles marked as of a language; None, said aloud, without."""
    path = folder / f"{name}.json"
    if not path.exists():
        print(f"skipped: no {name}.json in CITEDESK_BENCH_DATA")
        return None
    read = read_questions(path)
    articles = tuple(
        replace(found, article=identified(replace(found.article, language=language)))
        for found in read.articles
    )
    return replace(read, articles=articles)
