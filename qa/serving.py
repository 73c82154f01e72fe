"""The web server: HTTP API, widget and chat on one port."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import entry_points
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

from index_store.follower import following
from qa.access.admission import Access, Mode
from qa.access.proxies import Proxies
from qa.answerer import Answerer
from qa.audit.ratings import FILE as FEEDBACK
from qa.errors import CannotServe
from qa.evaluation.evaluations import Evaluations
from qa.line import Line
from qa.logs import configure_logging
from qa.settings import Settings, Switch
from qa.tracing import tracing
from qa.uploads.inbox import FOLDER as UPLOADS
from qa.uploads.inbox import Inbox
from qa.uploads.uploader import Uploader

if TYPE_CHECKING:
    import uvicorn
    from fastapi import FastAPI

#: Seconds in which a server that is stopped finishes what it has begun.
GRACE = 20
#: The chat is a guest: packages below it do not know it, they find it by this entry point.
_CHAT = "citedesk.chat"


def serve(
    answerer: Answerer,
    settings: Settings,
    host: str,
    port: int,
    samples: Sequence[str],
    evaluations: Evaluations,
    demo_page: bool = False,
) -> None:
    """Serves until it is stopped (Ctrl+C).

    Args:
        samples: questions that the empty chat offers.
        demo_page: also a page that shows the widget within a newsroom's editor.

    Raises:
        CannotServe: the address is taken or not this machine's, or others could reach it and
            nobody would be asked who they are.
        BadSetting: traces are to be sent in a way that is not known or not installed.
    """
    with _listen(host, port) as listening, tracing(os.environ):
        access, alone = _open_access(settings), _is_loopback(listening)
        if not alone:
            _close(access, host)
        configure_logging(settings.log_format, settings.log_level)
        allowed = evaluations if _may_evaluate(settings.evaluate, alone) else None
        uploads = _uploader(settings, answerer)
        app = build_app(
            answerer, settings.home, samples, access, settings, allowed, demo_page, uploads,
            hosts=(host.lower(), *settings.hosts),
        )  # fmt: skip
        answerer.index.warm_up()
        if uploads:
            uploads.start()  # with what was received before the last server ended
        address = f"http://{host}:{listening.getsockname()[1]}"
        if demo_page:
            print(f"the widget in a newsroom's editor is at {address}/demo")
        listening.listen()  # so that whoever reads the address and comes at once is let in
        print(f"citedesk is at {address}", flush=True)
        print("press Ctrl+C to stop", file=sys.stderr)
        try:
            with following(answerer.index.catalogue):
                _server(app).run(sockets=[listening])
        finally:
            evaluations.runner.close()
            if uploads:
                uploads.close()


def _uploader(settings: Settings, answerer: Answerer) -> Uploader | None:
    """What adds articles in the page. Whoever can reach it beyond this machine is asked who they
    are, so that the role of an editor is enough."""
    if settings.upload is Switch.OFF:
        return None
    return Uploader(Inbox(settings.home / UPLOADS), answerer.index)


def build_app(
    answerer: Answerer,
    home: Path,
    samples: Sequence[str] = (),
    access: Access | None = None,
    settings: Settings = Settings(),
    evaluations: Evaluations | None = None,
    demo_page: bool = False,
    uploads: Uploader | None = None,
    hosts: Sequence[str] | None = None,
) -> FastAPI:
    """The API with the chat mounted on it, which runs question sets and adds articles where it is
    given what does so.

    Args:
        hosts: see `create_app`.
    """
    from qa.http.app import create_app
    from qa.http.demo_page import demo_router
    from qa.http.evaluating import evaluating_router
    from qa.http.uploading import uploading_router

    app = create_app(
        answerer,
        feedback_log=home / FEEDBACK,
        allowed_origins=settings.origins,
        access=access,
        rate=settings.rate,
        tells_questions=settings.log_questions is Switch.ON,
        line=Line(settings.at_once, settings.waiting),
        hosts=hosts,
    )
    if evaluations is not None:
        app.include_router(evaluating_router(evaluations))
    if uploads is not None:
        app.include_router(uploading_router(uploads))
    if demo_page:
        app.include_router(demo_router())
    for chat in entry_points(group=_CHAT):
        mount: Callable[..., FastAPI] = chat.load()
        views = {"evaluates": evaluations is not None, "uploads": uploads is not None}
        app = mount(app, app.state.chat_answerer, samples, **views)
    return app


def _server(app: FastAPI) -> uvicorn.Server:
    import uvicorn

    # Whose forwarding headers are believed is CITEDESK_TRUSTED_PROXIES' to say, not uvicorn's; and
    # its own line of a request prints the query string, which the app's does not.
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        # Open pages of the chat would otherwise keep a stopped server up for ever.
        timeout_graceful_shutdown=GRACE,
    )
    return uvicorn.Server(config)


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


def _open_access(settings: Settings) -> Access:
    proxies = Proxies(settings.trusted_proxies, settings.proxy_user_header)
    return Access(settings.access_folder, settings.access, proxies)


def _close(access: Access, host: str) -> None:
    """Requires access for good: whatever becomes of the keys while the server runs.

    Raises:
        CannotServe: it is switched off, or there is nobody yet who could come in.
    """
    if access.mode is Mode.OFF:
        raise CannotServe(
            f"cannot serve on {host}: others could reach the archive, and CITEDESK_ACCESS=off asks "
            f"nobody who they are; unset it, or serve on 127.0.0.1"
        )
    if not access.has_anyone():
        raise CannotServe(
            f"cannot serve on {host}: others could reach the archive, and nobody has a key or a "
            f"log-in yet; make one (citedesk key create NAME, citedesk user add NAME), name the "
            f"header of a proxy that asks (CITEDESK_PROXY_USER_HEADER), or serve on 127.0.0.1"
        )
    access.require()


def _is_loopback(listening: socket.socket) -> bool:
    return ip_address(listening.getsockname()[0]).is_loopback


def _may_evaluate(evaluate: Switch | None, alone: bool) -> bool:
    """Whether the page runs question sets, for whoever can reach it."""
    return alone if evaluate is None else evaluate is Switch.ON
