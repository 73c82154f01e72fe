"""Which files a path stands for."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.errors import NothingToRead
from corpus.readers import EXPECTED_FILES
from corpus.sidecar import described_names


def find_files(paths: Iterable[Path], *, missing_ok: bool = False) -> list[tuple[Path, str]]:
    """Every file below `paths`, sorted, each with its `source`: the path relative to the folder.

    Hidden files and folders are left out, and a file that several paths lead to comes once.

    Raises:
        NothingToRead: a folder cannot be listed; unless `missing_ok`, also where a path does not
            exist or a folder holds no file.
    """
    files: list[tuple[Path, str]] = []
    for path in paths:
        if path.is_dir():
            below = sorted(_walk(path))
            if not below and not missing_ok:
                raise NothingToRead(
                    f"{path}: the folder is empty; expected articles "
                    f"({EXPECTED_FILES}) in it or in its subfolders"
                )
            files += [(file, storable(file.relative_to(path).as_posix())) for file in below]
        elif path.exists():
            files.append((path, storable(path.name)))
        elif not missing_ok:
            raise NothingToRead(f"{path}: no such file or folder; check the spelling of the path")
    unique: dict[str, tuple[Path, str]] = {}
    for file, source in files:
        unique.setdefault(os.path.realpath(file), (file, source))
    return list(unique.values())


def _walk(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder, onerror=_unlisted):
        folders[:] = [name for name in folders if not name.startswith(".")]
        seen = [name for name in names if not name.startswith(".")]
        # A sidecar that describes nothing is read as a file, and told of.
        described = {start for name in seen for start in (name, Path(name).stem)}
        yield from (
            Path(parent, name) for name in seen if described.isdisjoint(described_names(name))
        )


def _unlisted(error: OSError) -> None:
    # Passed over in silence, its articles would count as gone.
    raise NothingToRead(
        f"{error.filename}: the folder cannot be listed ({error.strerror}); allow reading it"
    ) from error


def storable(path: str) -> str:
    """A file name that is not valid UTF-8, with its odd bytes spelt out."""
    return path.encode("utf-8", "backslashreplace").decode()
