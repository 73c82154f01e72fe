"""Who did what to whom stays so for common nouns, and what is a man's is not the man."""

from __future__ import annotations

import pytest

from qa.claims import Reason, Text, contradiction

#: Language, what is printed, what is said of it wrongly.
TURNED = [
    ("en", "The newspaper sued the company.", "The company sued the newspaper."),
    ("en", "The newspaper sued the company.", "The newspaper was sued by the company."),
    ("en", "The newspaper sued the company.", "The newspaper was sued."),
    ("en", "The company was sued by the newspaper.", "The company sued the newspaper."),
    ("en", "The head of the union attacked the owner of the mill.",
     "The owner of the mill attacked the head of the union."),
    ("en", "The union lied to the owner.", "The owner lied to the union."),
    ("en", "The company that sued the newspaper lost.", "The newspaper sued the company."),
    ("en", "The mayor's brother was arrested.", "The mayor was arrested."),
    ("en", "The mayor’s brother was arrested.", "The mayor was arrested."),
    ("en", "The brother of the mayor was arrested.", "The mayor was arrested."),
    ("en", "Police arrested the mayor's brother.", "The mayor was arrested by police."),
    ("en", "Part of the museum burned down.", "The museum burned down."),
    ("fr", "Le journal a poursuivi la société.", "La société a poursuivi le journal."),
    ("fr", "Le journal a poursuivi la société.", "Le journal a été poursuivi par la société."),
    ("fr", "L’ouvrier a blessé le voisin.", "Le voisin a blessé l’ouvrier."),
    ("fr", "Le frère du maire a été arrêté.", "Le maire a été arrêté."),
    ("fr", "La police a arrêté le frère du maire.", "Le maire a été arrêté par la police."),
    ("fr", "L’avocate de la ministre a démissionné.", "La ministre a démissionné."),
    ("it", "Il giornale ha citato la società.", "La società ha citato il giornale."),
    ("it", "Il giornale ha citato la società.", "Il giornale è stato citato dalla società."),
    ("it", "Il fratello del sindaco è stato arrestato.", "Il sindaco è stato arrestato."),
    ("it", "È stato arrestato il fratello del sindaco.", "Il sindaco è stato arrestato."),
    ("it", "L’avvocata della ministra si è dimessa.", "La ministra si è dimessa."),
]  # fmt: skip
KEPT = [
    ("en", "The newspaper sued the company.", "The company was sued by the newspaper."),
    ("en", "The newspaper sued the company.", "The newspaper has sued the company."),
    ("en", "The company was sued on Friday by the newspaper.", "The newspaper sued the company."),
    ("en", "The newspaper sued the company.", "The company was sued."),
    ("en", "The mayor met the minister.", "The minister met the mayor."),
    ("en", "The mayor's brother was arrested.", "The brother of the mayor was arrested."),
    ("en", "The mayor and his brother were arrested.", "The mayor was arrested."),
    ("en", "The team's captain scored twice and the team won.", "The team won."),
    ("en", "The mayor's brother and the minister were arrested.", "The minister was arrested."),
    ("en", "After the fire in the museum the director resigned.", "The director resigned."),
    ("fr", "Le journal a poursuivi la société.", "La société a été poursuivie par le journal."),
    ("fr", "La société est poursuivie par le journal.", "Le journal poursuit la société."),
    ("fr", "Le frère du maire a été arrêté.", "On a arrêté le frère du maire."),
    ("fr", "Lundi, des ouvriers ont bloqué le port.", "Des ouvriers ont bloqué le port lundi."),
    ("fr", "Le train est arrivé.", "Le train arrive."),
    ("it", "Il giornale ha citato la società.", "La società è stata citata dal giornale."),
    ("it", "Il fratello del sindaco è stato arrestato.", "Arrestato il fratello del sindaco."),
    ("it", "Il sindaco ha incontrato la ministra.", "La ministra ha incontrato il sindaco."),
    ("it", "Lo sciopero ha lasciato le case della città al buio.",
     "Lo sciopero ha lasciato la città al buio."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "printed", "said"),
    TURNED,
    ids=[f"{said}|{printed}" for _, printed, said in TURNED],
)
def test_who_does_and_whose_it_is_cannot_change_places(
    language: str, printed: str, said: str
) -> None:
    fault = contradiction(Text(said, language), Text(printed, language))
    assert fault is not None
    assert fault.reason is Reason.WORDS


@pytest.mark.parametrize(
    ("language", "printed", "said"), KEPT, ids=[f"{case[2]}|{case[1]}" for case in KEPT]
)
def test_the_same_put_otherwise_passes(language: str, printed: str, said: str) -> None:
    assert contradiction(Text(said, language), Text(printed, language)) is None


def test_places_are_kept_between_languages_where_the_words_are_known() -> None:
    printed = Text("Il giornale ha citato la società.", "it")
    assert contradiction(Text("The company sued the newspaper.", "en"), printed)
    assert contradiction(Text("The newspaper sued the company.", "en"), printed) is None
