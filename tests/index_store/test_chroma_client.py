"""A Chroma server that asks for a token, a tenant and a database; and what it is asked at once."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import chromadb
import pytest
from chromadb.config import Settings

from index_store.checking.apart import Failed
from index_store.checking.index import check_index
from index_store.chroma import open_chroma
from index_store.chroma_client import ServerAccess, parse_header_name, parse_token
from index_store.embedder import BUNDLED_MODEL
from index_store.errors import StoreUnavailable
from index_store.fakes import HashingEmbedder
from index_store.home import open_index
from index_store.models import Filters
from tests.index_store.archive import found
from tests.index_store.chroma_proxy import MOST, Asked, proxied

pytestmark = pytest.mark.enable_socket

TOKEN = "ck-s3cret"


@pytest.fixture(scope="module")
def access(chroma_server: str) -> ServerAccess:
    """A tenant and a database of its own on the server, and the token that the proxy wants."""
    tenant, database = f"tenant-{uuid.uuid4().hex}", "articles"
    admin = chromadb.AdminClient(
        Settings(
            anonymized_telemetry=False,
            chroma_api_impl="chromadb.api.fastapi.FastAPI",
            chroma_server_host="127.0.0.1",
            chroma_server_http_port=int(chroma_server.rpartition(":")[2]),
        )
    )
    admin.create_tenant(tenant)
    admin.create_database(database, tenant)
    return ServerAccess(TOKEN, tenant=tenant, database=database)


@pytest.fixture
def proxy(chroma_server: str) -> Iterator[Asked]:
    with proxied(chroma_server, "X-Chroma-Token", TOKEN) as asked:
        yield asked


def test_token_tenant_and_database_come_with_every_request(
    proxy: Asked,
    access: ServerAccess,
    chroma_server: str,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    index = open_index(
        tmp_path, embedder=HashingEmbedder(), chroma_url=proxy.url, chroma_access=access
    )
    index.sync([found("The Brenn ferry has four boats.", source="ferry.txt")])
    assert index.search("ferry boats").hits
    place = f"/api/v2/tenants/{access.tenant}/databases/{access.database}"
    of_collections = [path for path in proxy.paths if "/collections" in path]
    assert len(of_collections) > 10
    assert all(path.startswith(place) for path in of_collections)
    assert TOKEN not in caplog.text
    # Nothing of it is where nobody was told to look.
    elsewhere = open_chroma(Path("unused"), chroma_server)
    assert not {entry.article_id for entry in elsewhere.catalogue()} & {
        entry.article_id for entry in index.catalogue()
    }


def test_a_bearer_token_is_sent_as_one(chroma_server: str, access: ServerAccess) -> None:
    with proxied(chroma_server, "Authorization", f"Bearer {TOKEN}") as asked:
        open_chroma(Path("unused"), asked.url, replace(access, token_header="authorization"))
        with pytest.raises(StoreUnavailable, match="does not let citedesk in"):
            open_chroma(Path("unused"), asked.url, access)


@pytest.mark.parametrize("token", [None, "ck-0ther"], ids=["none", "another"])
def test_a_token_that_is_refused_is_told_in_one_line_that_does_not_repeat_it(
    proxy: Asked, access: ServerAccess, token: str | None
) -> None:
    with pytest.raises(StoreUnavailable, match="CITEDESK_CHROMA_TOKEN") as caught:
        open_chroma(Path("unused"), proxy.url, replace(access, token=token))
    said = str(caught.value)
    assert said.startswith(f"Chroma at {proxy.url} does not let citedesk in (HTTP 401)")
    assert "\n" not in said
    assert "0ther" not in said


def test_a_token_that_is_withdrawn_is_told_by_what_is_asked_next(
    proxy: Asked, access: ServerAccess
) -> None:
    store = open_chroma(Path("unused"), proxy.url, access)
    session: Any = store._client._server._session  # type: ignore[attr-defined]  # the only way
    session.headers["X-Chroma-Token"] = "withdrawn"
    with pytest.raises(StoreUnavailable, match=r"does not let citedesk in \(HTTP 401\)"):
        store.catalogue()


def test_what_a_proxy_says_of_a_server_that_is_gone_is_told_in_one_line(
    proxy: Asked, access: ServerAccess
) -> None:
    store = open_chroma(Path("unused"), proxy.url, access)
    proxy.is_down = True
    for ask in (store.catalogue, lambda: open_chroma(Path("unused"), proxy.url, access)):
        with pytest.raises(StoreUnavailable, match=r"is not Chroma \(HTTP 502\)") as caught:
            ask()
        assert "html" not in str(caught.value)


@pytest.mark.parametrize("what", ["tenant", "database"])
def test_a_tenant_or_database_that_is_not_there_is_told_with_its_variable(
    proxy: Asked, access: ServerAccess, what: str
) -> None:
    with pytest.raises(StoreUnavailable, match=f"CITEDESK_CHROMA_{what.upper()}") as caught:
        open_chroma(Path("unused"), proxy.url, replace(access, **{what: "nowhere"}))
    assert "nowhere" in str(caught.value)


def test_the_check_of_a_home_shows_the_token_to_the_server(
    proxy: Asked, access: ServerAccess, tmp_path: Path
) -> None:
    checked = check_index(tmp_path, proxy.url, BUNDLED_MODEL, True, access)
    assert not isinstance(checked.stored, Failed)
    refused = check_index(tmp_path, proxy.url, BUNDLED_MODEL, True)
    assert isinstance(refused.stored, Failed)
    assert "CITEDESK_CHROMA_TOKEN" in refused.findings[0].found


def test_no_more_than_chroma_cloud_allows_is_written_or_read_at_once(
    proxy: Asked, access: ServerAccess, tmp_path: Path
) -> None:
    """One article of so many passages, and so many articles."""
    index = open_index(
        tmp_path, embedder=HashingEmbedder(), chroma_url=proxy.url, chroma_access=access
    )
    long = "\n\n".join(
        f"In the year {year} the ferry of Brenn carried passengers to every one of the islands, "
        f"and the mayor of the town wrote the number {year} on the wall of the harbour office."
        for year in range(8 * MOST)
    )
    shorts = [found(f"Ferry {at} is late.", source=f"{at}.txt") for at in range(MOST + 1)]
    index.sync([found(long, source="long.txt"), *shorts])
    store = index._store
    ids = sorted(store.passage_ids())
    owners = [entry.article_id for entry in store.catalogue()]
    assert len(ids) - len(shorts) > MOST
    assert len(store.passages(ids)) == len(store.vectors(ids)) == len(ids)
    assert sum(map(len, store.passages_of(owners).values())) == len(ids)
    assert sum(len(some) for _, some in store.contents()) == len(ids)
    assert store.nearest(store.vectors(ids[:1])[ids[0]], 40, Filters())
    index.sync([], prune=lambda origin: True)
    assert store.count() == 0
    assert not proxy.exceeded


def test_a_token_is_not_shown_by_what_holds_it(access: ServerAccess) -> None:
    assert TOKEN not in repr(access)
    with pytest.raises(ValueError, match="that a header can hold") as caught:
        parse_token("ck-s3cret\nX-Other: 1")
    assert "s3cret" not in str(caught.value)


def test_the_name_of_a_header_is_one() -> None:
    assert parse_header_name("X-Chroma-Token") == "X-Chroma-Token"
    with pytest.raises(ValueError, match="expected the name of a header"):
        parse_header_name("X Chroma: Token")
