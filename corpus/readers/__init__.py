"""Reading files into drafts of articles: a registry of formats, one file a format.

To add a format: write a module with a `read` function of the type `Reader`, and name its
suffixes in `READERS`.
"""

from __future__ import annotations

from corpus.readers import html, jsonl, markdown, text
from corpus.readers.draft import Draft, Reader

__all__ = ["READERS", "Draft", "Reader"]

READERS: dict[str, Reader] = {
    ".txt": text.read,
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".html": html.read,
    ".htm": html.read,
    ".jsonl": jsonl.read,
}
