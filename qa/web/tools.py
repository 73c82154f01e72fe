"""What a reader does with an answer: copies it with its sources, says what it was worth."""

from __future__ import annotations

from html import escape

from qa.answer import Answer
from qa.phrases import phrase

#: What the log keeps of each reason, whatever the language of the page.
REASONS = {
    "wrong_source": "wrong source",
    "missed_something": "missed something",
    "out_of_date": "out of date",
    "something_else": "something else",
}
_THUMB = (
    '<svg viewBox="0 0 20 20" aria-hidden="true"><path d="M7 9v8H3.5V9H7Zm0 0 3.2-6.2c1.3 0 2.1.9 '
    '1.9 2.1L11.5 8H16c1 0 1.7.9 1.5 1.9l-1.2 5.6c-.2.9-.9 1.5-1.8 1.5H7"/></svg>'
)


def tools(key: str, answer: Answer, language: str) -> str:
    """The row below an answer; a greeting has none.

    Args:
        key: tells it from all others on the page.
        language: of the page: these are its controls, not part of the answer.
    """
    if answer.small_talk:
        return ""
    reasons = "".join(
        f'<button type="button" class="reason" data-reason="{escape(reason)}">'
        f"{_said(language, name)}</button>"
        for name, reason in REASONS.items()
    )
    more = escape(phrase(language, "chat.tell_more"))
    return (
        f'<div class="tools" data-answer="{escape(answer.id)}">'
        f'<button type="button" class="plain copy">{_said(language, "copy")}</button>'
        f'<span class="thumbs">{_thumb("up", _said(language, "good"))}'
        f"{_thumb('down', _said(language, 'bad'), f'reasons-{key}')}</span>"
        f'<span class="noted" role="status"></span>'
        f'<div class="reasons" id="reasons-{key}" role="group" hidden '
        f'aria-label="{_said(language, "what_was_wrong")}">'
        f"<p>{_said(language, 'what_was_wrong')}</p>{reasons}"
        f'<input type="text" class="comment" maxlength="1000" autocomplete="off" dir="auto" '
        f'placeholder="{more}" aria-label="{more}"></div></div>'
    )


def _thumb(rating: str, label: str, opens: str = "") -> str:
    state = f' aria-expanded="false" aria-controls="{opens}"' if opens else ""
    return (
        f'<button type="button" class="thumb {rating}" data-rating="{rating}" '
        f'aria-label="{label}" title="{label}"{state}>{_THUMB}</button>'
    )


def _said(language: str, key: str) -> str:
    return escape(phrase(language, f"widget.{key}"))
