"""A server in a thread, on a free port of this machine."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI


@contextmanager
def served(make: Callable[[], FastAPI]) -> Iterator[str]:
    """The address of an app, which is made on the server's own event loop: without one that runs,
    Gradio makes some and leaves them open."""
    started: queue.Queue[uvicorn.Server] = queue.Queue()

    async def serve() -> None:
        server = uvicorn.Server(uvicorn.Config(make(), port=0, log_level="warning"))
        started.put(server)
        await server.serve()

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    server = started.get(timeout=60)
    while not server.started:
        assert thread.is_alive()
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
