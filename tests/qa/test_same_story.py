"""Stories among what was found: by the names that articles share, and by their days."""

from qa.fakes import article, hit
from qa.same_story import days_apart, stories

FERRY = "The islanders of Valmorin and Captain Oduya sold the ferry Marigold for 412,000 euros."
TRAGHETTO = (
    "Gli isolani di Valmorin e il capitano Oduya hanno venduto il Marigold per 412.000 euro."
)
BAKERY = "A bakery in Leeds burned down on Friday."


def test_articles_that_share_names_and_figures_tell_one_story_in_any_language() -> None:
    ferry, bakery, traghetto = article(FERRY), article(BAKERY), article(TRAGHETTO, "it")
    told = stories([hit(ferry), hit(bakery), hit(traghetto)])
    assert told == {ferry.id: ferry.id, traghetto.id: ferry.id, bakery.id: bakery.id}


def test_an_article_is_judged_by_all_that_was_found_of_it() -> None:
    ferry, traghetto = article(f"It rained. {FERRY}"), article(TRAGHETTO, "it")
    assert len(set(stories([hit(ferry), hit(ferry), hit(traghetto)]).values())) == 1


def test_what_came_out_months_later_is_another_story() -> None:
    first = article(FERRY, published="2024-01-05")
    later = article(f"Again: {FERRY}", published="2024-06-05")
    assert len(set(stories([hit(first), hit(later)]).values())) == 2


def test_days_between_articles_are_counted_where_both_are_dated() -> None:
    first, later = (article(FERRY, published=day) for day in ("2024-01-31T23:00", "2024-02-02"))
    assert days_apart(later, first) == 2
    assert days_apart(first, article(FERRY)) is None
