"""Whether the index of words can be searched, and is level with what is stored."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from index_store.checking.apart import Failed, apart
from index_store.checking.finding import REPAIR, Finding, ok, unchecked, wrong
from index_store.checking.stored import Stored
from index_store.levelling import state_of
from index_store.lexical import LexicalIndex
from index_store.lexical.folder import LexicalFolder
from index_store.lexical.index import LAYOUT

CHECK = "words"


@dataclass(frozen=True, slots=True)
class Words:
    """What the index of words holds.

    Attributes:
        revision: of the store, that it was made from; None where it has to be built again.
        ids: of its passages, where they were asked for.
    """

    revision: str | None
    passages: int
    ids: frozenset[str] | None


def read_words(folder: Path, with_ids: bool) -> Words:
    """Looks at an index of words.

    Raises:
        IndexStoreError: it cannot be searched.
    """
    index = LexicalIndex(folder)
    if index.revision is None:
        return Words(None, 0, None)
    return Words(index.revision, index.count(), index.passage_ids() if with_ids else None)


def check_words(folder: Path, stored: Stored | Failed) -> Finding:
    """Compares it with what is stored: its revision, its count, and each passage where these
    are known."""
    if isinstance(stored, Failed) or stored.manifest is None:
        return unchecked(CHECK, "there is nothing to compare the index of words with")
    if not folder.exists():
        return wrong(CHECK, "the index of words is not there", REPAIR)
    words = apart(read_words, folder, stored.ids is not None)
    if isinstance(words, Failed):
        return wrong(CHECK, f"the index of words cannot be read: {words.reason}", REPAIR)
    if words.revision is None and LexicalFolder(folder, LAYOUT).is_of_another_layout():
        found = "the index of words is an earlier version's; built again when it is next opened"
        return unchecked(CHECK, found)
    if words.revision is None:
        return wrong(CHECK, "the index of words is damaged, or was never finished", REPAIR)
    if words.revision != state_of(stored.manifest):
        return wrong(CHECK, "the index of words is not level with what is stored", REPAIR)
    if words.passages != stored.passages or words.ids != stored.ids:
        counts = f"{words.passages:,} passages where {stored.passages:,} are stored"
        return wrong(CHECK, f"the index of words does not hold what is stored: {counts}", REPAIR)
    return ok(CHECK, f"all {words.passages:,} passages can be found by their words")
