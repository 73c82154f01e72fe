"""Words stay in the mouth of who said them: by name, by pronoun, in three languages."""

import pytest

from qa.claims.attributions import same
from qa.claims.reasons import Reason
from qa.claims.speakers import speakers, wrong_speaker
from qa.claims.tokens import Text

BEFORE = "Abigail Thorne, a nurse, finishes at ten. "

CASES = [
    ("en", "“It is lost,” said Dev Ransome, who answered Malcolm Tirrell.", "", "Dev Ransome",
     "Malcolm Tirrell"),
    ("en", "Malcolm Tirrell, who chairs the board, said that Dev Ransome was wrong.", "",
     "Mr Tirrell", "Dev Ransome"),
    ("en", "“It is lost,” she said.", BEFORE, "Abigail Thorne", "Malcolm Tirrell"),
    ("en", "According to Meta, the claim of Richard Kadrey fails.", "", "Meta", "Richard Kadrey"),
    ("fr", "« C’est perdu », a déclaré mardi Solène Kervadec à Hervé Taillandier.", "",
     "Solène Kervadec", "Hervé Taillandier"),
    ("fr", "« C’est perdu », explique son directeur, Anselme Duvernay, à Mathilde Brécourt.", "",
     "Duvernay", "Mathilde Brécourt"),
    ("fr", "« C’est perdu », résume-t-elle.", "Solène Kervadec est juriste. ", "Solène Kervadec",
     "Hervé Taillandier"),
    ("fr", "Selon Hervé Taillandier, c’est la faute de Solène Kervadec.", "", "Hervé Taillandier",
     "Solène Kervadec"),
    ("it", "“È perso”, ha detto Silvio Tarenghi a Loredana Piccinato.", "", "Silvio Tarenghi",
     "Loredana Piccinato"),
    ("it", "“È perso”, ha spiegato.", "Silvio Tarenghi è delegato. ", "Tarenghi",
     "Loredana Piccinato"),
    ("it", "Secondo Loredana Piccinato la colpa è di Silvio Tarenghi.", "", "Piccinato",
     "Silvio Tarenghi"),
]  # fmt: skip
SAYS = {
    "en": ["{} said it is lost.", "According to {}, it is lost.", "{}: “lost”"],
    "fr": ["{} a déclaré que c’est perdu.", "Selon {}, c’est perdu."],
    "it": ["{} ha detto che è perso.", "Secondo {} è perso."],
}


@pytest.mark.parametrize(
    ("language", "printed", "before", "right", "wrong"),
    CASES,
    ids=[f"{case[0]}:{case[1][:30]}" for case in CASES],
)
def test_only_who_spoke_may_be_named_as_the_speaker(
    language: str, printed: str, before: str, right: str, wrong: str
) -> None:
    source = Text(printed, language, before=before)
    for said in SAYS[language]:
        assert wrong_speaker(Text(said.format(right), language), [source]) is None, said
        fault = wrong_speaker(Text(said.format(wrong), language), [source])
        assert fault is not None, said
        assert fault.reason is Reason.SPEAKER


def test_of_two_quotations_each_has_its_own_speaker() -> None:
    source = Text("“We won,” said Ada Brook. “We lost all of it,” said Tom Orme.", "en")
    assert wrong_speaker(Text("“We won,” said Ada Brook.", "en"), [source]) is None
    assert wrong_speaker(Text("“We won,” said Tom Orme.", "en"), [source])
    assert wrong_speaker(Text("Tom Orme said: “We won.”", "en"), [source])


@pytest.mark.parametrize(
    ("language", "printed", "said", "kept"),
    [
        ("en", "The court fined the port. “It is late,” said Ada Brook.",
         "“The court fined the port,” said Ada Brook.", "“It is late,” said Ada Brook."),
        ("fr", "Le tribunal a puni le port. « C’est tard », a dit Ada Brook.",
         "« Le tribunal a puni le port », a dit Ada Brook.", "« C’est tard », a dit Ada Brook."),
        ("it", "La corte ha multato il porto. “È tardi”, ha detto Ada Brook.",
         "“La corte ha multato il porto”, ha detto Ada Brook.", "“È tardi”, ha detto Ada Brook."),
    ],
)  # fmt: skip
def test_words_of_the_article_itself_are_nobodys_quotation(
    language: str, printed: str, said: str, kept: str
) -> None:
    source = Text(printed, language)
    assert wrong_speaker(Text(kept, language), [source]) is None
    assert wrong_speaker(Text(said, language), [source])


def test_the_speaker_of_the_sentence_before_may_go_on_in_the_next() -> None:
    source = Text("“They ask why.”", "en", before="“They do not ask,” said Rory Pellatt. ")
    assert wrong_speaker(Text("“They ask why,” said Pellatt.", "en"), [source]) is None
    assert wrong_speaker(Text("“They ask why,” said Gareth Lindqvist.", "en"), [source])


def test_an_outlet_may_be_named_as_reporting_what_it_prints_but_not_as_saying_it() -> None:
    source = Text("“It is lost,” said Dev Ransome.", "en", outlet="The Example Courier")
    reports = Text("According to The Example Courier, it is lost.", "en")
    quotes = Text("“It is lost,” The Example Courier said.", "en")
    assert wrong_speaker(reports, [source]) is None
    assert wrong_speaker(quotes, [source])


def test_nobody_by_name_is_no_speaker() -> None:
    source = Text("The librarians said that it was lost.", "en")
    for said in ("Librarians said it was lost.", "She said it was lost.", "It was lost."):
        assert wrong_speaker(Text(said, "en"), [source]) is None


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("ahmad al dahle", "al dahle", True),
        ("ahmad al dahle", "ahmed al dahle", True),
        ("halvorsen", "halversen", True),
        ("miriam halvorsen", "miriam tirrell", False),
        ("anna berg", "anne berg", False),
        ("rory pellatt", "gareth lindqvist", False),
        ("", "gareth", False),
    ],
)
def test_a_name_is_the_same_in_full_in_part_and_up_to_a_letter(
    one: str, other: str, expected: bool
) -> None:
    assert same(frozenset(one.split()), frozenset(other.split())) is expected


def test_who_speaks_is_read_from_the_article_itself() -> None:
    source = Text("“It is lost,” she said.", "en", before=BEFORE)
    assert frozenset({"abigail", "thorne"}) in speakers(source)
