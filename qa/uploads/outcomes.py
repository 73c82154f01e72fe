"""What became of each file of a run, by what the index held of it before and holds now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from corpus.errors import UnreadableFile, Withdrawn
from corpus.files import storable
from index_store.store import Entry

#: Reasons that are told of one file; an export can have one for each of its lines.
TOLD = 3


class State(StrEnum):
    """What became of a file, in a word."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    WITHHELD = "withheld"  # its owner holds it back, or has cancelled it
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """A file, and its articles.

    Attributes:
        added, updated, unchanged: articles.
        passed_over: articles that could not be read, or may not be shown.
        reasons: why, of the first of these; in English, without the file's path.
        article_id, title: of its only article; None where it has none or several.
    """

    name: str
    state: State
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    passed_over: int = 0
    reasons: tuple[str, ...] = ()
    article_id: str | None = None
    title: str | None = None


def _held(catalogue: Iterable[Entry], folder: Path) -> Mapping[str, Mapping[str, str]]:
    """What the index holds of each file of a folder: ids by origin, by the file's name."""
    inside = f"{storable(str(folder.resolve()))}/"
    found: dict[str, dict[str, str]] = {}
    for entry in catalogue:
        if entry.origin.startswith(inside):
            # No name in the folder has a "#"; what follows one is the key of a record.
            name = entry.origin.removeprefix(inside).partition("#")[0]
            found.setdefault(name, {})[entry.origin] = entry.article_id
    return found


def outcomes(
    names: Iterable[str],
    before: Sequence[Entry],
    after: Sequence[Entry],
    folder: Path,
    skipped: Sequence[UnreadableFile],
) -> tuple[FileOutcome, ...]:
    """What became of these files of a folder, by the catalogues before and after the run."""
    reasons: dict[str, list[UnreadableFile]] = {}
    for reason in skipped:
        reasons.setdefault(reason.path.name, []).append(reason)
    had, has = _held(before, folder), _held(after, folder)
    known = frozenset(entry.article_id for entry in before)
    return tuple(
        _outcome(name, had.get(name, {}), has.get(name, {}), known, reasons.get(name, ()))
        for name in names
    )


def _outcome(
    name: str,
    before: Mapping[str, str],
    after: Mapping[str, str],
    known: Collection[str],
    passed_over: Sequence[UnreadableFile],
) -> FileOutcome:
    fresh = [origin for origin, article_id in after.items() if article_id not in known]
    updated = sum(origin in before for origin in fresh)
    added = len(fresh) - updated
    return FileOutcome(
        name,
        _state(added, updated, passed_over),
        added,
        updated,
        len(after) - added - updated,
        len(passed_over),
        tuple(one.reason.replace(str(one.path), name) for one in passed_over[:TOLD]),
        next(iter(after.values())) if len(after) == 1 else None,
    )


def _state(added: int, updated: int, passed_over: Sequence[UnreadableFile]) -> State:
    if added:
        return State.ADDED
    if updated:
        return State.UPDATED
    if not passed_over:
        return State.UNCHANGED  # in this file, or in one elsewhere that says the same
    is_withheld = all(isinstance(one, Withdrawn) for one in passed_over)
    return State.WITHHELD if is_withheld else State.SKIPPED
