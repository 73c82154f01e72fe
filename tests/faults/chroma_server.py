"""A Chroma server that goes away and returns."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from pathlib import Path

#: The program that comes with Chroma.
COMMAND = Path(sys.executable).with_name("chroma")

_PATIENCE = 30.0


class ChromaServer:
    """A server on this machine, at one address whenever it runs."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def pid(self) -> int | None:
        """Of the process, while it runs."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Waits until it answers.

        Raises:
            TimeoutError: it does not.
        """
        self._process = subprocess.Popen(
            [COMMAND, "run", "--host", "127.0.0.1", "--port", str(self._port),
             "--path", self._folder],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self._port), timeout=1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise TimeoutError("the Chroma server did not start")

    def kill(self) -> None:
        """Ends it at once, whatever it is doing."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
