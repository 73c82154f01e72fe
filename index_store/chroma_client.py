"""Reaching Chroma: in a folder, on a server, or hosted; and what its errors mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from index_store.errors import StoreUnavailable

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

#: Seconds that a server may take for an answer; Chroma's own client would wait for ever for one
#: that stands still. The largest batch that is written takes about 12.
_PATIENCE = 60.0

#: Seconds to wait for a connection.
_CONNECT = 5.0

_BEARER = "authorization"


@dataclass(frozen=True, slots=True)
class ServerAccess:
    """What a Chroma server wants to know besides its address; all of it is optional.

    Attributes:
        token: sent with each request.
        token_header: the header for it; in "Authorization" it is a bearer token.
        tenant, database: Chroma's own defaults where they are None.
    """

    token: str | None = field(default=None, repr=False)
    token_header: str = "X-Chroma-Token"
    tenant: str | None = None
    database: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        """To be sent with each request."""
        if self.token is None:
            return {}
        is_bearer = self.token_header.lower() == _BEARER
        return {self.token_header: f"Bearer {self.token}" if is_bearer else self.token}


def connect_folder(folder: Path) -> ClientAPI:
    """Chroma within this process."""
    import chromadb

    return chromadb.PersistentClient(str(folder), settings=_settings())


def connect_server(url: str, access: ServerAccess) -> ClientAPI:
    """A client of a server such as `http://127.0.0.1:8000`.

    Raises:
        ValueError: that is not an address.
    """
    import chromadb
    import httpx
    from chromadb.config import DEFAULT_DATABASE, DEFAULT_TENANT

    address = urlsplit(url)
    if address.scheme not in ("http", "https") or not address.hostname:
        raise ValueError("expected an address such as http://127.0.0.1:8000")
    is_secure = address.scheme == "https"
    client = chromadb.HttpClient(
        host=address.hostname,
        port=address.port or (443 if is_secure else 8000),
        ssl=is_secure,
        headers=access.headers,
        settings=_settings(),
        tenant=access.tenant or DEFAULT_TENANT,
        database=access.database or DEFAULT_DATABASE,
    )
    server: Any = client._server  # type: ignore[attr-defined]  # there is no setting for it
    server._session.timeout = httpx.Timeout(_PATIENCE, connect=_CONNECT)
    return client


def chroma_errors(*others: type[Exception]) -> tuple[type[Exception], ...]:
    """What Chroma raises where it does not work, and others."""
    import httpx
    from chromadb.errors import ChromaError

    return (ChromaError, httpx.HTTPError, *others)


def unavailable(where: str, is_embedded: bool, error: Exception) -> StoreUnavailable:
    """The error, with what to do about it."""
    reason = " ".join(str(error).split()) or type(error).__name__
    fix = (
        "make room on the disk if it is full; otherwise index again into another --home"
        if is_embedded
        else "start the Chroma server there, or unset CITEDESK_CHROMA_URL"
    )
    return StoreUnavailable(f"Chroma at {where} does not work: {reason}; {fix}")


def _settings() -> Any:
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False)
