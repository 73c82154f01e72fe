"""Words cut out of a sentence that says otherwise are not what it says."""

from __future__ import annotations

import pytest

from qa.answer import Verdict
from qa.fakes import source
from qa.verifying import check

TURNED = [
    ("en", "It is not true that the mayor of Tarnow took bribes, the court ruled.",
     "The mayor of Tarnow took bribes."),
    ("en", "The man who attacked the mayor of Tarnow was arrested.",
     "The mayor of Tarnow was arrested."),
    ("en", "The claim that the mayor of Tarnow took bribes is false.",
     "The mayor of Tarnow took bribes."),
    ("en", "If the mayor of Tarnow took bribes, he must go.", "The mayor of Tarnow took bribes."),
    ("en", "Has the mayor of Tarnow resigned?", "The mayor of Tarnow resigned."),
    ("en", "The mayor of Valmorin resigned?", "The mayor of Valmorin resigned."),
    ("en", "That night it fell to -5 degrees in Tarnow.", "It fell to 5 degrees in Tarnow."),
    ("fr", "Il est faux que le maire de Tarnow a pris des pots-de-vin.",
     "Le maire de Tarnow a pris des pots-de-vin."),
    ("fr", "Rien ne prouve que le maire de Tarnow a pris des pots-de-vin.",
     "Le maire de Tarnow a pris des pots-de-vin."),
    ("it", "Non è vero che il sindaco di Tarnow ha preso tangenti.",
     "Il sindaco di Tarnow ha preso tangenti."),
    ("it", "Il sindaco di Tarnow si è dimesso?", "Il sindaco di Tarnow si è dimesso."),
]  # fmt: skip
KEPT = [
    ("en", "The court ruled on Monday that the mayor of Tarnow took bribes.",
     "The mayor of Tarnow took bribes."),
    ("en", "The mayor of Tarnow, who is 50, took bribes.", "The mayor of Tarnow, who is 50"),
    ("en", "He did not say why. The mayor of Tarnow took bribes.",
     "The mayor of Tarnow took bribes."),
    ("fr", "Selon le tribunal, le maire de Tarnow a pris des pots-de-vin.",
     "Le maire de Tarnow a pris des pots-de-vin."),
    ("it", "Il tribunale dice che il sindaco di Tarnow ha preso tangenti.",
     "Il sindaco di Tarnow ha preso tangenti."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "printed", "statement"), TURNED, ids=[text for _, text, _ in TURNED]
)
def test_what_is_denied_asked_or_supposed_is_not_stated(
    language: str, printed: str, statement: str
) -> None:
    assert check(statement, [source(printed, language)], language).verdict is None


@pytest.mark.parametrize(
    ("language", "printed", "statement"), KEPT, ids=[text for _, text, _ in KEPT]
)
def test_what_is_stated_may_be_cut_out(language: str, printed: str, statement: str) -> None:
    found = check(statement, [source(printed, language)], language)
    assert found.verdict is Verdict.VERBATIM
