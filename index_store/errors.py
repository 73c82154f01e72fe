"""What can go wrong with the index.

IndexStoreError
├── EmbedderUnavailable   the configured model cannot be loaded on this machine
├── WorkersUnavailable    Ray is not installed, or its cluster is not there
├── RerankerUnavailable   the configured re-ranking model cannot be loaded on this machine
├── WrongEmbedder         the index was made with another embedding model
├── UnfitHome             a newer citedesk wrote the home, or the index in it
├── HomeNotWritable       the folder for the index cannot be created or written
├── StoreUnavailable      Chroma cannot be opened or does not answer
├── IndexBusy             another process is indexing into the same home
└── BadGlossary           the newsroom's own glossary cannot be read
"""

from __future__ import annotations


class IndexStoreError(Exception):
    """Base of every error of this package; its message is one line for the user."""


class EmbedderUnavailable(IndexStoreError):
    """The configured embedding model cannot be loaded."""


class WorkersUnavailable(IndexStoreError):
    """Workers were asked for, and Ray or its cluster cannot be had, or has gone."""


class RerankerUnavailable(IndexStoreError):
    """The configured re-ranking model cannot be loaded."""


class WrongEmbedder(IndexStoreError):
    """The index holds vectors of another embedding model; their distances mean nothing here."""


class UnfitHome(IndexStoreError):
    """A newer citedesk wrote the home or the index, or it does not say which one did."""


class HomeNotWritable(IndexStoreError):
    """The folder that citedesk keeps everything in cannot be created or written."""


class StoreUnavailable(IndexStoreError):
    """Chroma cannot be opened, or its server does not answer."""


class IndexBusy(IndexStoreError):
    """Another process holds the lock for writing."""


class BadGlossary(IndexStoreError):
    """The newsroom's own glossary cannot be opened, or a line of it is not as it should be."""
