"""When to look: a question's dates as filters over the sample archive, on 17 January 2025."""

from collections.abc import Callable, Iterable
from datetime import date

import pytest

from corpus import Article
from index_store.index import ArticleIndex
from index_store.models import Filters, SearchResult
from index_store.terms import QueryTerms
from qa.answer import Answer
from qa.answerer import Answerer
from qa.audit.entry import Entry
from qa.dates.as_of import as_read
from qa.dates.calendar_days import Days
from qa.errors import BadQuestion
from qa.fakes import article, hit
from qa.looking import narrowed
from qa.phrases import phrase
from qa.printing import answer_lines, article_line

TODAY = date(2025, 1, 17)


class KeptLog:
    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def append(self, entry: Entry) -> None:
        self.entries.append(entry)


@pytest.fixture
def ask(sample_index: ArticleIndex) -> Callable[..., Answer]:
    return Answerer(sample_index, today=lambda: TODAY).ask


def days(answer: Answer) -> set[str]:
    return {(one.article.published or "")[:10] for one in answer.citations}


def test_a_relative_period_is_a_filter_that_is_shown(ask: Callable[..., Answer]) -> None:
    answer = ask("What did Miriam Halvorsen say about judges this week?")
    assert answer.searched.period == "this week"
    assert (answer.searched.first, answer.searched.last) == ("2025-01-13", "2025-01-19")
    assert days(answer) <= {"2025-01-15", "2025-01-16", "2025-01-17"}
    assert not answer.refused


def test_a_relative_period_that_has_nothing_is_refused_and_not_widened(
    ask: Callable[..., Answer],
) -> None:
    answer = ask("How much must the operators of LibGen pay, according to last week's articles?")
    assert answer.refused
    assert answer.searched.period == "last week"


EMPTY = [
    ("What did the harbour board say last week?", "last week", "Nothing was published", "is from"),
    ("Qu'a dit le conseil du port la semaine dernière ?", "la semaine dernière", "Rien n’a paru",
     "est du"),
    ("Che cosa ha detto l'autorità portuale la settimana scorsa?", "la settimana scorsa",
     "Nulla è stato pubblicato", "è del"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "period", "nothing", "newest"), EMPTY, ids=["en", "fr", "it"])
def test_a_period_in_which_nothing_came_out_is_said_with_how_old_the_archive_is(
    question: str, period: str, nothing: str, newest: str, sample_index: ArticleIndex
) -> None:
    answer = Answerer(sample_index, today=lambda: date(2026, 11, 24)).ask(question)
    assert answer.refused
    assert answer.searched.newest == "2025-01-17"
    assert nothing in answer.text
    assert period in answer.text
    assert "2026-11-16 – 2026-11-22" in answer.text
    assert f"{newest} 2025-01-17." in answer.text
    assert answer.nearest


def test_filters_that_admit_nothing_are_not_laid_to_the_period(ask: Callable[..., Answer]) -> None:
    answer = ask("What came last week?", filters=Filters(published_from="2025-01-01",
                                                         published_to="2025-01-02"))  # fmt: skip
    assert answer.searched.newest is None
    assert answer.text == phrase("en", "answer.nothing_matches")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What is the boiling point of ethanol between 1 March 2024 and 30 April 2024?",
         "Neither what was published “between 1 March 2024 and 30 April 2024” nor anything else"),
        ("What is the boiling point of ethanol since the coronation?", "since the coronation"),
    ],
)  # fmt: skip
def test_a_refusal_says_what_became_of_the_time_that_was_asked_for(
    question: str, said: str, ask: Callable[..., Answer]
) -> None:
    answer = ask(question)
    assert answer.refused
    assert said in (answer.note or "")


def test_a_period_of_an_event_is_tried_first_and_taken_where_it_answers(
    ask: Callable[..., Answer],
) -> None:
    answer = ask("À combien s'élève l'amende de Google annoncée en mars 2024 ?")
    assert answer.searched.period == "en mars 2024"
    assert (answer.searched.first, answer.searched.last) == ("2024-03-01", "2024-03-31")
    assert "250 millions d’euros" in answer.text
    assert answer.note is None


def test_a_later_article_answers_for_an_event_that_nothing_of_its_time_tells(
    ask: Callable[..., Answer],
) -> None:
    answer = ask("Who filed the case Kadrey v. Meta in July 2023?")
    assert not answer.refused
    assert answer.searched.period is None
    assert answer.searched.first is None
    assert answer.note is not None
    assert "in July 2023" in answer.note


