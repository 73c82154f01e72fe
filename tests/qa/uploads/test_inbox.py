"""Files that are received."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from corpus.files import find_files
from qa.errors import UploadRefused
from qa.uploads import inbox as module
from qa.uploads.inbox import Inbox


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    return Inbox(tmp_path / "uploads")


def receive(inbox: Inbox, name: str, *parts: bytes) -> str:
    with inbox.receiving(name) as arriving:
        for part in parts:
            arriving.write(part)
        return arriving.keep()


def read(inbox: Inbox) -> list[str]:
    """What an indexer of the folder would read."""
    return [source for _, source in find_files([inbox.folder])]


def test_a_file_is_there_whole_and_waits_until_it_is_settled(inbox: Inbox) -> None:
    assert receive(inbox, "a.md", b"The ferry ", b"was sold.") == "a.md"
    assert (inbox.folder / "a.md").read_bytes() == b"The ferry was sold."
    assert Inbox(inbox.folder).waiting() == ("a.md",)  # as the next server finds it
    inbox.settle(inbox.take())
    assert inbox.waiting() == ()


def test_half_a_file_is_never_read(inbox: Inbox) -> None:
    receive(inbox, "whole.md", b"The ferry was sold.")
    with inbox.receiving("half.md") as arriving:
        arriving.write(b"The fer")
        assert read(inbox) == ["whole.md"]
    assert read(inbox) == ["whole.md"]
    assert inbox.waiting() == ("whole.md",)
    assert not list((inbox.folder / ".arriving").iterdir())


def test_what_was_arriving_when_a_process_was_killed_is_swept_a_day_later(inbox: Inbox) -> None:
    left, arriving = (inbox.folder / ".arriving" / name for name in ("left", "arriving"))
    for place in (left, arriving):
        place.mkdir(parents=True)
        (place / "a.md").write_bytes(b"The fer")
    days_ago = time.time() - 2 * 24 * 60 * 60
    os.utime(left, (days_ago, days_ago))
    receive(inbox, "b.md", b"The ferry was sold.")
    assert not left.exists()
    assert (arriving / "a.md").exists()


def test_a_stray_file_among_what_arrives_stops_nothing(inbox: Inbox) -> None:
    stray = inbox.folder / ".arriving" / "stray"
    stray.parent.mkdir(parents=True)
    stray.touch()
    os.utime(stray, (0, 0))
    assert receive(inbox, "a.md", b"The ferry was sold.") == "a.md"


def test_a_new_version_that_another_server_takes_in_waits_on(inbox: Inbox) -> None:
    other = Inbox(inbox.folder)
    receive(inbox, "a.md", b"The ferry was sold.")
    names = inbox.take()
    receive(other, "a.md", b"Corrected: the ferry was not sold.")
    inbox.settle(names)
    assert inbox.waiting() == ("a.md",)
    inbox.settle(inbox.take())
    assert other.waiting() == ()


def test_a_new_version_that_comes_during_a_run_waits_on(inbox: Inbox) -> None:
    receive(inbox, "a.md", b"One.")
    receive(inbox, "b.md", b"One.")
    taken = inbox.take()
    receive(inbox, "a.md", b"Two.")
    inbox.settle(taken)
    assert inbox.waiting() == ("a.md",)
    assert (inbox.folder / "a.md").read_bytes() == b"Two."


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.md", b"", "The file is empty"),
        ("photo.png", b"\x89PNG", "expected one of .pdf"),
        ("sheet.xlsx", b"no zip", "cannot be read from this kind"),
    ],
)
def test_what_holds_no_article_is_refused_and_not_kept(
    inbox: Inbox, name: str, content: bytes, told: str
) -> None:
    with pytest.raises(UploadRefused, match=told):
        receive(inbox, name, content)
    assert inbox.waiting() == ()
    assert not (inbox.folder / name).exists()


def test_a_file_has_its_limit(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 10)
    assert receive(inbox, "a.md", b"x" * 10) == "a.md"
    with pytest.raises(UploadRefused, match="too large"):
        receive(inbox, "b.md", b"x" * 8, b"x" * 3)


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "uploads").write_text("in the way")
    with pytest.raises(UploadRefused, match="could not keep the file"):
        receive(Inbox(tmp_path / "uploads"), "a.md", b"One.")


def test_a_sidecar_stands_for_what_it_describes(inbox: Inbox) -> None:
    for name in ("a.md", "b.txt", "b.txt.meta.yaml", "lonely.meta.yaml"):
        receive(inbox, name, b"section: Ports")
    found = inbox.paths(["b.txt.meta.yaml", "a.md", "lonely.meta.yaml", "gone.md"])
    assert [path.name for path in found] == ["b.txt", "a.md", "lonely.meta.yaml"]
