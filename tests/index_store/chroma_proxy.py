"""A proxy before a Chroma server: asks for a token, and holds requests to some of the limits that
Chroma Cloud documents."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx

#: Records of a write, and of a reply, that Chroma Cloud allows where nothing else was agreed.
MOST = 300
#: Bytes of an id and of the name of a value, and values of a record.
_ID, _NAME, _VALUES = 128, 36, 32

_WRITES = ("add", "upsert", "update", "delete")


@dataclass(slots=True)
class Asked:
    """What came to the proxy.

    Attributes:
        paths: of all requests, in their order.
        exceeded: those that Chroma Cloud would have refused.
        is_down: whether it says that the server behind it is gone.
    """

    url: str = ""
    is_down: bool = False
    paths: list[str] = field(default_factory=list)
    exceeded: list[str] = field(default_factory=list)


@contextmanager
def proxied(chroma: str, header: str, token: str) -> Iterator[Asked]:
    """A proxy as long as this lasts; it lets in who sends a header with a value."""
    asked = Asked()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._pass_on()

        do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815  # as the server calls them

        def _pass_on(self) -> None:
            asked.paths.append(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if self.headers.get(header) != token:
                self._answer(401, b"<html>Who are you?</html>", "text/html")
                return
            if asked.is_down:
                self._answer(502, b"<html>Bad gateway</html>", "text/html")
                return
            kind = {"Content-Type": self.headers.get("Content-Type", "application/json")}
            reply = forward.request(self.command, chroma + self.path, content=body, headers=kind)
            if _exceeds(self.path.rpartition("/")[2], body, reply):
                asked.exceeded.append(self.path)
            self._answer(reply.status_code, reply.content, reply.headers["Content-Type"])

        def _answer(self, status: int, body: bytes, kind: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    with httpx.Client() as forward, ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        asked.url = f"http://127.0.0.1:{server.server_address[1]}"
        yield asked
        server.shutdown()


def _exceeds(what: str, body: bytes, reply: httpx.Response) -> bool:
    if what in _WRITES:
        written = json.loads(body)
        ids, records = written.get("ids") or (), written.get("metadatas") or ()
        return (
            len(ids) > MOST
            or any(len(one.encode()) > _ID for one in ids)
            or any(len(one) > _VALUES for one in records)
            or any(len(name.encode()) > _NAME for one in records for name in one)
        )
    if what == "query":
        return int(json.loads(body)["n_results"]) > MOST
    return what == "get" and len(_ids(reply)) > MOST


def _ids(reply: httpx.Response) -> list[Any]:
    return list(reply.json().get("ids") or ())
