"""A whole evaluation, index included, beside the answers alone: what asking, measuring and the
report cost where the questions are those of XQuAD."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from index_store.embedder import SentenceTransformerEmbedder
from index_store.home import open_index
from qa.answerer import Answerer
from qa.evaluation.evaluating import evaluate, local_desk
from qa.evaluation.reading import read_questions
from qa.evaluation.reports import write_report

_SET = "xquad.en.json"


def run(folder: Path) -> None:
    """Prints the ratio, and the seconds that a newsroom waits."""
    path, embedder = folder / _SET, SentenceTransformerEmbedder()
    if not path.exists():
        print(f"skipped: no {_SET}")
        return

    def opened(home: Path) -> Answerer:
        return Answerer(open_index(home, embedder=embedder))

    with TemporaryDirectory() as home, TemporaryDirectory() as out:
        began = perf_counter()
        questions = read_questions(path)
        with local_desk(questions, Path(home), opened) as desk:
            report = evaluate(questions, desk, name=_SET, folder=Path(out))
        write_report(Path(out), report)
        whole = perf_counter() - began
    answering = sum(one["answer"]["timings_ms"]["total"] for one in report["outcomes"]) / 1_000
    print(
        f"{report['questions']:,} questions: {whole:.0f} s in all, {whole / answering:.2f} times "
        f"the {answering:.0f} s of the answers alone"
    )
