"""An answer is logged with all that it came from."""

from __future__ import annotations

from datetime import UTC, datetime

from corpus.reading import FoundArticle
from index_store.fakes import memory_index
from index_store.models import Filters
from qa.answer import Statement, as_json
from qa.answerer import Answerer
from qa.audit.entry import Entry, Request, sha256
from qa.fakes import ScriptedModel, article
from qa.history import Turn
from qa.understanding.translating import Translator

FERRY = "The ferry to Sandholm stops in March, the harbour board said."
BATEAU = "Le ferry de Sandholm s’arrête en mars, selon les autorités du port."
QUESTION = "When does the ferry to Sandholm stop?"
FRENCH = "Quand le ferry de Sandholm s’arrête-t-il ?"


class Kept:
    """A log in memory."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def append(self, entry: Entry) -> None:
        self.entries.append(entry)


def test_an_entry_holds_the_request_the_passages_the_models_and_the_whole_answer() -> None:
    index, kept = memory_index(), Kept()
    articles = [article(FERRY), article(BATEAU, "fr")]
    index.sync(FoundArticle(one, f"/{one.id}") for one in articles)
    said = "The ferry to Sandholm stops in March [1]."
    answerer = Answerer(
        index, ScriptedModel(said), Translator(ScriptedModel(f"fr: {FRENCH}")), log=kept
    )
    history = [Turn("user", "Which board runs the harbour?")]
    filters = Filters(languages=("en", "fr"))
    before = datetime.now(UTC).isoformat(timespec="milliseconds")
    answer = answerer.ask(f" {QUESTION}\n", history, filters, "it")
    (entry,) = kept.entries
    assert before <= entry.time <= datetime.now(UTC).isoformat(timespec="milliseconds")
    assert entry.request == Request(f" {QUESTION}\n", tuple(history), filters, "it")
    assert entry.translations == {"fr": FRENCH}
    assert {passage.sha256 for passage in entry.passages} == {sha256(FERRY), sha256(BATEAU)}
    assert [exchange.reply for exchange in entry.exchanges] == [said]
    assert entry.answer == as_json(answer)
    assert (entry.embedding_model, entry.language_model) == ("hashing-64", "scripted")
    assert entry.revision == index.revision is not None


def test_the_revision_is_that_of_the_index_that_was_searched() -> None:
    index, kept = memory_index(), Kept()
    answerer = Answerer(index, log=kept)
    for text in (FERRY, BATEAU):
        index.sync([FoundArticle(article(text), f"/{len(text)}")])
        answerer.ask(QUESTION)
    first, second = kept.entries
    assert first.revision != second.revision
    assert first.language_model is None


def test_what_was_shown_is_kept_though_the_reader_goes_away() -> None:
    index, kept = memory_index(), Kept()
    index.sync([FoundArticle(article(FERRY), "/ferry")])
    stream = Answerer(index, log=kept).stream(QUESTION)
    assert isinstance(shown := next(stream), Statement)
    stream.close()  # type: ignore[attr-defined]  # a generator
    (entry,) = kept.entries
    assert [each["text"] for each in entry.answer["statements"]] == [shown.text]
