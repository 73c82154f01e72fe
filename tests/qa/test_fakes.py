"""The scripted model keeps to its script."""

import pytest
from llama_index.core.llms import ChatMessage

from qa.fakes import ScriptedModel, article, hit, source

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


def test_made_up_hits_and_sources_point_into_their_articles() -> None:
    found = hit(article("One is here. Two is there."))
    assert found.passage.sentence_texts() == ["One is here.", "Two is there."]
    assert found.passage.text == found.article.text
    assert source("One.").text == "One."
