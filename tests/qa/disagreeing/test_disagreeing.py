"""Planted conflicts are found and both sides quoted; what only looks like one is left alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus import Article, Span
from corpus.characters import clean_text
from corpus.reading import FoundArticle
from index_store.fakes import memory_index
from index_store.index import ArticleIndex
from qa.answer import Answer, Kind
from qa.answerer import Answerer
from qa.citing import citations
from qa.disagreeing import DisagreementDraft, untold_correction
from qa.draft import Source
from qa.fakes import article, source

Differences = Callable[..., tuple[DisagreementDraft, ...]]


class Case(NamedTuple):
    """A question and what two outlets print, the second perhaps in another language."""

    question: str
    one: str
    other: str
    language: str = "en"
    other_language: str | None = None

    def articles(self) -> tuple[Article, Article]:
        first = article(self.one, self.language, publisher="The Courier", published="2025-03-01")
        second = article(
            self.other,
            self.other_language or self.language,
            publisher="The Post",
            published="2025-03-02",
        )
        return first, second


FIGURES = {
    "dead": Case(
        "How many people died in the Tarnmouth ferry fire?",
        "The fire on the Tarnmouth ferry killed 40 people on Friday night.",
        "Rescuers said that 60 people had died in the fire on the Tarnmouth ferry.",
    ),
    "money": Case(
        "How much will the new Ellery bridge cost?",
        "The new bridge at Ellery will cost 31 million pounds, the council said.",
        "The council put the cost of the new bridge at Ellery at £36 million.",
    ),
    "share": Case(
        "Quelle part des salariés de Valmorin a voté la grève ?",
        "À Valmorin, 62 % des salariés ont voté la grève lundi.",
        "La grève a été votée lundi par 48 % des salariés à Valmorin.",
        "fr",
    ),
    "words": Case(
        "Quanti operai lavorano nella cartiera di Ripaverde?",
        "Nella cartiera di Ripaverde lavorano settanta operai, dice il comune.",
        "Il comune dice che nella cartiera di Ripaverde lavorano 90 operai.",
        "it",
    ),
    "across": Case(
        "How many euros did the council take from the Valmorin budget?",
        "The Valmorin council took 300,000 euros from the budget of the museum.",
        "Le conseil de Valmorin a retiré 350 000 euros au budget du musée.",
        "en",
        "fr",
    ),
}


@pytest.mark.parametrize("case", FIGURES.values(), ids=FIGURES)
def test_two_figures_for_one_thing_are_shown_side_by_side(
    case: Case, differences: Differences
) -> None:
    (found,) = differences(case.question, *case.articles())
    assert found.kind is Kind.FIGURES
    quoted = {version.sources[0].text for version in found.versions}
    assert quoted == {case.one, case.other}
    for version in found.versions:
        (span,) = version.differs
        text = version.sources[0].text
        assert found.about in f"{case.one} {case.other}"
        assert any(map(str.isalnum, text[span.start : span.end]))
        assert not text[: span.start].endswith(tuple("0123456789"))


NO_FIGURES = {
    "spelling": Case(
        "How many copies did the Courier print?",
        "The Courier printed 64,000 copies of its Sunday edition.",
        "The Courier printed 64k copies of its Sunday edition.",
    ),
    "bound": Case(
        "How many people marched in Tarnmouth?",
        "More than 60 people marched in Tarnmouth on Friday.",
        "In Tarnmouth, 64 people marched on Friday.",
    ),
    "rounded": Case(
        "How many euros did the Ellery bridge cost?",
        "The Ellery bridge cost 1.9 million euros in the end.",
        "The Ellery bridge cost 1.87 million euros in the end.",
    ),
    "another year": Case(
        "How many people died in the ferry fire?",
        "The ferry fire of 1998 killed 40 people in the harbour.",
        "The ferry fire of 2021 killed 60 people in the harbour.",
    ),
    "another place": Case(
        "How many people died in the ferry fire?",
        "A ferry fire killed 40 people near Tarnmouth on Friday.",
        "A ferry fire killed 60 people near Sandholm on Friday.",
    ),
    "another thing": Case(
        "How many people work at the Ellery shipyard?",
        "The Ellery shipyard has 300 workers and pays them badly.",
        "The Ellery shipyard has 210 cranes and paints them badly.",
    ),
    "an hour": Case(
        "Combien d’heures la mairie de Valmorin ouvre-t-elle ?",
        "La mairie de Valmorin ouvre 26 heures par semaine.",
        "La mairie de Valmorin ouvre à 15 heures le samedi.",
        "fr",
    ),
    "both in both": Case(
        "How many parameters do the Orle models have?",
        "The Orle models have 8 billion parameters or 70 billion parameters.",
        "The Orle models have 70 billion parameters or 8 billion parameters.",
    ),
}


@pytest.mark.parametrize("case", NO_FIGURES.values(), ids=NO_FIGURES)
def test_figures_that_can_both_be_right_are_no_disagreement(
    case: Case, differences: Differences
) -> None:
    assert differences(case.question, *case.articles()) == ()


def test_one_outlet_does_not_disagree_with_itself(differences: Differences) -> None:
    case = FIGURES["dead"]
    one, other = (article(text, publisher="The Courier") for text in (case.one, case.other))
    assert differences(case.question, one, other) == ()


def test_a_figure_may_have_changed_between_articles_far_apart(differences: Differences) -> None:
    case = FIGURES["dead"]
    one, other = (
        article(text, publisher=publisher, published=published)
        for text, publisher, published in (
            (case.one, "The Courier", "2024-03-01"),
            (case.other, "The Post", "2025-03-01"),
        )
    )
    assert differences(case.question, one, other) == ()


@pytest.mark.parametrize("agreeing", [0, 1])
def test_outlets_that_agree_are_one_version(agreeing: int, differences: Differences) -> None:
    case = FIGURES["dead"]
    repeated = (case.one, case.other)[agreeing].replace("ferry", "car ferry")
    third = article(repeated, publisher="The Gazette", published="2025-03-01")
    (found,) = differences(case.question, *case.articles(), third)
    assert sorted(len(version.sources) for version in found.versions) == [1, 2]


REMARKS = {
    "within a language": Case(
        "What did Ada Reeve say about the harbour?",
        "“The harbour is a bathtub to us,” Ada Reeve said on Tuesday.",
        "Ada Reeve said: “The harbour is of no importance to us.”",
    ),
    "misspelt": Case(
        "What did Kwame Ostrander say about the wiring?",
        "“The wiring of this house is a museum,” said Kwame Ostrander.",
        "“The wiring is like a museum here,” said Kwame Ostranger.",
    ),
    "a word or two": Case(
        "What did Ada Reeve say about Sandholm?",
        "“Sandholm does not matter to this port at all,” Ada Reeve said.",
        "Ada Reeve called Sandholm “peanuts” and left.",
    ),
    "French": Case(
        "Qu’a dit Solène Kervadec du budget ?",
        "« Le budget est un gruyère », a déclaré Solène Kervadec.",
        "« Ce budget est plein de trous », dit Solène Kervadec.",
        "fr",
    ),
    "Italian": Case(
        "Che cosa ha detto Livia Sarcinelli del porto?",
        "“Il porto è una vasca da bagno”, ha detto Livia Sarcinelli.",
        "Livia Sarcinelli spiega: “Il porto per noi non conta nulla”.",
        "it",
    ),
}


@pytest.mark.parametrize("case", REMARKS.values(), ids=REMARKS)
def test_one_remark_in_two_wordings_is_shown_side_by_side(
    case: Case, differences: Differences
) -> None:
    (found,) = differences(case.question, *case.articles())
    assert found.kind is Kind.WORDING
    assert {version.sources[0].text for version in found.versions} == {case.one, case.other}


ASIDE = {
    "who the speaker is": "Which office does Ada Reeve hold?",
    "whom it was said to": "Who is Tom Orme?",
    "a word of it alone": "Which country does the harbour belong to?",
}


@pytest.mark.parametrize("question", ASIDE.values(), ids=ASIDE)
def test_a_remark_that_is_not_asked_about_is_no_disagreement(
    question: str, differences: Differences
) -> None:
    one = "“The harbour is a bathtub to us,” the mayor Ada Reeve wrote to Tom Orme."
    other = "Ada Reeve, the mayor, told Tom Orme: “The harbour is a puddle to us.”"
    asked = Case("What did Ada Reeve say about the harbour?", one, other)
    assert [found.kind for found in differences(asked.question, *asked.articles())] == [
        Kind.WORDING
    ]
    assert differences(question, *asked.articles()) == ()


def test_figures_are_not_compared_for_a_question_that_asks_for_a_day(
    differences: Differences,
) -> None:
    case = Case(
        "When does the Sandholm library open again?",
        "The council cut 420,000 euros from the budget of the Sandholm library on Monday.",
        "The council took 380,000 euros from the budget of the Sandholm library on Monday.",
    )
    assert differences("How much was cut from the Sandholm library budget?", *case.articles())
    assert differences(case.question, *case.articles()) == ()


def test_a_translation_is_another_version_but_not_called_another_wording(
    differences: Differences,
) -> None:
    case = Case(
        "What did Ada Reeve say about the ministers?",
        "“The ministers do not answer a simple question,” Ada Reeve said.",
        "« Les ministres ne répondent pas à une question simple », a dit Ada Reeve.",
        "en",
        "fr",
    )
    (found,) = differences(case.question, *case.articles())
    assert found.kind is Kind.LANGUAGES
    assert all(version.differs == () for version in found.versions)


NO_REMARKS = {
    "word for word": Case(
        "What did Ada Reeve say about the harbour?",
        "“The harbour is a bathtub,” Ada Reeve said on Tuesday.",
        "Ada Reeve said: “The harbour is a bathtub”.",
    ),
    "cut shorter": Case(
        "What did Ada Reeve say about the harbour?",
        "“The harbour is a bathtub to us, and an old one,” Ada Reeve said.",
        "Ada Reeve called the harbour “a bathtub to us”.",
    ),
    "another speaker": Case(
        "What was said about the harbour?",
        "“The harbour is a cold bathtub,” Ada Reeve said.",
        "“The harbour is a warm living room,” Dev Ransome said.",
    ),
    "a namesake": Case(
        "What did Reeve say about the harbour?",
        "“The harbour is a cold bathtub,” Ada Reeve said.",
        "“The harbour was always a warm bathtub,” Carl Reeve said.",
    ),
    "another remark": Case(
        "What did Ada Reeve say about the harbour?",
        "“The harbour lost nine good cranes in the great winter storm,” Ada Reeve said.",
        "“My mother taught me to read by the light of passing boats,” Ada Reeve said.",
    ),
}


@pytest.mark.parametrize("case", NO_REMARKS.values(), ids=NO_REMARKS)
def test_other_remarks_and_the_same_words_are_no_disagreement(
    case: Case, differences: Differences
) -> None:
    assert differences(case.question, *case.articles()) == ()


def test_one_remark_in_two_mouths_is_shown(differences: Differences) -> None:
    case = Case(
        "Who said that the harbour is a cold and leaking bathtub?",
        "“The harbour is a cold and leaking bathtub,” Ada Reeve said.",
        "“The harbour is a cold and leaking bathtub,” said Dev Ransome.",
    )
    (found,) = differences(case.question, *case.articles())
    assert found.kind is Kind.SPEAKERS


def test_two_parties_of_one_article_are_two_sides(differences: Differences) -> None:
    text = "Selon le syndicat, 81 % des ouvriers ont fait grève. La direction parle de 54 %."
    (found,) = differences("Combien d’ouvriers ont fait grève ?", article(text, "fr"))
    assert found.kind is Kind.SIDES
    assert len(found.versions) == 2


def test_two_things_of_one_article_are_not_two_sides(differences: Differences) -> None:
    text = "The union says sales rose by 81 per cent. The company says profits fell by 54 per cent."
    assert differences("By how much did sales rise?", article(text)) == ()


def test_a_notice_corrects_what_another_outlet_prints(differences: Differences) -> None:
    wrong = "The new Orle model has 450 billion parameters, more than any other."
    notice = (
        "Rectificatif : une version précédente de cet article donnait 450 milliards de paramètres."
        " Le modèle Orle en a 405 milliards."
    )
    (found,) = differences(
        "How many parameters does the Orle model have?",
        article(wrong, publisher="The Courier"),
        article(notice.replace("paramètres. Le", "paramètres au lieu de 405 milliards. Le"), "fr"),
    )
    assert found.kind is Kind.CORRECTION
    first, last = found.versions
    assert first.sources[0].text == wrong
    (span,) = last.differs
    assert last.sources[0].text[span.start : span.end] == "405 milliards"


def test_an_article_that_corrects_a_quoted_one_is_cited_with_it(differences: Differences) -> None:
    one = article("The mayor of Ellery resigned on Monday.", source="ellery.md", title="Ellery")
    other = article("The mayor of Ellery did not resign, as we wrote.", corrects="ellery.md")
    (found,) = differences("Did the mayor of Ellery resign on Monday?", one, other)
    assert found.kind is Kind.CORRECTION
    assert [version.sources[0].article for version in found.versions] == [one, other]
    assert found.about == "Ellery"


def test_a_correction_that_is_not_in_the_archive_is_named() -> None:
    address = "https://example.org/c"
    printed = article("The mayor of Ellery resigned.", title="Ellery", corrected_by=address)
    (cited,) = citations([Source("p", printed, Span(0, 5))])
    assert untold_correction([cited], [], "en") == f"“Ellery” was corrected later: {address}"
    assert untold_correction(citations([source("Nothing was wrong.")]), [], "en") is None


AROUND = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=AROUND, within=AROUND, case=st.sampled_from([*FIGURES.values(), *REMARKS.values()]))
def test_every_version_is_what_its_article_prints(
    before: str,
    within: str,
    case: Case,
    assert_proven: Callable[[Answer, ArticleIndex], None],
) -> None:
    texts = (clean_text(f"{before}\n\n{text} {within}") for text in (case.one, case.other))
    index = memory_index()
    found = [
        article(text, case.language, publisher=publisher)
        for text, publisher in zip(texts, ("The Courier", "The Post"), strict=True)
    ]
    index.sync(FoundArticle(one, f"/{one.id}") for one in found)
    answer = Answerer(index).ask(case.question)
    assert_proven(answer, index)
    for version in (each for stated in answer.disagreements for each in stated.versions):
        cited = answer.citation(version.citations[0])
        assert cited.article.text[cited.start : cited.end] == version.quote
