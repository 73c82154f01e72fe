"""`citedesk log` as an auditor uses it, over a real home."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import NamedTuple, Protocol

import pytest

from corpus.reading import FoundArticle
from index_store.fakes import memory_index
from index_store.index import ArticleIndex
from index_store.models import Filters
from qa import cli
from qa.audit.chain import GENESIS
from qa.audit.entry import Request
from qa.audit.log import FILE, AuditLog
from qa.fakes import article
from tests.qa.audit.entries import entry, filled

FERRY = "The ferry to Sandholm stops in March, the harbour board said."
QUESTION = "When does the ferry to Sandholm stop?"


class Ran(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str


class Run(Protocol):
    def __call__(self, *words: str) -> Ran: ...


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("CITEDESK_HOME", str(folder))
    return folder


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch) -> ArticleIndex:
    """What every command opens."""
    index = memory_index()
    put(index, FERRY)
    monkeypatch.setattr(cli, "_open_index", lambda settings, reading=False: index)
    return index


def put(index: ArticleIndex, text: str) -> None:
    index.sync(
        [FoundArticle(article(text, source="ferry.txt"), "/archive/ferry.txt")],
        prune=lambda origin: True,
    )


@pytest.fixture
def run(
    home: Path,
    index: ArticleIndex,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    def run_command(*words: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["citedesk", *words])
        with pytest.raises(SystemExit) as left:
            cli.main()
        captured = capsys.readouterr()
        return Ran(int(left.value.code or 0), captured.out, captured.err)

    return run_command


def test_every_answer_in_the_terminal_is_listed_the_newest_first(run: Run) -> None:
    answer = json.loads(run("ask", QUESTION, "--json").out)
    run("ask", "Who won the chess championship?")
    refused, answered = run("log", "list").out.splitlines()
    assert refused.split()[0] == "2"
    assert "refused" in refused
    assert answered.split()[0] == "1"
    assert f"{answer['id'][:8]}  quotes   {QUESTION}" in answered
    assert len(run("log", "list", "--limit", "1").out.splitlines()) == 1
    assert run("log", "list", "--since", "2999-01-01").out == "no answers\n"
    rows = json.loads(run("log", "list", "--json").out)
    assert rows[1]["entry"]["answer"] == answer


def test_what_was_answered_is_shown_with_what_it_was_made_from(run: Run) -> None:
    run("ask", QUESTION, "--from", "2020-01-01")
    run("ask", QUESTION)
    shown = run("log", "show", "2").out
    for part in (QUESTION, f"{FERRY} [1] (verbatim)", "ferry.txt", "hashing-64"):
        assert part in shown
    assert "filter" not in shown
    assert "filter      published_from: 2020-01-01" in run("log", "show", "1").out
    row = json.loads(run("log", "show", "2", "--json").out)
    (passage,) = row["entry"]["passages"]
    assert passage["sha256"] == hashlib.sha256(FERRY.encode()).hexdigest()
    assert run("log", "show", row["entry"]["answer"]["id"][:9]).out == shown


def test_an_export_can_be_checked_without_citedesk(run: Run, tmp_path: Path) -> None:
    run("ask", QUESTION)
    run("ask", "Chi ha vinto il campionato?")
    assert run("log", "export", "--out", str(tmp_path / "log.jsonl")) == Ran(0, "", "")
    exported = (tmp_path / "log.jsonl").read_text(encoding="utf-8")
    assert run("log", "export").out == exported
    head = GENESIS
    for line in exported.splitlines():
        row = json.loads(line)
        assert row["previous"] == head
        text = json.dumps(row["entry"], sort_keys=True, separators=(",", ":"))
        head = hashlib.sha256(f"{head}{text}".encode()).hexdigest()
        assert row["hash"] == head
    assert f"head     {head}" in run("log", "verify").out


def test_a_whole_log_is_verified_and_says_what_came_since_a_noted_head(run: Run) -> None:
    run("ask", QUESTION)
    verified = run("log", "verify")
    assert verified.code == 0
    head = verified.out.split()[-1]
    run("ask", QUESTION)
    since = run("log", "verify", "--head", head)
    assert since.code == 0
    assert "1 entries since" in since.out
    unknown = run("log", "verify", "--head", "f" * 64)
    assert unknown.code == 1
    assert "no entry has the noted hash" in unknown.out


def test_a_log_that_was_tampered_with_is_broken_at_the_entry_that_was(run: Run, home: Path) -> None:
    filled(home / FILE, 5)
    with closing(sqlite3.connect(home / FILE)) as connection, connection:
        connection.execute("DROP TRIGGER no_update")
        connection.execute("UPDATE entries SET entry = replace(entry, 'pays', 'paid') "
                           "WHERE number = 3")  # fmt: skip
    broken = run("log", "verify")
    assert broken.code == 1
    assert "BROKEN   at entry 3 (changed): it was changed" in broken.out
    assert "entries  2 fit" in broken.out


def test_a_question_is_asked_again_with_0_for_the_same_and_1_for_another_answer(
    run: Run, index: ArticleIndex
) -> None:
    run("ask", QUESTION)
    same = run("log", "replay", "1")
    assert (same.code, same.out.splitlines()[-1]) == (0, "the same answer")
    put(index, FERRY.replace("March", "April"))
    other = run("log", "replay", "1")
    assert other.code == 1
    assert "[-March,-] {+April,+}" in " ".join(other.out.split())
    diff = json.loads(run("log", "replay", "1", "--json").out)
    assert (diff["same"], diff["passages"]["changed"][0]["source"]) == (False, "ferry.txt")
    assert len(run("log", "list").out.splitlines()) == 1, "asking again is not logged"


@pytest.mark.parametrize(
    ("words", "code", "line"),
    [
        (("show", "77"), 1, "no logged answer has the number or id '77'"),
        (("replay", "zz"), 1, "no logged answer has the number or id 'zz'"),
        (("list", "--since", "soon"), 2, "expected a day such as 2024-01-31"),
        (("verify", "--head", "abc"), 2, "expected the 64 digits of a hash"),
        (("export", "--out", "/nowhere/log.jsonl"), 2, "cannot be written"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_what_cannot_be_done_is_one_clear_line(
    run: Run, words: tuple[str, ...], code: int, line: str
) -> None:
    run("ask", QUESTION)
    failed = run("log", *words)
    assert failed.code == code
    assert line in failed.err
    assert "Traceback" not in failed.err


@pytest.mark.parametrize("command", ["list", "verify", "export"])
def test_where_nothing_was_logged_it_says_so_and_makes_nothing(
    run: Run, home: Path, command: str
) -> None:
    failed = run("log", command)
    assert failed.code == 1
    assert "there is no log of answers" in failed.err
    assert list(home.iterdir()) == []


def test_it_can_be_switched_off(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CITEDESK_AUDIT", "off")
    assert run("ask", QUESTION).code == 0
    assert list(home.iterdir()) == []


def test_a_question_set_is_no_reader(run: Run, home: Path, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text(json.dumps({"question": QUESTION}))
    assert run("eval", str(questions)).code == 0
    assert not (home / FILE).exists()


def test_a_question_with_what_no_terminal_can_show_is_printed_all_the_same(
    run: Run, home: Path
) -> None:
    AuditLog(home / FILE).append(entry(request=Request("Who\ud800?", (), Filters(), None)))
    for command in (("list",), ("list", "--json"), ("show", "1"), ("export",)):
        assert run("log", *command).code == 0
