"""Who is quoted, in three languages."""

import pytest
from hypothesis import given

from qa.claims.attributions import is_reported
from qa.claims.quotations import quotations
from qa.remarks import NOBODY, Speaker, remarks
from tests.corpus.strategies import any_text


@pytest.mark.parametrize(
    ("sentence", "language", "speaker"),
    [
        ("“It is so,” said Ada Reeve, who runs the port.", "en", "Ada Reeve"),
        ("“It is so,” Mr Ransome said.", "en", "Ransome"),
        ("Ada Reeve, who runs the port at Ellery, said: “It is so.”", "en", "Ada Reeve"),
        ("In a letter, Al-Masri called it “peanuts”.", "en", "Al-Masri"),
        ("“It is so”, according to Ada Reeve.", "en", "Ada Reeve"),
        ("« Oui », a déclaré mardi Solène Kervadec.", "fr", "Solène Kervadec"),
        ("« Oui, a déclaré Solène Kervadec, juriste. C’est tout. »", "fr", "Solène Kervadec"),
        ("« Oui », lance la présidente du port, Solène Kervadec.", "fr", "Solène Kervadec"),
        ("« Oui », selon Solène Kervadec.", "fr", "Solène Kervadec"),
        ("“Sì”, dice Livia Sarcinelli.", "it", "Livia Sarcinelli"),
        ("“Sì”, ammette l’editore, Tullio Brandi, “ma nessuno.”", "it", "Tullio Brandi"),
        ("Secondo Livia Sarcinelli “è così”.", "it", "Livia Sarcinelli"),
    ],
)
def test_the_name_next_to_a_verb_of_saying_speaks(
    sentence: str, language: str, speaker: str
) -> None:
    assert {remark.speaker.printed for remark in remarks(sentence, language)} == {speaker}


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("“It is so,” she told The Daily Courier.", "en"),
        ("« C’est ainsi », confie-t-elle au Courrier.", "fr"),
        ("“Dobbiamo fare di meglio”, aggiungeva poi.", "it"),
        ("“It is so.”", "en"),
    ],
)
def test_a_pronoun_or_none_leans_on_the_sentence_before(sentence: str, language: str) -> None:
    named = {
        "en": "Ada Reeve said no.",
        "fr": "Ada Reeve a dit non.",
        "it": "Ada Reeve ha detto di no.",
    }
    (remark,) = remarks(sentence, language, (named[language],))
    assert remark.speaker.printed == "Ada Reeve"
    (alone,) = remarks(sentence, language)
    assert alone.speaker == NOBODY


def test_who_is_spoken_to_or_of_does_not_speak() -> None:
    (remark,) = remarks("“It is so,” the mayor said to Ada Reeve.", "en")
    assert remark.speaker == NOBODY
    assert remarks("“Rien”, murmure Ada Reeve.", None)[0].speaker == NOBODY


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("ada", "reeve"), ("reeve",), True),
        (("ada", "reeve"), ("carl", "reeve"), False),
        (("kwame", "ostrander"), ("ostranger",), True),
        (("rossi",), ("russo",), False),
        (("li",), ("lu",), False),
        ((), (), False),
    ],
)
def test_a_slip_of_the_pen_is_the_same_person(
    one: tuple[str, ...], other: tuple[str, ...], same: bool
) -> None:
    assert Speaker("", one).is_same(Speaker("", other)) is same
    assert Speaker("", other).is_same(Speaker("", one)) is same


def test_a_sentence_is_reported_by_its_verb() -> None:
    assert is_reported("La direzione parla del 54 per cento.", "it")
    assert is_reported("According to the union, 81 per cent.", "en")
    assert not is_reported("It rained all day.", "en")
    assert not is_reported("Es regnet.", "de")


@given(any_text)
def test_a_quotation_is_cut_from_its_sentence(sentence: str) -> None:
    for remark in remarks(sentence, "fr"):
        assert sentence[remark.span.start : remark.span.end] == remark.text
    assert [remark.span for remark in remarks(sentence, "fr")] == [
        each.inner for each in quotations(sentence)
    ]
