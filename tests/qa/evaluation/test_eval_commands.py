"""`citedesk eval`: a set is run, `add` and `suggest` are what they are called."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import pytest
import typer
from typer.testing import CliRunner, Result

from index_store.models import Filters
from qa.audit.entry import Request
from qa.audit.log import FILE, AuditLog
from qa.audit.ratings import FILE as FEEDBACK
from qa.errors import BadQuestionSet, LogUnavailable, UnknownEntry
from qa.evaluation.cli import eval_app
from qa.evaluation.questions import GoldQuestion
from qa.evaluation.reading import read_questions
from qa.http.feedback import FeedbackLog
from tests.qa.audit.entries import answer, entry

Run = Callable[..., Result]

COMMENT = "The figure is\nfrom another year."


def stand_in(
    questions: Annotated[str, typer.Argument()], limit: Annotated[int, typer.Option()] = 0
) -> None:
    """Takes a set, and says which."""
    typer.echo(f"ran {questions}, limit {limit}")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CITEDESK_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(home: Path) -> Run:
    runner, app = CliRunner(), eval_app(stand_in)
    return lambda *words: runner.invoke(app, words)


@pytest.fixture
def logged(home: Path) -> Path:
    """Four refusals, the last two of one question; what readers thought of the first two."""
    log, feedback = AuditLog(home / FILE), FeedbackLog(home / FEEDBACK)
    asked = ("Who pays?", "How much?", "Why so late?", "Why so late?")
    for number, question in enumerate(asked, start=1):
        filters = Filters(languages=("it",)) if number == 2 else Filters()
        log.append(
            entry(
                number,
                request=Request(question, (), filters, None),
                answer=answer(number, id=identifier(number), standalone_question=question),
            )
        )
    rate(feedback, 1, "down", "wrong source", COMMENT)
    rate(feedback, 2, "up")
    rate(feedback, 2, "down")
    return home


def identifier(number: int) -> str:
    return f"{number:08x}{'0' * 24}"


def rate(
    feedback: FeedbackLog,
    number: int,
    rating: str,
    reason: str | None = None,
    comment: str | None = None,
) -> None:
    time = f"2026-03-{number:02}T10:00:00.000+00:00"
    feedback.append(
        {
            "time": time,
            "answer_id": identifier(number),
            "rating": rating,
            "reason": reason,
            "comment": comment,
        }
    )


@pytest.mark.parametrize(
    "words",
    [
        ("set.jsonl", "--limit", "3"),
        ("--limit", "3", "set.jsonl"),
        ("run", "set.jsonl", "--limit", "3"),
    ],
    ids=["set first", "option first", "by name"],
)
def test_what_names_no_command_is_a_set_to_run(run: Run, words: tuple[str, ...]) -> None:
    assert run(*words).output == "ran set.jsonl, limit 3\n"


def test_a_set_with_the_name_of_a_command_is_given_as_a_path(run: Run) -> None:
    assert run("./add").output == "ran ./add, limit 0\n"
    assert run("--", "add").output == "ran add, limit 0\n"


def test_help_names_the_commands(run: Run) -> None:
    shown = run("--help")
    assert shown.exit_code == 0
    for command in ("QUESTIONS | COMMAND", "run", "add", "suggest"):
        assert command in shown.output
    assert run().exit_code == 2


def test_what_is_suggested_tells_why_and_how_to_add_it(run: Run, logged: Path) -> None:
    assert run("suggest", "--to", "my set.jsonl").stdout == (
        "entry 2, 2026-03-02 09:30: thumbs-down\n"
        "  question    How much?\n"
        "  asked with  languages it\n"
        "  citedesk eval add 2 --to 'my set.jsonl' --without-filters\n"
        "\n"
        "entry 1, 2026-03-01 09:30: thumbs-down\n"
        "  question    Who pays?\n"
        "  reason      wrong source\n"
        "  comment     The figure is from another year.\n"
        "  citedesk eval add 1 --to 'my set.jsonl'\n"
        "\n"
        "entry 4, 2026-03-04 09:30: refused repeatedly, 2 times\n"
        "  question    Why so late?\n"
        "  citedesk eval add 4 --to 'my set.jsonl'\n"
    )


def test_the_commands_that_are_shown_work_until_nothing_is_left(run: Run, logged: Path) -> None:
    found = json.loads(run("suggest", "--json", "--home", str(logged)).stdout)
    assert [(one["entry"], one["why"], one["times"]) for one in found] == [
        (2, "thumbs-down", 1),
        (1, "thumbs-down", 1),
        (4, "refused repeatedly", 2),
    ]
    assert (found[1]["reason"], found[1]["comment"]) == ("wrong source", COMMENT)
    assert found[0]["conditions"] == ["languages it"]
    for one in found:
        program, name, *words = shlex.split(one["command"])
        assert (program, name) == ("citedesk", "eval")
        assert run(*words).exit_code == 0
    assert run("suggest").stdout == "nothing to suggest\n"
    questions = read_questions(logged / "questions.jsonl").questions
    assert [one.question for one in questions] == ["How much?", "Who pays?", "Why so late?"]


def test_suggestions_are_limited_and_can_begin_with_a_day(run: Run, logged: Path) -> None:
    def entries(*words: str) -> list[int]:
        return [one["entry"] for one in json.loads(run("suggest", "--json", *words).stdout)]

    assert entries("--limit", "1") == [2]
    assert entries("--since", "2026-03-02") == [2, 4]
    assert entries("--since", "2026-03-04") == []
    assert run("suggest", "--since", "March").exit_code == 2


def test_an_editor_completes_what_is_added(run: Run, logged: Path) -> None:
    words = ("--to", "set.jsonl", "--answer", "the town", "--answer", "Valmorin")
    added = run("add", identifier(1)[:8], *words, "--source", "bridge.md", "--tag", "who")
    assert (added.stdout, added.stderr) == ("entry 1 is question 00000001 of set.jsonl\n", "")
    assert read_questions(logged / "set.jsonl").questions == (
        GoldQuestion(
            id="00000001",
            question="Who pays?",
            language="en",
            answerable=True,
            answer_groups=(("the town", "Valmorin"),),
            sources=("bridge.md",),
            tags=("from-use", "reason:wrong source", "who"),
        ),
    )


def test_a_question_that_cannot_fail_yet_is_said_to_be_so(run: Run, logged: Path) -> None:
    added = run("add", "1", "--to", "set.jsonl", "--id", "who")
    assert added.exit_code == 0
    assert "who: nothing says yet what a right answer is" in added.stderr
    assert run("add", "1", "--to", "set.jsonl", "--unanswerable").stderr == ""


def test_lost_ratings_and_answers_are_told(run: Run, logged: Path) -> None:
    rate(FeedbackLog(logged / FEEDBACK), 77, "down")
    with (logged / FEEDBACK).open("a") as file:
        file.write('{"time": "2026')
    told = run("suggest").stderr
    assert "no rating can be read in line 5" in told
    assert "answers with a thumbs-down that the log does not have: 1" in told


def test_what_is_wrong_is_one_clear_line(run: Run, home: Path) -> None:
    assert isinstance(run("suggest").exception, LogUnavailable)
    assert isinstance(run("add", "1", "--to", "set.jsonl").exception, LogUnavailable)
    AuditLog(home / FILE).append(entry())
    assert run("suggest").stdout == "nothing to suggest\n"
    assert isinstance(run("add", "2", "--to", "set.jsonl").exception, UnknownEntry)
    (home / "set.jsonl").write_text("no set\n")
    assert isinstance(run("suggest", "--to", "set.jsonl").exception, BadQuestionSet)
    (home / FILE).write_text("no log at all " * 50)
    assert isinstance(run("suggest").exception, LogUnavailable)
