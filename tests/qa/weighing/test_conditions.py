"""What a question names must stand where it is answered."""

from collections.abc import Callable, Mapping

import pytest

from index_store.index import ArticleIndex
from qa.answerer import Answerer
from qa.fakes import article
from qa.history import Turn
from qa.weighing.conditions import conditions, hold

NOTHING: Mapping[str, bool] = {}


def holds(question: str, text: str, written_in: str = "en", follow_up: str = "") -> bool:
    return hold(conditions(question, follow_up), text, written_in, NOTHING)


@pytest.mark.parametrize(
    ("text", "written_in"),
    [
        ("A court in Italy fined the firm.", "en"),
        ("The Italian court fined the firm.", "en"),
        ("Un tribunal de Rome a infligé une amende.", "fr"),
        ("Il tribunale di Milano ha multato la società.", "it"),
        ("L'entreprise a été condamnée en Italie.", "fr"),
        ("Il garante ha multato la società.", "it"),
    ],
)
@pytest.mark.parametrize("question", ["How big was the fine in Italy?", "how big was it in italy"])
def test_a_country_stands_by_any_of_its_names_its_towns_and_at_home(
    question: str, text: str, written_in: str
) -> None:
    assert holds(question, text, written_in)


@pytest.mark.parametrize(
    ("text", "written_in"),
    [
        ("A court in France fined the firm.", "en"),
        ("A court fined the firm.", "en"),
        ("Una corte francese ha multato la società.", "it"),
    ],
)
def test_what_happened_elsewhere_is_no_answer(text: str, written_in: str) -> None:
    assert not holds("How big was the fine in Italy?", text, written_in)


def test_a_country_is_no_home_of_its_town() -> None:
    assert not holds("Quanto era la multa a Milano?", "L'Italia ha multato la società.", "it")


def test_us_in_small_letters_is_no_country() -> None:
    assert not holds("Who won in the US?", "They told us in Norway that they had won.")
    assert holds("Who won in the US?", "He won in the US.")


def test_a_place_without_anything_else_of_the_question_is_no_answer() -> None:
    required = conditions("Who won the election in France?")
    text = "The bridge in France was painted."
    assert not hold(required, text, "en", {"election": False, "france": True})
    assert hold(required, text, "en", {"election": True, "france": True})


@pytest.mark.parametrize("question", ["What happened in Europe?", "What is it called in French?"])
def test_continents_and_languages_need_not_be_named(question: str) -> None:
    assert conditions(question) == ()


def test_the_world_of_a_world_cup_is_not_enough() -> None:
    question = "Who won the World Cup?"
    assert not holds(question, "Le Monde has a new owner; the World Bank has none.")
    assert holds(question, "Orvane won the Cup.")


def test_a_newspaper_called_the_world_is_named_by_a_follow_up() -> None:
    follow_up = "And Le Monde?"
    assert holds("Who signed with Le Monde?", "Le Monde has signed.", follow_up=follow_up)
    assert not holds("Who signed with Le Monde?", "Prisa has signed.", follow_up=follow_up)


def test_a_family_name_is_enough_for_a_person() -> None:
    assert holds("What did Tessaly Marr say?", "Ms Marr said nothing.")
    assert not holds("What did Tessaly Marr say?", "Ms Moss said nothing.")


def test_a_single_name_may_be_misspelt_in_a_question_but_counts_in_a_follow_up() -> None:
    question, text = "What did Kervadek say?", "She said nothing."
    assert holds(question, text)
    assert not holds(question, text, follow_up="And Kervadek?")
    assert holds(question, "Solène Kervadec said nothing.", follow_up="And Kervadek?")


@pytest.mark.parametrize("follow_up", ["And in May?", "Pourquoi ?", "And on Monday?", "E quando?"])
def test_dates_and_question_words_are_no_names(follow_up: str) -> None:
    assert conditions("Who?", follow_up) == ()


def test_a_place_that_a_follow_up_names_must_stand_in_its_answer(
    archive: Callable[..., ArticleIndex],
) -> None:
    fine = article("Italy fined Orvane 15 million euros in May.")
    bridge = article("The bridge in France was painted blue.")
    answerer = Answerer(archive([fine, bridge]))
    question = "How many euros did Italy fine Orvane?"
    first = answerer.ask(question)
    assert "15 million" in first.text
    history = (Turn("user", question), Turn("assistant", first.text))
    second = answerer.ask("And in France?", history)
    assert second.standalone_question == "How many euros did France fine Orvane?"
    assert second.refused
