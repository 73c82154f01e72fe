"""What a run of reading changes, against the catalogue of what is indexed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.embargo import is_withheld
from corpus.reading import LAYOUT, ArticleRead, FoundArticle, UnchangedArticle, WithdrawnArticle
from index_store.store import Entry


@dataclass(frozen=True, slots=True)
class SyncReport:
    """How many articles a sync added, replaced, left alone, removed, and did not take in.

    Attributes:
        withheld: cancelled by their owners, or under embargo; the first sync after its end takes
            them in.
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
        replaced: id of the article that it takes the place of; None where it is new.
    """

    found: FoundArticle
    replaced: str | None


class Changes:
    """Decides of everything that is read whether it is new, and at the end what is gone."""

    def __init__(self, catalogue: Sequence[Entry]) -> None:
        self._recorded = {entry.article_id: entry for entry in catalogue}
        self._current = {entry.origin: entry.article_id for entry in catalogue}
        self._seen: set[str] = set()
        self._origins: set[str] = set()
        self._withheld: set[str] = set()
        self._restated: list[FoundArticle] = []
        self._added = self._updated = self._removed = 0

    @property
    def report(self) -> SyncReport:
        """The counts so far."""
        unchanged = len(self._seen) - self._added - self._updated
        return SyncReport(self._added, self._updated, unchanged, self._removed, len(self._withheld))

    def new(self, read: Iterable[ArticleRead]) -> Iterator[Change]:
        """What is to be stored. Of several articles of one origin the first counts."""
        for item in read:
            if item.origin in self._origins:
                continue
            self._origins.add(item.origin)
            if isinstance(item, UnchangedArticle):
                self._seen.add(self._current[item.origin])
            elif isinstance(item, WithdrawnArticle) or is_withheld(item.article):
                self._withheld.add(item.origin)
            elif item.article.id not in self._seen:
                self._seen.add(item.article.id)
                if change := self._change(item):
                    yield change

    def _change(self, item: FoundArticle) -> Change | None:
        entry = self._recorded.get(item.article.id)
        if entry is not None and entry.layout == LAYOUT:
            if (entry.origin, entry.digest) != (item.origin, item.digest):
                self._restated.append(item)
            return None
        replaced = entry.article_id if entry else self._current.get(item.origin)
        self._current[item.origin] = item.article.id
        if replaced:
            self._updated += 1
        else:
            self._added += 1
        return Change(item, replaced)

    def gone(self, prune: Callable[[str], bool]) -> list[str]:
        """Ids of articles that were not read again and that `prune` gives up.

        What was cancelled, or put under embargo later, goes in any case.
        """
        gone = [
            article_id
            for origin, article_id in self._current.items()
            if article_id not in self._seen and (origin in self._withheld or prune(origin))
        ]
        self._removed = len(gone)
        return gone

    def restated(self) -> list[FoundArticle]:
        """Unchanged articles whose file is elsewhere now, or says the same in other bytes."""
        return [
            item
            for item in self._restated
            if (origin := self._recorded[item.article.id].origin) == item.origin
            or origin not in self._origins
        ]
