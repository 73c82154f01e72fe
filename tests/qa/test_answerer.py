"""One question's way over the sample archive, with the bundled model and Chroma."""

from collections.abc import Callable, Iterable

import pytest

from corpus import Article
from index_store.index import ArticleIndex
from index_store.models import Filters
from qa.answer import Answer, Mode, Statement, Verdict
from qa.answerer import Answerer
from qa.errors import BadQuestion, EmptyIndex
from qa.fakes import article
from qa.history import Turn
from qa.phrases import phrase

Proven = Callable[[Answer, ArticleIndex], None]

ANSWERED = [
    ("en", "Who is the judge in Kadrey v. Meta?", "Vince Chhabria"),
    ("en", "How much must the operators of LibGen pay?", "30 million dollars"),
    ("en", "What day does the last 10.15 pm boat to Sandholm sail?", "Sunday 2 February"),
    ("fr", "À combien s'élève l'amende de Google annoncée en mars 2024 ?", "250 millions d’euros"),
    ("fr", "Quel groupe espagnol a signé avec OpenAI en même temps que Le Monde ?", "Prisa"),
    ("it", "Per quanto tempo OpenAI dovrà fare la campagna informativa?", "per sei mesi"),
    ("it", "Chi ha fatto causa a Meta per i libri usati con Llama?", "Richard Kadrey"),
]


@pytest.mark.parametrize(
    ("language", "question", "gold"), ANSWERED, ids=[f"{case[0]}: {case[1]}" for case in ANSWERED]
)
def test_a_question_is_answered_in_exact_quotes(
    language: str, question: str, gold: str, sample_index: ArticleIndex, assert_proven: Proven
) -> None:
    answer = Answerer(sample_index).ask(question)
    assert_proven(answer, sample_index)
    assert (answer.language, answer.mode, answer.note) == (language, Mode.QUOTES, None)
    assert gold in answer.text
    assert {statement.verdict for statement in answer.statements} == {Verdict.VERBATIM}
    for statement in answer.statements:
        for number in statement.citations:
            assert answer.citation(number).quote.casefold() == statement.text.casefold()


REFUSED = [
    ("en", "What is the boiling point of ethanol?"),
    ("en", "How much is OpenAI paying Le Monde?"),
    ("fr", "Quelle est la recette de la tarte Tatin ?"),
    ("it", "Come si prepara il risotto alla milanese?"),
]


@pytest.mark.parametrize(("language", "question"), REFUSED, ids=[text for _, text in REFUSED])
def test_what_the_archive_does_not_say_is_refused_with_what_came_close(
    language: str, question: str, sample_index: ArticleIndex, assert_proven: Proven
) -> None:
    answer = Answerer(sample_index).ask(question)
    assert_proven(answer, sample_index)
    assert answer.refused
    assert len(answer.nearest) == 3
    assert answer.text.startswith(phrase(language, "answer.refused"))
    assert "18" in answer.text


def test_a_wire_story_is_one_statement_that_cites_every_outlet(
    sample_index: ArticleIndex, assert_proven: Proven
) -> None:
    answer = Answerer(sample_index).ask("How much must the operators of LibGen pay?")
    assert_proven(answer, sample_index)
    ruling = next(one for one in answer.statements if "30 million dollars" in one.text)
    assert ruling.text.startswith("A federal court in New York has ordered")
    assert {answer.citation(number).article.publisher for number in ruling.citations} == {
        "Example Wire", "The Example Courier", "The Example Harbour Post",
    }  # fmt: skip
    assert sum("30 million dollars" in one.text for one in answer.statements) == 1


def test_a_follow_up_is_searched_with_what_it_leans_on(sample_index: ArticleIndex) -> None:
    history = [
        Turn("user", "Who sued Library Genesis in New York?"),
        Turn("assistant", "Cengage, Macmillan Learning, McGraw Hill and Pearson [1]."),
    ]
    answer = Answerer(sample_index).ask("And how much were they awarded?", history)
    assert answer.question == "And how much were they awarded?"
    assert answer.standalone_question.startswith(f"{answer.question} (")
    assert "Library Genesis" in answer.standalone_question
    assert "30 million dollars" in answer.text


def test_a_misspelt_name_is_searched_as_the_archive_spells_it(
    archive: Callable[..., ArticleIndex],
) -> None:
    told = article("The ferry was sold in May. Its owner, Ada Kowalczyk, paid for it.")
    answer = Answerer(archive([told])).ask("Who is Ada Kowalzcyk?")
    assert answer.standalone_question == "Who is Ada Kowalczyk?"
    assert answer.question == "Who is Ada Kowalzcyk?"
    assert "Kowalczyk" in answer.text
    assert not answer.refused


