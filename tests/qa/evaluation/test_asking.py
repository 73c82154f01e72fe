"""Asking every question of a set."""

from contextlib import closing
from pathlib import Path

import pytest

from qa.errors import EmptyIndex, QaError, UnfinishedRun
from qa.evaluation.asking import run
from qa.evaluation.fakes import FakeDesk
from qa.evaluation.journal import FILE, Journal, forget, run_digest
from qa.evaluation.outcome import Outcome
from qa.evaluation.questions import GoldQuestion
from qa.history import Turn
from tests.qa.evaluation.outcomes import quoting

QUESTIONS = [GoldQuestion(f"q{number}", f"What is {number}?") for number in range(5)]
ANSWERS = {"What is 2?": quoting("It is two.", "two.md")}


def journal(folder: Path, desk: FakeDesk, repeats: int = 1) -> closing[Journal]:
    return closing(Journal(folder, run_digest(QUESTIONS, repeats, desk.state)))


def resumed(folder: Path, desk: FakeDesk) -> list[Outcome]:
    with journal(folder, desk) as kept:
        return run(QUESTIONS, desk, journal=kept)


def test_outcomes_are_in_the_order_of_the_set_however_many_are_asked_at_once() -> None:
    outcomes = run(QUESTIONS, FakeDesk(ANSWERS), at_once=3)
    assert [one.gold for one in outcomes] == QUESTIONS
    assert [one.answer is not None and not one.answer["refused"] for one in outcomes] == [
        number == 2 for number in range(5)
    ]


def test_nothing_but_the_question_and_the_history_is_told() -> None:
    desk, before = FakeDesk(), (Turn("user", "Who?"), Turn("assistant", "She."))
    gold = GoldQuestion("q", "And when?", "en", True, (("May",),), ("a.md",), history=before)
    run([gold], desk)
    assert desk.heard == [("And when?", before)]


def test_each_question_is_asked_as_often_as_is_wanted() -> None:
    desk = FakeDesk()
    outcomes = run(QUESTIONS[:2], desk, repeats=3)
    assert [(one.gold.id, one.repeat) for one in outcomes] == [
        (f"q{number}", repeat) for number in range(2) for repeat in range(3)
    ]
    assert len(desk.heard) == 6


def test_a_question_that_fails_is_an_outcome_and_the_others_are_asked() -> None:
    desk = FakeDesk({"What is 1?": QaError("the model is away")})
    outcomes = run(QUESTIONS, desk)
    assert [one.error for one in outcomes] == [None, "the model is away", None, None, None]
    assert outcomes[1].answer is None


def test_an_empty_index_ends_the_run() -> None:
    with pytest.raises(EmptyIndex):
        run(QUESTIONS, FakeDesk({"What is 0?": EmptyIndex("nothing")}))


def test_progress_tells_what_is_done_of_how_many() -> None:
    told: list[tuple[int, int]] = []
    run(QUESTIONS, FakeDesk(), on_outcome=lambda done, total, outcome: told.append((done, total)))
    assert told == [(done, 5) for done in range(1, 6)]


class Killed(BaseException):
    """As a process is in the middle of a run."""


def killed_after(count: int, folder: Path, desk: FakeDesk) -> None:
    def kill(done: int, total: int, outcome: Outcome) -> None:
        if done == count:
            raise Killed

    with journal(folder, desk) as kept, pytest.raises(Killed):
        run(QUESTIONS, desk, journal=kept, on_outcome=kill)


def test_a_run_that_was_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    killed_after(2, tmp_path, FakeDesk(ANSWERS))
    desk = FakeDesk(ANSWERS)
    outcomes = resumed(tmp_path, desk)
    assert [question for question, _ in desk.heard] == [one.question for one in QUESTIONS[2:]]
    assert outcomes == run(QUESTIONS, FakeDesk(ANSWERS))


@pytest.mark.parametrize("cut", [1, 10, 40])
def test_a_line_that_was_cut_off_is_asked_again(tmp_path: Path, cut: int) -> None:
    killed_after(3, tmp_path, FakeDesk(ANSWERS))
    kept = tmp_path / FILE
    kept.write_bytes(kept.read_bytes()[:-cut])
    desk = FakeDesk(ANSWERS)
    outcomes = resumed(tmp_path, desk)
    assert [question for question, _ in desk.heard] == [one.question for one in QUESTIONS[2:]]
    assert outcomes == run(QUESTIONS, FakeDesk(ANSWERS))


def test_a_run_of_something_else_is_not_gone_on_with(tmp_path: Path) -> None:
    killed_after(2, tmp_path, FakeDesk())
    for other in (FakeDesk(state="another archive"), FakeDesk()):
        repeats = 2 if other.state == "one archive" else 1
        with pytest.raises(UnfinishedRun, match="--restart"):
            journal(tmp_path, other, repeats)
    forget(tmp_path)
    assert len(resumed(tmp_path, FakeDesk(state="another archive"))) == len(QUESTIONS)


def test_a_run_of_which_nothing_was_asked_stands_in_nobodys_way(tmp_path: Path) -> None:
    with journal(tmp_path, FakeDesk()):
        pass
    assert len(resumed(tmp_path, FakeDesk(state="another archive"))) == len(QUESTIONS)


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UnfinishedRun, match="cannot be written"):
        journal(tmp_path / "file", FakeDesk())
