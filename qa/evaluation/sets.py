"""The newsroom's question sets: the files of one folder, each checked before it gets there."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.readers.rows import listed
from qa.errors import BadQuestionSet
from qa.evaluation.reading import read_questions

#: What a set's file may end in. A BEIR folder is no file, and is for the command line.
SUFFIXES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz", ".csv", ".tsv", ".json")

#: Characters of a set's name, well within what file systems take.
_LONGEST_NAME = 100


class QuestionSets:
    """The sets of a folder, which need not be there yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def names(self) -> tuple[str, ...]:
        """The names of all sets, in their order."""
        if not self.folder.is_dir():
            return ()
        files = (path for path in self.folder.iterdir() if path.is_file())
        return tuple(sorted(path.name for path in files if _is_set(path.name)))

    def path(self, name: str) -> Path:
        """The file of a set.

        Raises:
            BadQuestionSet: there is no set of this name.
        """
        # Compared with what is there, so that no name leads out of the folder.
        if name not in self.names():
            raise BadQuestionSet(f"there is no set {name!r}; there are: {listed(self.names())}")
        return self.folder / name

    def add(self, name: str, content: bytes) -> str:
        """Keeps a set once it has been read without a problem; the name that it has now.

        A set that is there already is never replaced: another one of the same name gets a number.

        Raises:
            BadQuestionSet: the name or something in the set is wrong; says where and how.
        """
        _check_name(name)
        with TemporaryDirectory(prefix="citedesk-set-") as scratch:
            path = Path(scratch) / name
            path.write_bytes(content)
            try:
                read_questions(path)
            except BadQuestionSet as error:
                # The reader of the message has never heard of the scratch folder.
                raise BadQuestionSet(str(error).replace(str(path), name)) from error
        return self._keep(name, content)

    def _keep(self, name: str, content: bytes) -> str:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for number in range(1, 1000):
                free = name if number == 1 else _numbered(name, number)
                path = self.folder / free
                if path.exists() and path.read_bytes() == content:
                    return free
                if not path.exists():
                    path.write_bytes(content)
                    return free
        except OSError as error:
            raise BadQuestionSet(f"{name} cannot be kept ({error.strerror})") from error
        raise BadQuestionSet(f"there are a thousand sets named {name}; choose another name")


def _is_set(name: str) -> bool:
    return not name.startswith(".") and name.lower().endswith(SUFFIXES)


def _check_name(name: str) -> None:
    if not name.isprintable() or any(mark in name for mark in '/\\:*?"<>|'):
        raise BadQuestionSet(f"{name!r} cannot be the name of a file; rename it")
    if len(name) > _LONGEST_NAME:
        raise BadQuestionSet(
            f"the name of the file has {len(name)} characters; expected at most {_LONGEST_NAME}"
        )
    if not _is_set(name):
        raise BadQuestionSet(f"{name} is no question set; expected a file in {listed(SUFFIXES)}")


def _numbered(name: str, number: int) -> str:
    """`set.jsonl` as `set-2.jsonl`."""
    suffix = next(suffix for suffix in sorted(SUFFIXES, key=len, reverse=True)
                  if name.lower().endswith(suffix))  # fmt: skip
    return f"{name[: -len(suffix)]}-{number}{name[-len(suffix) :]}"
