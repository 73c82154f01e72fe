"""The demonstration: the sample archive in a scratch home."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory

from index_store.index import ArticleIndex
from qa.evaluation.evaluations import SETS
from qa.evaluation.sets import QuestionSets
from qa.indexing import index_paths

#: The third is on a subject that the archive covers, and still has no answer in it.
QUESTIONS = (
    "Who is the judge in Kadrey v. Meta?",
    "Combien la bibliothèque de Valmorin va-t-elle perdre ?",
    "How much is OpenAI paying Le Monde?",
)

#: What the empty chat offers.
SAMPLES = (
    *QUESTIONS,
    "How many parameters does the biggest Llama 3.1 have?",
    "Quanti iscritti ha il Consorzio dei parolieri?",
)


@contextmanager
def scratch_home() -> Iterator[Path]:
    """A home that is gone afterwards."""
    with TemporaryDirectory(prefix="citedesk-demo-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def add_sample_set(home: Path) -> None:
    """Puts the questions about the sample archive among the home's question sets."""
    content = (files("corpus") / "sample" / "questions.jsonl").read_bytes()
    QuestionSets(home / SETS).add("sample.jsonl", content)


def index_sample(index: ArticleIndex) -> int:
    """Indexes the sample archive, wherever the package is installed; the number of articles."""
    with as_file(files("corpus") / "sample" / "articles") as folder:
        index_paths(index, [folder])
    return index.summary().articles
