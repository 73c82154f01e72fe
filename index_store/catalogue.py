"""Every article without its text, as the store has it at one moment.

Every question asks for it. It is read whole once, and from then on only what batches have touched:
of 60,000 articles the first takes 10 s, the second as long as the batch is large.
"""

from __future__ import annotations

from corpus.embargo import holds
from index_store.recent import touched_since
from index_store.store import Entry, Manifest, Store, in_force

#: Times that it is read while somebody is writing all the while.
_ATTEMPTS = 5


class Catalogue:
    """Follows a store; safe for threads, each of which may read what another one has just read."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._read: tuple[Manifest | None, dict[str, Entry]] = (None, {})
        self._shown: tuple[Manifest | None, list[Entry]] | None = None

    def entries(self, followed: Manifest | None) -> list[Entry]:
        """Those that are in force; the same list as long as the state that is followed is the same.

        Nothing under embargo is stored; where a clock was set back, what was is left out.
        """
        if self._shown is None or self._shown[0] != followed:
            manifest, entries = self._at_one_moment()
            shown = in_force(list(entries.values()), manifest)
            self._shown = followed, [one for one in shown if not holds(one.embargo_until)]
        return self._shown[1]

    def _at_one_moment(self) -> tuple[Manifest | None, dict[str, Entry]]:
        """The entries of one state, though another process or thread may be writing."""
        for _ in range(_ATTEMPTS):
            manifest = self._store.manifest()
            entries = self._at_least(manifest)
            if self._store.manifest() == manifest:
                break
        return manifest, entries

    def _at_least(self, manifest: Manifest | None) -> dict[str, Entry]:
        """The entries of a state; of what is changed meanwhile, perhaps those of a later one, which
        are read again with that."""
        known, entries = self._read
        touched = _touched(known, manifest)
        if touched is None:
            entries = {entry.article_id: entry for entry in self._store.catalogue()}
        elif touched:
            entries = {key: entry for key, entry in entries.items() if key not in touched}
            entries |= {entry.article_id: entry for entry in self._store.entries(sorted(touched))}
        self._read = manifest, entries
        return entries


def _touched(known: Manifest | None, now: Manifest | None) -> frozenset[str] | None:
    if known is None or now is None or known.written.number != now.written.number:
        return None  # a migration touches any
    if known == now:
        return frozenset()
    return touched_since(known.revision, known.is_settled, now)
