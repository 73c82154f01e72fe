"""The conversation as HTML: what is shown, in which order, and that nothing of it is markup."""

import json
import re
from dataclasses import replace
from html import escape, unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article
from qa.answer import (
    Answer,
    Citation,
    Disagreement,
    Mode,
    Provenance,
    Run,
    Searched,
    Statement,
    Verdict,
    Version,
)
from qa.phrases import INTERFACE_LANGUAGES, phrase
from qa.web.render import conversation, masthead, sample_buttons
from qa.web.session import Exchange

HOSTILE = '"><img src=x onerror=alert(1)><script>alert(1)</script>\u202e\u200b'
COURIER = Article(
    id="00000000000000aa",
    title="Bridge reopens",
    text="The bridge opened. Nobody came.",
    source="bridge.md",
    publisher="Example Courier",
    author="Ada Reeve",
    published="2025-01-14T08:00:00+00:00",
    language="en",
)
POST = replace(COURIER, id="00000000000000bb", publisher="Example Post", published=None)


def cited(number: int, article: Article, start: int = 0, end: int = 18) -> Citation:
    quote = article.text[start:end]
    return Citation(number, f"{article.id}.{start}-{end}", start, end, quote, article)


def answered(**changes: object) -> Answer:
    citations = (cited(1, COURIER), cited(2, POST))
    answer = Answer(
        id="a",
        question="Did the bridge open?",
        standalone_question="Did the bridge open?",
        language="en",
        mode=Mode.QUOTES,
        refused=False,
        text="The bridge opened. [1][2]",
        statements=(Statement(citations[0].quote, (1, 2), Verdict.VERBATIM),),
        citations=citations,
        searched=Searched(2, 2, ("en",)),
    )
    return replace(answer, **changes)  # type: ignore[arg-type]  # fields of Answer


def shown(answer: Answer, language: str = "en") -> str:
    return conversation([Exchange(answer.question, answer=answer)], language)


