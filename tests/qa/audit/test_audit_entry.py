"""An entry is kept whole, in one form that does not depend on who writes it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from index_store.models import Filters, SearchResult
from index_store.terms import QueryTerms
from qa.audit.entry import Request, canonical, entry_from_json, entry_json, shown_passages
from qa.audit.exchange import Exchange
from qa.fakes import article, hit
from qa.history import Turn
from tests.qa.audit.entries import answer, entry

#: What people type, and what a client can send: any code point, also half a surrogate pair.
TEXTS = st.text(st.characters(), max_size=40)


@given(TEXTS, TEXTS, TEXTS, st.none() | TEXTS)
def test_what_is_read_from_the_canonical_form_is_what_was_written(
    question: str, said: str, publisher: str, language: str | None
) -> None:
    written = entry(
        request=Request(
            question,
            (Turn("user", said),),
            Filters(publishers=(publisher,), published_to="2025-01-31"),
            language,
        ),
        exchanges=(Exchange((("user", question),), said),),
        answer=answer(text=said),
    )
    text = canonical(entry_json(written))
    assert entry_from_json(json.loads(text)) == written
    assert canonical(json.loads(text)) == text
    assert text.isascii()


def test_the_canonical_form_does_not_depend_on_the_order_of_keys() -> None:
    assert canonical({"b": 1, "a": {"d": 2.5, "c": "é"}}) == '{"a":{"c":"\\u00e9","d":2.5},"b":1}'


def test_passages_are_named_with_the_hash_of_their_text_and_reprints_behind_them() -> None:
    first, copy, second = (hit(article(text)) for text in ("Il paie.", "He pays.", "She sang."))
    hits = (replace(first, copies=(copy,)), second)
    shown = shown_passages(SearchResult(hits, QueryTerms({}), served=frozenset()))
    assert [one.id for one in shown] == [one.passage.id for one in (first, copy, second)]
    assert shown[0].sha256 == hashlib.sha256(b"Il paie.").hexdigest()
    assert (shown[0].start, shown[0].end, shown[0].source) == (0, 8, "article.txt")
    assert shown[0].article_id == first.article.id


def test_an_entry_of_before_a_day_could_be_asked_for_is_read() -> None:
    written = entry()
    values = entry_json(written)
    del values["as_of"], values["standalone"]
    read = entry_from_json(values)
    assert read == replace(written, request=replace(written.request, as_of=None, standalone=None))
