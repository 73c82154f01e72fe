"""Numbers from 1, by first appearance, one a span."""

from dataclasses import replace

from corpus import Span
from qa.answer import Kind, Verdict
from qa.citing import citations, cite, cite_versions
from qa.disagreeing.drafts import DisagreementDraft, VersionDraft
from qa.draft import Draft
from qa.fakes import article, source

ONE, TWO, THREE = (source(f"Sentence {number} is here.") for number in (1, 2, 3))


def draft(*sources: object) -> Draft:
    return Draft("It is so.", sources, Verdict.SUPPORTED)  # type: ignore[arg-type]  # as given


def test_numbers_follow_first_appearance_and_are_used_again() -> None:
    statements, cited = cite([draft(TWO), draft(ONE, TWO), draft(THREE, ONE)])
    assert [statement.citations for statement in statements] == [(1,), (2, 1), (3, 2)]
    assert [citation.number for citation in cited] == [1, 2, 3]
    assert [citation.quote for citation in cited] == [TWO.text, ONE.text, THREE.text]


def test_two_spans_of_one_passage_have_two_numbers() -> None:
    _, cited = cite([draft(ONE, replace(ONE, span=Span(0, 8)))])
    assert [(citation.number, citation.quote) for citation in cited] == [
        (1, ONE.text),
        (2, "Sentence"),
    ]


def test_the_same_words_in_two_articles_have_two_numbers() -> None:
    reprint = replace(ONE, article=article(ONE.text, publisher="Another"))
    _, cited = cite([draft(ONE, reprint)])
    assert [citation.number for citation in cited] == [1, 2]


def test_nothing_to_cite_is_nothing() -> None:
    assert cite([]) == ((), ())
    assert citations([]) == ()


def test_a_quote_is_cut_from_the_article_by_code_points() -> None:
    whole = article("A 👩‍🚀 said: e\u0301té.\u00a0So!")
    (cited,) = citations([replace(ONE, article=whole, span=Span(2, 5))])
    assert cited.quote == whole.text[2:5] == "👩‍🚀"


def test_versions_are_numbered_behind_the_statements_and_share_their_numbers() -> None:
    _, cited = cite([draft(TWO)])
    versions = (VersionDraft((ONE, TWO), (Span(0, 8),)), VersionDraft((THREE,), ()))
    (stated,), numbered = cite_versions(
        [DisagreementDraft(Kind.FIGURES, "sentences", versions)], cited
    )
    assert [version.citations for version in stated.versions] == [(2, 1), (3,)]
    assert [citation.quote for citation in numbered] == [TWO.text, ONE.text, THREE.text]
    assert stated.versions[0].quote == ONE.text
    assert [(run.text, run.differs) for run in stated.versions[0].runs] == [
        ("Sentence", True),
        (" 1 is here.", False),
    ]


def test_citations_that_were_given_stay_as_they_are() -> None:
    _, cited = cite([draft(TWO)])
    broken = (replace(cited[0], quote="not so"),)
    assert cite_versions([], broken) == ((), broken)