def words(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", " ", html))


def chips(html: str) -> list[str]:
    buttons = re.findall(r'<button[^>]*class="chip".*?</button>', html)
    return [" ".join(words(button).split()) for button in buttons]


def test_a_chip_names_the_first_outlet_and_counts_the_others() -> None:
    assert chips(shown(answered())) == ["Example Courier +1"]
    alone = Statement("The bridge opened.", (2,), Verdict.VERBATIM)
    assert chips(shown(answered(statements=(alone,)))) == ["Example Post"]


def test_a_chip_knows_the_articles_and_the_spans_that_it_opens() -> None:
    (places,) = re.findall(r'data-sources="([^"]*)"', shown(answered()))
    assert json.loads(unescape(places)) == [
        {"article": COURIER.id, "start": 0, "end": 18},
        {"article": POST.id, "start": 0, "end": 18},
    ]


def test_every_chip_has_an_id_of_its_own_even_where_a_citation_is_used_twice() -> None:
    statement = answered().statements[0]
    answer = answered(statements=(statement, statement))
    exchanges = [Exchange("a", answer=answer), Exchange("b", answer=answer)]
    ids = re.findall(r' id="([^"]*)"', conversation(exchanges, "en"))
    # Two exchanges, each of two chips with a card, and of reasons to dislike it.
    assert len(ids) == len(set(ids)) == 2 * (2 * 2 + 1)


def card(answer: Answer) -> str:
    found = re.search(r'<span class="card".*?</p>', shown(answer))
    assert found is not None
    return " ".join(words(found[0]).split())


def test_the_card_shows_the_words_first_then_what_surrounds_them_then_whose_they_are() -> None:
    middle = replace(COURIER, text="It was late. The bridge opened. Nobody came. It rained.")
    said = card(answered(citations=(cited(1, middle, 13, 31), cited(2, POST))))
    parts = ("The bridge opened.", "Just before It was late.", "Just after Nobody came.",
             "Example Courier", "Bridge reopens", "Ada Reeve · 14 January 2025 · English",
             "Also in: Example Post · undated")  # fmt: skip
    assert [said.index(part) for part in parts] == sorted(said.index(part) for part in parts)
    assert "It rained." not in said


def test_a_card_says_nothing_of_surroundings_that_there_are_none_of() -> None:
    alone = replace(COURIER, text="The bridge opened.")
    assert "Just" not in card(answered(citations=(cited(1, alone), cited(2, POST))))


def test_a_source_in_another_language_than_the_page_says_so() -> None:
    foreign = replace(COURIER, language="fr")
    for article, said in ((COURIER, "14 January 2025"), (foreign, "14 January 2025 · French")):
        answer = answered(citations=(cited(1, article), cited(2, POST)))
        assert re.findall(r'<span class="day">([^<]*)</span>', shown(answer)) == [said]


def test_statements_of_a_quoting_answer_are_quotations_in_the_language_of_their_article() -> None:
    html = shown(answered())
    assert '<blockquote class="words" dir="auto" lang="en">The bridge opened.</blockquote>' in html
    assert "word for word" in html


def test_prose_is_no_quotation_and_says_when_it_is_borne_out_in_part() -> None:
    prose = Statement("It opened.", (1,), Verdict.PARTIAL)
    html = shown(answered(mode=Mode.PROSE, statements=(prose,)))
    assert "<blockquote" not in html
    assert '<span class="verdict partial">partly borne out</span>' in html


def test_what_is_not_stated_is_said_to_be_so() -> None:
    nameless = replace(POST, publisher=None)
    answer = answered(citations=(cited(1, nameless), cited(2, COURIER)))
    assert chips(shown(answer)) == ["Bridge reopens +1"]
    assert "outlet not stated Bridge reopens Ada Reeve · undated" in card(answer)


def test_a_refusal_shows_what_was_searched_and_the_nearest_passages_as_chips() -> None:
    refusal = answered(
        refused=True, statements=(), citations=(), nearest=(cited(1, COURIER), cited(2, POST))
    )
    html = shown(refusal)
    assert words(html).index("does not say") < words(html).index("Searched 2 articles (English)")
    assert chips(html) == ["Example Courier", "Example Post"]
    assert "error" not in html


def offers(exchange: Exchange) -> list[dict[str, str]]:
    buttons = re.findall(r'<button[^>]*class="wider"[^>]*>', conversation([exchange], "en"))
    return [{k: unescape(v) for k, v in re.findall(r'data-(\w+)="([^"]*)"', b)} for b in buttons]


def test_a_refusal_offers_to_search_without_the_filters_and_dates_that_narrowed_it() -> None:
    question = "Did the bridge open this week?"
    refusal = answered(refused=True, statements=(), citations=(), question=question,
                       standalone_question=question)  # fmt: skip
    dated = replace(refusal, searched=Searched(2, 2, ("en",), period="this week"))
    assert offers(Exchange(question, answer=refusal)) == []
    assert offers(Exchange(question, answer=refusal, filtered=True)) == [
        {"drop": "filters", "question": question, "standalone": question}
    ]
    assert offers(Exchange(question, answer=dated)) == [
        {"drop": "dates", "question": question, "standalone": "Did the bridge open ?"}
    ]
    assert offers(Exchange(question, answer=answered(), filtered=True)) == []


def test_an_answer_can_be_copied_and_rated_and_a_greeting_cannot() -> None:
    html = shown(answered(), "fr")
    assert 'data-answer="a"' in html
    assert "Copier avec les sources" in words(html)
    reasons = re.findall(r'data-reason="([^"]*)"', html)
    assert reasons == ["wrong source", "missed something", "out of date", "something else"]
    assert 'class="tools"' not in shown(answered(small_talk=True, refused=True))


def test_thanks_get_a_line_and_no_refusal() -> None:
    html = shown(
        answered(refused=True, small_talk=True, text="You are <b>welcome</b>.",
                 statements=(), citations=(), searched=Searched(0, 0, ()))
    )  # fmt: skip
    assert "You are <b>welcome</b>." in words(html)
    assert "does not say" not in words(html)
    assert "No article" not in words(html)
    assert 'class="refusal"' not in html


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (None, None, "Searched 2 articles (English)."),
        ("2025-01-01", "2025-01-31", "published 1 January 2025 to 31 January 2025."),
        ("2025-01-01", None, "published since 1 January 2025."),
        (None, "2025-01-31", "published up to 31 January 2025."),
    ],
)
def test_what_was_searched_names_the_days_that_were_asked_for(
    first: str | None, last: str | None, said: str
) -> None:
    assert said in words(shown(answered(searched=Searched(2, 2, ("en",), first, last))))


def test_filters_that_match_nothing_are_named_as_the_reason() -> None:
    nothing = answered(refused=True, statements=(), citations=(), searched=Searched(0, 0, ()))
    assert "No article matches these filters." in words(shown(nothing))


def test_a_period_in_which_nothing_came_out_is_named_in_the_words_of_the_page() -> None:
    searched = Searched(
        0, 0, (), "2026-11-16", "2026-11-22", period="last week", newest="2025-01-17"
    )
    said = words(shown(answered(refused=True, statements=(), citations=(), searched=searched)))
    assert "published “last week” (16 November 2026 – 22 November 2026)" in said
    assert "newest article here is from 17 January 2025." in said
    assert "The dates are from your question" not in said


def test_a_note_is_shown_and_an_understood_question_only_where_it_differs() -> None:
    assert "Understood as" not in shown(answered())
    html = shown(answered(note="A <note>.", standalone_question="Did the old bridge open?"))
    assert "A <note>." in words(html)
    assert "Understood as: Did the old bridge open?" in words(html)


