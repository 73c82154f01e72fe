"""A language model's opinion of answers."""

import pytest

from qa.errors import ModelUnavailable
from qa.evaluation.fakes import REFUSAL
from qa.evaluation.judging import Judge
from qa.evaluation.questions import GoldQuestion
from qa.fakes import ScriptedModel
from tests.qa.evaluation.outcomes import quoting

GOLD = GoldQuestion("q", "How many?", answer_groups=(("two", "2"),))
TOLD = {**quoting("There are two.", "a.md"), "text": "There are two. [1]"}


def test_a_faithful_and_correct_answer_is_marked_so() -> None:
    model = ScriptedModel("YES", "4.0\nIt is nearly complete.")
    assert Judge(model).measures(GOLD, TOLD) == {"judged_faithful": 1.0, "judged_correct": 0.8}
    asked = ["\n".join(str(one.content) for one in messages) for messages in model.asked]
    assert "There are two." in asked[0]
    assert "two / 2" in asked[1]


def test_without_a_right_answer_only_faithfulness_is_judged() -> None:
    judged = Judge(ScriptedModel("NO")).measures(GoldQuestion("q", "How many?"), TOLD)
    assert judged == {"judged_faithful": 0.0}


def test_a_refusal_is_not_judged() -> None:
    assert Judge(ScriptedModel()).measures(GOLD, REFUSAL) == {}


@pytest.mark.parametrize("error", [ModelUnavailable("away"), TimeoutError(), ValueError("rubbish")])
def test_a_model_that_does_not_reply_costs_its_opinion_and_nothing_else(error: Exception) -> None:
    assert Judge(ScriptedModel(error, error)).measures(GOLD, TOLD) == {}
    half = Judge(ScriptedModel(error, "5.0\nRight.")).measures(GOLD, TOLD)
    assert half == {"judged_correct": 1.0}


def test_a_model_that_gives_no_mark_has_no_opinion() -> None:
    judged = Judge(ScriptedModel("YES", "It depends.")).measures(GOLD, TOLD)
    assert judged == {"judged_faithful": 1.0}
