"""What kind of thing a question asks for."""

import pytest

from qa.weighing.wanted import Wanted, asked_of, wanted


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("How many articles are there?", Wanted.NUMBER),
        ("Combien d'heures par semaine la bibliothèque reste-t-elle ouverte ?", Wanted.NUMBER),
        ("Quante H100 contava di avere Meta?", Wanted.NUMBER),
        ("What percentage of the files were duplicates?", Wanted.NUMBER),
        ("How much must the operators of LibGen pay?", Wanted.NUMBER),
        ("How much does the licence cost?", Wanted.MONEY),
        ("How much did OpenAI pay?", Wanted.MONEY),
        ("Quel prix demande l'éditeur ?", Wanted.MONEY),
        ("Combien Google a-t-il versé à l'AFP ?", Wanted.MONEY),
        ("Quanto devono pagare i gestori?", Wanted.MONEY),
        ("When was the suit filed?", Wanted.DATE),
        ("En quelle année Meta a-t-elle répondu ?", Wanted.DATE),
        ("Quando comincia il processo?", Wanted.DATE),
        ("In che anno è successo?", Wanted.DATE),
        ("Who is the judge?", Wanted.PERSON),
        ("Qui a dirigé l'enquête ?", Wanted.PERSON),
        ("Chi ha fatto causa a Meta?", Wanted.PERSON),
        ("Why did the printers strike?", Wanted.ANYTHING),
        ("Le juge qui a parlé, que dit-il ?", Wanted.WORDS),
        ("How did the mayor react to the report?", Wanted.WORDS),
        ("Qu'a répondu la ministre ?", Wanted.WORDS),
        ("Che cosa ha detto il sindaco?", Wanted.WORDS),
        ("Come si chiama il giudice?", Wanted.PERSON),
        ("Per chi suona la campana?", Wanted.ANYTHING),
        ("How old was the editor when he resigned?", Wanted.NUMBER),
        ("What was decided when the court met?", Wanted.ANYTHING),
        ("Chi ha parlato quando la nave è arrivata?", Wanted.PERSON),
        ("When the ferry stopped, who paid?", Wanted.PERSON),
        ("Quand le bac s’est arrêté, combien de gens attendaient ?", Wanted.NUMBER),
        ("When the ferry stopped, it rained.", Wanted.DATE),
        ("¿Cuántos ejemplares se vendieron?", Wanted.NUMBER),
        ("¿Quién es la jueza?", Wanted.PERSON),
        ("La biblioteca ha chiuso?", Wanted.ANYTHING),
    ],
)
def test_the_kind_of_answer_is_read_from_the_question(text: str, kind: Wanted) -> None:
    assert wanted(text) is kind


@pytest.mark.parametrize(
    ("text", "language", "of"),
    [
        ("How many parameters does Llama 3 have?", "en", ("parameters",)),
        ("How many nuclear reactors are there?", "en", ("nuclear", "reactors")),
        ("Combien de langues Llama 3 parle-t-il ?", "fr", ("langues",)),
        ("Quanti libri di Einaudi ha letto?", "it", ("libri",)),
        ("How many people came?", "en", ()),
        ("Which judge is hearing the case?", "en", ("judge",)),
        ("Quel avocat défend la ville ?", "fr", ("avocat",)),
        ("Come si chiama il giudice della causa?", "it", ("giudice",)),
        ("Who sued the author?", "en", ()),
        ("When did it open?", "en", ()),
    ],
)
def test_what_is_counted_and_whose_name_is_asked_for_is_read_from_the_question(
    text: str, language: str, of: tuple[str, ...]
) -> None:
    assert asked_of(text, language) == of
