"""What the index asks of the place where articles, passages and vectors are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from corpus import Article, Passage
from corpus.reading import FoundArticle
from index_store.models import EmbeddedPassage, Filters, Vector
from index_store.version import Version, current

#: Makes the vectors of passages, in the order given.
Embed = Callable[[Sequence[Passage]], Sequence[EmbeddedPassage]]


@dataclass(frozen=True, slots=True)
class Touched:
    """Articles that were added, changed or removed on the way from a revision to the next one."""

    since: str
    article_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is kept, and what was being changed when it was last written.

    Attributes:
        embedding_model: the model that made the vectors.
        revision: differs after every change; what is derived from the store remembers the
            revision that it was derived from.
        pending: articles that were being added. Where this is not empty, a process died in the
            middle, and of those that have no record yet passages can be left.
        removing: articles that were being removed, likewise; nothing else needs them.
        written: the version that it was written in.
        recent: what the last batches touched, the one that led to this revision last; see
            `index_store.recent`.
    """

    embedding_model: str
    revision: str
    pending: tuple[str, ...] = ()
    removing: tuple[str, ...] = ()
    written: Version = field(default_factory=current)
    recent: tuple[Touched, ...] = ()

    @property
    def is_settled(self) -> bool:
        """Whether nothing is under way."""
        return not (self.pending or self.removing)


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where an article is now, and what it was read from; see `corpus.reading.FoundArticle`."""

    article_id: str
    origin: str
    digest: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the catalogue: an article without its text.

    Attributes:
        origin: where on this machine it came from; see `corpus.reading.FoundArticle`.
        day: publication day in ISO 8601.
        passages: how many it was split into.
        digest: of what it was read from; see `corpus.reading.FoundArticle`.
        layout: the `corpus.reading.LAYOUT` that it was made by.
        section: of its outlet, where it is stated.
        sketch: of its text, by `corpus.wire.sketch`; b"" in a store of version 1.
        indexed: ISO 8601 date-time at which it was stored, UTC.
        embargo_until: as the article states it.
    """

    article_id: str
    origin: str
    publisher: str | None
    language: str | None
    day: str | None
    passages: int
    digest: str = ""
    layout: str = ""
    sketch: bytes = b""
    section: str | None = None
    indexed: str | None = None
    embargo_until: str | None = None

    def passes(self, filters: Filters) -> bool:
        """Whether a filter admits the article."""
        return filters.admits(self.publisher, self.language, self.day, self.section)


def in_force(entries: list[Entry], manifest: Manifest | None) -> list[Entry]:
    """The entries without those that others are taking the places of, or that are being removed.

    An article is changed by adding the new one, which is there at once and whole, before the old
    one is removed: so that readers see either, and never both.
    """
    if manifest is None or manifest.is_settled:
        return entries
    pending, removing = frozenset(manifest.pending), frozenset(manifest.removing)
    taken = {entry.origin for entry in entries if entry.article_id in pending}
    return [
        entry
        for entry in entries
        if entry.article_id not in removing
        and (entry.article_id in pending or entry.origin not in taken)
    ]


class Store(Protocol):
    """The one truth of the index. An article is there iff its own record is there."""

    def refresh(self) -> None:
        """Sees what other processes have written; needed once the manifest has changed."""

    def is_whole(self) -> bool:
        """Whether no process died while it wrote vectors; also False while one is writing them."""

    def mend(self, embed: Embed, on_progress: Callable[[int, int], None]) -> None:
        """Makes every vector again where it is not whole; only for who holds the lock.

        Args:
            on_progress: told how many of how many passages are done.
        """

    def manifest(self) -> Manifest | None:
        """None where nothing was ever written.

        Raises:
            UnfitHome: only a newer citedesk can read what is kept.
        """

    def set_manifest(self, manifest: Manifest) -> None:
        """Replaces the manifest."""

    def add(self, found: Sequence[FoundArticle], passages: Sequence[EmbeddedPassage]) -> None:
        """Adds articles and all their passages, in place of what there was of the same ids.

        An article's own record is written last: without one, it is not there.
        """

    def restate(self, provenances: Sequence[Provenance]) -> None:
        """Changes where articles are said to come from, and nothing else."""

    def set_sketches(self, sketches: Mapping[str, bytes]) -> None:
        """Changes the sketches of articles, by id, and nothing else."""

    def remove(self, article_ids: Sequence[str]) -> None:
        """Removes articles and their passages; unknown ids are nothing."""

    def catalogue(self) -> list[Entry]:
        """Every article, without its text."""

    def entries(self, article_ids: Sequence[str]) -> list[Entry]:
        """The same of some; unknown ids are absent."""

    def articles(self, article_ids: Sequence[str]) -> dict[str, Article]:
        """Articles by id; unknown ids are absent."""

    def passages(self, passage_ids: Sequence[str]) -> dict[str, EmbeddedPassage]:
        """Passages by id; unknown ids are absent."""

    def vectors(self, passage_ids: Sequence[str]) -> dict[str, Vector]:
        """Vectors of passages alone, by id; unknown ids are absent."""

    def nearest(self, vector: Vector, limit: int, filters: Filters) -> Mapping[str, float]:
        """Cosine by passage id of the nearest passages, best first."""

    def passages_of(self, article_ids: Sequence[str]) -> dict[str, list[Passage]]:
        """Passages of articles in reading order, by article; of unknown ones there are none."""

    def count(self) -> int:
        """Passages that are kept, of whichever articles."""

    def passage_ids(self) -> frozenset[str]:
        """Every passage that is kept; of 10,000 in 0.1 s, where `contents` takes 1 s."""

    def contents(self) -> Iterator[tuple[Article, list[Passage]]]:
        """Every article with its passages in reading order: what derived indexes are built of."""