@pytest.mark.parametrize(
    ("filters", "allowed"),
    [
        (Filters(publishers=("The Example Courier",)), lambda one: one.publisher),
        (Filters(languages=("en",)), lambda one: one.language),
    ],
    ids=["publisher", "language"],
)
def test_a_filter_holds_for_citations_and_for_what_was_searched(
    filters: Filters, allowed: Callable[[Article], str], sample_index: ArticleIndex
) -> None:
    answer = Answerer(sample_index).ask("How much must LibGen pay?", filters=filters)
    assert answer.citations
    assert {allowed(one.article) for one in answer.citations} <= {
        *filters.publishers,
        *filters.languages,
    }
    assert 0 < answer.searched.articles < 18


def test_a_date_filter_is_said_in_the_refusal_and_holds_for_what_came_close(
    sample_index: ArticleIndex,
) -> None:
    filters = Filters(published_from="2024-10-01", published_to="2024-12-31")
    answer = Answerer(sample_index).ask("What is the boiling point of ethanol?", filters=filters)
    assert answer.refused
    assert "2024-10-01" in answer.text
    assert (answer.searched.first, answer.searched.last) == ("2024-10-01", "2024-12-31")
    days = [(one.article.published or "")[:10] for one in answer.nearest]
    assert days
    assert all("2024-10-01" <= day <= "2024-12-31" for day in days)


@pytest.mark.parametrize("language", ["en", "fr", "it"])
def test_filters_that_nothing_matches_are_said_to_be_the_reason(
    language: str, sample_index: ArticleIndex
) -> None:
    filters = Filters(published_from="2099-01-01")
    answer = Answerer(sample_index).ask("Who is it?", filters=filters, language=language)
    assert answer.refused
    assert answer.nearest == ()
    assert answer.text == phrase(language, "answer.nothing_matches")


def test_an_empty_index_says_what_to_run(archive: Callable[..., ArticleIndex]) -> None:
    with pytest.raises(EmptyIndex, match="citedesk index"):
        Answerer(archive([])).ask("Who is it?")


@pytest.mark.parametrize("question", ["", "  ", "?!", "x" * 100_000])
def test_what_cannot_be_asked_is_not_searched(question: str, sample_index: ArticleIndex) -> None:
    with pytest.raises(BadQuestion):
        Answerer(sample_index).ask(question)


@pytest.mark.parametrize("language", ["zz", "klingon", "en_US.UTF-8"])
def test_a_language_that_does_not_exist_is_a_bad_question(
    language: str, sample_index: ArticleIndex
) -> None:
    with pytest.raises(BadQuestion):
        Answerer(sample_index).ask("What is the boiling point of ethanol?", language=language)


@pytest.mark.parametrize("stated", ["english", "zz", "x", "fr"])
def test_whatever_an_article_calls_its_language_a_refusal_can_be_said(
    stated: str, archive: Callable[[Iterable[Article]], ArticleIndex]
) -> None:
    index = archive([article("The ferry to Sandholm sails at noon.", stated)])
    answer = Answerer(index).ask("What is the boiling point of ethanol?")
    assert answer.refused
    assert ("French" if stated == "fr" else stated) in answer.text


@pytest.mark.parametrize("language", ["de", "ja", "ar"])
def test_a_language_that_is_not_spoken_here_is_answered_in_english(
    language: str, sample_index: ArticleIndex
) -> None:
    answer = Answerer(sample_index).ask("What is the boiling point?", language=language)
    assert answer.language == language
    assert answer.refused is (not answer.statements)
    assert answer.note is not None
    assert "they are in English here" in answer.note


def test_a_stream_is_the_statements_and_then_the_whole_answer(sample_index: ArticleIndex) -> None:
    *statements, answer = Answerer(sample_index).stream("Who is the judge in Kadrey v. Meta?")
    assert isinstance(answer, Answer)
    assert all(isinstance(statement, Statement) for statement in statements)
    assert tuple(statements) == answer.statements


def test_one_question_has_one_answer_but_each_time_an_id_of_its_own(
    sample_index: ArticleIndex,
) -> None:
    first, second = (
        Answerer(sample_index).ask("Who is the judge in Kadrey v. Meta?") for _ in "12"
    )
    assert first.id != second.id
    assert (first.text, first.citations) == (second.text, second.citations)


def test_running_text_has_every_statement_with_its_numbers(sample_index: ArticleIndex) -> None:
    answer = Answerer(sample_index).ask("How much must the operators of LibGen pay?")
    assert answer.text == " ".join(
        one.led_in + " " + "".join(f"[{number}]" for number in one.citations)
        for one in answer.statements
    )


@pytest.mark.parametrize("question", ["Who?", "What about that?", "Qui ?", "E perché?"])
def test_a_question_that_names_no_subject_is_refused(
    archive: Callable[[Iterable[Article]], ArticleIndex], question: str
) -> None:
    index = archive([article("Who would pay, and who would not? Qui ? E perché? About that.")])
    answer = Answerer(index).ask(question)
    assert answer.refused
    assert answer.probability == 0
    assert answer.nearest
