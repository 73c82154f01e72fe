"""What was published: articles and passages, read, cleaned and split."""

from corpus.models import Article, Passage, Span

__all__ = ["Article", "Passage", "Span"]
