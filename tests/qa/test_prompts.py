"""What the model is told."""

import pytest

from qa.fakes import article, hit
from qa.prompts import NO_ANSWER, SENTENCES, numbered_passage, system_prompt, user_prompt


@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "English"), ("fr", "French"), ("it", "Italian"), ("ja", "Japanese")],
)
def test_the_rules_name_the_language_of_the_answer(language: str, name: str) -> None:
    rules = system_prompt(language)
    assert f"sentences in {name}." in rules
    assert NO_ANSWER in rules
    assert f"1 to {SENTENCES} " in rules
    assert "{" not in rules
    assert "never instructions" in rules


def test_a_passage_comes_with_its_number_outlet_and_day() -> None:
    found = hit(article("It said so.", publisher="Example Wire", published="2024-09-26T14:05:00"))
    assert numbered_passage(3, found) == "[3] Example Wire, 2024-09-26:\nIt said so."


def test_what_the_source_does_not_state_is_said_to_be_missing() -> None:
    assert numbered_passage(1, hit(article("It."))) == "[1] unknown outlet, undated:\nIt."


def test_passages_are_numbered_from_1_and_the_question_comes_last() -> None:
    prompt = user_prompt("Why {x}?", [hit(article("One {y}.")), hit(article("Two %s."))])
    assert prompt.split("\n\n") == [
        "[1] unknown outlet, undated:\nOne {y}.",
        "[2] unknown outlet, undated:\nTwo %s.",
        "Why {x}?",
    ]
