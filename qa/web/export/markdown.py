"""A document as Markdown, its sources as footnotes.

Footnotes are those of GitHub, Pandoc and most editors: `[^1]` in the text, `[^1]: …` below.
"""

from __future__ import annotations

import re

from qa.web.export.document import Document, Endnote, Line, Style

# What could begin markup anywhere (CommonMark 0.31, chapter 6; tables and strikethrough of GFM),
# and what could at the start of a line (chapter 4).
_INLINE = re.compile(r"[\\`*_\[\]<>&~|$]")
_BLOCK = re.compile(r"^(\s*)(?:([#+=-])|(\d{1,9})([.)]))")


def markdown(made: Document) -> str:
    """Headings, quotations and footnotes; nothing that is quoted is taken for markup."""
    blocks = [f"# {_text(made.title)}"]
    blocks += map(_line, _without_title(made))
    blocks.append(f"*{_text(made.footer)}*")
    blocks += map(_endnote, made.endnotes)
    return "\n\n".join(blocks) + "\n"


def _without_title(made: Document) -> tuple[Line, ...]:
    """The first question is the document's title already."""
    return made.lines[1:]


def _line(line: Line) -> str:
    text = _text(line.text) + "".join(f"[^{number}]" for number in line.notes)
    match line.style:
        case Style.QUESTION:
            return f"## {text}"
        case Style.HEADING:
            return f"**{text}**"
        case Style.QUOTE:
            return f"> {text}"
        case Style.REMARK:
            return f"*{text}*"
        case Style.LEAD | Style.PROSE:
            return text


def _endnote(note: Endnote) -> str:
    parts = [_text(note.attribution), f"“{_text(note.title)}”"]
    if note.quote:
        parts.append(f"“{_text(note.quote)}”")
    if note.url:
        parts.append(f"<{_address(note.url)}>")
    parts.append(_text(note.place))
    return f"[^{note.number}]: {' · '.join(parts)}"


def _text(text: str) -> str:
    """On one line, as nothing but words."""
    escaped = _INLINE.sub(r"\\\g<0>", " ".join(text.split()))
    return _BLOCK.sub(_escaped_start, escaped)


def _escaped_start(start: re.Match[str]) -> str:
    space, mark, digits, after = start.groups()
    return f"{space}\\{mark}" if mark else f"{space}{digits}\\{after}"


def _address(url: str) -> str:
    return url.replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")
