"""The checks of an index, in order, each as far as what it needs is sound."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index_store.checking.apart import Failed, apart
from index_store.checking.finding import (
    REPAIR,
    RESTORE,
    Finding,
    State,
    ok,
    unchecked,
    wrong,
)
from index_store.checking.stored import Stored, read_stored
from index_store.checking.weights import check_model
from index_store.checking.words import CHECK as WORDS_CHECK
from index_store.checking.words import check_words
from index_store.chroma_client import ServerAccess
from index_store.home import CHROMA, WORDS, holds_index
from index_store.lock import is_being_indexed
from index_store.snapshot import DATABASE
from index_store.sqlite_files import quick_check
from index_store.vector_files import VectorFiles

DATABASE_CHECK, VECTORS_CHECK = "database", "vectors"
ARTICLES_CHECK, RUN_CHECK = "articles", "indexing"

#: What lags behind while a batch is written.
_MOVING = (VECTORS_CHECK, ARTICLES_CHECK, WORDS_CHECK)

_INDEX = "run: citedesk index PATH"
_AGAIN = "index the articles again: citedesk index PATH"
_WAIT = "run this again when it has finished"


@dataclass(frozen=True, slots=True)
class Index:
    """What was found of an index.

    Attributes:
        stored: what Chroma holds, or why that cannot be told.
    """

    findings: tuple[Finding, ...]
    stored: Stored | Failed


def check_index(
    home: Path,
    url: str | None,
    embedding_model: str,
    full: bool,
    access: ServerAccess = ServerAccess(),
) -> Index:
    """Looks at an index as a search does, and changes nothing of it.

    Args:
        url: of a Chroma server; without one, Chroma is embedded.
        full: compare every passage with its article, not those of a sample.
        access: what that server wants to know.
    """
    database = _check_database(home) if url is None else ok(DATABASE_CHECK, f"on a server, {url}")
    was_moving = is_being_indexed(home)
    # Opening Chroma would make what is not there.
    sound = database.state is State.OK
    stored = (
        apart(read_stored, home / CHROMA, url, full, access)
        if sound
        else Failed(f"{CHROMA} was not opened")
    )
    if url is not None and isinstance(stored, Failed) and not stored.is_newer:
        database = wrong(DATABASE_CHECK, stored.reason, "see what the server says of it")
    manifest = None if isinstance(stored, Failed) else stored.manifest
    moving = was_moving or is_being_indexed(home)
    findings = [
        database,
        _check_vectors(home if url is None and sound else None, stored),
        _check_articles(stored),
        _check_run(stored, moving),
        check_words(home / WORDS, stored),
        check_model(embedding_model, manifest),
    ]
    return Index(tuple(_of_now(findings, moving)), stored)


def _of_now(findings: list[Finding], being_indexed: bool) -> Iterator[Finding]:
    """What can be wrong for the moment that a batch is written in is not said to be wrong."""
    for one in findings:
        if being_indexed and one.check in _MOVING and one.state is State.WRONG:
            yield unchecked(one.check, "articles are being indexed", _WAIT)
        else:
            yield one


def _check_database(home: Path) -> Finding:
    file = home / CHROMA / DATABASE
    if not holds_index(home):
        return wrong(DATABASE_CHECK, f"{home}: nothing is indexed here yet", _INDEX)
    try:
        size = file.stat().st_size
    except OSError as error:
        return wrong(DATABASE_CHECK, f"{file}: cannot be read ({error.strerror})", RESTORE)
    if fault := quick_check(file):
        return wrong(DATABASE_CHECK, f"{file}: is damaged ({fault})", RESTORE)
    return ok(DATABASE_CHECK, f"{file}: sound, {size / 1e6:,.1f} MB")


def _check_vectors(home: Path | None, stored: Stored | Failed) -> Finding:
    """Vectors are made of texts, so that whatever is wrong with them can be mended.

    Args:
        home: where Chroma is embedded and its database sound.
    """
    may_open = home is not None and os.access(home / CHROMA, os.W_OK | os.X_OK)
    if isinstance(stored, Failed) and may_open and not stored.is_newer:
        # Of what Chroma opens beside the database, there are only its files of vectors.
        return wrong(VECTORS_CHECK, f"Chroma cannot read its vectors: {stored.reason}", REPAIR)
    if isinstance(stored, Failed):
        return unchecked(VECTORS_CHECK, stored.reason)
    if home is not None and not VectorFiles(home / CHROMA).are_whole():
        found = "a process died while it wrote the vectors, and their files are torn"
        return wrong(VECTORS_CHECK, found, REPAIR)
    if stored.vectorless:
        found = f"{stored.vectorless:,} passages have no sound vector"
        return wrong(VECTORS_CHECK, found, REPAIR if home else "restore a backup of the server")
    return ok(VECTORS_CHECK, "every passage that was looked at has its vector")


def _check_articles(stored: Stored | Failed) -> Finding:
    if isinstance(stored, Failed):
        return unchecked(ARTICLES_CHECK, stored.reason)
    counts = f"{stored.articles:,} articles, {stored.passages:,} passages"
    if stored.broken:
        found = f"passages of {len(stored.broken):,} of {stored.checked:,} articles are missing or "
        return wrong(ARTICLES_CHECK, f"{found} not what their texts say; {counts}", REPAIR)
    if stored.passages != stored.stated:
        over = stored.passages - stored.stated
        return wrong(ARTICLES_CHECK, f"{over:,} passages are of no article; {counts}", _AGAIN)
    outdated = f"; {stored.outdated:,} by an earlier version" if stored.outdated else ""
    return ok(
        ARTICLES_CHECK,
        f"{counts}; passages of {stored.checked:,} compared with their texts{outdated}",
    )


def _check_run(stored: Stored | Failed, being_indexed: bool) -> Finding:
    if being_indexed:
        return ok(RUN_CHECK, "a run is under way")
    if isinstance(stored, Failed):
        return unchecked(RUN_CHECK, stored.reason)
    manifest = stored.manifest
    if manifest is None:
        return wrong(RUN_CHECK, "nothing was ever indexed here", _INDEX)
    if open_ids := (*manifest.pending, *manifest.removing):
        found = f"a run died while it changed {len(open_ids):,} articles"
        return wrong(RUN_CHECK, found, REPAIR)
    return ok(RUN_CHECK, "no run is unfinished")
