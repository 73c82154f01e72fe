"""The index: articles in, passages out.

`sync` brings the store level with what was read; `search` finds passages by vectors and by words
and combines both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from contextvars import ContextVar
from types import MappingProxyType
from typing import TYPE_CHECKING

from corpus import Article, Passage
from corpus.characters import clean_text
from corpus.embargo import is_withheld
from corpus.reading import LAYOUT, ArticleRead, IsCurrent
from index_store.catalogue import Catalogue
from index_store.changes import SyncReport
from index_store.embedder import Embedder
from index_store.errors import IndexBusy, WrongEmbedder
from index_store.glossary import Glossary, load_glossary
from index_store.levelling import level
from index_store.lexical import LexicalIndex
from index_store.lock import WriteLock
from index_store.models import Filters, SearchResult, Summary
from index_store.reranker import Reranker
from index_store.searching import Search
from index_store.store import Entry, Manifest, Store
from index_store.stories import Story, find_stories
from index_store.syncing import Sync
from index_store.version import check_can_write

if TYPE_CHECKING:
    from index_store.retriever import ArticleRetriever


#: How often what changes while it is read is read.
_ATTEMPTS = 5
#: Whether what is running has looked already for what other processes have indexed.
_HAS_FOLLOWED: ContextVar[bool] = ContextVar("has_followed", default=False)


class ArticleIndex:
    """Articles and passages that can be searched.

    Args:
        lock: held while writing, so that one process writes at a time.
        glossary: of words that are looked for in other languages; the packaged one by default.
        reranker: puts the best passages in order.
        on_rebuild: told how many of how many passages have vectors again, and articles words, where
            they were damaged or behind when this is opened.
        settled: held while a batch is written, so that no copy is made in the middle of one.

    Raises:
        WrongEmbedder: the store holds vectors of another model.
    """

    def __init__(
        self,
        store: Store,
        lexical: LexicalIndex,
        embedder: Embedder,
        lock: WriteLock | None = None,
        glossary: Glossary | None = None,
        reranker: Reranker | None = None,
        on_rebuild: Callable[[int, int], None] = lambda done, total: None,
        settled: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        self._store = store
        self._lexical = lexical
        self._embedder = embedder
        self._lock: AbstractContextManager[None] = lock or nullcontext()
        self._free_lock = lock.of_this_home_alone() if lock else nullcontext()
        self._is_writing = False
        self._settled = settled
        self._followed = manifest = store.manifest()
        self._catalogue = Catalogue(store)
        self._glossary = glossary or load_glossary()
        self._reranker = reranker
        self._search: tuple[list[Entry], Search] | None = None
        self._stories: tuple[list[Entry], list[Story]] | None = None
        self._whole: tuple[list[Entry], Summary] | None = None
        if manifest is not None and manifest.embedding_model != embedder.name:
            raise WrongEmbedder(
                f"this index was made with the embedding model {manifest.embedding_model!r}, but "
                f"{embedder.name!r} is configured; set CITEDESK_EMBEDDING_MODEL="
                f"{manifest.embedding_model}, or index again into another --home"
            )
        self._follow(on_rebuild)

    # Writing

    def sync(
        self,
        found: Iterable[ArticleRead],
        *,
        prune: Callable[[str], bool] | None = None,
        progress: Callable[[SyncReport], None] = lambda report: None,
    ) -> SyncReport:
        """Adds what is new, replaces what has changed, leaves alone what has not.

        Args:
            found: articles; of several with one origin the first counts.
            prune: says of an origin whether its article is to go if it was not found again.
            progress: called with the counts so far.

        Raises:
            IndexBusy: another process is writing.
            UnfitHome: a newer citedesk has written here.
            StoreUnavailable, HomeNotWritable: what was not written is noticed by the next sync.
        """
        return self.sync_from(lambda is_current: found, prune=prune, progress=progress)

    def sync_from(
        self,
        read: Callable[[IsCurrent], Iterable[ArticleRead]],
        *,
        prune: Callable[[str], bool] | None = None,
        progress: Callable[[SyncReport], None] = lambda report: None,
    ) -> SyncReport:
        """As `sync`, of what is read while it goes on.

        Args:
            read: begins to read; told what is indexed already and need not be read again.
        """
        with self._lock:
            self._refresh_to_write()
            self._is_writing = True
            try:
                return self._writer().run(read, prune or (lambda origin: False), progress)
            finally:
                self._is_writing = False

    def mend(self, split_again: Collection[str] = ()) -> None:
        """Ends what a process that died was in the middle of, and makes passages of articles anew.

        Args:
            split_again: ids of articles whose passages are not those of their texts.

        Raises:
            IndexBusy: another process is writing.
            UnfitHome: a newer citedesk has written here.
        """
        with self._lock:
            self._refresh_to_write()
            writer = self._writer()
            writer.recover()
            entries = self._store.catalogue()
            writer.split_again(one for one in entries if one.article_id in split_again)

    def _writer(self) -> Sync:
        return Sync(self._store, self._lexical, self._embedder, self._note, self._settled)

    def catalogue(self) -> list[Entry]:
        """Every indexed article, without its text."""
        return self._entries()

    def _note(self, manifest: Manifest) -> None:
        self._followed = manifest

    @contextmanager
    def followed_once(self) -> Iterator[None]:
        """Within it, what other processes have indexed is looked for once, at its beginning.

        A question looks at the index six times, and each look at the store takes a millisecond.
        """
        self._follow()
        before = _HAS_FOLLOWED.set(True)
        try:
            yield
        finally:
            _HAS_FOLLOWED.reset(before)

    def _follow(self, on_rebuild: Callable[[int, int], None] = lambda done, total: None) -> None:
        """Sees what other processes have indexed; what this one is indexing, it sees anyway."""
        # While it writes, every search would open the store again under the thread that does.
        if _HAS_FOLLOWED.get() or self._is_writing:
            return
        manifest = self._refresh()
        if manifest is None:
            return
        if manifest.revision != self._lexical.revision or not self._store.is_whole():
            # Who holds the lock is writing both, and brings them level itself.
            with suppress(IndexBusy), self._free_lock:
                with self._settled():
                    self._store.mend(self._embedder.embed_passages, on_rebuild)
                level(self._store, self._lexical, on_rebuild)

    def _refresh_to_write(self) -> None:
        manifest = self._refresh()
        if manifest is not None:
            check_can_write(manifest.written, "this index")

    def _refresh(self) -> Manifest | None:
        manifest = self._store.manifest()
        if manifest != self._followed:
            self._store.refresh()
            self._followed = manifest
        return manifest

    # Reading

    def search(
        self,
        query: str,
        *,
        language: str | None = None,
        filters: Filters = Filters(),
        limit: int = 10,
        translations: Mapping[str, str] = MappingProxyType({}),
    ) -> SearchResult:
        """The passages that a question is most likely answered by.

        Args:
            language: of the question; decides how its words are stemmed, and how much the vectors
                weigh.
            translations: the question in other languages of the archive, by ISO 639-1 code.

        Raises:
            RerankerUnavailable, EmbedderUnavailable: a configured model cannot be had.
            StoreUnavailable: Chroma does not answer.
        """
        query = clean_text(query)  # a lone surrogate has no word pieces
        translated = {into: clean_text(text) for into, text in translations.items()}
        for _ in range(_ATTEMPTS):
            search, seen = self._current_search(), self._followed
            found = search.run(query, language, filters, limit, translated)
            # An article that changes meanwhile is to be found in either version.
            if not found.is_overtaken or not self._has_moved_on(seen):
                break
        return found

    def _has_moved_on(self, seen: Manifest | None) -> bool:
        """Whether there is a later state than one that was seen."""
        if not self._is_writing:
            self._refresh()
        return self._followed != seen

    def name_like(self, word: str) -> str | None:
        """The name, as the archive prints it, that an unknown folded word is a misspelling of;
        None where the archive has the word, or no name that is near enough."""
        return self._current_search().name_like(word)

    def as_retriever(
        self, limit: int = 10, language: str | None = None, filters: Filters = Filters()
    ) -> ArticleRetriever:
        """This search for any LlamaIndex program.

        Args:
            language: of the questions; each is looked at where it is None.
        """
        # LlamaIndex takes 2 s to import.
        from index_store.retriever import ArticleRetriever

        return ArticleRetriever(self, limit, language, filters)

    def _current_search(self) -> Search:
        entries = self._entries()
        if self._search is None or self._search[0] is not entries:
            search = Search(
                self._store, self._lexical, self._embedder, self._glossary, entries, self._reranker
            )
            self._search = (entries, search)
        return self._search[1]

    def sketches(self, article_ids: Iterable[str]) -> dict[str, bytes]:
        """What tells whether articles print one text, by id; see `corpus.wire.is_copy`."""
        return self._current_search().sketches(article_ids)

    def article(self, article_id: str) -> Article | None:
        """The stored article, or None, also where it is under embargo."""
        return self.articles([article_id]).get(article_id)

    def articles(self, article_ids: Sequence[str]) -> dict[str, Article]:
        """Stored articles by id; unknown ids and those under embargo are absent."""
        found = self._store.articles(article_ids)
        return {key: article for key, article in found.items() if not is_withheld(article)}

    def passage(self, passage_id: str) -> Passage | None:
        """The stored passage, or None, also where its article is under embargo."""
        found = self._store.passages([passage_id]).get(passage_id)
        return found.passage if found and self.article(found.passage.article_id) else None

    def summary(self, filters: Filters = Filters()) -> Summary:
        """What is indexed, of what a filter admits."""
        entries = self._entries()
        if filters != Filters():
            return self._summed(entry for entry in entries if entry.passes(filters))
        # Every question asks for it: 2 ms for 10,000 articles.
        if self._whole is None or self._whole[0] is not entries:
            self._whole = (entries, self._summed(entries))
        return self._whole[1]

    def _summed(self, admitted: Iterable[Entry]) -> Summary:
        entries = list(admitted)
        days = sorted(entry.day for entry in entries if entry.day)
        languages = Counter(entry.language for entry in entries)
        return Summary(
            articles=len(entries),
            passages=sum(entry.passages for entry in entries),
            languages=languages,
            publishers=Counter(entry.publisher for entry in entries),
            first=days[0] if days else None,
            last=days[-1] if days else None,
            embedding_model=self._embedder.name,
            outdated=sum(entry.layout != LAYOUT for entry in entries),
            served=tuple(sorted(filter(self._embedder.serves, filter(None, languages)))),
            indexed=max((entry.indexed for entry in entries if entry.indexed), default=None),
            written=self._followed.written if self._followed else None,
        )

    @property
    def embedding_model(self) -> str:
        """The model that compares meaning."""
        return self._embedder.name

    @property
    def revision(self) -> str | None:
        """Of what was last searched: differs after every change; None where there is nothing."""
        return self._followed.revision if self._followed else None

    def stories(self) -> list[Story]:
        """Every article in the story that it belongs to, the largest first; see `find_stories`."""
        entries = self._entries()
        if self._stories is None or self._stories[0] is not entries:
            self._stories = (entries, find_stories(entries, self._store, self._embedder))
        return self._stories[1]

    def _entries(self) -> list[Entry]:
        """The catalogue of what is followed."""
        self._follow()
        return self._catalogue.entries(self._followed)

    def warm_up(self) -> None:
        """Loads the models, and a small archive, now rather than with the first questions."""
        self._current_search().warm_up()
