"""Files of an index that are damaged: what is then said, and what is lost once it is mended."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator, Mapping
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from index_store.checking import apart
from index_store.checking.finding import State
from index_store.checking.index import Index, check_index
from index_store.checking.mending import MENDED, mend_index
from index_store.checking.stored import Stored
from index_store.embedder import BUNDLED_MODEL
from index_store.errors import IndexStoreError
from tests.index_store.checking.homes import make_home, opened


def _cut(raw: bytes, chosen: random.Random) -> bytes:
    return raw[: chosen.randrange(len(raw))] if raw else raw


def _zeroed(raw: bytes, chosen: random.Random) -> bytes:
    at = chosen.randrange(max(1, len(raw)))
    return raw[:at] + bytes(len(raw[at : at + 512])) + raw[at + 512 :]


def _flipped(raw: bytes, chosen: random.Random) -> bytes:
    garbled = bytearray(raw)
    for _ in range(8 if raw else 0):
        garbled[chosen.randrange(len(raw))] ^= 1 << chosen.randrange(8)
    return bytes(garbled)


#: What becomes of a file's bytes.
DAMAGES: Mapping[str, Callable[[bytes, random.Random], bytes]] = {
    "emptied": lambda raw, chosen: b"",
    "cut short": _cut,
    "zeroed in part": _zeroed,
    "flipped bits": _flipped,
}


def damageable(home: Path) -> list[Path]:
    """Every file of an index, below its home."""
    files = [*home.glob("chroma/**/*"), *home.glob("lexical/*")]
    return sorted(
        file.relative_to(home)
        for file in files
        if file.is_file() and not file.name.endswith(".lock")
    )


# What processes do


def make(home: Path, say: Callable[[Any], None]) -> None:
    """A small archive; says its articles' texts by their ids."""
    make_home(home)
    say(_texts(home))


def use(home: Path, say: Callable[[Any], None]) -> None:
    """Opens a home and searches; says the line where it cannot."""
    try:
        say({"hits": len(opened(home).search("When will the bridge be open?").hits)})
    except IndexStoreError as error:
        say({"refused": str(error)})


def mend(home: Path, say: Callable[[Any], None]) -> None:
    """What `citedesk doctor --full --repair` does; says the line where that fails."""
    found = _look(home)
    wrong = {one.check for one in found.findings if one.state is State.WRONG} & MENDED
    stored = found.stored if isinstance(found.stored, Stored) else None
    try:
        if wrong:
            mend_index(home, lambda: opened(home), wrong, stored)
    except IndexStoreError as error:
        say({"refused": str(error)})


def examine(home: Path, say: Callable[[Any], None]) -> None:
    """Says each line of what is wrong with a home, with what mends it."""
    for one in _look(home).findings:
        if one.state is State.WRONG:
            say({"wrong": f"{one.found} -> {one.fix}"})


def _look(home: Path) -> Index:
    # Nothing is open here yet, so that a fork is as good as a new process, and faster.
    apart.get_context = lambda method: get_context("fork")  # type: ignore[attr-defined, assignment]
    return check_index(home, None, BUNDLED_MODEL, full=True)


def texts(home: Path, say: Callable[[Any], None]) -> None:
    """Says the texts of whole articles by their ids; none where the home cannot be opened."""
    try:
        say(_texts(home))
    except IndexStoreError:
        say({})


def _texts(home: Path) -> dict[str, str]:
    return {
        article.id: article.text
        for article, passages in opened(home)._store.contents()
        if passages and all(article.text[one.start : one.end] == one.text for one in passages)
    }


def damaged_copies(
    whole: Path, into: Path, chosen: random.Random
) -> Iterator[tuple[Path, Path, str]]:
    """Copies of a home, each with one file damaged in one way; the copy, the file and the way."""
    for file in damageable(whole):
        for name, damage in DAMAGES.items():
            raw = (whole / file).read_bytes()
            garbled = damage(raw, chosen)
            if garbled == raw:
                continue
            home = into / f"{file.name} {name}"
            shutil.copytree(whole, home)
            (home / file).write_bytes(garbled)
            yield home, file, name
            shutil.rmtree(home, ignore_errors=True)
