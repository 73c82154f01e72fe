"""One conversation: what the answerer hears, and what becomes of what it says."""

from collections.abc import Iterator

import pytest

from index_store.errors import StoreUnavailable
from index_store.models import Filters
from qa.errors import BadQuestion, EmptyIndex
from qa.history import Turn
from qa.http.fakes import ARTICLES, FakeAnswerer
from qa.web.session import Exchange, FilterForm, exchange_steps, turns
from qa.web.wording import day, language_name, most_frequent, number, preferred_language

QUESTION = "When did the Valmorin library close?"


def steps(
    answerer: FakeAnswerer, *past: Exchange, form: FilterForm = FilterForm()
) -> list[Exchange]:
    given: Iterator[Exchange] = exchange_steps(answerer, QUESTION, past, form, "en")  # type: ignore[arg-type]  # the fake answers alike
    return list(given)


def test_statements_come_before_the_answer_that_holds_them() -> None:
    *growing, last = steps(FakeAnswerer(ARTICLES))
    assert [len(exchange.statements) for exchange in growing] == [1, 2]
    assert all(exchange.answer is None for exchange in growing)
    assert last.answer is not None
    assert last.answer.statements == last.statements


@pytest.mark.parametrize("failure", [StoreUnavailable("Chroma is away"), EmptyIndex("no articles")])
def test_an_error_ends_the_exchange_with_its_message(failure: Exception) -> None:
    last = steps(FakeAnswerer(ARTICLES, failure))[-1]
    assert (last.answer, last.error) == (None, str(failure))


def test_any_other_error_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        steps(FakeAnswerer(ARTICLES, ZeroDivisionError()))


def test_a_follow_up_is_asked_with_what_was_said_before() -> None:
    answerer = FakeAnswerer(ARTICLES)
    first = steps(answerer)[-1]
    steps(answerer, first, Exchange("failed", error="no"))
    assert first.answer is not None
    assert answerer.heard[1][1] == (Turn("user", QUESTION), Turn("assistant", first.answer.text))
    assert turns([Exchange("failed", error="no")]) == ()


def test_the_form_becomes_the_filters() -> None:
    answerer = FakeAnswerer(ARTICLES)
    form = FilterForm(("The Example Gazette",), ("en",), "2024-01-01", " 2024-12-31 ")
    steps(answerer, form=form)
    assert answerer.heard[0][2] == Filters(
        ("The Example Gazette",), ("en",), "2024-01-01", "2024-12-31"
    )
    assert form.active == 4
    assert FilterForm().filters("en") == Filters()


def test_the_day_that_an_answer_is_to_know_is_asked_of_and_counted() -> None:
    form = FilterForm(as_of=" 2024-12-31 ")
    last = steps(FakeAnswerer(ARTICLES), form=form)[-1]
    assert last.answer is not None
    assert last.answer.searched.as_of == "2024-12-31"
    assert form.active == 1
    assert FilterForm(as_of="ieri").known_on("it") == "ieri"
    assert FilterForm().known_on("en") is None


@pytest.mark.parametrize("value", ["tomorrow", "2024-02-30", "31.01.2025"])
def test_a_day_that_is_none_is_complained_about_in_the_language_of_the_page(value: str) -> None:
    with pytest.raises(BadQuestion, match=f"« {value} » n’est pas une date"):
        FilterForm(first=value).filters("fr")
    with pytest.raises(BadQuestion, match=f"« {value} » n’est pas une date"):
        FilterForm(as_of=value).known_on("fr")
    assert value in str(steps(FakeAnswerer(ARTICLES), form=FilterForm(last=value))[-1].error)


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        (None, "en"),
        ("", "en"),
        ("fr-CH, fr;q=0.9, en;q=0.8", "fr"),
        ("de, it;q=0.5, en;q=0.4", "it"),
        ("en;q=0.1, FR-be;q=0.9", "fr"),
        ("fr;q=0, it;q=0.2", "it"),
        ("ja", "en"),
        (";;;q=x,,", "en"),
    ],
)
def test_the_page_opens_in_the_language_that_the_browser_likes_best(
    accept: str | None, language: str
) -> None:
    assert preferred_language(accept) == language


@pytest.mark.parametrize(
    ("value", "language", "said"),
    [
        ("2025-01-14T08:00:00+00:00", "en", "14 January 2025"),
        ("2025-01-14", "fr", "14 janvier 2025"),
        ("2025-01-14", "it", "14 gennaio 2025"),
        (None, "it", "senza data"),
        ("2025", "en", "2025"),
        ("last week", "en", "last week"),
    ],
)
def test_days_read_as_in_the_language_of_the_page(
    value: str | None, language: str, said: str
) -> None:
    assert day(value, language) == said


def test_names_numbers_and_counts_read_as_in_the_language_of_the_page() -> None:
    assert language_name("it", "fr") == "italien"
    assert language_name("zz", "en") == "zz"
    assert language_name("not a code", "en") == "not a code"
    assert number(12345, "en") == "12,345"
    assert most_frequent({"a": 1, None: 9, "b": 3, "c": 1}) == [("b", 3), ("a", 1), ("c", 1)]
