"""What the dialog in which articles are added asks of the server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from time import sleep

import pytest
from fastapi.testclient import TestClient

from index_store.fakes import memory_index
from qa.access.admission import Access
from qa.access.roles import Role
from qa.answerer import Answerer
from qa.http import create_app
from qa.http.uploading import uploading_router
from qa.uploads import inbox as module
from qa.uploads.inbox import Inbox
from qa.uploads.uploader import Uploader

pytestmark = pytest.mark.enable_socket

STORY = b"Ada Quill resigned as mayor of Sandholm on 3 May.\n"


@pytest.fixture
def uploader(tmp_path: Path) -> Iterator[Uploader]:
    made = Uploader(Inbox(tmp_path / "uploads"), memory_index())
    yield made
    made.close()


def client_of(uploader: Uploader, tmp_path: Path, access: Access | None = None) -> TestClient:
    app = create_app(Answerer(memory_index()), feedback_log=tmp_path / "log", access=access)
    app.include_router(uploading_router(uploader))
    return TestClient(app)


@pytest.fixture
def client(uploader: Uploader, tmp_path: Path) -> TestClient:
    return client_of(uploader, tmp_path)


def test_a_file_is_sent_indexed_and_told_of(client: TestClient) -> None:
    sent = client.put("/upload/files/mayor.txt", content=STORY)
    assert (sent.status_code, sent.text) == (201, "mayor.txt")
    assert client.get("/upload/progress").text == ""
    assert client.post("/upload/index", json={}).status_code == 204
    for _ in range(2000):
        told = client.get("/upload/progress", params={"language": "it"})
        if told.headers["X-Phase"] != "reading":
            break
        sleep(0.01)
    assert told.headers["X-Phase"] == "done"
    assert "1 articolo aggiunto" in told.text
    assert "mayor.txt" in told.text


@pytest.mark.parametrize(
    ("language", "told"), [("en", "too large"), ("fr", "trop lourd"), ("it", "troppo grande")]
)
@pytest.mark.parametrize("announced", [True, False])
def test_a_file_that_is_too_large_is_refused_in_the_readers_language(
    client: TestClient,
    uploader: Uploader,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    told: str,
    announced: bool,
) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 10)
    content = STORY if announced else iter([STORY[:8], STORY[8:]])
    sent = client.put("/upload/files/a.txt", content=content, params={"language": language})
    assert sent.status_code == 200
    assert told in sent.text
    assert uploader.inbox.waiting() == ()


def test_a_body_that_breaks_off_leaves_nothing(client: TestClient, uploader: Uploader) -> None:
    def broken() -> Iterator[bytes]:
        yield STORY
        raise ConnectionError

    with pytest.raises(ConnectionError):
        client.put("/upload/files/a.txt", content=broken())
    assert uploader.inbox.waiting() == ()
    assert not (uploader.inbox.folder / "a.txt").exists()


@pytest.mark.parametrize("name", ["..%2f..%2fa.txt", "%2e%2e%5ca.txt", ".a.txt", "a%00.txt"])
def test_no_name_leads_out_of_the_folder(
    client: TestClient, uploader: Uploader, tmp_path: Path, name: str
) -> None:
    client.put(f"/upload/files/{name}", content=STORY)
    outside = [
        path
        for path in tmp_path.rglob("*.txt")
        if path.parent != uploader.inbox.folder and ".waiting" not in path.parts
    ]
    assert outside == []
    hidden = {path.name for path in uploader.inbox.folder.glob(".*") if path.is_file()}
    assert hidden <= {".turn"}  # whose turn it is among servers, and nothing that was sent


def test_a_form_of_another_site_begins_nothing(client: TestClient, uploader: Uploader) -> None:
    client.put("/upload/files/mayor.txt", content=STORY)
    for kind in ("text/plain", "application/x-www-form-urlencoded"):
        reply = client.post("/upload/index", content="{}", headers={"Content-Type": kind})
        assert reply.status_code == 422
    assert uploader.progress is None


def test_a_reader_adds_nothing(uploader: Uploader, tmp_path: Path) -> None:
    access = Access(tmp_path / "home")
    keys = {role: access.keys.create(role, role) for role in Role}
    client = client_of(uploader, tmp_path, access)

    def status(bearer: str | None) -> int:
        headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
        return client.put("/upload/files/a.txt", content=STORY, headers=headers).status_code

    assert [status(key) for key in (None, keys[Role.READER])] == [401, 403]
    assert uploader.inbox.waiting() == ()
    assert status(keys[Role.EDITOR]) == 201