def test_an_understood_question_can_be_put_otherwise() -> None:
    html = shown(answered(standalone_question=f"Did it open? {HOSTILE}"))
    form = html[html.index("<form") : html.index("</form>")]
    assert 'data-question="Did the bridge open?"' in form
    assert escape(f"Did it open? {HOSTILE}") in form
    assert " hidden" in form
    assert 'aria-controls="restating-1"' in html


def test_newer_coverage_is_a_chip_of_its_own() -> None:
    later = replace(cited(3, replace(COURIER, published="2025-02-01")), quote="The bridge opened.")
    html = shown(answered(newer=(later,)))
    line = html[html.index('class="sources newer"') :]
    assert words(line).index("Newer coverage:") < words(line).index("Example Courier")
    assert chips(line) == ["Example Courier"]
    assert "1 February 2025" in words(html)
    assert "Newer coverage" not in shown(answered())


def test_dates_that_come_from_the_question_are_said_to() -> None:
    searched = Searched(2, 2, ("en",), "2025-01-13", "2025-01-19", period="this week")
    assert "The dates are from your question: “this week”." in words(
        shown(answered(searched=searched))
    )


def test_who_says_it_stands_before_a_quotation_on_its_way_and_when_it_is_whole() -> None:
    led = Statement("The bridge opened.", (1,), Verdict.VERBATIM, "According to <A>:")
    for html in (shown(answered(statements=(led,))), conversation([Exchange("Q?", (led,))], "en")):
        assert '<p class="lead" dir="auto">According to &lt;A&gt;:</p><blockquote' in html
    assert 'class="lead"' not in shown(answered())


def test_a_disagreement_shows_each_version_with_its_source() -> None:
    versions = (
        Version("Ten came.", (1,), (Run("Ten", differs=True), Run(" came.", differs=False))),
        Version("Twenty came.", (2,)),
    )
    html = shown(answered(disagreements=(Disagreement("how many came", versions),)))
    section = html[html.index('class="disagreement"') :]
    assert chips(section) == ["Example Courier", "Example Post"]
    assert words(section).index("Ten") < words(section).index("Twenty came.")
    assert "The sources give different figures" in words(section)
    assert re.findall("<mark>(.*?)</mark>", section) == ["Ten"]


def test_outlets_that_print_one_text_are_said_to_be_one_source() -> None:
    assert "independent" not in words(shown(answered(provenance=Provenance(1, 1))))
    one = words(shown(answered(provenance=Provenance(3, 1))))
    assert "3 outlets, 1 independent source: they print the same text." in one
    assert "3 outlets, 2 independent sources." in words(
        shown(answered(provenance=Provenance(3, 2)))
    )


def test_statements_on_their_way_are_shown_before_the_answer_is_there() -> None:
    html = conversation([Exchange("Q?", (Statement("First.", (1,), Verdict.VERBATIM),))], "en")
    assert words(html).index("First.") < words(html).index("Searching the archive")
    assert chips(html) == []


def test_an_error_is_one_plain_line() -> None:
    html = conversation([Exchange("Q?", error="nothing <is> indexed")], "en")
    assert '<p class="error" role="alert" dir="auto">nothing &lt;is&gt; indexed</p>' in html


def test_an_answer_speaks_the_language_of_its_question_on_any_page() -> None:
    refusal = answered(refused=True, statements=(), citations=(), language="fr")
    assert "Les archives ne le disent pas." in words(shown(refusal, "it"))
    assert "L’archivio non lo dice." in words(shown(replace(refusal, language="es"), "it"))


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_hostile_text_anywhere_stays_text(odd: str) -> None:
    text = f"{HOSTILE}{odd}"
    article = replace(
        COURIER, id=text, title=text, text=text, publisher=text, author=text, published=text
    )
    article = replace(article, language=text)
    answer = answered(
        question=text,
        standalone_question=f"{text}!",
        note=text,
        statements=(Statement(text, (1,), Verdict.VERBATIM),),
        citations=(cited(1, article, 0, len(text)),),
        disagreements=(Disagreement(text, (Version(text, (1,), (Run(text, differs=True),)),)),),
        searched=Searched(1, 1, (text,)),
    )
    exchanges = [Exchange(text, answer=answer), Exchange(text, error=text)]
    page = conversation(exchanges, "en") + masthead([text]) + sample_buttons([text], "en")
    tags = set(re.findall(r"<\s*/?\s*(\w+)", page))
    assert not tags & {"img", "script"}
    assert escape(text) in page


@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
def test_the_empty_page_speaks_every_interface_language(language: str) -> None:
    html = conversation((), language)
    assert f'lang="{language}"' in html
    assert phrase(language, "chat.headline") in words(html)
    assert phrase(language, "chat.samples") in words(sample_buttons(["Why?"], language))
    assert sample_buttons([], language) == ""
