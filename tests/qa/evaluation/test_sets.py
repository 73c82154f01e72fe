"""The newsroom's question sets."""

from pathlib import Path

import pytest

from qa.errors import BadQuestionSet
from qa.evaluation.sets import QuestionSets

ONE = b'{"question": "Who?"}\n'
OTHER = b'{"question": "When?"}\n'


@pytest.fixture
def sets(tmp_path: Path) -> QuestionSets:
    return QuestionSets(tmp_path / "question-sets")


def test_a_folder_that_is_not_there_holds_no_sets(sets: QuestionSets) -> None:
    assert sets.names() == ()


def test_only_sets_are_listed_in_their_order(sets: QuestionSets) -> None:
    sets.folder.mkdir()
    for name in ("b.csv", "a.jsonl", "notes.txt", ".hidden.jsonl"):
        (sets.folder / name).write_bytes(ONE)
    assert sets.names() == ("a.jsonl", "b.csv")


def test_a_set_that_is_added_is_there_under_its_name(sets: QuestionSets) -> None:
    assert sets.add("a.jsonl", ONE) == "a.jsonl"
    assert sets.path("a.jsonl").read_bytes() == ONE


def test_another_set_of_the_same_name_gets_a_number_and_the_same_one_does_not(
    sets: QuestionSets,
) -> None:
    assert [sets.add("a.jsonl.gz", zipped(each)) for each in (ONE, OTHER, ONE, OTHER)] == [
        "a.jsonl.gz",
        "a-2.jsonl.gz",
        "a.jsonl.gz",
        "a-2.jsonl.gz",
    ]


def zipped(content: bytes) -> bytes:
    import gzip

    return gzip.compress(content, mtime=0)


def test_what_is_wrong_is_told_with_its_line_and_the_name_and_nothing_is_kept(
    sets: QuestionSets,
) -> None:
    with pytest.raises(BadQuestionSet, match=r"^a\.jsonl: line 2 is not JSON"):
        sets.add("a.jsonl", ONE + b"{")
    assert sets.names() == ()


@pytest.mark.parametrize(
    "name", ["../a.jsonl", "a/b.jsonl", "c:\\a.jsonl", "a\n.jsonl", ".a.jsonl", "a" * 99 + ".jsonl"]
)
def test_a_name_that_could_lead_elsewhere_is_refused(sets: QuestionSets, name: str) -> None:
    with pytest.raises(BadQuestionSet):
        sets.add(name, ONE)
    with pytest.raises(BadQuestionSet, match="there is no set"):
        sets.path(name)


def test_a_file_that_is_no_set_is_refused_with_what_is_one(sets: QuestionSets) -> None:
    with pytest.raises(BadQuestionSet, match=r"expected a file in .*jsonl"):
        sets.add("a.docx", ONE)