def test_an_event_is_dated_by_the_article_that_tells_of_it(ask: Callable[..., Answer]) -> None:
    answer = ask("What has Meta said since the LibGen judgment?")
    assert answer.searched.period == "since the LibGen judgment"
    assert answer.searched.first == "2024-09-26"
    assert answer.note is not None
    assert "2024-09-26" in answer.note


def test_an_event_that_the_archive_does_not_know_is_no_filter(ask: Callable[..., Answer]) -> None:
    answer = ask("Who is the judge in Kadrey v. Meta since the coronation?")
    assert answer.searched.period is None
    assert answer.searched.first is None


def test_dates_that_the_reader_chose_are_met_with_those_of_the_question(
    ask: Callable[..., Answer],
) -> None:
    chosen = Filters(published_from="2025-01-16")
    answer = ask("What did Miriam Halvorsen say about judges this week?", filters=chosen)
    assert (answer.searched.first, answer.searched.last) == ("2025-01-16", "2025-01-19")


def test_dates_that_the_reader_chose_win_over_others(ask: Callable[..., Answer]) -> None:
    chosen = Filters(published_from="2024-09-01", published_to="2024-09-30")
    answer = ask("How much must the operators of LibGen pay this year?", filters=chosen)
    assert (answer.searched.first, answer.searched.last) == ("2024-09-01", "2024-09-30")
    assert "30 million dollars" in answer.text
    assert answer.note is not None
    assert "this year" in answer.note


def test_an_edited_question_is_used_as_it_is(ask: Callable[..., Answer]) -> None:
    answer = ask("And in Italy?", standalone="Who is the judge in Kadrey v. Meta?")
    assert answer.question == "And in Italy?"
    assert answer.standalone_question == "Who is the judge in Kadrey v. Meta?"
    assert "Vince Chhabria" in answer.text
    with pytest.raises(BadQuestion, match="empty"):
        ask("And in Italy?", standalone="  ")


def test_a_filter_of_days_is_met_or_is_none() -> None:
    chosen = Filters(published_from="2024-01-10", published_to="2024-02-20")
    within = narrowed(chosen, Days(date(2024, 2, 1), None))
    assert within == Filters(published_from="2024-02-01", published_to="2024-02-20")
    assert narrowed(chosen, Days(None, date(2024, 1, 9))) is None


# ---- as of a day


def test_as_of_a_day_nothing_later_is_known(ask: Callable[..., Answer]) -> None:
    answer = ask("Who is the judge in Kadrey v. Meta?", as_of="2025-01-15")
    assert "Vince Chhabria" in answer.text
    assert answer.searched.as_of == answer.searched.last == "2025-01-15"
    assert all(day <= "2025-01-15" for day in days(answer))
    assert answer.newer == ()
    assert answer.note is not None
    assert "2025-01-15" in answer.note
    assert "(1)" in answer.note  # the round-up has no date


def test_relative_words_are_counted_from_the_day_that_is_asked_of(
    ask: Callable[..., Answer],
) -> None:
    answer = ask("What did the court order LibGen to pay yesterday?", as_of="2024-09-27")
    assert (answer.searched.first, answer.searched.last) == ("2024-09-26", "2024-09-27")
    assert "30 million dollars" in answer.text


@pytest.mark.parametrize("day", ["2024-02-30", "last week", "20240301", "2024-3-1", "", "  "])
def test_a_day_that_is_none_is_a_bad_question(day: str, ask: Callable[..., Answer]) -> None:
    with pytest.raises(BadQuestion, match=r"as_of .*: expected a day such as 2024-01-31"):
        ask("Who is the judge?", as_of=day)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("yesterday", "2025-01-16"), ("Hier", "2025-01-16"), ("ieri", "2025-01-16"),
        ("today", "2025-01-17"), ("aujourd’hui", "2025-01-17"), (" oggi ", "2025-01-17"),
    ],
)  # fmt: skip
def test_a_day_can_be_told_from_today_and_is_kept_as_a_day(
    said: str, day: str, sample_index: ArticleIndex
) -> None:
    kept = KeptLog()
    answerer = Answerer(sample_index, log=kept, today=lambda: TODAY)
    answer = answerer.ask("Who is the judge in Kadrey v. Meta?", as_of=said)
    assert answer.searched.as_of == answer.searched.last == day
    assert [entry.request.as_of for entry in kept.entries] == [day]


SAILS = "The ferry to Sandholm sails at noon from the old quay."


