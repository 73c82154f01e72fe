"""A document as plain text, for the clipboard."""

from __future__ import annotations

from qa.web.export.document import Document, Endnote, Line


def plain(made: Document) -> str:
    """Paragraphs with `[1]` behind what is borne out, and the sources below."""
    paragraphs = [*map(_line, made.lines)]
    if made.endnotes:
        sources = "\n".join(map(_endnote, made.endnotes))
        paragraphs.append(f"{made.sources}\n{sources}")
    return "\n\n".join(paragraphs) + "\n"


def _line(line: Line) -> str:
    notes = "".join(f"[{number}]" for number in line.notes)
    text = f"{line.text} {notes}" if notes else line.text
    return text


def _endnote(note: Endnote) -> str:
    parts = [note.attribution, note.title, note.quote and f"“{note.quote}”", note.url, note.place]
    return f"[{note.number}] {' · '.join(part for part in parts if part)}"
