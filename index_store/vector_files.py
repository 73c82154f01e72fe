"""Chroma's files of vectors, and whether a process died while it wrote them.

SQLite keeps what Chroma is told; the graph of vectors it writes to files of its own, after every
1,000 changes, in place: first the graph, last a list of what is in it. Of a process that dies in
between, the next finds a graph that is not the listed one: "Failed to apply logs to the hnsw
segment writer", or vectors that are silently missing (chroma#7678). Of about 1,400 processes killed
at any moment while a graph was written every five changes, twelve left one: in eleven a file of the
graph was newer than its list, in one the list was cut short.

Times of files say nothing of a home that was copied, so a mark is there too while Chroma is written
to. Nothing is lost by a torn graph, since vectors are made of texts: the files are removed, and the
vectors made again.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

#: Written last.
_LIST = "index_metadata.pickle"
_STOP = b"."  # the last byte of a pickle that is whole; none is ever read here
_GRAPH = ("header.bin", "data_level0.bin", "length.bin", "link_lists.bin")

#: There while a process adds or removes vectors, and after it has died.
_WRITING = "citedesk-writing"

#: There while vectors are made again, so that this is begun anew if it does not come to its end.
_MARK = "citedesk-vectors-lost"


class VectorFiles:
    """The files of vectors in the folder of an embedded Chroma."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._mark = folder / _MARK
        self._writing = folder / _WRITING

    def are_whole(self) -> bool:
        """Whether they can be trusted; also False while a process is writing them."""
        if self._mark.exists():
            return False
        return not (self._writing.exists() and any(map(_is_torn, self._graphs())))

    @contextmanager
    def writing(self) -> Iterator[None]:
        """While Chroma is told of vectors; what raises in between leaves them in doubt.

        Raises:
            OSError: the folder cannot be written.
        """
        self._writing.touch()
        yield
        self._writing.unlink(missing_ok=True)

    def drop(self) -> None:
        """Removes them all, for the vectors to be made again; not while Chroma is open here.

        Raises:
            OSError: the folder cannot be written.
        """
        self._mark.touch()
        for graph in self._graphs():
            shutil.rmtree(graph)

    def made_again(self) -> None:
        """Says that every vector is there again."""
        self._writing.unlink(missing_ok=True)
        self._mark.unlink(missing_ok=True)

    def copy(self, into: Path) -> None:
        """Copies them as they are, or says in the copy that they are to be made again where they
        are not whole.

        Raises:
            OSError: they cannot be read, or the copy cannot be written.
        """
        if self.are_whole():
            for graph in self._graphs():
                shutil.copytree(graph, into / graph.name)
        else:
            VectorFiles(into).drop()

    def stamps(self) -> dict[Path, tuple[int, int]]:
        """What differs as soon as any of them was written."""
        files = [file for graph in self._graphs() for file in graph.iterdir()]
        stated = [(file, file.stat()) for file in files]
        return {file: (stat.st_size, stat.st_mtime_ns) for file, stat in stated}

    def _graphs(self) -> list[Path]:
        return [path.parent for path in self._folder.glob(f"*/{_GRAPH[0]}")]


def _is_torn(graph: Path) -> bool:
    with suppress(FileNotFoundError):  # none was listed yet, and SQLite still has all of it
        listed = graph / _LIST
        with listed.open("rb") as file:
            file.seek(max(0, listed.stat().st_size - len(_STOP)))
            if file.read() != _STOP:
                return True
        written = listed.stat().st_mtime_ns
        return any((graph / name).stat().st_mtime_ns > written for name in _GRAPH)
    return False
