"""Question sets: what is read, and what is said of a line that is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa.errors import BadQuestionSet, BadSetting
from qa.evaluation.reading import read_questions
from qa.history import Turn


def _write(path: Path, *records: object) -> Path:
    lines = (json.dumps(one) if not isinstance(one, str) else one for one in records)
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_every_field_of_the_format_is_read(tmp_path: Path) -> None:
    path = _write(
        tmp_path / "set.jsonl",
        {
            "id": "q1",
            "question": "And in Italy?",
            "language": "en",
            "answerable": True,
            "answer_groups": [["Rome", "Roma"], ["2025"]],
            "sources": ["a.md"],
            "min_sources": 2,
            "history": [{"role": "user", "content": "Where in France?"}],
            "tags": ["follow-up"],
        },
    )
    (question,) = read_questions(path).questions
    assert question.answer_groups == (("Rome", "Roma"), ("2025",))
    assert question.history == (Turn("user", "Where in France?"),)
    assert (question.sources, question.min_sources) == (("a.md",), 2)


def test_only_the_question_is_required_and_blank_lines_are_nothing(tmp_path: Path) -> None:
    path = _write(tmp_path / "set.jsonl", {"question": "Who?"}, "", {"question": "When?"})
    first, second = read_questions(path).questions
    assert (first.id, second.id) == ("line-1", "line-3")
    assert first.answerable is None


WRONG = {
    "bad JSON": (['{"question": "Who?"}', "{oops"], "line 2"),
    "missing question": ([{"id": "a"}], "question"),
    "empty question": ([{"question": " "}], "question"),
    "unknown field": ([{"question": "Who?", "anwser": "x"}], "anwser"),
    "wrong type": ([{"question": "Who?", "tags": "x"}], "tags"),
    "question is a number": ([{"question": 7}], "question"),
    "duplicate id": ([{"id": 1, "question": "A?"}, {"id": 1, "question": "B?"}], "line 2"),
    "not an object": (["[1]"], "line 1"),
    "bad history": ([{"question": "Who?", "history": ["x"]}], "history"),
    "nothing": ([""], "no question"),
}


@pytest.mark.parametrize(("records", "names"), WRONG.values(), ids=WRONG)
def test_a_wrong_set_is_refused_with_the_file_and_what_is_wrong(
    tmp_path: Path, records: list[object], names: str
) -> None:
    path = _write(tmp_path / "set.jsonl", *records)
    with pytest.raises(BadQuestionSet) as refused:
        read_questions(path)
    message = str(refused.value)
    assert str(path) in message
    assert names in message
    assert "\n" not in message


def test_paragraphs_of_a_squad_file_become_articles(tmp_path: Path) -> None:
    qas = [{"id": "1", "question": "Who?", "answers": [{"text": "Ada", "answer_start": 0}]}]
    hopeless = [{"id": "2", "question": "Why?", "answers": [], "is_impossible": True}]
    paragraphs = [{"context": "Ada won.", "qas": qas}, {"context": "It rained.", "qas": hopeless}]
    path = _write(tmp_path / "squad.json", {"data": [{"title": "T", "paragraphs": paragraphs}]})
    found = read_questions(path)
    assert [item.article.text for item in found.articles] == ["Ada won.", "It rained."]
    assert [question.answerable for question in found.questions] == [True, False]
    assert found.questions[0].sources == (found.articles[0].article.source,)
    assert found.questions[0].answer_groups == (("Ada",),)


def test_json_that_is_not_squad_says_which_format_was_expected(tmp_path: Path) -> None:
    with pytest.raises(BadQuestionSet, match="SQuAD"):
        read_questions(_write(tmp_path / "other.json", {"rows": []}))


def test_what_no_format_is_named_for_is_told_what_there_is(tmp_path: Path) -> None:
    path = tmp_path / "set.xlsx"
    path.write_bytes(b"PK")
    with pytest.raises(BadQuestionSet, match=r'has "\.xlsx"; a question set is JSON Lines'):
        read_questions(path)


@pytest.mark.parametrize("name", ["set", "set.jsonl", "set.json", "set.csv"])
def test_a_set_that_is_missing_is_told_by_its_path(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadQuestionSet, match=r"cannot be read, .* check the spelling") as refused:
        read_questions(tmp_path / name)
    assert str(tmp_path / name) in str(refused.value)


def test_options_of_another_format_are_refused(tmp_path: Path) -> None:
    path = _write(tmp_path / "set.jsonl", {"question": "Who?"})
    with pytest.raises(BadSetting, match="--column is for CSV and TSV"):
        read_questions(path, columns={"question": "Frage"})
    with pytest.raises(BadSetting, match="--split is for BEIR folders"):
        read_questions(path, split="dev")


def _is_set_or_told(path: Path) -> bool:
    try:
        return bool(read_questions(path).questions)
    except BadQuestionSet as error:
        return str(path) in str(error)


_HEADS = (b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\x1f\x8b\x08", b"question\n", b'{"data": [')
_SCRAPS = (b'{"question": "Who?"}', b'"', b"\n", b"[", b"}", b"null", b"\t", b"1e999", b"\\ud800")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    head=st.sampled_from(_HEADS),
    body=st.binary() | st.lists(st.sampled_from(_SCRAPS)).map(b"".join),
    name=st.sampled_from(["a.jsonl", "a.jsonl.gz", "a.json", "a.csv", "a.tsv"]),
)
def test_any_bytes_are_a_set_or_a_bad_one(
    tmp_path: Path, head: bytes, body: bytes, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(head + body)
    assert _is_set_or_told(path)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "data",
                    "title",
                    "paragraphs",
                    "context",
                    "qas",
                    "id",
                    "question",
                    "answers",
                    "text",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=_JSON, name=st.sampled_from(["a.jsonl", "a.json"]))
def test_any_json_is_a_set_or_a_bad_one(tmp_path: Path, value: object, name: str) -> None:
    path = _write(tmp_path / name, {"data": [value]} if name == "a.json" else value)
    assert _is_set_or_told(path)