@pytest.mark.parametrize(("modified", "shown"), [("2024-03-02", "b"), ("2024-03-09", None)])
def test_a_later_correction_is_not_shown_as_known(
    modified: str, shown: str | None, archive: Callable[[Iterable[Article]], ArticleIndex]
) -> None:
    corrected = article(SAILS, published="2024-03-01", modified=modified, corrected_by="b")
    answer = Answerer(archive([corrected])).ask(
        "When does the ferry to Sandholm sail from the old quay?",
        standalone="The ferry to Sandholm sails from the old quay",
        as_of="2024-03-03",
    )
    (cited,) = (*answer.citations, *answer.nearest)
    assert cited.article.corrected_by == shown
    assert answer.note is not None
    assert ("2024-03-09" in answer.note) is (shown is None and not answer.refused)


NOTICES = [
    "Correction: an earlier version of this article said ten. The boat to Sandholm sails at noon.",
    "Rectificatif : le bateau de Sandholm part à midi du vieux quai, et non à dix heures.",
    "Rettifica: il traghetto per Sandholm parte a mezzogiorno dal vecchio molo, non alle dieci.",
]


@pytest.mark.parametrize("notice", NOTICES, ids=["en", "fr", "it"])
@pytest.mark.parametrize("between", ["\n\n", " "], ids=["paragraph", "same line"])
@pytest.mark.parametrize("modified", ["2024-03-10T09:00:00Z", None], ids=["dated", "undated"])
def test_the_notice_of_a_later_correction_is_not_quoted_and_the_change_is_told(
    notice: str,
    between: str,
    modified: str | None,
    archive: Callable[[Iterable[Article]], ArticleIndex],
) -> None:
    changed = article(f"{SAILS}{between}{notice}", published="2024-03-01", modified=modified)
    answerer = Answerer(archive([changed]))
    question = "When does the ferry to Sandholm sail from the old quay?"
    then = answerer.ask(question, as_of="2024-03-05")
    assert [one.quote for one in (*then.citations, *then.nearest)] == [SAILS]
    assert "The archive has only the" in (then.note or "")
    assert ("2024-03-10" in (then.note or "")) is (modified is not None)
    later = answerer.ask(notice, as_of="2024-03-12")
    quoted = " ".join(one.quote for one in (*later.citations, *later.nearest))
    assert (notice[:10] in quoted) is (modified is not None)


def test_what_is_nothing_but_a_later_notice_is_not_found() -> None:
    only = article(NOTICES[0], published="2024-03-01", modified="2024-03-10")
    found = SearchResult((hit(only),), QueryTerms({}), frozenset())
    assert as_read(found, date(2024, 3, 5)).hits == ()
    assert as_read(found, date(2024, 3, 10)) == found


def test_a_correction_that_came_later_is_not_told_of(
    archive: Callable[[Iterable[Article]], ArticleIndex],
) -> None:
    corrected = article(SAILS, published="2024-03-01", corrected_by="https://example.org/later")
    question = "When does the ferry to Sandholm sail from the old quay?"
    answerer = Answerer(archive([corrected]))
    assert "https://example.org/later" in (answerer.ask(question).note or "")
    then = answerer.ask(question, as_of="2024-03-03")
    assert not then.refused
    assert "https://example.org/later" not in (then.note or "")


# ---- newer coverage


def test_a_later_article_of_the_story_is_pointed_out(ask: Callable[..., Answer]) -> None:
    answer = ask("Which publishers won the judgment against Library Genesis?")
    latest = max(days(answer))
    assert answer.newer
    assert all((one.article.published or "")[:10] > latest for one in answer.newer)
    numbers = [one.number for one in (*answer.citations, *answer.newer)]
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_terminal_shows_newer_coverage_and_where_dates_come_from(
    ask: Callable[..., Answer],
) -> None:
    since = ask("What has Meta said since the LibGen judgment?")
    assert next(answer_lines(since)) == "(“since the LibGen judgment”: 2024-09-26 – …)"
    answer = ask("Which publishers won the judgment against Library Genesis?")
    lines = list(answer_lines(answer))
    assert lines[lines.index("Newer coverage:") + 1] == f"  {article_line(answer.newer[0].article)}"


def test_a_later_article_of_another_story_is_not(ask: Callable[..., Answer]) -> None:
    assert ask("How much memory does Llama 3.1 need?").newer == ()
    assert ask("Combien d'heures la bibliothèque de Valmorin reste-t-elle ouverte ?").newer == ()


def test_the_last_day_of_the_calendar_is_a_day(ask: Callable[..., Answer]) -> None:
    assert ask("What did the court decide on 9999-12-31?").question.endswith("9999-12-31?")
