"""Whether this citedesk can read what is in a home, and what it will change when it opens it."""

from __future__ import annotations

from pathlib import Path

from index_store.checking.apart import Failed
from index_store.checking.finding import Finding, ok, wrong
from index_store.checking.stored import Stored
from index_store.errors import UnfitHome
from index_store.version import NUMBER, UPGRADE, check_home, home_version

CHECK = "version"


def check_fits(home: Path) -> Finding | None:
    """What is wrong where a newer citedesk wrote the files of a home; nothing else is then looked
    at. None where it may be."""
    try:
        check_home(home)
    except UnfitHome as error:
        return wrong(CHECK, str(error).removesuffix(f"; {UPGRADE}"), UPGRADE)
    return None


def check_written(home: Path, stored: Stored | Failed) -> Finding:
    """Who wrote a home that fits, and the index that it holds or shares."""
    if isinstance(stored, Failed) and stored.is_newer:
        return wrong(CHECK, stored.reason, UPGRADE)
    manifest = None if isinstance(stored, Failed) else stored.manifest
    written = manifest.written if manifest else home_version(home)
    later = "; brought up to date when it is next opened" if written.number < NUMBER else ""
    return ok(CHECK, f"{written.said}{later}")
