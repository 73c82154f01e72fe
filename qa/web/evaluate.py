"""The view that runs question sets, as HTML: which set, how much of it, and its earlier runs.

Pure functions, as those of `render`: everything that comes from a set, a file or an error goes
through `escape`. The script (`evaluate.js`) puts each part into its place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from qa.evaluation.runs import KeptRun
from qa.phrases import phrase
from qa.web.evaluate_words import moment, share, which
from qa.web.wording import number

#: Questions that are offered where not all are to be asked.
_SOME = 50

#: Words that the script says itself.
_SPOKEN = ("unreachable", "report", "too_large")


def views(language: str) -> str:
    """The two views of the page, each a link."""
    links = "".join(
        f'<a href="?view={view}" data-view="{view}">{_said(language, f"{view}_view")}</a>'
        for view in ("ask", "evaluate")
    )
    return f'<nav class="views" aria-label="{_said(language, "views")}">{links}</nav>'


def view(language: str) -> str:
    """The view without what the server is asked for: its headline, and a place for each part."""
    words = "".join(f' data-{key}="{_said(language, key)}"' for key in _SPOKEN)
    return (
        f'<section class="evaluation" lang="{escape(language)}"{words}>'
        f'<header class="lead"><h2>{_said(language, "headline")}</h2>'
        f"<p>{_said(language, 'promise')}</p></header>"
        '<div class="told" role="alert"></div><div class="progress-part"></div>'
        '<div class="setup-part"></div><div class="result-part"></div></section>'
    )


def setup(
    runs: Mapping[str, Sequence[KeptRun]],
    chosen: str | None,
    finished: Mapping[str, int],
    language: str,
    folder: str,
) -> str:
    """The form, and beside it the earlier runs of the chosen set.

    Args:
        runs: of each set, by its name, the newest first.
        chosen: one of them; None where there is none.
        finished: of its runs that are not finished, how many answers are kept, by name.
        folder: that sets are kept in.
    """
    listed = "".join(_set(name, runs[name], name == chosen, language) for name in runs)
    if not runs:
        listed = f'<p class="none">{_said(language, "no_sets", folder=folder)}</p>'
    form = (
        f'<form class="setup"><fieldset class="sets"><legend>{_said(language, "sets")}</legend>'
        f"{listed}{_upload(language)}</fieldset>"
        f"{_options(runs.get(chosen or '', ()), language) if chosen else ''}</form>"
    )
    earlier = _earlier(chosen, runs[chosen], finished, language) if chosen else ""
    return f'<div class="setup-columns">{form}{earlier}</div>'


def problem(message: str, language: str) -> str:
    """An error in its lines: the first says of what, the others what and where."""
    first, *lines = message.split("\n")
    items = "".join(f'<li dir="auto">{escape(line.strip())}</li>' for line in lines)
    listed = f"<ul>{items}</ul>" if items else ""
    title = _said(language, "problem")
    return (
        f'<div class="problem"><h3>{title}</h3><p dir="auto">{escape(first)}</p>{listed}'
        f'<button type="button" class="quiet" data-do="dismiss">{_said(language, "dismiss")}'
        "</button></div>"
    )


def _set(name: str, runs: Sequence[KeptRun], is_chosen: bool, language: str) -> str:
    checked = " checked" if is_chosen else ""
    last = last_finished(runs)
    facts = _said(language, "not_run")
    if last and last.headline:
        day = moment(last.begun, language)
        facts = _said(language, "last_run", day=day, right=share(last.headline.right, language))
    return (
        f'<label class="choice"><input type="radio" name="set" value="{escape(name)}"{checked}>'
        f'<span class="name" dir="auto">{escape(name)}</span>'
        f'<span class="facts">{facts}</span></label>'
    )


def last_finished(runs: Sequence[KeptRun]) -> KeptRun | None:
    """The newest run that has a report, of runs from the newest on."""
    return next((run for run in runs if run.headline), None)


def _upload(language: str) -> str:
    return (
        '<label class="upload"><input type="file" name="upload" '
        'accept=".jsonl,.ndjson,.gz,.csv,.tsv,.json">'
        f'<span class="pick">{_said(language, "upload")}</span> '
        f'<span class="facts">{_said(language, "formats")}</span></label>'
    )


def _options(runs: Sequence[KeptRun], language: str) -> str:
    some = "".join(
        f'<span class="option"><label><input type="radio" name="which" value="{key}">'
        f"{_said(language, key)}</label>"
        f'<input type="number" name="{key}" min="1" max="100000" value="{_SOME}" '
        f'aria-label="{_said(language, f"{key}_count")}"></span>'
        for key in ("limit", "sample")
    )
    every = (
        '<span class="option"><label><input type="radio" name="which" value="all" checked>'
        f"{_said(language, 'all')}</label></span>"
    )
    return (
        f'<fieldset class="which"><legend>{_said(language, "questions")}</legend>{every}{some}'
        f'</fieldset>{_compare(runs, language)}<p class="go">'
        f'<button type="submit" class="primary">{_said(language, "run")}</button></p>'
    )


def _compare(runs: Sequence[KeptRun], language: str) -> str:
    last = last_finished(runs)
    if last is None or last.headline is None:
        return ""
    words = _said(language, "compare", day=moment(last.begun, language))
    return (
        f'<label class="compare"><input type="checkbox" name="against" '
        f'value="{escape(last.name)}" checked><span>{words}</span></label>'
    )


def _earlier(name: str, runs: Sequence[KeptRun], finished: Mapping[str, int], language: str) -> str:
    title = f'<h3 id="earlier">{_said(language, "runs")}</h3>'
    if not runs:
        return f'<section class="earlier">{title}<p>{_said(language, "no_runs")}</p></section>'
    heads = "".join(
        f"<th scope='col'>{_said(language, key)}</th>"
        for key in ("run_day", "run_questions", "run_right")
    )
    rows = "".join(_run_row(run, finished.get(run.name, 0), language) for run in runs)
    return (
        f'<section class="earlier" data-set="{escape(name)}">{title}'
        f'<div class="scrolling"><table aria-labelledby="earlier"><thead><tr>{heads}'
        f"<th></th></tr></thead><tbody>{rows}</tbody></table></div></section>"
    )


def _run_row(run: KeptRun, kept: int, language: str) -> str:
    day = moment(run.begun, language)
    if run.headline is None:
        asked = _said(language, "unfinished", count=number(kept, language))
        right, key = "–", "go_on"
    else:
        asked = escape(which(run.order, run.headline.answers, language))
        right, key = _bar(run.headline.right, language), "open"
    label = f"{phrase(language, f'evaluate.{key}')} ({day})"
    return (
        f'<tr data-run="{escape(run.name)}"><td>{escape(day)}</td><td>{asked}</td>'
        f'<td class="right">{right}</td><td class="do"><button type="button" class="quiet" '
        f'data-do="{key}" aria-label="{escape(label)}">{_said(language, key)}</button></td></tr>'
    )


def _bar(value: float | None, language: str) -> str:
    """A share with a bar as long, which says nothing that the number does not."""
    if value is None:
        return "–"
    return (
        f'<span class="figure">{escape(share(value, language))}</span>'
        f'<span class="bar" aria-hidden="true"><span style="width:{value:.1%}"></span></span>'
    )


def _said(language: str, key: str, **values: object) -> str:
    return escape(phrase(language, f"evaluate.{key}", **values))
