"""Whether vectors that were made before can be read again."""

from __future__ import annotations

from pathlib import Path

from index_store.checking.finding import REPAIR, Finding, ok, wrong
from index_store.embedding_cache import cache_file
from index_store.sqlite_files import quick_check

CHECK = "cache"


def check_cache(folder: Path | None) -> Finding:
    """Looks at the file that texts' vectors are kept in, for whichever home.

    Args:
        folder: None where none are kept.
    """
    if folder is None:
        return ok(CHECK, "vectors are not kept (CITEDESK_CACHE=off)")
    file = cache_file(folder)
    try:
        size = file.stat().st_size
    except FileNotFoundError:
        return ok(CHECK, f"{file}: nothing is kept yet")
    except OSError as error:
        return wrong(
            CHECK, f"{file}: cannot be read ({error.strerror})", "set CITEDESK_CACHE to a folder "
            "of this user's, or to off"
        )  # fmt: skip
    if fault := quick_check(file):
        return wrong(CHECK, f"{file}: is damaged ({fault})", REPAIR)
    return ok(CHECK, f"{file}: {size / 1e6:,.1f} MB")
