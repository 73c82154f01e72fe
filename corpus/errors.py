"""What can go wrong while reading articles.

CorpusError
├── NothingToRead      a path is missing, or a folder holds no article
└── UnreadableFile     one file cannot be read; the others can
    └── Withdrawn      its owner has cancelled it or holds it back
"""

from __future__ import annotations

from pathlib import Path


class CorpusError(Exception):
    """Base of every error of this package; its message is one line for the user."""


class NothingToRead(CorpusError):
    """A path does not exist, or holds no article at all."""


class UnreadableFile(CorpusError):
    """One file cannot be read as an article.

    Attributes:
        path: the file.
        reason: what was found and what to do, without the path.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class Withdrawn(UnreadableFile):
    """An article that its owner has cancelled or holds back, or may: what it says is unclear."""
