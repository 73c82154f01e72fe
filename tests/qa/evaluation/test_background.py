"""The evaluation that a server is at."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import pytest

from qa.errors import EmptyIndex, RunUnderWay
from qa.evaluation.background import Phase, Progress, Runner
from qa.evaluation.desks import Desk, Reply
from qa.evaluation.evaluating import OnIndexed
from qa.evaluation.fakes import FakeDesk
from qa.evaluation.journal import FILE
from qa.evaluation.questions import QuestionSet
from qa.evaluation.runs import KeptRuns, Order, run_report
from qa.evaluation.why import Why
from qa.history import Turn
from tests.qa.evaluation.outcomes import quoting

ORDER = Order("set.jsonl")


class GatedDesk(FakeDesk):
    """Answers as many questions as it is let."""

    def __init__(self, state: str = "one archive") -> None:
        super().__init__({"What is 1?": quoting("It is 1.", "one.md")}, state)
        self.gate = threading.Semaphore(0)

    def reply(self, question: str, history: Sequence[Turn]) -> Reply:
        assert self.gate.acquire(timeout=10)
        return super().reply(question, history)


class Office:
    """A runner with its desk, over a set of four questions, of which the first can be answered."""

    def __init__(self, folder: Path, desk: FakeDesk) -> None:
        self.desk = desk
        self.runs = KeptRuns(folder / "evaluations")
        self.runner = Runner(self.runs, self._open)
        self.set = folder / "set.jsonl"
        self.set.write_text(
            '{"id": "q1", "question": "What is 1?", "answers": ["1"], "sources": ["one.md"]}\n'
            '{"id": "q2", "question": "What is 2?", "answers": ["2"], "language": "en"}\n'
            '{"id": "q3", "question": "What is 3?", "answerable": false}\n'
            '{"id": "q4", "question": "What is 4?"}\n'
        )

    @contextmanager
    def _open(self, questions: QuestionSet, on_indexed: OnIndexed) -> Iterator[Desk]:
        yield self.desk

    def wait(self, *phases: Phase, done: int = 0) -> Progress:
        until = monotonic() + 10
        while monotonic() < until:
            told = self.runner.progress
            if told and told.phase in phases and told.done >= done:
                return told
            sleep(0.005)
        raise AssertionError(f"still {self.runner.progress}")


@pytest.fixture
def gated(tmp_path: Path) -> Iterator[Office]:
    desk = GatedDesk()
    office = Office(tmp_path, desk)
    yield office
    desk.gate.release(10)
    office.runner.close()


def let(office: Office, count: int) -> None:
    assert isinstance(office.desk, GatedDesk)
    office.desk.gate.release(count)


def test_progress_tells_what_is_right_and_what_is_wrong_so_far_and_why(gated: Office) -> None:
    gated.runner.start(ORDER, gated.set)
    let(gated, 2)
    told = gated.wait(Phase.ASKING, done=2)
    assert (told.done, told.total, told.right, told.wrong) == (2, 4, 1, 1)
    assert [(one.question, one.why) for one in told.failed] == [("What is 2?", Why.REFUSED_WRONGLY)]
    let(gated, 2)
    told = gated.wait(Phase.DONE)
    # What the set does not judge is neither right nor wrong.
    assert (told.done, told.right, told.wrong) == (4, 2, 1)
    assert told.run.headline is not None
    assert told.run.headline.answers == 4


def test_a_finished_run_has_its_report_and_nothing_unfinished(tmp_path: Path) -> None:
    office = Office(tmp_path, FakeDesk())
    office.runner.start(ORDER, office.set)
    run = office.wait(Phase.DONE).run
    assert run_report(run)["set"] == "set.jsonl"
    assert not (run.folder / FILE).exists()
    assert (run.folder / "report.html").exists()


def test_one_set_is_run_at_a_time(gated: Office) -> None:
    gated.runner.start(ORDER, gated.set)
    with pytest.raises(RunUnderWay, match=r"set\.jsonl is being run"):
        gated.runner.start(ORDER, gated.set)
    assert len(gated.runs.of("set.jsonl")) == 1


def test_a_run_that_is_stopped_goes_on_where_it_was_also_on_another_server(gated: Office) -> None:
    gated.runner.start(ORDER, gated.set)
    let(gated, 2)
    gated.wait(Phase.ASKING, done=2)
    gated.runner.stop()
    let(gated, 2)  # also the one that may be on its way already
    run = gated.wait(Phase.STOPPED).run
    assert gated.runs.of("set.jsonl") == (run,)
    later = Office(gated.set.parent, FakeDesk())
    later.runner.go_on(run)
    told = later.wait(Phase.DONE)
    assert (told.done, told.right) == (4, 2)
    assert "What is 1?" not in [question for question, _ in later.desk.heard]


def test_a_run_does_not_go_on_in_another_archive(gated: Office) -> None:
    gated.runner.start(ORDER, gated.set)
    let(gated, 2)
    gated.wait(Phase.ASKING, done=2)
    gated.runner.stop()
    let(gated, 2)  # also the one that may be on its way already
    run = gated.wait(Phase.STOPPED).run
    later = Office(gated.set.parent, FakeDesk(state="another archive"))
    later.runner.go_on(run)
    later.wait(Phase.OUTDATED)
    assert (run.folder / FILE).exists()


def test_what_ends_a_run_is_told(tmp_path: Path) -> None:
    office = Office(tmp_path, FakeDesk({"What is 1?": EmptyIndex("nothing is indexed")}))
    office.runner.start(ORDER, office.set)
    assert office.wait(Phase.FAILED).error == "nothing is indexed"


def test_a_run_is_compared_with_the_one_that_was_named(tmp_path: Path) -> None:
    office = Office(tmp_path, FakeDesk())
    office.runner.start(ORDER, office.set)
    before = office.wait(Phase.DONE).run
    office.runner.start(Order("set.jsonl", against=before.name), office.set)
    run = office.wait(Phase.DONE).run
    assert run.order.against == before.name
    assert "since" in (run.folder / "report.md").read_text().lower()


def test_a_server_that_ends_keeps_what_is_finished(gated: Office) -> None:
    gated.runner.start(ORDER, gated.set)
    let(gated, 1)
    gated.wait(Phase.ASKING, done=1)
    gated.runner.stop()
    let(gated, 2)
    gated.runner.close()
    told = gated.runner.progress
    assert told is not None
    assert told.phase is Phase.STOPPED
    assert (told.run.folder / FILE).read_text().count("\n") == told.done + 1
