"""What a statement names must stand in its sources, and nothing there may say otherwise."""

import pytest

from qa.claims import Reason, Text, contradiction, lacking

#: Language of the statement, statement, language of the source, source, what is wrong if anything.
CASES = [
    # Names of places and peoples, languages, whatever the language.
    ("fr", "Un tribunal d’Allemagne a jugé.", "en", "A court in Germany has ruled.", None),
    ("it", "Un tribunale di Londra ha deciso.", "en", "A court in London has ruled.", None),
    ("en", "A court in Munich ruled.", "it", "Il tribunale di Monaco di Baviera ha deciso.", None),
    ("en", "A court in Moscow ruled.", "fr", "Un tribunal de Moscou a jugé.", None),
    ("en", "A French court ruled.", "it", "Un tribunale francese ha deciso.", None),
    ("en", "A French court ruled.", "it", "Un tribunale tedesco ha deciso.", Reason.NAME),
    ("en", "A court in Vienna ruled.", "it", "Il tribunale di Monaco ha deciso.", Reason.NAME),
    ("it", "La società francese ha deciso.", "it", "La società tedesca ha deciso.", Reason.NAME),
    # Dates.
    ("it", "A ottobre 2023 Rossi vinse.", "en", "Rossi won in October 2023.", None),
    ("fr", "Le 14 janvier, Rossi a gagné.", "en", "Rossi won on Jan. 14.", None),
    ("en", "Rossi won on 2023-10-14.", "it", "Rossi vinse il 14 ottobre 2023.", None),
    ("en", "Rossi won on 14 October 2023.", "en",
     "Rossi won on 14 May 2023, Berg on 3 October 2023.", Reason.DATE),
    ("en", "Rossi won in November 2023.", "en", "Rossi won in October 2023.", Reason.DATE),
    ("en", "Rossi won on Monday.", "en", "Rossi won on Tuesday.", Reason.DATE),
    # Numbers, units, currencies.
    ("fr", "Rossi a 64 000 livres.", "en", "Rossi has 64k books.", None),
    ("it", "Rossi ha 64 mila libri.", "en", "Rossi has 64,000 books.", None),
    ("en", "Rossi paid $30 million.", "it", "Rossi ha pagato 30 milioni di dollari.", None),
    ("en", "Rossi paid 30 euros and 20 dollars.", "en", "Rossi paid 20 euros and 30 dollars.",
     Reason.NUMBER),
    ("en", "Rossi waited 48 days.", "en", "Rossi waited 48 hours and two days.", Reason.NUMBER),
    ("en", "Rossi won 12 to 21.", "en", "Rossi won 21 to 12.", Reason.NUMBER),
    ("en", "The guild has five members.", "en",
     "The guild has 270 members and wrote to five developers.", Reason.NUMBER),
    ("en", "The fire hurt 300 passengers.", "en", "Of the 300 passengers, 45 were hurt.",
     Reason.NUMBER),
    ("en", "Of the 45 passengers, 300 were hurt.", "en", "Of the 300 passengers, 45 were hurt.",
     Reason.NUMBER),
    ("en", "Of the 300 passengers, 45 were hurt.", "en", "45 of the 300 passengers were hurt.",
     None),
    ("en", "The ferry had 300 passengers.", "en", "The ferry had 300 passengers; 45 were hurt.",
     None),
    ("fr", "Les 300 passagers sont blessés.", "fr", "Sur les 300 passagers, 45 sont blessés.",
     Reason.NUMBER),
    ("it", "Sono feriti 300 passeggeri.", "it", "Dei 300 passeggeri, 45 sono feriti.",
     Reason.NUMBER),
    ("it", "Sono feriti 45 passeggeri.", "it", "Dei 300 passeggeri, 45 sono feriti.", None),
    # Denials.
    ("en", "Rossi visited Berg.", "en", "Rossi did not visit Berg.", Reason.DENIAL),
    ("en", "Rossi has yet to pay Berg.", "en", "Rossi has paid Berg.", Reason.DENIAL),
    ("en", "Rossi has not paid.", "en", "Rossi has yet to pay.", None),
    ("en", "Rossi paid Berg.", "en", "Rossi paid Berg and did not complain.", None),
    ("fr", "Rossi paie Berg.", "fr", "Rossi ne paie que Berg.", None),
    ("fr", "Rossi a payé Berg.", "fr", "Rossi n’a jamais payé Berg.", Reason.DENIAL),
    ("it", "Rossi ha pagato Berg.", "it", "Rossi non ha pagato Berg.", Reason.DENIAL),
    ("fr", "Rossi a publié la liste.", "en", "Rossi has not published the list.", Reason.DENIAL),
    # How much of it, and whether.
    ("en", "Rossi paid all of the claims.", "en", "Rossi paid most of the claims.", Reason.WORDS),
    ("en", "Rossi paid the claims.", "en", "Rossi paid most claims.", Reason.WORDS),
    ("en", "Rossi paid more than 30 times.", "en", "Rossi paid 30 times.", Reason.WORDS),
    ("it", "Rossi ha pagato solo Berg.", "it", "Rossi ha pagato Berg.", Reason.WORDS),
    ("fr", "Rossi paiera.", "fr", "Rossi paiera peut-être.", None),
    # Opposites, and who did what to whom.
    ("en", "Rossi accepted the claim.", "en", "Rossi rejected the claim.", Reason.WORDS),
    ("en", "Rossi dismissed the claim.", "en", "Rossi rejected the claim.", None),
    ("fr", "Rossi a accepté la demande.", "it", "Rossi ha respinto la richiesta.", Reason.WORDS),
    ("it", "Il sito è accessibile.", "it", "Il sito è inaccessibile.", Reason.WORDS),
    ("en", "Rossi sued Berg.", "en", "Berg sued Rossi.", Reason.WORDS),
    ("en", "Rossi was sued by Berg.", "en", "Berg sued Rossi.", None),
    ("it", "Rossi ha citato Berg.", "en", "Berg sued Rossi.", Reason.WORDS),
    ("en", "The case by Berg goes on.", "en", "The case against Berg goes on.", Reason.WORDS),
    # A link, a quotation.
    ("en", "Rossi won, see www.example.org", "en", "Rossi won.", Reason.LINK),
    ("en", "Rossi “won”.", "en", "Rossi lost.", Reason.QUOTATION),
]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "said", "other", "printed", "reason"),
    CASES,
    ids=[f"{case[0]}:{case[1]}|{case[2]}:{case[3]}" for case in CASES],
)
def test_one_wrong_word_is_found_with_its_reason(
    language: str, said: str, other: str, printed: str, reason: Reason | None
) -> None:
    statement, source = Text(said, language), Text(printed, other)
    fault = lacking(statement, [source]) or contradiction(statement, source)
    assert (fault.reason if fault else None) == reason


def test_the_day_of_publication_gives_a_printed_day_its_year_and_nothing_else() -> None:
    source = Text("Rossi won on January 14.", "en", published="2025-01-15")
    assert lacking(Text("Rossi won on 14 January 2025.", "en"), [source]) is None
    fault = lacking(Text("Rossi won in 2025.", "en"), [source])
    assert fault is not None
    assert fault.reason is Reason.DATE


def test_a_fuller_name_of_the_same_article_may_stand_for_the_sources() -> None:
    source = Text("Mr Lindqvist won.", "en", before="Gareth Lindqvist follows Rory Pellatt. ")
    assert lacking(Text("Gareth Lindqvist won.", "en"), [source]) is None
    assert lacking(Text("Rory Lindqvist won.", "en"), [source])
