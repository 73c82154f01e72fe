"""The scripted model keeps to its script."""

import pytest
from llama_index.core.llms import ChatMessage

from qa.fakes import Broken, ScriptedModel, StubbornModel, article, hit, source

HELLO = [ChatMessage(role="user", content="hello")]


def test_replies_come_in_order_and_what_was_asked_is_kept() -> None:
    model = ScriptedModel("one", "two")
    assert [model.chat(HELLO).message.content, model.complete("there").text] == ["one", "two"]
    assert [messages[0].content for messages in model.asked] == ["hello", "there"]


def test_an_exception_in_the_script_is_raised_and_the_script_goes_on() -> None:
    model = ScriptedModel(ValueError("no"), "yes")
    with pytest.raises(ValueError, match="no"):
        model.chat(HELLO)
    assert model.chat(HELLO).message.content == "yes"


def test_a_call_too_many_is_an_error() -> None:
    with pytest.raises(AssertionError, match="script is over"):
        ScriptedModel().chat(HELLO)


def test_a_streamed_reply_adds_up() -> None:
    pieces = list(ScriptedModel("abc").stream_complete("?"))
    assert "".join(piece.delta or "" for piece in pieces) == pieces[-1].text == "abc"


@pytest.mark.parametrize(("piece", "count"), [(1, 3), (2, 2), (3, 1), (99, 1)])
def test_a_reply_comes_in_pieces_of_the_size_that_was_chosen(piece: int, count: int) -> None:
    pieces = list(ScriptedModel("abc", piece=piece).stream_chat(HELLO))
    assert len(pieces) == count
    assert "".join(one.delta or "" for one in pieces) == pieces[-1].message.content == "abc"


def test_an_empty_reply_is_one_empty_piece() -> None:
    assert [one.delta for one in ScriptedModel("").stream_chat(HELLO)] == [""]
    assert ScriptedModel("").chat(HELLO).message.content == ""


def test_a_broken_reply_says_what_it_says_and_then_raises() -> None:
    pieces = ScriptedModel(Broken("abc", ValueError("gone")), piece=2).stream_chat(HELLO)
    assert [next(pieces).delta, next(pieces).delta] == ["ab", "c"]
    with pytest.raises(ValueError, match="gone"):
        next(pieces)


def test_a_reply_may_be_made_of_what_was_asked() -> None:
    assert ScriptedModel(str.upper).chat(HELLO).message.content == "HELLO"


def test_a_stubborn_model_never_runs_out() -> None:
    model = StubbornModel("no")
    assert [model.chat(HELLO).message.content for _ in range(3)] == ["no"] * 3
    assert len(model.asked) == 3


def test_made_up_hits_and_sources_point_into_their_articles() -> None:
    found = hit(article("One is here. Two is there."))
    assert found.passage.sentence_texts() == ["One is here.", "Two is there."]
    assert found.passage.text == found.article.text
    assert source("One.").text == "One."
