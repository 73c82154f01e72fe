"""A set grows by one line, or stays as it was, byte for byte."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from corpus.characters import clean_text
from index_store.models import Filters
from qa.audit.entry import Request
from qa.audit.ratings import Rating
from qa.errors import BadQuestionSet, BadSetting
from qa.evaluation.from_use import adding
from qa.evaluation.from_use.adding import add_question, question_record
from qa.evaluation.from_use.drafting import Edits, draft
from qa.evaluation.questions import GoldQuestion, QuestionSet
from qa.evaluation.reading import read_questions
from qa.evaluation.reading.record import is_question
from qa.history import Turn
from tests.qa.audit.entries import answer, entry

#: What people type, and what a client can send: any code point, also half a surrogate pair.
#: A text of all characters has half a pair once in 300; these are among every few.
ODD = st.sampled_from("\ud800\udfff\u2028\x00\r\n ")
TEXTS = st.lists(st.characters() | ODD, max_size=40).map("".join)
ROLES = st.sampled_from(("user", "assistant"))

FERRY = GoldQuestion("ferry", "When does the ferry stop?")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "questions.jsonl"


@given(
    TEXTS,
    st.lists(st.builds(Turn, ROLES, TEXTS), max_size=3),
    st.none() | TEXTS,
    st.lists(TEXTS.filter(bool), max_size=3),
    st.booleans(),
    st.booleans(),
)
def test_whatever_was_logged_reads_back_as_the_question_that_was_asked(
    question: str,
    history: list[Turn],
    reason: str | None,
    sources: list[str],
    is_up: bool,
    is_refused: bool,
) -> None:
    assume(is_question(clean_text(question)))
    logged = entry(
        request=Request(question, tuple(history), Filters(), None),
        answer=answer(
            question=question,
            standalone_question="Who pays?",
            refused=is_refused,
            citations=[{"article": {"source": source}} for source in sources],
        ),
    )
    drafted = draft(logged, Rating(f"{1:032x}", is_up, "2026-03-05", reason))
    with TemporaryDirectory() as folder:
        path = Path(folder, "questions.jsonl")
        add_question(path, drafted, Path(folder))
        assert read_questions(path).questions == (drafted,)
    assert drafted.question == clean_text(question)
    assert [turn.role for turn in drafted.history] == [turn.role for turn in history]
    said = [turn.content for turn in history]
    assert all(
        after in (before, clean_text(before))
        for before, after in zip(said, (turn.content for turn in drafted.history), strict=True)
    )


@pytest.mark.parametrize(
    "question",
    [
        replace(FERRY, answer_groups=(("March", "in March"),), answerable=True, tags=("when",)),
        replace(FERRY, answer_groups=(("March",), ("April",)), language="en"),
        replace(FERRY, sources=("a.md", "b.md"), min_sources=2, history=(Turn("user", "Hm?"),)),
        replace(FERRY, answerable=False),
    ],
    ids=["answers", "groups", "sources", "unanswerable"],
)
def test_every_field_is_written(path: Path, question: GoldQuestion) -> None:
    add_question(path, question, path.parent)
    assert read_questions(path) == QuestionSet((question,))
    assert None not in question_record(question).values()


@pytest.mark.parametrize(
    "before",
    [
        b'{"question": "Who?"}\r\n\n  \n{"question":   "How?"}\n',
        b'{"question": "Who?"}\n{"question": "How?"}',
        b'\xef\xbb\xbf{"question": "Who?", "id": 7}',
        b"",
        b"\n \n",
    ],
    ids=["blank lines", "no line break at the end", "byte order mark", "empty", "blank"],
)
def test_what_stands_in_a_set_stays_byte_for_byte(path: Path, before: bytes) -> None:
    path.write_bytes(before)
    known = before.count(b'"question"')
    add_question(path, FERRY, path.parent)
    after = path.read_bytes()
    assert after.startswith(before)
    assert json.loads(after.removeprefix(before)) == question_record(FERRY)
    questions = read_questions(path).questions
    assert (len(questions), questions[-1]) == (known + 1, FERRY)


def test_an_id_is_given_once(path: Path) -> None:
    add_question(path, FERRY, path.parent)
    before = path.read_bytes()
    with pytest.raises(BadQuestionSet, match=r'has a question with the id "ferry" already; .*--id'):
        add_question(path, replace(FERRY, question="Why?"), path.parent)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "before", [b'{"question": "Who?"}\n# a comment\n', b'{"question": 7}\n', b'{"ask": "Who?"}']
)
def test_a_set_that_is_wrong_is_left_alone(path: Path, before: bytes) -> None:
    path.write_bytes(before)
    with pytest.raises(BadQuestionSet, match="line "):
        add_question(path, FERRY, path.parent)
    assert path.read_bytes() == before


@pytest.mark.parametrize("before", [None, b'{"question": "Who?"}'], ids=["no set", "a set"])
def test_what_does_not_read_back_is_taken_away_again(
    path: Path, before: bytes | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if before is not None:
        path.write_bytes(before)
    monkeypatch.setattr(adding, "_line", lambda question: b'{"question": "Wh')
    with pytest.raises(BadQuestionSet, match="not JSON"):
        add_question(path, FERRY, path.parent)
    assert (path.read_bytes() if path.exists() else None) == before


@pytest.mark.parametrize(
    ("edits", "said"),
    [
        (Edits(answerable=False, answers=("March",)), "leave one of the two out"),
        (Edits(answers=("…",)), "with a letter or digit"),
        (Edits(question="?!"), "with a letter or digit"),
        (Edits(tags=("half \ud800",)), '"tags" is'),
        (Edits(id=" "), '"id" is'),
    ],
    ids=["contradiction", "no answer", "no question", "half a character", "no id"],
)
def test_a_question_that_no_set_takes_is_refused(path: Path, edits: Edits, said: str) -> None:
    logged = entry(request=Request("When?", (), Filters(), None))
    with pytest.raises(BadSetting, match="the question cannot be added") as refused:
        add_question(path, draft(logged, None, edits), path.parent)
    assert said in str(refused.value)
    assert not path.exists()


@pytest.mark.parametrize("name", ["set.csv", "set.json", "set.jsonl.gz", "folder"])
def test_other_formats_are_not_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadSetting, match="JSON Lines"):
        add_question(tmp_path / name, FERRY, tmp_path)


def test_a_set_that_cannot_be_read_or_written_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "folder.jsonl").mkdir()
    with pytest.raises(BadQuestionSet, match="cannot be read"):
        add_question(tmp_path / "folder.jsonl", FERRY, tmp_path)
    with pytest.raises(BadQuestionSet, match="cannot be written"):
        add_question(tmp_path / "nowhere" / "set.jsonl", FERRY, tmp_path)


def test_questions_that_are_added_at_once_are_all_there(path: Path) -> None:
    golds = [GoldQuestion(f"q{number}", f"Who pays for bridge {number}?") for number in range(24)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda gold: add_question(path, gold, path.parent), golds))
    assert {gold.id: gold for gold in read_questions(path).questions} == {
        gold.id: gold for gold in golds
    }
