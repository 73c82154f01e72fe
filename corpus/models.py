"""The nouns: an article as it was published, and a passage of it.

Both are plain values that know nothing of files or storage. Offsets count Unicode code points
in `Article.text`, the text after cleaning, which never changes once it has been indexed.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, fields, replace
from typing import NamedTuple

#: Ids are this many hexadecimal digits: 64 bits, so that a billion articles collide with p < 0.03.
ID_DIGITS = 16


class Span(NamedTuple):
    """A half-open range of characters, `text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """One published article. What the source did not say is None, never guessed.

    Attributes:
        id: 16 hexadecimal digits made from the content; see `identified`.
        title: headline, or the start of the text where there is none.
        text: the cleaned text that every citation points into.
        source: path of the file, relative to the folder that was indexed.
        published: ISO 8601 date or date-time, as the source gives it.
        modified: the same, for the last change that the outlet declares.
        language: ISO 639-1 code of most of the text.
        rights: copyright and credit lines, as printed.
        embargo_until: ISO 8601 date or date-time before which nothing of it may be shown.
        max_quote_words: the longest quotation that its owner allows.
        corrects: what this article corrects, as the outlet names it (a URL, an id, a file).
        corrected_by: what corrects this article, named likewise.
        indexed: ISO 8601 date-time at which it was stored; None before. Not part of the content.
    """

    id: str
    title: str
    text: str
    source: str
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    modified: str | None = None
    language: str | None = None
    url: str | None = None
    section: str | None = None
    rights: str | None = None
    embargo_until: str | None = None
    max_quote_words: int | None = None
    corrects: str | None = None
    corrected_by: str | None = None
    indexed: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences of one article, short enough for the embedder to read in full.

    Attributes:
        id: `ARTICLE_ID.START-END`; equal content has equal ids.
        sentences: spans in the article's text, in order, each within `start` and `end`.
        language: ISO 639-1 code of this passage, which can differ from its article's.
    """

    article_id: str
    start: int
    end: int
    text: str
    sentences: tuple[Span, ...]
    language: str | None = None

    @property
    def id(self) -> str:
        return f"{self.article_id}.{self.start}-{self.end}"

    def sentence_texts(self) -> list[str]:
        """The text of each sentence."""
        return [self.text[start - self.start : end - self.start] for start, end in self.sentences]


_CONTENT = tuple(field.name for field in fields(Article) if field.name not in ("id", "indexed"))


def identified(article: Article) -> Article:
    """The article with the id that its content demands, whatever id it had before."""
    content = [getattr(article, name) for name in _CONTENT]
    digest = hashlib.sha256(json.dumps(content, ensure_ascii=True).encode()).hexdigest()
    return replace(article, id=digest[:ID_DIGITS])
