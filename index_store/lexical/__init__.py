"""Finding passages by their words."""

from index_store.lexical.index import LexicalIndex, LexicalScores

__all__ = ["LexicalIndex", "LexicalScores"]
