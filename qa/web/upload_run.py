"""The indexing of what was added, as HTML: how far it is, and what became of each file."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from qa.phrases import phrase
from qa.uploads.outcomes import FileOutcome, State
from qa.uploads.uploader import Phase, Progress
from qa.web.wording import number

#: Files that are told of one by one; whoever sends more hears how many there are.
SHOWN = 200

#: What a reader may have something to do about comes first.
_ORDER = (State.SKIPPED, State.WITHHELD, State.ADDED, State.UPDATED, State.UNCHANGED)


def progress(told: Progress | None, language: str) -> str:
    """How far the run is, and what came of it; nothing where there was none."""
    if told is None:
        return ""
    bar = _bar(told, language) if told.phase is Phase.READING else ""
    again = ""
    if told.phase is Phase.FAILED:
        again = f'<button type="button" class="again">{_said(language, "again")}</button>'
    return (
        f'<section class="run {told.phase}"><h3>{escape(_headline(told, language))}</h3>{bar}'
        f"{again}{_tally(told.outcomes, language)}{_files(told.outcomes, language)}</section>"
    )


def _headline(told: Progress, language: str) -> str:
    match told.phase:
        case Phase.READING if told.articles and told.done == told.total:
            return _counted(language, "storing", told.articles)  # these make its last batch
        case Phase.READING if told.articles:
            files = _counted(language, "reading", told.files)
            return f"{files} {_counted(language, 'read', told.articles)}"
        case Phase.READING:
            return _counted(language, "reading", told.files)
        case Phase.FAILED if told.error is not None:
            return phrase(language, "upload.failed", error=told.error)
        case Phase.FAILED:
            return phrase(language, "upload.unforeseen")
        case phase:
            return phrase(language, f"upload.{phase}")


def _bar(told: Progress, language: str) -> str:
    percent = round(told.part * 100)
    return (
        '<div class="track" role="progressbar" aria-valuemin="0" aria-valuemax="100" '
        f'aria-valuenow="{percent}" aria-label="{_said(language, "reading_bar")}">'
        f'<span style="width:{percent}%"></span></div>'
    )


def _tally(outcomes: Sequence[FileOutcome], language: str) -> str:
    """How many articles were added and so on, of all files; no word of what there was none of."""
    counts = {
        "added": sum(one.added for one in outcomes),
        "updated": sum(one.updated for one in outcomes),
        "unchanged": sum(one.unchanged or one.state is State.UNCHANGED for one in outcomes),
        "passed_over": sum(one.passed_over for one in outcomes),
    }
    parts = "".join(
        f"<span>{escape(_counted(language, key, count))}</span>"
        for key, count in counts.items()
        if count
    )
    return f'<p class="counts">{parts}</p>' if parts else ""


def _files(outcomes: Sequence[FileOutcome], language: str) -> str:
    if not outcomes:
        return ""
    ordered = sorted(outcomes, key=lambda one: _ORDER.index(one.state))
    items = "".join(_file(one, language) for one in ordered[:SHOWN])
    more = len(ordered) - SHOWN
    rest = f'<li class="more">{escape(_counted(language, "more", more))}</li>' if more > 0 else ""
    return f'<ul class="files">{items}{rest}</ul>'


def _file(one: FileOutcome, language: str) -> str:
    title = f'<span class="title" dir="auto">{escape(one.title)}</span>' if one.title else ""
    # What a reader of files finds wrong, it says in English.
    reasons = "".join(
        f'<span class="reason" lang="en" dir="auto">{escape(reason)}</span>'
        for reason in one.reasons
    )
    more = one.passed_over - len(one.reasons)
    if more > 0:
        reasons += f'<span class="reason">{escape(_counted(language, "reasons", more))}</span>'
    return (
        f'<li class="{one.state}"><span class="state">{_said(language, f"state_{one.state}")}'
        f'</span><span class="name" dir="auto">{escape(one.name)}</span>{title}{reasons}</li>'
    )


def _counted(language: str, key: str, count: int) -> str:
    """A phrase for one or for many, with the count in the language's own figures."""
    form = "one" if count == 1 else "many"
    return phrase(language, f"upload.{key}_{form}", count=number(count, language))


def _said(language: str, key: str) -> str:
    return escape(phrase(language, f"upload.{key}"))
