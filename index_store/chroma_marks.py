"""Marks of writers on a Chroma server: an empty collection each, which holds nothing but metadata.

Making one is what Chroma does at once or not at all, and everyone who lists the collections sees
it from then on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from index_store.chroma_client import chroma_errors, unavailable
from index_store.lease import Mark

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

_PREFIX = "citedesk-writer-"
_PAGE = 100

_T = TypeVar("_T")


class ChromaMarks:
    """`Marks` on a server. Every method raises `StoreUnavailable` where Chroma fails."""

    def __init__(self, client: ClientAPI, where: str) -> None:
        self._client = client
        self._where = where

    def all(self) -> dict[str, Mark]:
        return self._tried(self._all)

    def make(self, name: str, mark: Mark) -> None:
        self._tried(
            lambda: self._client.create_collection(
                _PREFIX + name, metadata=_stated(mark), embedding_function=None
            )
        )

    def change(self, name: str, mark: Mark) -> bool:
        return self._tried(lambda: self._is_there(lambda: self._change(name, mark)))

    def drop(self, names: Iterable[str]) -> None:
        for name in names:
            gone = partial(self._client.delete_collection, _PREFIX + name)
            self._tried(partial(self._is_there, gone))

    def _change(self, name: str, mark: Mark) -> None:
        kept = self._client.get_collection(_PREFIX + name, embedding_function=None)
        kept.modify(metadata=_stated(mark))

    def _is_there(self, work: Callable[[], None]) -> bool:
        """Whether what is worked on was still there."""
        from chromadb.errors import NotFoundError

        try:
            work()
        except NotFoundError:
            return False
        return True

    def _all(self) -> dict[str, Mark]:
        found: dict[str, Mark] = {}
        offset = 0
        while page := self._client.list_collections(limit=_PAGE, offset=offset):
            for one in page:
                if one.name.startswith(_PREFIX) and (stated := one.metadata):
                    name = one.name.removeprefix(_PREFIX)
                    found[name] = Mark(str(stated["holder"]), int(str(stated["beat"])))
            offset += _PAGE
        return found

    def _tried(self, work: Callable[[], _T]) -> _T:
        try:
            return work()
        except chroma_errors(OSError) as error:
            raise unavailable(self._where, False, error) from error


def _stated(mark: Mark) -> dict[str, str | int]:
    return {"holder": mark.holder, "beat": mark.beat}
