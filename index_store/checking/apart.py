"""Work in a process of its own, since a damaged file can end the process that reads it.

Of 40 ways in which a file of Chroma's or Tantivy's was damaged, one ended the process by a
segmentation fault, and Tantivy panics in others.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from index_store.errors import IndexStoreError, UnfitHome

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Failed:
    """Why there is no result, in one line.

    Attributes:
        is_newer: it was not looked at, since a newer citedesk wrote it.
    """

    reason: str
    is_newer: bool = False


def apart(work: Callable[..., _T], *arguments: Any) -> _T | Failed:
    """What a function returns, or why it does not; arguments and result are pickled."""
    # Forked, it would hold what this process has open.
    processes = get_context("spawn")
    heard, telling = processes.Pipe(duplex=False)
    with TemporaryDirectory() as folder:
        said = Path(folder) / "stderr"
        process = processes.Process(target=_tell, args=(telling, said, work, arguments))
        process.start()
        telling.close()  # so that the end of the other one is heard
        try:
            result: _T | Failed = heard.recv()
        except EOFError:
            process.join()
            result = Failed(_reason(process.exitcode, said))
        process.join()
        heard.close()
    return result


def _tell(
    telling: Connection, said: Path, work: Callable[..., _T], arguments: tuple[Any, ...]
) -> None:
    # What libraries print while they fail is for their makers.
    file = os.open(said, os.O_WRONLY | os.O_CREAT)
    os.dup2(file, 2)
    try:
        telling.send(work(*arguments))
    except UnfitHome as error:
        telling.send(Failed(str(error), is_newer=True))
    except IndexStoreError as error:
        telling.send(Failed(str(error)))


def _reason(code: int | None, said: Path) -> str:
    if code is not None and code < 0:
        return f"reading it ends the process (signal {-code})"
    lines = said.read_text(errors="replace").split("\n") if said.exists() else []
    return next((line for line in reversed(lines) if line.strip()), f"exit code {code}")
