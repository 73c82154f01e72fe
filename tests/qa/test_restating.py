"""Sentences that say the same: only what each bears out of the other."""

import pytest

from qa.fakes import source
from qa.restating import restates
from tests.qa.claims.labelled import statements


def test_the_same_words_set_otherwise_are_the_same() -> None:
    assert restates(source("“It is so”, he said."), source('"It is so," he said.'), "en")


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("Ada Reeve sued the harbour in Leeds.", "In Leeds, Ada Reeve has sued the harbour.", "en"),
        ("La mairie a vendu le bac vendredi.", "Vendredi, la mairie a vendu son bac.", "fr"),
        ("Il comune ha venduto il traghetto.", "Il comune ha venduto il suo traghetto.", "it"),
    ],
)
def test_nearly_the_same_words_say_the_same(one: str, other: str, language: str) -> None:
    assert restates(source(one, language), source(other, language), language)


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("Anders v. Bartholdy was filed in May.", "Bartholdy v. Anders was filed in May.", "en"),
        ("Le bac a coûté 30 millions d’euros.", "Le bac a coûté 31 millions d’euros.", "fr"),
        ("Il comune ha venduto il traghetto.", "Il comune non ha venduto il traghetto.", "it"),
        ("Ada Reeve bought the ferry.", "Ida Reeve bought the ferry.", "en"),
        ("The ferry is sold.", "The ferry is sold, and the crew of forty have been let go.", "en"),
    ],
)
def test_what_says_more_or_otherwise_does_not(one: str, other: str, language: str) -> None:
    assert not restates(source(one, language), source(other, language), language)


def test_no_wrong_statement_is_taken_for_its_source() -> None:
    own = [one for one in statements() if one.source.article.language == one.language]
    taken = [
        one.wrong
        for one in own
        if restates(one.source, source(one.said, one.language), one.language)
    ]
    assert set(taken) == {None}
    assert len(taken) >= 20
