"""Reaching Chroma: in a folder, on a server, or hosted; and what its errors mean."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from index_store.errors import StoreUnavailable

if TYPE_CHECKING:
    import httpx
    from chromadb.api import ClientAPI

#: Seconds that a server may take for an answer; Chroma's own client would wait for ever for one
#: that stands still. The largest batch that is written takes about 12.
_PATIENCE = 60.0

#: Seconds to wait for a connection.
_CONNECT = 5.0

_BEARER = "authorization"
_UNWELCOME = (401, 403)
_ASK_WHO = "/api/v2/auth/identity"
_HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")

#: The header that Chroma's own client sends a token in.
TOKEN_HEADER = "X-Chroma-Token"

#: Records that a server is sent or asked for by their ids at once. Chroma Cloud takes 300 in a
#: write, and as many results; most writes hold fewer (see `index_store.syncing.BATCH_PASSAGES`).
SERVER_RECORDS = 300


@dataclass(frozen=True, slots=True)
class ServerAccess:
    """What a Chroma server wants to know besides its address; all of it is optional.

    Attributes:
        token: sent with each request.
        token_header: the header for it; in "Authorization" it is a bearer token.
        tenant, database: Chroma's own defaults where they are None.
    """

    token: str | None = field(default=None, repr=False)
    token_header: str = TOKEN_HEADER
    tenant: str | None = None
    database: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        """To be sent with each request."""
        if self.token is None:
            return {}
        is_bearer = self.token_header.lower() == _BEARER
        return {self.token_header: f"Bearer {self.token}" if is_bearer else self.token}


def parse_token(text: str) -> str:
    """A token as it is sent.

    Raises:
        ValueError: it cannot be; the token is not repeated.
    """
    if not (text.isascii() and text.isprintable()):
        raise ValueError("expected letters, digits and signs that a header can hold")
    return text


def parse_header_name(text: str) -> str:
    """The name of a header, by RFC 9110.

    Raises:
        ValueError: it is none.
    """
    if not _HEADER_NAME.fullmatch(text):
        raise ValueError(f"{text!r}: expected the name of a header, such as {TOKEN_HEADER}")
    return text


def connect_folder(folder: Path) -> ClientAPI:
    """Chroma within this process."""
    import chromadb

    return chromadb.PersistentClient(str(folder), settings=_settings())


def connect_server(url: str, access: ServerAccess) -> ClientAPI:
    """A client of a server such as `http://127.0.0.1:8000`.

    Raises:
        ValueError: that is not an address.
        StoreUnavailable: what answers there refuses the token, knows no such tenant or database, or
            is not Chroma.
    """
    import httpx
    from chromadb.errors import NotFoundError

    host, port, is_secure = _address(url)
    check, patience = partial(_check_reply, url), httpx.Timeout(_PATIENCE, connect=_CONNECT)
    # Chroma's client asks the same, but does not tell what was answered, and waits for ever.
    who = f"{'https' if is_secure else 'http'}://{host}:{port}{_ASK_WHO}"
    check(httpx.get(who, headers=access.headers, timeout=patience))
    try:
        client = _connect(host, port, is_secure, access)
    except NotFoundError as error:
        raise StoreUnavailable(
            f"Chroma at {url} does not work: {error}; name what there is in CITEDESK_CHROMA_TENANT "
            f"and CITEDESK_CHROMA_DATABASE"
        ) from error
    session: httpx.Client = client._server._session  # type: ignore[attr-defined]  # no setting
    session.timeout = patience
    session.event_hooks = {"response": [check]}
    return client


def _address(url: str) -> tuple[str, int, bool]:
    """Host, port, and whether it is spoken to over TLS."""
    address = urlsplit(url)
    if address.scheme not in ("http", "https") or not address.hostname:
        raise ValueError("expected an address such as http://127.0.0.1:8000")
    is_secure = address.scheme == "https"
    host = f"[{address.hostname}]" if ":" in address.hostname else address.hostname
    return host, address.port or (443 if is_secure else 8000), is_secure


def _connect(host: str, port: int, is_secure: bool, access: ServerAccess) -> ClientAPI:
    import chromadb
    from chromadb.config import DEFAULT_DATABASE, DEFAULT_TENANT

    return chromadb.HttpClient(
        host=host,
        port=port,
        ssl=is_secure,
        headers=access.headers,
        settings=_settings(),
        tenant=access.tenant or DEFAULT_TENANT,
        database=access.database or DEFAULT_DATABASE,
    )


def _check_reply(where: str, reply: httpx.Response) -> None:
    """Lets pass what is Chroma's own word; its client raises a bare `Exception` for all else, such
    as what a proxy says."""
    if reply.status_code in _UNWELCOME:
        raise StoreUnavailable(
            f"Chroma at {where} does not let citedesk in (HTTP {reply.status_code}); check "
            f"CITEDESK_CHROMA_TOKEN and CITEDESK_CHROMA_TOKEN_HEADER, and which tenant and "
            f"database the token is for"
        )
    if not (reply.is_success or _is_chromas(reply)):
        raise StoreUnavailable(
            f"Chroma at {where} does not work: what answers there is not Chroma (HTTP "
            f"{reply.status_code}); start the Chroma server there, or change CITEDESK_CHROMA_URL"
        )


def _is_chromas(reply: httpx.Response) -> bool:
    """Whether an error is told as Chroma does."""
    from chromadb.errors import error_types

    reply.read()
    try:
        told = reply.json()
    except ValueError:
        return False
    return isinstance(told, dict) and told.get("error") in error_types and "message" in told


def chroma_errors(*others: type[Exception]) -> tuple[type[Exception], ...]:
    """What Chroma raises where it does not work, and others."""
    import httpx
    from chromadb.errors import ChromaError

    return (ChromaError, httpx.HTTPError, *others)


def unavailable(where: str, is_embedded: bool, error: Exception) -> StoreUnavailable:
    """The error, with what to do about it."""
    from chromadb.errors import BatchSizeExceededError, QuotaError, RateLimitError

    reason = " ".join(str(error).split()) or type(error).__name__
    if isinstance(error, BatchSizeExceededError | QuotaError | RateLimitError):
        fix = "have that limit raised by whoever runs the server (docs/capacity.md names them)"
    elif is_embedded:
        fix = "make room on the disk if it is full; otherwise index again into another --home"
    else:
        fix = "start the Chroma server there, or unset CITEDESK_CHROMA_URL"
    return StoreUnavailable(f"Chroma at {where} does not work: {reason}; {fix}")


def _settings() -> Any:
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False)
