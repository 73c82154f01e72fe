"""What is kept beside the index: keys and users, the log of answers, ratings, translations."""

from __future__ import annotations

from pathlib import Path

from index_store.checking.finding import REPAIR, RESTORE, Finding, ok, wrong
from index_store.sqlite_files import quick_check
from qa.access.file import FILE as ACCESS
from qa.access.file import AccessFile
from qa.audit.log import FILE as LOG
from qa.audit.logged import LoggedAnswers
from qa.audit.ratings import FILE as RATINGS
from qa.audit.ratings import read_ratings
from qa.errors import AccessUnavailable, LogUnavailable

ACCESS_CHECK, LOG_CHECK, RATINGS_CHECK, MEMORIES_CHECK = "access", "log", "ratings", "memories"

_KEEP = "keep the file for whoever must explain it, and restore a backup: citedesk restore FILE"


def check_access(home: Path) -> Finding:
    """Whether keys and users can be read."""
    if not (home / ACCESS).exists():
        return ok(ACCESS_CHECK, "no key or user was ever made")
    if fault := quick_check(home / ACCESS):
        found = f"{home / ACCESS}: is damaged ({fault}), and nobody can come in"
        return wrong(ACCESS_CHECK, found, RESTORE)
    file = AccessFile(home)
    try:
        ((keys,),) = file.rows("SELECT count(*) FROM keys")
        ((users,),) = file.rows("SELECT count(*) FROM users")
    except AccessUnavailable as error:
        return wrong(ACCESS_CHECK, str(error), RESTORE)
    return ok(ACCESS_CHECK, f"{keys:,} keys, {users:,} users")


def check_log(home: Path) -> Finding:
    """Whether the chain of logged answers is whole; `citedesk log verify` tells more."""
    if not (home / LOG).exists():
        return ok(LOG_CHECK, "no answer was logged yet")
    try:
        checked = LoggedAnswers(home / LOG).check()
    except LogUnavailable as error:
        return wrong(LOG_CHECK, str(error), RESTORE)
    if checked.fault is not None:
        found = f"the chain of answers is broken at entry {checked.number} ({checked.fault})"
        return wrong(LOG_CHECK, found, _KEEP)
    return ok(LOG_CHECK, f"{checked.entries:,} answers, chain whole, head {checked.head[:12]}…")


def check_ratings(home: Path) -> Finding:
    """Whether every rating of an answer can be read."""
    try:
        ratings = read_ratings(home / RATINGS)
    except LogUnavailable as error:
        return wrong(RATINGS_CHECK, str(error), RESTORE)
    if ratings.damaged:
        found = f"{home / RATINGS}: no rating can be read in line {_listed(ratings.damaged)}"
        return wrong(RATINGS_CHECK, found, "take these lines out; all others are read")
    return ok(RATINGS_CHECK, f"of {len(ratings.latest):,} answers")


def check_memories(home: Path) -> Finding:
    """Whether translations and follow-ups that a language model made can be read again."""
    if damaged := damaged_memories(home):
        return wrong(MEMORIES_CHECK, f"{', '.join(map(str, damaged))}: damaged", REPAIR)
    return ok(MEMORIES_CHECK, "what a language model was asked before can be read again")


def damaged_memories(home: Path) -> tuple[Path, ...]:
    """Files of these that cannot be read; they are begun anew where there is none."""
    others = (file for file in home.glob("*.sqlite3") if file.name not in (ACCESS, LOG))
    return tuple(file for file in sorted(others) if quick_check(file))


def _listed(numbers: tuple[int, ...]) -> str:
    shown = ", ".join(map(str, numbers[:5]))
    return f"{shown} and {len(numbers) - 5:,} others" if len(numbers) > 5 else shown
