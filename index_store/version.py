"""Which citedesk wrote a home, and which may read and write it.

One number counts the layouts of all that is kept, and a second one says from which on it can be
read, as in the header of an SQLite file (https://www.sqlite.org/fileformat.html, 1.3.3): where the
first is above `NUMBER`, only a newer citedesk may write; where the second is, only a newer one may
read. A home keeps both in a file. The store keeps both in its manifest, since on a Chroma server
it is shared by homes of several machines, which are not all upgraded at the same moment: those that
still run the older citedesk go on searching as long as they can.

What wrote before there was a version is version 1. It leaves none behind, either: when it has
indexed into a store of version 2, that is version 1 again, and is migrated again.
"""

from __future__ import annotations

import json
import logging
import uuid
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from index_store.errors import UnfitHome

#: What this citedesk writes. Whoever raises it adds a step to `index_store.migrations`.
NUMBER = 2
#: The lowest that can read what this one writes.
READERS = 1

#: What to do about a home that is too new.
UPGRADE = "run: pip install --upgrade citedesk; or restore a backup that an older citedesk made"

#: Under a home.
FILE = "version.json"

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Version:
    """What a home or a store says of who wrote it.

    Attributes:
        number: of the layout; who writes must know it.
        readers: the lowest number of those who can read it.
        program: version of the citedesk that wrote last; "" of before these were kept.
    """

    number: int
    readers: int
    program: str

    @property
    def said(self) -> str:
        """It in words."""
        by = f"written by citedesk {self.program}" if self.program else "from before it was noted"
        return f"{self.number}, {by}"


FIRST = Version(1, 1, "")


@cache
def current() -> Version:
    """What this citedesk writes."""
    return Version(NUMBER, READERS, version("citedesk"))


def parse_version(stated: object) -> Version:
    """A version of JSON; the first where none is stated.

    Raises:
        ValueError: it is none.
    """
    match stated:
        case None:
            return FIRST
        case {"number": int(number), "readers": int(readers), "program": str(program)}:
            return Version(number, readers, program)
    raise ValueError(f"expected number, readers and program of a version, found {stated!r}")


def too_new(found: Version, where: str) -> str:
    """That this citedesk is too old for what it found, in a sentence."""
    return (
        f"{where}: was written by citedesk {found.program} (version {found.number}), and this is "
        f"citedesk {current().program}, which knows version {NUMBER}"
    )


def check_can_read(found: Version, where: str) -> None:
    """Raises `UnfitHome` where only a newer citedesk can read it."""
    if found.readers > NUMBER:
        raise UnfitHome(f"{too_new(found, where)}; {UPGRADE}")


def check_can_write(found: Version, where: str) -> None:
    """Raises `UnfitHome` where only a newer citedesk may write it."""
    if found.number > NUMBER:
        raise UnfitHome(f"{too_new(found, where)} and changes nothing in it; {UPGRADE}")


def home_version(home: Path) -> Version:
    """Who wrote the files of a home; the first version where it does not say so.

    Raises:
        UnfitHome: what it says cannot be read.
    """
    file = home / FILE
    try:
        return parse_version(json.loads(file.read_bytes()))
    except (FileNotFoundError, NotADirectoryError):
        return FIRST
    except (OSError, ValueError) as error:
        raise UnfitHome(
            f"{file}: does not say which citedesk wrote this home ({error}); restore the file from "
            f"a backup, or remove it if no newer citedesk has ever run here"
        ) from error


def check_home(home: Path, where: str | None = None) -> None:
    """Raises `UnfitHome` where a newer citedesk wrote the files of a home.

    Nothing is read either: what is asked is logged, who asks is looked up, all in the same folder.

    Args:
        where: the home, for messages; its folder where none is given.
    """
    found = home_version(home)
    if found.number > NUMBER:
        raise UnfitHome(f"{too_new(found, where or str(home))}; {UPGRADE}")


def mark_home(home: Path) -> None:
    """Says that this citedesk writes a home, where another one did so last."""
    if home_version(home) == current():
        return
    new = home / f".{FILE}-{uuid.uuid4().hex}"  # another process may be doing the same
    try:
        new.write_text(json.dumps(asdict(current())))
        new.replace(home / FILE)  # never half of one
    except OSError as error:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        # A full disk is no reason not to answer; the next one that opens it tries again.
        logger.warning("%s: does not say yet that this citedesk wrote it (%s)", home, error)
