"""A document as a web page that needs nothing else, its sources as endnotes."""

from __future__ import annotations

from html import escape

from qa.web import asset
from qa.web.export.document import Document, Endnote, Line, Style

_TAGS = {
    Style.QUESTION: ("h2", ""),
    Style.HEADING: ("h3", ""),
    Style.QUOTE: ("blockquote", ""),
    Style.PROSE: ("p", ""),
    Style.LEAD: ("p", ' class="lead"'),
    Style.REMARK: ("p", ' class="remark"'),
}
# Whatever an article says, the page runs nothing and asks nobody.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def page(made: Document) -> str:
    """The whole page; every number leads to its source, and back."""
    return (
        f'<!doctype html><html lang="{escape(made.language)}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(made.title)}</title>"
        f"<style>{asset('palette.css')}{asset('export.css')}</style></head>"
        f"<body><main>{_body(made, linked=True)}</main></body></html>\n"
    )


def fragment(made: Document) -> str:
    """The same to be pasted into a text, where numbers would lead nowhere."""
    return _body(made, linked=False)


def _body(made: Document, linked: bool) -> str:
    seen: set[int] = set()
    lines = "".join(_line(line, seen if linked else None) for line in made.lines)
    notes = "".join(_endnote(note, linked) for note in made.endnotes)
    sources = f"<h2>{escape(made.sources)}</h2><ol>{notes}</ol>" if notes else ""
    return f'{lines}{sources}<p class="remark">{escape(made.footer)}</p>'


def _line(line: Line, seen: set[int] | None) -> str:
    tag, kind = _TAGS[line.style]
    lang = f' lang="{escape(line.language)}"' if line.language else ""
    notes = "".join(_reference(number, seen) for number in line.notes)
    return f'<{tag}{kind}{lang} dir="auto">{escape(line.text)}{notes}</{tag}>'


def _reference(number: int, seen: set[int] | None) -> str:
    """The number, as a link where `seen` remembers which have one that the source leads back to."""
    if seen is None:
        return f"<sup>[{number}]</sup>"
    identifier = "" if number in seen else f' id="cited-{number}"'
    seen.add(number)
    return f'<sup><a href="#source-{number}"{identifier}>[{number}]</a></sup>'


def _endnote(note: Endnote, linked: bool) -> str:
    attribution, title = escape(note.attribution), escape(note.title)
    parts = [f"<bdi>{attribution}</bdi>", f"<cite><bdi>{title}</bdi></cite>"]
    if note.quote:
        parts.append(f"<q>{escape(note.quote)}</q>")
    if note.url:
        address = escape(note.url)
        parts.append(f'<a href="{address}" rel="noopener noreferrer">{address}</a>')
    parts.append(escape(note.place))
    said = " · ".join(parts)
    if not linked:
        return f"<li>{said}</li>"
    back = f'<a href="#cited-{note.number}" aria-label="{note.number}">↩</a>'
    return f'<li id="source-{note.number}">{said} {back}</li>'
