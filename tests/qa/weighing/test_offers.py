"""Whether a sentence holds the kind of thing that was asked for."""

import pytest

from index_store.terms import words
from qa.weighing.offers import holds_numbers, offers
from qa.weighing.wanted import Wanted

NOTHING: frozenset[str] = frozenset()

OFFERED = [
    (Wanted.NUMBER, "It has 450 billion parameters."),
    (Wanted.NUMBER, "Nous sommes quatre."),
    (Wanted.NUMBER, "Le copie sono sessanta, cioè cinquanta più dieci."),
    (Wanted.NUMBER, "About half of them."),
    (Wanted.MONEY, "They owe $30 million."),
    (Wanted.MONEY, "Une amende de 250 millions d’euros."),
    (Wanted.MONEY, "Una sanzione di 15 milioni di euro."),
    (Wanted.DATE, "It was filed on 27 December 2023."),
    (Wanted.DATE, "Il est paru en juillet."),
    (Wanted.DATE, "Riapre martedì 15 ottobre."),
    (Wanted.DATE, "In 2008 it began."),
    (Wanted.DATE, "NEW YORK, Sept 26."),
    (Wanted.DATE, "It came on 5 May."),
    (Wanted.DATE, "It was filed in May."),
    (Wanted.DATE, "Elle a fermé en mai."),
    (Wanted.PERSON, "The judge, Vince Chhabria, agreed."),
    (Wanted.PERSON, "Selon Aude Fontbonne, rien ne change."),
    (Wanted.ANYTHING, "Nothing at all."),
]
WANTING = [
    (Wanted.NUMBER, "The largest of all models."),
    (Wanted.MONEY, "It has 450 billion parameters."),
    (Wanted.MONEY, "Money, dollars, euros."),
    (Wanted.DATE, "He got out and set sail."),
    (Wanted.DATE, "Le juge qui a parlé."),
    (Wanted.DATE, "Sept personnes attendent."),
    (Wanted.DATE, "They may appeal, as they may."),
    (Wanted.DATE, "Room 14506 is on floor 12."),
    (Wanted.PERSON, "the judge agreed to all of it."),
]


@pytest.mark.parametrize(("wanted", "sentence"), OFFERED, ids=[text for _, text in OFFERED])
def test_a_sentence_offers_what_it_holds(wanted: Wanted, sentence: str) -> None:
    assert offers(sentence, wanted, NOTHING)


@pytest.mark.parametrize(("wanted", "sentence"), WANTING, ids=[text for _, text in WANTING])
def test_a_sentence_does_not_offer_what_it_does_not_hold(wanted: Wanted, sentence: str) -> None:
    assert not offers(sentence, wanted, NOTHING)


@pytest.mark.parametrize(
    ("wanted", "question", "sentence"),
    [
        (Wanted.NUMBER, "How many of the 31 students agree?", "The 31 students agree."),
        (Wanted.DATE, "When in March 2024 was it?", "It was in March 2024."),
        (Wanted.DATE, "When in May was it?", "It was in May."),
        (Wanted.PERSON, "Who defends Richard Kadrey?", "The writer Richard Kadrey sued."),
    ],
)
def test_what_the_question_itself_says_is_no_answer_to_it(
    wanted: Wanted, question: str, sentence: str
) -> None:
    assert not offers(sentence, wanted, frozenset(words(question)))


@pytest.mark.parametrize(
    ("question", "text", "holds"),
    [
        ("What is GPT-5?", "They spoke of GPT-4 and of 5 others.", False),
        ("When did Llama 4 come out?", "Llama 3 came out in 2024, after GPT-4.", False),
        ("When did Llama 3 come out?", "Llama3 came out in April.", True),
        ("How many flew on AZ1234?", "AZ123 carried 50 people.", False),
        ("What did the July 2034 letter say?", "The letter of July 2024 said so.", False),
        ("What did the July 2024 letter say?", "La lettre de juillet 2024 le dit.", True),
        ("Who bought 64k chips?", "They bought 64,000 chips.", True),
        ("Who bought 1190 chips?", "They bought 1\u202f190 chips.", True),
        ("Who came?", "Nobody came.", True),
    ],
)
def test_a_passage_must_hold_the_numbers_that_a_question_names(
    question: str, text: str, holds: bool
) -> None:
    assert holds_numbers(question, text) is holds
