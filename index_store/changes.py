"""What a run of reading changes, against the catalogue of what is indexed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.embargo import is_withheld
from corpus.reading import LAYOUT, ArticleRead, FoundArticle, UnchangedArticle, WithdrawnArticle
from index_store.store import Entry, Provenance


@dataclass(frozen=True, slots=True)
class SyncReport:
    """How many articles a sync added, replaced, left alone, removed, and did not take in.

    Attributes:
        withheld: cancelled by their owners, or under embargo.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    withheld: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """An article to be stored.

    Attributes:
        replaced: id of the article whose place it takes, to be removed; None where there is none.
        is_new: whether its origin held no article before.
    """

    found: FoundArticle
    replaced: str | None
    is_new: bool


class Changes:
    """Decides of everything that is read whether it is new, and at the end what is gone.

    Equal articles at two origins have one id, and one entry with one of the origins.
    """

    def __init__(self, catalogue: Sequence[Entry]) -> None:
        self._recorded = {entry.article_id: entry for entry in catalogue}
        self._held = {entry.origin: entry.article_id for entry in catalogue}
        self._known = {(entry.origin, entry.digest): entry.article_id for entry in catalogue}
        #: What each origin holds now; None where that may not be shown.
        self._read: dict[str, str | None] = {}
        self._seen: set[str] = set()
        self._replaced: set[str] = set()
        self._restated: list[Provenance] = []
        self._added = self._updated = self._removed = self._withheld = 0

    @property
    def report(self) -> SyncReport:
        """The counts so far."""
        unchanged = len(self._seen) - self._added - self._updated
        return SyncReport(self._added, self._updated, unchanged, self._removed, self._withheld)

    def is_current(self, origin: str, digest: str) -> bool:
        """Whether just this was read of an origin before; it need not be read again."""
        return (origin, digest) in self._known

    def new(self, read: Iterable[ArticleRead]) -> Iterator[Change]:
        """What is to be stored. Of several articles of one origin the first counts."""
        for item in read:
            if item.origin in self._read:
                continue
            self._read[item.origin] = held = self._id_of(item)
            if held is None:
                self._withheld += 1
            elif held not in self._seen:
                self._seen.add(held)
                if isinstance(item, FoundArticle) and (change := self._change(item)):
                    yield change

    def _id_of(self, item: ArticleRead) -> str | None:
        if isinstance(item, WithdrawnArticle):
            return None
        # Not every article comes by a reader, which would have held it back.
        if isinstance(item, FoundArticle) and is_withheld(item.article):
            return None
        if isinstance(item, UnchangedArticle):
            return self._known[item.origin, item.digest]
        return item.article.id

    def _change(self, item: FoundArticle) -> Change | None:
        article_id = item.article.id
        before = self._held.get(item.origin)
        entry = self._recorded.get(article_id)
        if entry is not None and article_id in self._replaced:
            # Another origin gave it up in this run; it is here still.
            return Change(item, None, is_new=False)
        if entry is not None and entry.layout == LAYOUT:
            if (entry.origin, entry.digest) != (item.origin, item.digest):
                self._restated.append(Provenance(article_id, item.origin, item.digest))
            return None
        is_new = entry is None and before is None
        if is_new:
            self._added += 1
        else:
            self._updated += 1
        if before in (None, article_id) or before in self._seen or before in self._replaced:
            return Change(item, None, is_new)
        self._replaced.add(before)
        return Change(item, before, is_new)

    def gone(self, prune: Callable[[str], bool]) -> list[str]:
        """Ids of articles that no origin holds any more.

        An origin that was read holds what it held now; one that was not read is asked of `prune`.
        """
        gone = [
            article_id
            for article_id, entry in self._recorded.items()
            if article_id not in self._seen
            and article_id not in self._replaced
            and (entry.origin in self._read or prune(entry.origin))
        ]
        self._removed = len(gone)
        return gone

    def restated(self) -> list[Provenance]:
        """Unchanged articles whose file is elsewhere now, or says the same in other bytes."""
        return [
            said
            for said in self._restated
            if (origin := self._recorded[said.article_id].origin) == said.origin
            or self._read.get(origin) != said.article_id
        ]
