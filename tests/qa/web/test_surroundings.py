"""The sentences around a quote."""

from hypothesis import given
from hypothesis import strategies as st

from corpus import Article
from qa.web.surroundings import surroundings


def article(text: str, language: str | None = "en") -> Article:
    return Article(id="a", title="", text=text, source="a.md", language=language)


def around(text: str, quote: str, language: str | None = "en") -> tuple[str, str]:
    start = text.index(quote)
    return surroundings(article(text, language), start, start + len(quote))


def test_they_are_the_sentence_before_and_the_sentence_after() -> None:
    text = "One came. Two stayed.\n\nThree left, said Mr. Four. Five slept."
    assert around(text, "Two stayed.") == ("One came.", "Three left, said Mr. Four.")


def test_at_the_ends_of_an_article_there_is_nothing() -> None:
    assert around("One came.", "One came.") == ("", "")


def test_a_quotation_that_goes_on_is_kept_whole() -> None:
    text = "Il est parti. « Je reviens. Attendez. » Elle attend."
    assert around(text, "Il est parti.", "fr")[1] == "« Je reviens. Attendez. »"


def test_a_long_article_is_not_read_for_two_sentences() -> None:
    before, after = around("word " * 5000 + "Here. " + "word " * 5000, "Here.")
    assert max(len(before), len(after)) <= 1000


@given(st.text(max_size=60), st.text(min_size=1, max_size=20), st.text(max_size=60))
def test_they_are_words_of_the_article(before: str, quote: str, after: str) -> None:
    whole = article(before + quote + after)
    found = surroundings(whole, len(before), len(before) + len(quote))
    assert found[0] in " ".join(before.split())
    assert found[1] in " ".join(after.split())
