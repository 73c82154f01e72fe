"""The web server: HTTP API, widget and chat on one port."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import entry_points
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

from qa.answerer import Answerer
from qa.audit.ratings import FILE as FEEDBACK
from qa.errors import CannotServe

if TYPE_CHECKING:
    from fastapi import FastAPI

#: The chat is a guest: packages below it do not know it, they find it by this entry point.
_CHAT = "citedesk.chat"


def serve(
    answerer: Answerer,
    home: Path,
    host: str,
    port: int,
    samples: Sequence[str],
    demo_page: bool = False,
) -> None:
    """Serves until it is stopped (Ctrl+C).

    Args:
        samples: questions that the empty chat offers.
        demo_page: also a page that shows the widget within a newsroom's editor.

    Raises:
        CannotServe: the address is taken or not this machine's.
    """
    import uvicorn

    with _listen(host, port) as listening:
        app = build_app(answerer, home, samples, demo_page)
        answerer.index.warm_up()
        config = uvicorn.Config(app, log_level="warning", server_header=False)
        if not _is_loopback(listening):
            print("anyone who can reach this address can read the archive", file=sys.stderr)
        address = f"http://{host}:{listening.getsockname()[1]}"
        if demo_page:
            print(f"the widget in a newsroom's editor is at {address}/demo")
        print(f"citedesk is at {address}", flush=True)
        print("press Ctrl+C to stop", file=sys.stderr)
        uvicorn.Server(config).run(sockets=[listening])


def build_app(
    answerer: Answerer, home: Path, samples: Sequence[str] = (), demo_page: bool = False
) -> FastAPI:
    """The API with the chat mounted on it."""
    from qa.http.app import create_app
    from qa.http.demo_page import demo_router

    app = create_app(answerer, feedback_log=home / FEEDBACK)
    if demo_page:
        app.include_router(demo_router())
    for chat in entry_points(group=_CHAT):
        mount: Callable[..., FastAPI] = chat.load()
        app = mount(app, answerer, samples)
    return app


def _listen(host: str, port: int) -> socket.socket:
    """A socket taken before the slow start, so that a taken port is said at once."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
    except OSError as error:
        raise CannotServe(
            f"cannot serve on {host}:{port} ({error.strerror}); choose another --port, or stop "
            f"what is using it"
        ) from error
    return listening


def _is_loopback(listening: socket.socket) -> bool:
    return ip_address(listening.getsockname()[0]).is_loopback
