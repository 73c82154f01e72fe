"""A whole evaluation: its figures come out of its files again, computed by somebody else."""

import os
from pathlib import Path
from typing import Any

import ir_measures
import pytest
from ir_measures import RR, R, Success, nDCG

from index_store.embedder import SentenceTransformerEmbedder
from index_store.fakes import memory_index
from index_store.home import open_index
from index_store.index import ArticleIndex
from qa.answerer import Answerer
from qa.evaluation.evaluating import Plan, evaluate, local_desk
from qa.evaluation.fakes import FakeDesk
from qa.evaluation.journal import FILE
from qa.evaluation.questions import GoldQuestion, QuestionSet
from qa.evaluation.reading import read_questions
from qa.evaluation.reports import write_report
from tests.qa.evaluation.floors import measured
from tests.qa.evaluation.outcomes import quoting

#: Read here, since no test sees the variables of whoever runs it.
DATA = os.environ.get("CITEDESK_BENCH_DATA")

SET = QuestionSet((GoldQuestion("q1", "What is it?"), GoldQuestion("q2", "Who is it?")))


def assert_agrees(folder: Path, told: dict[str, float]) -> None:
    readers: Any = ir_measures  # its functions that read have no types
    found = ir_measures.calc_aggregate(
        [Success @ 1, Success @ 5, R @ 5, RR @ 10, nDCG @ 10],
        list(readers.read_trec_qrels(str(folder / "qrels.trec"))),
        list(readers.read_trec_run(str(folder / "run.trec"))),
    )
    assert found[Success @ 1] == pytest.approx(told["hit_at_1"])
    assert found[Success @ 5] == pytest.approx(told["hit_at_5"])
    assert found[R @ 5] == pytest.approx(told["recall_at_5"])
    assert found[nDCG @ 10] == pytest.approx(told["ndcg_at_10"])


def test_the_sample_archives_figures_agree_with_its_trec_files(
    sample_index: ArticleIndex, tmp_path: Path
) -> None:
    report = measured(sample_index, "questions.jsonl")
    write_report(tmp_path, report)
    assert_agrees(tmp_path, report["summary"])


@pytest.mark.skipif(DATA is None, reason="CITEDESK_BENCH_DATA names no folder with xquad.en.json")
def test_xquads_figures_agree_with_its_trec_files(
    embedder: SentenceTransformerEmbedder, tmp_path: Path
) -> None:
    questions = read_questions(Path(str(DATA)) / "xquad.en.json")
    with local_desk(
        questions, tmp_path, lambda home: Answerer(open_index(home, embedder=embedder))
    ) as desk:
        report = evaluate(questions, desk, name="xquad.en.json")
    assert report["questions"] == 1_190
    write_report(tmp_path, report)
    assert_agrees(tmp_path, report["summary"])


def test_what_is_finished_is_kept_until_the_report_is_written(tmp_path: Path) -> None:
    desk = FakeDesk({"What is it?": quoting("It is a ferry.", "a.md")})
    report = evaluate(SET, desk, Plan(repeats=2), name="set", folder=tmp_path)
    assert report["questions"] == 4
    again = FakeDesk()
    assert (
        evaluate(SET, again, Plan(repeats=2), name="set", folder=tmp_path)["outcomes"]
        == (report["outcomes"])
    )
    assert again.heard == []
    assert (tmp_path / FILE).exists()


def test_a_set_that_brings_its_articles_is_asked_of_them_alone(tmp_path: Path) -> None:
    squad = tmp_path / "set.json"
    squad.write_text(
        '{"data": [{"title": "Ferry", "paragraphs": [{"context": "The ferry sank in May.", "qas":'
        ' [{"id": "1", "question": "When did the ferry sink?",'
        ' "answers": [{"text": "May", "answer_start": 18}]}]}]}]}'
    )
    homes: list[Path] = []

    def opened(home: Path) -> Answerer:
        homes.append(home)
        return Answerer(memory_index())

    questions = read_questions(squad)
    with local_desk(questions, tmp_path / "home", opened) as desk:
        (one,) = evaluate(questions, desk, name="set.json")["outcomes"]
    assert one["why"] is None
    assert homes != [tmp_path / "home"]
    assert not homes[0].exists()
