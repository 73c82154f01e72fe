"""The day of an event that a question counts from, over small archives."""

from collections.abc import Callable, Iterable

import pytest

from corpus import Article
from index_store.index import ArticleIndex
from qa.answer import Answer
from qa.answerer import Answerer
from qa.dates.event_days import tellings
from qa.dates.events import Event, event_of
from qa.fakes import article, hit

RULING = article(
    "The court in Tarnow gave its ruling on the Sandholm ferry: Ada Quill may sail again.",
    title="Sandholm ferry wins", published="2024-03-05",
)  # fmt: skip
RECAP = article(
    "Since the ruling of the court, Ada Quill has sailed the Sandholm ferry twice a day.",
    title="Sandholm ferry sails", published="2024-03-09",
)  # fmt: skip
APPEAL = article(
    "A second ruling on the Sandholm ferry: the court took away what Ada Quill had won.",
    title="Sandholm ferry loses", published="2024-11-02",
)  # fmt: skip
LATER = article(
    "Ada Quill said she would sell the Sandholm ferry.", title="For sale", published="2024-04-01"
)

Archive = Callable[[Iterable[Article]], ArticleIndex]


def ask(archive: Archive, question: str, *articles: Article) -> Answer:
    return Answerer(archive(articles)).ask(question)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What has Ada Quill said of the ferry since the ruling?", "since the ruling"),
        ("What did Ada Quill say of the ferry after the ruling?", "after the ruling"),
        ("Qu'a dit Ada Quill du ferry depuis l’arrêt de la Cour ?", "depuis l’arrêt de la Cour"),
        ("Qu'a dit Ada Quill du ferry depuis le jugement ?", "depuis le jugement"),
        ("Che cosa ha detto Ada Quill dopo la sentenza?", "dopo la sentenza"),
    ],
)
def test_one_ruling_of_the_archive_is_the_one_that_is_meant(question: str, words: str) -> None:
    event = event_of(question)
    assert event is not None
    assert event.words == words
    language = "fr" if "Qu'a" in question else "it" if "Che" in question else "en"
    told = tellings([hit(RECAP), hit(LATER), hit(RULING)], event, language)
    assert told == [RULING]


def test_the_first_article_of_the_event_gives_the_day_and_is_named(archive: Archive) -> None:
    question = "What has Ada Quill said of the Sandholm ferry since the ruling?"
    answer = ask(archive, question, RULING, RECAP, LATER)
    assert (answer.searched.period, answer.searched.first) == ("since the ruling", "2024-03-05")
    assert "“Sandholm ferry wins”" in (answer.note or "")


def test_of_several_events_none_is_chosen_and_each_is_named(archive: Archive) -> None:
    question = "What has Ada Quill said of the Sandholm ferry since the ruling?"
    answer = ask(archive, question, RULING, APPEAL, LATER)
    assert (answer.searched.period, answer.searched.first) == (None, None)
    assert answer.note is not None
    assert "2024-03-05: “Sandholm ferry wins”, 2024-11-02: “Sandholm ferry loses”" in answer.note


def test_an_undated_article_tells_no_day() -> None:
    undated = article("The court gave its ruling on the ferry.")
    assert tellings([hit(undated)], Event("since the ruling", "ruling", "What?"), "en") == []


@pytest.mark.parametrize("question", ["Who resigned after the vote?", "Chi parla dopo il voto?"])
def test_what_came_after_anything_but_a_ruling_names_an_event_and_no_time(question: str) -> None:
    assert event_of(question) is None
