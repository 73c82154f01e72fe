"""What asks nothing is not searched."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index_store.index import ArticleIndex
from qa.answer import Answer, as_json
from qa.answerer import Answerer
from qa.audit.entry import Entry
from qa.fakes import article
from qa.history import Turn
from qa.phrases import phrase
from qa.printing import answer_lines
from qa.understanding.question import understand
from qa.understanding.small_talk import language_of, small_talk, without_small_talk

SAID = [
    ("Grazie!", "it", "answer.welcome"),
    ("grazie mille, ciao", "it", "answer.welcome"),
    ("ciao", "it", "answer.hello"),
    ("Buongiorno a te... Grazie", None, ""),
    ("ok", "en", "answer.what_to_ask"),
    ("Ok, thanks!!", "en", "answer.what_to_ask"),
    ("thanks", "en", "answer.welcome"),
    ("Hello", "en", "answer.hello"),
    ("Merci beaucoup", "fr", "answer.welcome"),
    ("bonjour", "fr", "answer.hello"),
    ("D’accord, merci", "fr", "answer.what_to_ask"),
    ("👍", "en", "answer.welcome"),
    ("👍🏽 ❤️", "en", "answer.welcome"),
    ("Merci. Et en Italie ?", None, ""),
    ("thanks for what?", None, ""),
    ("What did Hello Fresh say?", None, ""),
    ("OK Corral", None, ""),
    ("🙂", None, ""),
    ("", None, ""),
]


@dataclass
class Kept:
    """A log in memory."""

    entries: list[Entry] = field(default_factory=list)

    def append(self, entry: Entry) -> None:
        self.entries.append(entry)


def ask(index: ArticleIndex, text: str, *before: str) -> Answer:
    history = [turn for one in before for turn in (Turn("user", one), Turn("assistant", "So."))]
    return Answerer(index).ask(text, history)


@pytest.mark.parametrize(("text", "language", "key"), SAID, ids=[one[0] for one in SAID])
def test_only_what_is_all_small_talk_is_taken_for_it(
    text: str, language: str | None, key: str
) -> None:
    found = small_talk(text)
    assert (found is not None) == (language is not None)
    if found:
        assert language_of(found, (), None) == language


@pytest.mark.parametrize(("text", "language", "key"), [one for one in SAID if one[1]])
def test_it_is_answered_with_a_friendly_line_and_nothing_else(
    text: str, language: str, key: str, archive: Callable[..., ArticleIndex]
) -> None:
    answer = ask(archive([article("Thanks and hello, ok: ciao, merci, grazie, bonjour.")]), text)
    assert answer.small_talk
    assert answer.refused
    assert answer.language == language
    assert answer.text.startswith(phrase(language, key))
    assert answer.text.endswith(phrase(language, "answer.what_to_ask"))
    assert (answer.statements, answer.citations, answer.nearest) == ((), (), ())
    assert answer.searched.articles == 0
    assert as_json(answer)["small_talk"] is True
    assert " ".join(answer_lines(answer)).split() == answer.text.split()


@pytest.mark.parametrize(
    ("before", "language"),
    [("Qui a gagné le procès ?", "fr"), ("Chi ha vinto la causa?", "it"), ("Who won?", "en")],
)
def test_ok_is_answered_in_the_language_of_the_conversation(before: str, language: str) -> None:
    found = small_talk("ok")
    assert found
    history = (Turn("user", before), Turn("assistant", "So."), Turn("user", "ok"))
    assert language_of(found, history, None) == language
    assert language_of(found, history, "en") == "en"


def test_a_follow_up_goes_on_from_before_the_thanks() -> None:
    history = (
        Turn("user", "How many titles closed in France?"),
        Turn("assistant", "Forty-one [1]."),
        Turn("user", "Thanks!"),
        Turn("assistant", phrase("en", "answer.welcome")),
    )
    assert without_small_talk(history) == history[:2]
    asked = understand("And in Italy?", history, None, ("en", "fr", "it"))
    assert asked.standalone == "How many titles closed in Italy?"


def test_it_is_kept_in_the_log(archive: Callable[..., ArticleIndex]) -> None:
    log = Kept()
    Answerer(archive([article("It rained.")]), log=log).ask("Merci !")
    (entry,) = log.entries
    assert entry.passages == ()
    assert entry.answer["small_talk"] is True


@given(st.text(max_size=120))
def test_any_text_can_be_looked_at(text: str) -> None:
    found = small_talk(text)
    assert found is None or found.languages
