"""What a question demands of a sentence that is to answer it."""

import pytest

from qa.weighing.demand import demand_of
from qa.weighing.wanted import wanted


def is_met(question: str, sentence: str, passage: str = "", language: str = "en") -> bool:
    demand = demand_of(question, wanted(question), language)
    return demand.is_met(sentence, passage or sentence, language, is_translated=False)


HOW_MANY = "How many parameters does Nova 3 have?"
WHO_JUDGES = "Which judge hears Reeve v. Orme?"
WHAT_SHE_SAYS = "What did Ada Reeve say about the harbour?"


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (HOW_MANY, "Nova 3 has 70 billion parameters."),
        (WHO_JUDGES, "The judge, Vera Stone, will hear both."),
        (WHO_JUDGES, "Judge Vera Stone will hear both."),
        (WHAT_SHE_SAYS, "Ada Reeve said the harbour was closed."),
        (WHAT_SHE_SAYS, "“It is closed,” said Reeve."),
        ("How did Reeve react to what Tom Orme wrote?", "Reeve called it false: “No such thing.”"),
    ],
)
def test_a_sentence_that_holds_it_meets_a_demand(question: str, sentence: str) -> None:
    assert is_met(question, sentence, f"Ada Reeve runs the port. {sentence}")


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        # The number of a name, and a year, count nothing.
        (HOW_MANY, "Nova 2 was trained on other parameters than Nova 3."),
        (HOW_MANY, "In 2024 its parameters were published."),
        (HOW_MANY, "Its rival GPT-4 has parameters that nobody knows."),
        # A number of something else.
        (HOW_MANY, "It costs 30 dollars a month and runs on one machine, whatever its parameters."),
        # A role without a name, and the names that the question has itself.
        (WHO_JUDGES, "A judge will hear Reeve v. Orme in May."),
        # Somebody else speaks, and nobody does.
        (WHAT_SHE_SAYS, "Tom Orme said the harbour was closed."),
        (WHAT_SHE_SAYS, "Ada Reeve runs the harbour."),
    ],
)
def test_a_sentence_on_the_subject_that_lacks_it_does_not(question: str, sentence: str) -> None:
    assert not is_met(question, sentence)


@pytest.mark.parametrize(
    ("question", "language", "spoken", "unspoken"),
    [
        (
            "Comment Ada Reeve a-t-elle réagi à la fermeture ?",
            "fr",
            "« C'est une honte », a déclaré Ada Reeve.",
            "Ada Reeve dirige le port.",
        ),
        (
            "Che cosa ha detto Ada Reeve della chiusura?",
            "it",
            "“È una vergogna”, ha detto Ada Reeve.",
            "Ada Reeve dirige il porto.",
        ),
    ],
)
def test_words_are_demanded_in_other_languages(
    question: str, language: str, spoken: str, unspoken: str
) -> None:
    assert is_met(question, spoken, language=language)
    assert not is_met(question, unspoken, language=language)


def test_where_nobody_is_named_the_passage_must_name_the_speaker() -> None:
    said = "“The harbour is closed.”"
    assert is_met(WHAT_SHE_SAYS, said, f"Ada Reeve runs the port. {said}")
    assert not is_met(WHAT_SHE_SAYS, said, f"Tom Orme runs the port. {said}")


def test_in_another_language_no_number_need_stand_near_what_is_counted() -> None:
    question = "Combien de paramètres a Nova 3 ?"
    demand = demand_of(question, wanted(question), "fr")
    assert demand.is_met("It has 70 billion.", "", "en", is_translated=True)
    assert not demand.is_met("It has 70 billion.", "", "fr", is_translated=False)
