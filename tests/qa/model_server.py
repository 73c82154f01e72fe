"""A language model's server on this machine, that behaves as it is told to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Handle = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers as the server's `handle_chat` says, and keeps what was asked."""

    server: Server

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self.server.asked.append((self.path, json.loads(self.rfile.read(length))))
        self.server.headers.append(dict(self.headers.items()))
        try:
            self.server.handle_chat(self)
        except (BrokenPipeError, ConnectionResetError):
            self.server.left.set()

    def reply(self, status: int, body: str, kind: str = "application/json", **headers: str) -> None:
        data = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def stream(self, pieces: Iterable[str], pause: float = 0.0) -> None:
        """A reply without a length, one piece after the other, that ends with the connection."""
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        for piece in pieces:
            self.wfile.write(piece.encode())
            self.wfile.flush()
            if self.server.released.wait(pause):
                return

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: tests are quiet."""


class Server(ThreadingHTTPServer):
    """On a port of its own.

    Attributes:
        asked: path and body of every request.
        headers: of every request.
        released: set when the test is over, so that nothing hangs on.
        left: set when a client has gone away in the middle of a reply.
    """

    daemon_threads = True

    def __init__(self, handle_chat: Handle) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.handle_chat = handle_chat
        self.asked: list[tuple[str, dict[str, object]]] = []
        self.headers: list[dict[str, str]] = []
        self.released = threading.Event()
        self.left = threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def url(self) -> str:
        return f"{self.address}/v1"


def event(data: object) -> str:
    """One server-sent event."""
    return f"data: {data if isinstance(data, str) else json.dumps(data)}\n\n"


def chunk(text: str | None, **delta: object) -> str:
    """One event of a streamed chat completion."""
    choice = {"index": 0, "finish_reason": None, "delta": {"content": text, **delta}}
    return event(
        {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m",
         "choices": [choice]}
    )  # fmt: skip


def completion(text: str, piece: int = 9) -> list[str]:
    """A whole streamed chat completion."""
    pieces = [text[start : start + piece] for start in range(0, len(text), piece)]
    return [*map(chunk, pieces), event("[DONE]")]
