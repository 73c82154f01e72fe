"""The indexing of what was added."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import monotonic, sleep

import pytest

from corpus import Passage
from index_store.errors import IndexBusy
from index_store.fakes import HashingEmbedder, memory_index
from index_store.home import open_index
from index_store.models import EmbeddedPassage
from qa.answerer import Answerer
from qa.indexing import index_paths
from qa.uploads.inbox import Inbox
from qa.uploads.outcomes import State
from qa.uploads.uploader import Phase, Progress, Uploader

MAYOR = b"---\ntitle: Mayor resigns\n---\nAda Quill resigned as mayor of Sandholm on 3 May.\n"
FERRY = b"The ferry to Sandholm was sold to a Danish owner in June.\n"


class GatedEmbedder(HashingEmbedder):
    """Embeds articles while it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.gate = threading.Event(), threading.Event()

    def embed_passages(self, passages: Sequence[Passage]) -> list[EmbeddedPassage]:
        self.begun.set()
        assert self.gate.wait(timeout=20)
        return super().embed_passages(passages)


class Office:
    """An uploader over an index in memory."""

    def __init__(self, folder: Path) -> None:
        self.embedder = GatedEmbedder()
        self.index = memory_index(self.embedder)
        self.uploader = Uploader(Inbox(folder / "uploads"), self.index)

    def send(self, name: str, content: bytes) -> None:
        with self.uploader.inbox.receiving(name) as arriving:
            arriving.write(content)
            arriving.keep()

    def run(self) -> Progress:
        self.embedder.gate.set()
        self.uploader.start()
        return self.ended()

    def ended(self) -> Progress:
        until = monotonic() + 20
        while self.uploader.is_reading:
            assert monotonic() < until
            sleep(0.005)
        assert self.uploader.progress is not None
        return self.uploader.progress


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path)
    yield made
    made.embedder.gate.set()
    made.uploader.close()


def states(told: Progress) -> dict[str, State]:
    return {one.name: one.state for one in told.outcomes}


def test_each_file_is_told_of_by_what_became_of_it(office: Office) -> None:
    office.send("mayor.md", MAYOR)
    office.send("ferry.txt", FERRY)
    office.send("binary.txt", b"\x00\xff\x00")
    office.send("held.md", b"---\nembargo_until: 2099-01-01\n---\n" + FERRY)
    office.send("two.jsonl", b'{"text": "A bridge is built."}\n{"text": }\n')
    told = office.run()
    assert told.phase is Phase.DONE
    assert states(told) == {
        "mayor.md": State.ADDED,
        "ferry.txt": State.ADDED,
        "binary.txt": State.SKIPPED,
        "held.md": State.WITHHELD,
        "two.jsonl": State.ADDED,
    }
    by_name = {one.name: one for one in told.outcomes}
    assert by_name["mayor.md"].title == "Mayor resigns"
    assert "binary data" in by_name["binary.txt"].reasons[0]
    assert (by_name["two.jsonl"].added, by_name["two.jsonl"].passed_over) == (1, 1)
    assert office.index.summary().articles == 3
    assert office.uploader.inbox.waiting() == ()


def test_a_second_file_of_a_name_takes_the_place_of_the_first(office: Office) -> None:
    office.send("mayor.md", MAYOR)
    office.send("ferry.txt", FERRY)
    office.run()
    office.send("mayor.md", MAYOR.replace(b"3 May", b"4 May"))
    office.send("ferry.txt", FERRY)
    told = office.run()
    assert states(told) == {"ferry.txt": State.UNCHANGED, "mayor.md": State.UPDATED}
    assert office.index.summary().articles == 2


def test_an_article_that_was_indexed_from_elsewhere_is_there_already(
    office: Office, tmp_path: Path
) -> None:
    (tmp_path / "mayor.md").write_bytes(MAYOR)
    office.embedder.gate.set()
    index_paths(office.index, [tmp_path / "mayor.md"])
    office.send("mayor.md", MAYOR)
    assert states(office.run()) == {"mayor.md": State.UNCHANGED}
    assert office.index.summary().articles == 1


def test_a_version_that_cannot_be_read_leaves_the_article_as_it_was(office: Office) -> None:
    office.send("ferry.txt", FERRY)
    office.run()
    office.send("ferry.txt", b"\x00\xff\x00")
    assert states(office.run()) == {"ferry.txt": State.SKIPPED}
    assert office.index.summary().articles == 1


def test_what_comes_during_a_run_is_indexed_by_it(office: Office) -> None:
    office.send("mayor.md", MAYOR)
    office.uploader.start()
    assert office.embedder.begun.wait(timeout=20)
    office.send("ferry.txt", FERRY)
    office.uploader.start()  # the run goes on with it
    told = office.run()
    assert told.files == 2
    assert states(told) == {"mayor.md": State.ADDED, "ferry.txt": State.ADDED}


def test_a_server_that_ends_in_the_middle_loses_nothing(office: Office, tmp_path: Path) -> None:
    office.send("mayor.md", MAYOR)
    office.uploader.start()
    assert office.embedder.begun.wait(timeout=20)
    later = Office(tmp_path)  # as after a crash: the first one has settled nothing
    assert states(later.run()) == {"mayor.md": State.ADDED}
    later.uploader.close()


def test_without_anything_to_index_there_is_no_run(office: Office) -> None:
    office.uploader.start()
    assert office.uploader.progress is None


def test_where_another_process_is_writing_it_is_said_and_tried_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*args: object, **kwargs: object) -> None:
        raise IndexBusy("another process is indexing")

    office.send("mayor.md", MAYOR)
    with monkeypatch.context() as patched:
        patched.setattr(office.index, "sync_from", busy)
        told = office.run()
    assert (told.phase, told.error) == (Phase.FAILED, "another process is indexing")
    assert states(office.run()) == {"mayor.md": State.ADDED}


def test_questions_are_answered_while_articles_are_added(tmp_path: Path) -> None:
    """In a real store, which the thread that asks must not open anew under the one that writes."""
    embedder = HashingEmbedder()
    index = open_index(tmp_path, embedder=embedder)
    uploader = Uploader(Inbox(tmp_path / "uploads"), index)
    answerer = Answerer(index)

    def send(name: str, content: bytes) -> None:
        with uploader.inbox.receiving(name) as arriving:
            arriving.write(content)
            arriving.keep()

    send("mayor.md", MAYOR)
    uploader.start()
    while uploader.is_reading:
        sleep(0.005)
    for number in range(300):
        send(f"{number}.txt", f"Ship {number} left Sandholm for Valmorin. ".encode() * 3)
    uploader.start()
    asked = 0
    while uploader.is_reading:
        answer = answerer.ask("Who resigned as mayor of Sandholm?")
        assert "Ada Quill" in answer.text
        asked += 1
    told = uploader.progress
    assert told is not None
    assert told.phase is Phase.DONE
    assert asked > 1
    assert index.summary().articles == 301
    assert open_index(tmp_path, embedder=embedder).summary().articles == 301
