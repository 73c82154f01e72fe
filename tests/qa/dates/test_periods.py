"""Periods in questions, on Tuesday 24 November 2026."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.dates.periods import find_period, without_period

TODAY = date(2026, 11, 24)

ABSOLUTE = [
    ("What did Zuckerberg write in October 2023?", "in October 2023", "2023-10-01", "2023-10-31"),
    ("Che cosa ha scritto nell'ottobre 2023?", "nell'ottobre 2023", "2023-10-01", "2023-10-31"),
    ("Qu'a-t-il écrit en octobre 2023 ?", "en octobre 2023", "2023-10-01", "2023-10-31"),
    ("What has changed since 2021?", "since 2021", "2021-01-01", None),
    ("Qu'est-ce qui a changé depuis 2021 ?", "depuis 2021", "2021-01-01", None),
    ("Che cosa è cambiato dal 2021?", "dal 2021", "2021-01-01", None),
    ("What was said before March 2024?", "before March 2024", None, "2024-02-29"),
    ("Qu'a-t-on dit avant mars 2024 ?", "avant mars 2024", None, "2024-02-29"),
    ("Che cosa si diceva prima di marzo 2024?", "prima di marzo 2024", None, "2024-02-29"),
    ("Who won after 2024?", "after 2024", "2025-01-01", None),
    ("Who won between March and May 2024?", "between March and May 2024",
     "2024-03-01", "2024-05-31"),
    ("Qui a gagné entre 2021 et 2023 ?", "entre 2021 et 2023", "2021-01-01", "2023-12-31"),
    ("Chi ha vinto tra il 2021 e il 2023?", "tra il 2021 e il 2023", "2021-01-01", "2023-12-31"),
    ("Du 3 mars 2024 au 5 avril 2024, qui parle ?", "Du 3 mars 2024 au 5 avril 2024",
     "2024-03-03", "2024-04-05"),
    ("Who spoke on October 12, 2023?", "on October 12, 2023", "2023-10-12", "2023-10-12"),
    ("Qui a parlé le 1er octobre 2023 ?", "le 1er octobre 2023", "2023-10-01", "2023-10-01"),
    ("Who spoke until 2024-03-05?", "until 2024-03-05", None, "2024-03-05"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "first", "last"), ABSOLUTE, ids=[p[1] for p in ABSOLUTE])
def test_dates_of_a_calendar_are_of_what_happened(
    text: str, words: str, first: str | None, last: str | None
) -> None:
    _assert_period(text, words, first, last, published=False)


SPANS = [
    ("What happened between 1 March 2024 and 30 April 2024?",
     "between 1 March 2024 and 30 April 2024", "2024-03-01", "2024-04-30"),
    ("Que s'est-il passé du 1er mars au 30 avril 2024 ?", "du 1er mars au 30 avril 2024",
     "2024-03-01", "2024-04-30"),
    ("Che cosa è successo tra il 1 marzo e il 30 aprile 2024?",
     "tra il 1 marzo e il 30 aprile 2024", "2024-03-01", "2024-04-30"),
    ("What happened from March to May 2024?", "from March to May 2024",
     "2024-03-01", "2024-05-31"),
    ("What happened between March 1 and April 30, 2024?", "between March 1 and April 30, 2024",
     "2024-03-01", "2024-04-30"),
    ("What happened between 1 and 30 April 2024?", "between 1 and 30 April 2024",
     "2024-04-01", "2024-04-30"),
    ("Que s'est-il passé du 1er au 30 avril 2024 ?", "du 1er au 30 avril 2024",
     "2024-04-01", "2024-04-30"),
    ("Che cosa è successo dal 1º al 30 aprile 2024?", "dal 1º al 30 aprile 2024",
     "2024-04-01", "2024-04-30"),
    ("Che cosa è successo dal primo marzo all'8 aprile 2024?",
     "dal primo marzo all'8 aprile 2024", "2024-03-01", "2024-04-08"),
    ("Che cosa è successo tra l'1 e l'8 aprile 2024?", "tra l'1 e l'8 aprile 2024",
     "2024-04-01", "2024-04-08"),
    ("Who won between December and February 2024?", "between December and February 2024",
     "2023-12-01", "2024-02-29"),
    ("Who won from 3 November 2024 to 5 January?", "from 3 November 2024 to 5 January",
     "2024-11-03", "2025-01-05"),
    ("Who won between March 2024 and now?", "between March 2024 and now",
     "2024-03-01", "2026-11-24"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "first", "last"), SPANS, ids=[p[1] for p in SPANS])
def test_a_span_takes_from_one_end_what_the_other_leaves_out(
    text: str, words: str, first: str | None, last: str | None
) -> None:
    _assert_period(text, words, first, last, published=False)


RELATIVE = [
    ("What happened yesterday?", "yesterday", "2026-11-23", "2026-11-23"),
    ("What happened last week?", "last week", "2026-11-16", "2026-11-22"),
    ("Que s'est-il passé la semaine dernière ?", "la semaine dernière", "2026-11-16", "2026-11-22"),
    ("Che cosa è successo la settimana scorsa?", "la settimana scorsa", "2026-11-16", "2026-11-22"),
    ("What has Meta said this year?", "this year", "2026-01-01", "2026-12-31"),
    ("Qu'a dit Meta cette année ?", "cette année", "2026-01-01", "2026-12-31"),
    ("Che cosa ha detto Meta quest'anno?", "quest'anno", "2026-01-01", "2026-12-31"),
    ("Cosa è cambiato dall'inizio dell'anno?", "dall'inizio dell'anno", "2026-01-01", None),
    ("Qui parle depuis le début de l'année ?", "depuis le début de l'année", "2026-01-01", None),
    ("What came in the last three weeks?", "in the last three weeks", "2026-11-03", "2026-11-24"),
    ("Qu'a-t-il dit ces deux derniers mois ?", "ces deux derniers mois",
     "2026-09-24", "2026-11-24"),
    ("Che cosa ha detto negli ultimi due mesi?", "negli ultimi due mesi",
     "2026-09-24", "2026-11-24"),
    ("Che cosa ha detto tre giorni fa?", "tre giorni fa", "2026-11-21", "2026-11-21"),
    ("Qui a parlé mardi dernier ?", "mardi dernier", "2026-11-17", "2026-11-17"),
    ("Chi ha parlato lo scorso ottobre?", "lo scorso ottobre", "2026-10-01", "2026-10-31"),
    ("Who spoke last November?", "last November", "2025-11-01", "2025-11-30"),
    ("Qui a parlé depuis hier ?", "depuis hier", "2026-11-23", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "first", "last"), RELATIVE, ids=[p[1] for p in RELATIVE])
def test_relative_words_are_counted_from_today_and_are_of_publication(
    text: str, words: str, first: str | None, last: str | None
) -> None:
    _assert_period(text, words, first, last, published=True)


OF_ARTICLES = [
    ("What do articles since May say about LibGen?", "What do say about LibGen?"),
    ("Que disent les articles parus en mars 2024 de Google ?", "Que disent de Google?"),
    ("Che dicono gli articoli del marzo 2024 su Google?", "Che dicono su Google?"),
    ("Who is quoted in last week's coverage of the ferry?", "Who is quoted the ferry?"),
]


@pytest.mark.parametrize(("text", "rest"), OF_ARTICLES, ids=[text for text, _ in OF_ARTICLES])
def test_a_period_of_articles_is_of_publication_and_is_not_searched_for(
    text: str, rest: str
) -> None:
    period = find_period(text, TODAY)
    assert period is not None
    assert period.published
    assert without_period(text, period) == rest


NONE = [
    "Which claim survived the November 2023 ruling?",
    "How many H100s did it want by the end of 2024?",
    "How many questions came in December, and how many a year before?",
    "What day does the last 10.15 pm boat sail?",
    "Who signed the Orvane Act of 1990?",
    "Il dit que le mois de mai est beau",
    "Combien y a-t-il d'articles sur Meta ?",
    "Che cosa è successo il 30 febbraio 2024?",
    "Who may speak in March or may not?",
    "Who spoke five thousand years ago?",
    "What happened between 30 April 2024 and 1 March 2024?",
    "What happened between 20 and 30 February 2024?",
    "Does the ferry sail between March and May?",
    "",
]


@pytest.mark.parametrize("text", NONE)
def test_what_does_not_say_that_it_is_a_period_is_none(text: str) -> None:
    assert find_period(text, TODAY) is None


@given(st.text(max_size=80), st.sampled_from([text for text, *_ in ABSOLUTE + SPANS + RELATIVE]))
def test_the_words_of_a_period_stand_in_the_question(around: str, text: str) -> None:
    question = f"{around} {text}"
    period = find_period(question, TODAY)
    if period is not None:
        assert question[period.start : period.end] == period.words
        days = period.days
        assert days.first is None or days.last is None or days.first <= days.last


def _assert_period(
    text: str, words: str, first: str | None, last: str | None, published: bool
) -> None:
    period = find_period(text, TODAY)
    assert period is not None
    assert (period.words, period.published) == (words, published)
    days = (period.days.first, period.days.last)
    assert tuple(each and each.isoformat() for each in days) == (first, last)


@pytest.mark.parametrize("words", ["after 9999-12-31", "before 0001-01-01"])
def test_a_period_beyond_the_calendar_is_none(words: str) -> None:
    assert find_period(f"Who won {words}?", TODAY) is None
