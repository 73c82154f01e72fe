"""The reader's own corner of the page: earlier conversations, export, log-out.

The conversations themselves are in the reader's browser; the script (`history.js`) lists them.
"""

from __future__ import annotations

import json
from html import escape

from qa.phrases import phrases
from qa.running_text import locale_of

#: Words that the script says itself.
_SPOKEN = (
    "chat.close",
    "chat.history_delete",
    "chat.history_clear_sure",
    "chat.history_now",
    "chat.unreachable",
    "widget.copied",
    "widget.not_copied",
    "widget.thanks",
    "widget.error_feedback",
)
#: Formats of an exported conversation, in the order of the menu.
FORMATS = ("copy", "markdown", "page")


def corner(language: str, reader: str = "") -> str:
    """Buttons, the list of earlier conversations, and what else the script needs.

    Args:
        reader: name of who has logged in; their conversations are theirs alone.
    """
    said = phrases(language)
    words = json.dumps({key.partition(".")[2]: said[key] for key in _SPOKEN})
    items = "".join(
        f'<button type="button" class="plain" data-format="{form}">'
        f"{escape(said[f'chat.export_{form}'])}</button>"
        for form in FORMATS
    )
    return (
        f'<div class="corner" lang="{escape(language)}" data-reader="{escape(reader)}" '
        f'data-locale="{locale_of(language).replace("_", "-")}" '
        f'data-words="{escape(words)}">'
        f'<button type="button" class="plain open-history" aria-haspopup="dialog">'
        f"{escape(said['chat.history'])}</button>"
        f'<details class="export" hidden><summary class="plain">{escape(said["chat.export"])}'
        f'</summary><div class="menu">{items}</div></details>{_log_out(language, reader)}'
        f'<dialog class="history" aria-label="{escape(said["chat.history"])}">'
        f"<header><h2>{escape(said['chat.history'])}</h2>"
        f'<button type="button" class="close">{escape(said["chat.close"])}</button></header>'
        f'<p class="empty">{escape(said["chat.history_empty"])}</p><ol></ol>'
        f"<footer><span>{escape(said['chat.history_kept'])}</span>"
        f'<button type="button" class="plain clear">{escape(said["chat.history_clear"])}</button>'
        '</footer></dialog><p class="toast" role="status"></p></div>'
    )


def _log_out(language: str, reader: str) -> str:
    if not reader:
        return ""
    said = phrases(language)
    title = escape(said["chat.signed_in"].format(name=reader))
    return (
        f'<form class="log-out" method="post" action="logout" title="{title}">'
        f'<input type="hidden" name="language" value="{escape(language)}">'
        f'<span class="reader" dir="auto">{escape(reader)}</span>'
        f'<button type="submit" class="plain">{escape(said["chat.log_out"])}</button></form>'
    )
