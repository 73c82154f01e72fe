"""The same archive gives the same answer, and another one tells how it differs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.reading import FoundArticle
from index_store.fakes import memory_index
from index_store.index import ArticleIndex
from qa.answerer import Answerer
from qa.audit.entry import Entry, Log, canonical, entry_from_json, entry_json
from qa.audit.log import FILE, AuditLog
from qa.audit.logged import LoggedAnswers, read_entry
from qa.audit.printing import replay_json, replay_lines
from qa.audit.replay import NOTHING, Replay, replay, word_changes
from qa.evaluation.reading import read_questions
from qa.fakes import ScriptedModel, article

FERRY = "The ferry to Sandholm stops in March, the harbour board said."
LATER = "The ferry to Sandholm stops in April, the harbour board said."
BAKER = "The bakery of Valmorin was sold to a baker from Sandholm."
QUESTION = "When does the ferry to Sandholm stop?"


def put(index: ArticleIndex, texts: Mapping[str, str]) -> None:
    """Makes an archive of these files and no others."""
    found = [
        FoundArticle(article(text, source=name), f"/archive/{name}") for name, text in texts.items()
    ]
    index.sync(found, prune=lambda origin: True)


@pytest.fixture
def index() -> ArticleIndex:
    index = memory_index()
    put(index, {"ferry.txt": FERRY, "baker.txt": BAKER})
    return index


@pytest.fixture
def log(tmp_path: Path) -> AuditLog:
    return AuditLog(tmp_path / FILE)


@pytest.fixture
def ask_again(index: ArticleIndex, tmp_path: Path) -> Any:
    """Replays the last entry."""

    def run() -> Replay:
        (link,) = LoggedAnswers(tmp_path / FILE).newest(1)
        entry = entry_from_json(read_entry(link))
        return replay(entry, lambda log, day: Answerer(index, log=log))

    return run


def test_every_question_of_the_sample_is_answered_again_in_the_same_words_from_the_same_places(
    sample_index: ArticleIndex, samples: Path
) -> None:
    class Kept:
        entry: Entry

        def append(self, entry: Entry) -> None:
            self.entry = entry

    def answerer(log: Log, day: date) -> Answerer:
        return Answerer(sample_index, log=log, today=lambda: day)

    refused = set()
    for gold in read_questions(samples.parent / "questions.jsonl").questions:
        kept = Kept()
        answerer(kept, date.today()).ask(gold.question, gold.history)
        as_logged = entry_from_json(json.loads(canonical(entry_json(kept.entry))))
        again = replay(as_logged, answerer)
        assert again.is_same
        assert (again.citations_gone, again.citations_new) == ((), ())
        assert (again.passages_changed, again.passages_gone) == ((), ())
        assert again.now["text"] == again.then["text"]
        refused.add(again.then["refused"])
    assert refused == {True, False}


def test_a_changed_article_is_told_word_by_word(
    index: ArticleIndex, log: AuditLog, ask_again: Any
) -> None:
    assert not Answerer(index, log=log).ask(QUESTION).refused
    put(index, {"ferry.txt": LATER, "baker.txt": BAKER})
    again = ask_again()
    assert not again.is_same
    (changed,) = [one for one in again.statements if one.then != one.now]
    assert list(word_changes(changed.then.text, changed.now.text)) == [
        ("same", "The ferry to Sandholm stops in"),
        ("gone", "March,"),
        ("new", "April,"),
        ("same", "the harbour board said."),
    ]
    assert [citation["quote"] for citation in again.citations_gone] == [FERRY]
    assert [citation["quote"] for citation in again.citations_new] == [LATER]
    assert [passage.source for passage in again.passages_changed] == ["ferry.txt"]
    assert again.passages_gone == ()
    printed = "\n".join(replay_lines(again))
    assert "[-March,-] {+April,+}" in printed
    assert "ferry.txt reads otherwise now" in printed
    assert printed.endswith("another answer")
    assert json.loads(json.dumps(replay_json(again)))["same"] is False


def test_an_article_that_is_gone_turns_its_answer_into_a_refusal(
    index: ArticleIndex, log: AuditLog, ask_again: Any
) -> None:
    Answerer(index, log=log).ask(QUESTION)
    put(index, {"baker.txt": BAKER})
    again = ask_again()
    assert not again.is_same
    assert (again.then["refused"], again.now["refused"]) == (False, True)
    assert [one.now for one in again.statements] == [NOTHING]
    assert [passage.source for passage in again.passages_gone] == ["ferry.txt"]
    printed = list(replay_lines(again))
    assert printed[0] == "quotes then, refused now"
    assert f"- {FERRY}" in printed


def test_a_refusal_that_a_new_article_answers_is_another_answer(
    index: ArticleIndex, log: AuditLog, ask_again: Any
) -> None:
    put(index, {"baker.txt": BAKER})
    assert Answerer(index, log=log).ask(QUESTION).refused
    put(index, {"ferry.txt": FERRY, "baker.txt": BAKER})
    again = ask_again()
    assert not again.is_same
    assert f"+ {FERRY}" in list(replay_lines(again))
    assert (again.passages_changed, again.passages_gone) == ((), ())


def test_a_new_headline_moves_the_citation_but_changes_no_passage(
    index: ArticleIndex, log: AuditLog, ask_again: Any
) -> None:
    Answerer(index, log=log).ask(QUESTION)
    renamed = article(FERRY, source="ferry.txt", author="Ada Quill")
    index.sync([FoundArticle(renamed, "/archive/ferry.txt")], prune=lambda origin: True)
    again = ask_again()
    assert again.citations_gone[0]["quote"] == again.citations_new[0]["quote"] == FERRY
    assert [passage.source for passage in again.passages_gone] == ["baker.txt"]
    assert again.passages_changed == ()


def test_an_article_that_was_not_cited_may_change_without_another_answer(
    index: ArticleIndex, log: AuditLog, ask_again: Any
) -> None:
    Answerer(index, log=log).ask(QUESTION)
    put(index, {"ferry.txt": FERRY, "baker.txt": BAKER.replace("sold", "lent")})
    again = ask_again()
    assert again.is_same
    assert [passage.source for passage in again.passages_changed] == ["baker.txt"]


def test_asking_again_adds_nothing_to_the_log(
    index: ArticleIndex, log: AuditLog, ask_again: Any, tmp_path: Path
) -> None:
    Answerer(index, log=log).ask(QUESTION)
    ask_again()
    assert LoggedAnswers(tmp_path / FILE).check().entries == 1


def test_last_week_is_the_week_before_it_was_asked(
    index: ArticleIndex, log: AuditLog, tmp_path: Path
) -> None:
    Answerer(index, log=log).ask(QUESTION)
    entry = entry_from_json(read_entry(LoggedAnswers(tmp_path / FILE).find("1")))
    asked = datetime(2026, 3, 9, 12, 30).astimezone()
    days: list[date] = []

    def answerer(log: Log, day: date) -> Answerer:
        days.append(day)
        return Answerer(index, log=log, today=lambda: day)

    replay(replace(entry, time=asked.astimezone(UTC).isoformat()), answerer)
    assert days == [date(2026, 3, 9)]


def test_prose_that_a_model_words_otherwise_is_another_answer(
    index: ArticleIndex, log: AuditLog, tmp_path: Path
) -> None:
    said = "The ferry to Sandholm stops in March [1]."
    Answerer(index, ScriptedModel(said), log=log).ask(QUESTION)
    entry = entry_from_json(read_entry(LoggedAnswers(tmp_path / FILE).find("1")))
    assert entry.language_model == "scripted"
    assert [exchange.reply for exchange in entry.exchanges] == [said]
    assert FERRY in entry.exchanges[0].prompt[1][1]
    same = replay(entry, lambda log, day: Answerer(index, ScriptedModel(said), log=log))
    assert same.is_same
    quoted = replay(entry, lambda log, day: Answerer(index, log=log))
    assert not quoted.is_same
    assert next(replay_lines(quoted)) == "prose then, quotes now"


WORDS = st.lists(st.sampled_from(["a", "b", "c"]), max_size=8).map(" ".join)


@given(WORDS, WORDS)
def test_what_is_the_same_and_gone_is_the_old_text_and_what_is_the_same_and_new_the_new_one(
    then: str, now: str
) -> None:
    changes = list(word_changes(then, now))
    assert " ".join(text for kind, text in changes if kind != "new") == then
    assert " ".join(text for kind, text in changes if kind != "gone") == now
