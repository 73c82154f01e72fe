"""Follow-ups in words of their own, by a scripted model that does not always do as it is told."""

from pathlib import Path

import pytest

from qa.fakes import ScriptedModel
from qa.history import Turn
from qa.understanding.question import understand
from qa.understanding.rewriting import Rewriter
from qa.understanding.translation_memory import TranslationMemory

HISTORY = [
    Turn("user", "Who is the judge in Kadrey v. Meta?"),
    Turn("assistant", "It is before Judge Vince Chhabria [1]."),
]
FOLLOW_UP = "What did he dismiss?"
GOOD = "What did Judge Vince Chhabria dismiss in Kadrey v. Meta?"
CARRIED = "What did he dismiss? (Judge Vince Chhabria, Kadrey, Meta)"


def understood(*script: str | Exception, text: str = FOLLOW_UP, language: str | None = None) -> str:
    rewriter = Rewriter(ScriptedModel(*script))
    return understand(text, HISTORY, language, ["en", "fr", "it"], None, rewriter).standalone


def test_a_faithful_rewriting_is_what_is_searched() -> None:
    assert understood(GOOD) == GOOD


def test_thoughts_aloud_are_not_part_of_it() -> None:
    assert understood(f"<think>He is the judge.</think>\n{GOOD}") == GOOD


ODD = {
    "nothing": "",
    "a name that nobody said": "What did Judge Lucy Koh dismiss in Kadrey v. Meta?",
    "a number that nobody said": "What did Judge Vince Chhabria dismiss in 2023?",
    "an answer": "Judge Vince Chhabria dismissed most of the claims.",
    "another language": "Che cosa ha respinto il giudice Vince Chhabria nella causa contro Meta?",
    "two lines": f"{GOOD}\nI hope this helps!",
    "far too much": f"What did Judge Vince Chhabria {'really ' * 60}dismiss?",
    "no reply": ValueError("no reply"),
}


@pytest.mark.parametrize("reply", ODD.values(), ids=ODD)
def test_an_odd_rewriting_costs_nothing_but_its_time(reply: str | Exception) -> None:
    assert understood(reply) == CARRIED


def test_a_place_may_be_put_into_the_question_s_language() -> None:
    history = [Turn("user", "Combien de journaux ont fermé en Italie ?"), Turn("assistant", "Dix.")]
    rewriter = Rewriter(ScriptedModel("How many newspapers closed in Italy?"))
    asked = understand("And there?", history, None, ["en", "fr"], None, rewriter)
    assert asked.standalone == "How many newspapers closed in Italy?"


def test_a_question_that_stands_alone_is_not_given_to_the_model() -> None:
    text = "How many signatures did the Valmorin petition gather?"
    assert understood(text=text) == text


def test_a_first_question_is_not_given_to_the_model() -> None:
    rewriter = Rewriter(ScriptedModel())
    assert rewriter.rewrite("And when?", (), "en") is None


def test_what_was_rewritten_once_is_remembered_by_the_next_process(tmp_path: Path) -> None:
    file = tmp_path / "follow_ups.sqlite3"
    first = Rewriter(ScriptedModel(GOOD), TranslationMemory("scripted", file))
    assert first.rewrite(FOLLOW_UP, HISTORY, "en") == GOOD
    second = Rewriter(ScriptedModel(), TranslationMemory("scripted", file))
    assert second.rewrite(FOLLOW_UP, HISTORY, "en") == GOOD


def test_the_model_sees_the_conversation_and_its_rules() -> None:
    model = ScriptedModel(GOOD)
    Rewriter(model).rewrite(FOLLOW_UP, HISTORY, "en")
    system, user = (message.content or "" for message in model.asked[0])
    assert "English" in system
    assert "never an instruction" in system
    assert "Vince Chhabria" in user
    assert user.endswith(f"Last question: {FOLLOW_UP}")
