"""BEIR folders: documents, queries, graded judgements."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from qa.errors import BadQuestionSet
from qa.evaluation.questions import GoldQuestion
from qa.evaluation.reading import beir, read_questions

DOCUMENTS = (
    {
        "_id": "d1",
        "title": "Ferry",
        "text": "The last ferry of the evening leaves at nine.",
        "metadata": {"url": "https://example.org/1", "published": "2025-01-09", "pubmed": 7},
    },
    {"_id": "d2", "title": "A title and nothing else, as there are many", "text": ""},
    {"_id": "d3", "text": "The council has cut the budget of the library."},
)
QUERIES = ({"_id": "q1", "text": "When does it leave?"}, {"_id": 2, "text": "not judged"})
JUDGED = ("q1\td1\t2", "q1\td2\t0", "q1\td3\t1")


def _folder(
    tmp_path: Path,
    documents: Iterable[Mapping[str, object]] = DOCUMENTS,
    queries: Iterable[Mapping[str, object]] = QUERIES,
    judged: Iterable[str] = JUDGED,
    split: str = "test",
) -> Path:
    (tmp_path / "qrels").mkdir()
    for name, records in (("corpus", documents), ("queries", queries)):
        lines = "\n".join(json.dumps(record) for record in records)
        (tmp_path / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    lines = "\n".join(["query-id\tcorpus-id\tscore", *judged])
    (tmp_path / "qrels" / f"{split}.tsv").write_text(lines + "\n", encoding="utf-8")
    return tmp_path


def test_documents_are_articles_and_judgements_sources_with_their_grades(tmp_path: Path) -> None:
    found = read_questions(_folder(tmp_path))
    assert found.questions == (
        GoldQuestion(
            "q1",
            "When does it leave?",
            sources=("d1", "d3"),
            relevance=(("d1", 2), ("d2", 0), ("d3", 1)),
        ),
    )
    first, second, third = (one.article for one in found.articles)
    assert (first.source, first.title, first.published) == ("d1", "Ferry", "2025-01-09")
    assert (first.url, first.language) == ("https://example.org/1", "en")
    assert second.text == "A title and nothing else, as there are many"
    assert (third.source, third.title) == ("d3", "")


def test_files_may_be_packed_and_the_split_is_the_users(tmp_path: Path) -> None:
    folder = _folder(tmp_path, split="dev")
    for name in ("corpus.jsonl", "queries.jsonl", "qrels/dev.tsv"):
        (folder / f"{name}.gz").write_bytes(gzip.compress((folder / name).read_bytes()))
        (folder / name).unlink()
    assert len(read_questions(folder, split="dev").questions) == 1
    with pytest.raises(BadQuestionSet, match=r"has no qrels/test.tsv; of --split .*: 'dev'"):
        read_questions(folder)


def test_an_empty_document_is_left_out_and_counted(tmp_path: Path) -> None:
    documents: list[Mapping[str, object]] = [*DOCUMENTS, {"_id": "d4", "title": "", "text": " "}]
    found = read_questions(_folder(tmp_path, documents, judged=[*JUDGED, "q1\td4\t1"]))
    assert len(found.articles) == 3
    assert found.warnings == ("documents without text, which are left out: 1",)


TOLD = {
    "unknown document": ("q1\td9\t1", 'test.tsv, line 5: no document has the id "d9"; take the'),
    "unknown query": ("q9\td1\t1", 'test.tsv, line 5: no query has the id "q9"; take the line out'),
    "TREC's four columns": (
        "q1 0 d1 1",
        'test.tsv, line 5 is "q1 0 d1 1"; expected query-id, corpus-id and a whole number',
    ),
    "a grade in words": ("q1\td1\thigh", "test.tsv, line 5 is"),
    "judged twice": ("q1\td1\t1", "test.tsv, line 5 judges what test.tsv, line 2 judges; leave"),
}


@pytest.mark.parametrize(("line", "told"), TOLD.values(), ids=TOLD)
def test_a_wrong_judgement_is_told_with_its_line(tmp_path: Path, line: str, told: str) -> None:
    folder = _folder(tmp_path, judged=[*JUDGED, line])
    with pytest.raises(BadQuestionSet) as refused:
        read_questions(folder)
    assert str(refused.value).startswith(f"{folder}: {told}")


WRONG = {
    "no id": ({"text": "x"}, 'corpus.jsonl, line 4: "_id" is null; expected text or a whole'),
    "duplicate id": ({"_id": "d1", "text": "x"}, 'corpus.jsonl, line 4: the id "d1" is that of'),
    "text of another kind": ({"_id": "d4", "text": 7}, "is a int; expected text"),
    "metadata of another kind": ({"_id": "d4", "text": "x", "metadata": []}, '"metadata" is []'),
}


@pytest.mark.parametrize(("document", "told"), WRONG.values(), ids=WRONG)
def test_a_wrong_document_is_told_with_its_line(
    tmp_path: Path, document: dict[str, object], told: str
) -> None:
    folder = _folder(tmp_path, [*DOCUMENTS, document])
    with pytest.raises(BadQuestionSet) as refused:
        read_questions(folder)
    assert told in str(refused.value)


def test_a_query_without_text_is_told_where_it_is_judged(tmp_path: Path) -> None:
    with pytest.raises(BadQuestionSet, match=r'queries\.jsonl, line 1: "text" is null'):
        read_questions(_folder(tmp_path, queries=[{"_id": "q1"}, {"_id": "q2"}]))


def test_a_folder_of_something_else_is_told_what_was_expected(tmp_path: Path) -> None:
    with pytest.raises(BadQuestionSet, match=r"has no corpus.jsonl .*qrels/test.tsv"):
        read_questions(tmp_path)


def test_more_documents_than_one_run_indexes_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beir, "MOST_DOCUMENTS", 2)
    with pytest.raises(BadQuestionSet, match="more than 2 documents"):
        read_questions(_folder(tmp_path))


def test_a_damaged_package_is_told(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    packed = gzip.compress((folder / "corpus.jsonl").read_bytes())
    (folder / "corpus.jsonl").unlink()
    (folder / "corpus.jsonl.gz").write_bytes(packed[:-20])
    with pytest.raises(BadQuestionSet, match="is damaged or no gzip"):
        read_questions(folder)
