"""What a browser keeps of a conversation, and what becomes of it when it comes back."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article
from qa.answer import Disagreement, Kind, Provenance, Run, Statement, Usage, Verdict, Version
from qa.http.fakes import ARTICLES, LIBRARY, FakeAnswerer
from qa.web.kept import LONGEST, kept, restored
from qa.web.session import Exchange, FilterForm, exchange_steps

QUESTION = "When did readers protest about the Valmorin library?"


def exchange(question: str = QUESTION) -> Exchange:
    fake: Any = FakeAnswerer(ARTICLES)
    *_, last = exchange_steps(fake, question, (), FilterForm(), "en")
    return replace(last, statements=())


def find(article_id: str) -> Article | None:
    return {article.id: article for article in ARTICLES}.get(article_id)


def back(*exchanges: Exchange) -> tuple[Exchange, ...]:
    return restored([json.loads(kept(one)) for one in exchanges], find)


def test_a_conversation_comes_back_as_it_was() -> None:
    whole = exchange()
    assert whole.answer is not None
    versions = (Version("a", (1,), (Run("a", differs=True),)), Version("b", (2,)))
    rich = replace(
        whole.answer,
        disagreements=(Disagreement("who", versions, Kind.SPEAKERS),),
        provenance=Provenance(2, 1),
        newer=whole.answer.citations[:1],
        usage=Usage(10, 2),
        note="odd \ud800 half",
    )
    refused = exchange("Where is Atlantis?")
    everything = (replace(whole, answer=replace(rich, note="a note"), filtered=True), refused)
    assert back(*everything) == everything
    assert kept(replace(whole, answer=rich)).isascii()


def test_articles_are_kept_without_their_texts() -> None:
    assert "loudly" in LIBRARY.text
    assert "loudly" not in kept(exchange())


def test_an_article_that_is_gone_leaves_its_quote_and_its_name() -> None:
    (there,) = restored([json.loads(kept(exchange()))], lambda article_id: None)
    assert there.answer is not None
    assert there.answer.citations[0].quote in LIBRARY.text
    assert there.answer.citations[0].article == replace(LIBRARY, text="")


def test_what_an_article_does_not_say_does_not_come_back() -> None:
    value = json.loads(kept(exchange()))
    value["answer"]["citations"][0]["quote"] = "The council never closed the library."
    assert restored([value], find) == ()


def test_a_number_that_leads_nowhere_does_not_come_back() -> None:
    whole = exchange()
    assert whole.answer is not None
    statement = Statement("Nobody knows.", (9,), Verdict.VERBATIM)
    assert back(replace(whole, answer=replace(whole.answer, statements=(statement,)))) == ()


@pytest.mark.parametrize("value", [None, 3, "x", [], {}, {"question": 1}, {"question": "Why?"}])
def test_what_is_no_exchange_is_left_out(value: Any) -> None:
    good = exchange()
    assert restored([value, json.loads(kept(good))], find) == (good,)


def test_only_the_latest_come_back() -> None:
    many = [json.loads(kept(exchange()))] * (LONGEST + 5)
    assert len(restored(many, find)) == LONGEST


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@given(st.data())
def test_whatever_a_browser_sends_nothing_breaks(data: st.DataObject) -> None:
    value = json.loads(kept(exchange()))
    place: Any = value
    while isinstance(place, dict) and place:
        key = data.draw(st.sampled_from(sorted(place)))
        if not isinstance(place[key], dict) or data.draw(st.booleans()):
            place[key] = data.draw(_json)
            break
        place = place[key]
    for came in restored([value], find):
        assert came.answer is not None
        for citation in came.answer.citations:
            text = citation.article.text
            assert not text or text[citation.start : citation.end] == citation.quote
