"""`citedesk demo` as a process of its own, for tests and for the screenshots in the docs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_ANNOUNCED = "citedesk is at "


@contextmanager
def running_demo() -> Iterator[tuple[str, str]]:
    """The address of the demonstration, and all that it printed before; stopped afterwards."""
    with subprocess.Popen(
        [sys.executable, "-m", "qa.cli", "demo", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        printed = ""
        try:
            for line in process.stdout:
                if line.startswith(_ANNOUNCED):
                    yield line.removeprefix(_ANNOUNCED).strip(), printed
                    break
                printed += line
        finally:
            process.terminate()
