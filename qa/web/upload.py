"""The dialog in which articles are added, as HTML: what is the same whatever is sent.

Pure functions, as those of `render`. The script (`upload.js`) sends the files, and puts what the
server says of them into its place.
"""

from __future__ import annotations

from html import escape

from corpus.readers import FORMATS
from qa.phrases import phrase, phrases
from qa.uploads.inbox import MOST_BYTES

#: Words that the script says itself; it fills in what they hold in braces.
_SPOKEN = ("busy", "sending", "too_large", "folder", "unreachable", "denied", "unforeseen")

_SIDECARS = (".yaml", ".yml")


def view(language: str) -> str:
    """The button in the top line of the page, and the dialog that it opens."""
    words = "".join(f' data-{key}="{escape(phrases(language)[_key(key)])}"' for key in _SPOKEN)
    return (
        f'<div class="upload" lang="{escape(language)}" data-most="{MOST_BYTES}"{words}>'
        f'<button type="button" class="open" aria-haspopup="dialog">{_said(language, "open")}'
        '</button><dialog aria-labelledby="upload-title"><header>'
        f'<h2 id="upload-title">{_said(language, "open")}</h2>'
        f'<button type="button" class="close">{_said(language, "close")}</button></header>'
        f"<p>{_said(language, 'promise')}</p>{_drop(language)}"
        '<p class="spoken" role="status"></p><div class="sending-part"></div>'
        f'<section class="refused" hidden><h3>{_said(language, "not_sent")}</h3><ul></ul></section>'
        '<div class="progress-part"></div></dialog></div>'
    )


def _drop(language: str) -> str:
    suffixes = ",".join((*(suffix for each in FORMATS for suffix in each.suffixes), *_SIDECARS))
    formats = _said(language, "formats", most=MOST_BYTES // (1024 * 1024))
    return (
        f'<label class="drop"><input type="file" multiple accept="{suffixes}">'
        f'<span class="pick">{_said(language, "pick")}</span> '
        f'<span class="or">{_said(language, "drop")}</span>'
        f'<span class="facts">{formats}</span></label>'
    )


def _key(key: str) -> str:
    return f"upload.{key}"


def _said(language: str, key: str, **values: object) -> str:
    return escape(phrase(language, _key(key), **values))
