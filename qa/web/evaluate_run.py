"""One run as HTML: how far it is, and what it came to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import quote

from qa.evaluation.background import Failed, Phase, Progress
from qa.evaluation.comparing import Comparison
from qa.evaluation.metrics.table import BY_NAME, Better
from qa.evaluation.runs import KeptRun
from qa.phrases import phrase
from qa.web.evaluate_words import amount, change, interval, moment, share, time_left, which
from qa.web.wording import number

#: What an editor looks at first; the report has all the others.
HEADLINE = (
    "right",
    "str_em",
    "valid_citations",
    "answering_recall",
    "refusal_recall",
    "p50_ms",
)

#: Wins and losses that are as likely as this, where nothing has changed, are said to be so.
_CHANCE = 0.05

#: The files of a report that are offered, each with its words.
_FILES = (("report.html", "page"), ("report.json", "data"), ("report.md", "text"))


def progress(told: Progress | None, language: str) -> str:
    """How far the run is; nothing where none is under way and the last one is finished."""
    if told is None or told.phase is Phase.DONE:
        return ""
    part = told.done / told.total if told.total else 0.0
    count = _said(
        language, "done", done=number(told.done, language), total=number(told.total, language)
    )
    return (
        f'<section class="running {told.phase}" data-set="{escape(told.run.order.questions)}" '
        f'data-run="{escape(told.run.name)}"><header>'
        f'<h3 dir="auto">{escape(told.run.order.questions)}</h3>{_button(told, language)}</header>'
        f'<div class="track" role="progressbar" aria-valuemin="0" aria-valuemax="{told.total}" '
        f'aria-valuenow="{told.done}" aria-label="{count}">'
        f'<span style="width:{part:.1%}"></span></div>'
        f'<p class="counts"><span>{count}</span>{_tally(told, language)}'
        f'<span class="phase">{escape(_phase(told, language))}</span></p>'
        f"{_failures(told.failed, language)}</section>"
    )


def _button(told: Progress, language: str) -> str:
    if told.phase is Phase.STOPPED or told.phase is Phase.FAILED:
        key = "go_on"
    elif told.phase in (Phase.PREPARING, Phase.ASKING):
        key = "stop"
    else:
        return ""
    return (
        f'<button type="button" class="secondary" data-do="{key}">{_said(language, key)}</button>'
    )


def _tally(told: Progress, language: str) -> str:
    return "".join(
        f'<span class="tally {key}"><strong>{number(count, language)}</strong> '
        f"{_said(language, f'{key}_so_far')}</span>"
        for key, count in (("right", told.right), ("wrong", told.wrong))
    )


def _phase(told: Progress, language: str) -> str:
    """Where the run is, in words."""
    match told.phase:
        case Phase.PREPARING if told.articles:
            return phrase(
                language,
                "evaluate.indexing",
                done=number(told.indexed, language),
                total=number(told.articles, language),
            )
        case Phase.ASKING:
            if told.seconds_left is None:
                return phrase(language, "evaluate.asking")
            left = time_left(told.seconds_left, language)
            return phrase(language, "evaluate.left", time=left)
        case Phase.FAILED if told.error is not None:
            return phrase(language, "evaluate.failed", error=told.error)
        case Phase.FAILED:
            return phrase(language, "evaluate.unforeseen")
        case phase:
            return phrase(language, f"evaluate.{phase}")


def _failures(failed: Sequence[Failed], language: str) -> str:
    if not failed:
        return ""
    items = "".join(
        f'<li><span class="why">{_said(language, f"why_{one.why.name.lower()}")}</span>'
        f'<span class="asked" dir="auto"{_lang(one.language)}>{escape(one.question)}</span></li>'
        for one in failed
    )
    return f'<h4>{_said(language, "wrong_latest")}</h4><ol class="failures">{items}</ol>'


def result(
    run: KeptRun,
    report: Mapping[str, Any],
    comparison: Comparison | None,
    others: Sequence[KeptRun],
    against: str | None,
    language: str,
) -> str:
    """The headline numbers of a finished run, and its report.

    Args:
        others: finished runs of the same set, to compare with.
        against: the name of the one that `comparison` is with.
    """
    changes = {one.name: one.change for one in comparison.deltas} if comparison else {}
    tiles = "".join(
        _tile(name, report["figures"][name], changes.get(name), language)
        for name in HEADLINE
        if report["figures"][name]["value"] is not None
    )
    asked = which(run.order, report["questions"], language)
    facts = f"{moment(run.begun, language)} · {phrase(language, 'evaluate.asked', which=asked)}"
    return (
        f'<section class="result" data-set="{escape(run.order.questions)}" '
        f'data-run="{escape(run.name)}" tabindex="-1"><header>'
        f'<h3 dir="auto">{escape(run.order.questions)}</h3><p>{escape(facts)}</p>'
        f"{_versus(others, against, language)}</header>"
        f'<dl class="tiles">{tiles}</dl>{_compared(comparison, language)}'
        f"{_page(run, against, language)}</section>"
    )


def _tile(name: str, figure: Mapping[str, Any], changed: float | None, language: str) -> str:
    shown = change(name, changed, language) if changed is not None else ""
    is_better = changed is not None and (changed > 0) is (BY_NAME[name].better is Better.HIGHER)
    changes = f'<span class="{"better" if is_better else "worse"}">{escape(shown)}</span>'
    return (
        f'<div class="tile"><dt>{_said(language, f"metric_{name}")}</dt>'
        f"<dd><strong>{escape(amount(name, figure['value'], language))}</strong>"
        f"{changes if shown else ''}"
        f'<span class="interval">{escape(interval(name, figure, language))}</span></dd></div>'
    )


def _compared(comparison: Comparison | None, language: str) -> str:
    if comparison is None:
        return ""
    found = comparison.questions
    counts = {
        name: number(len(ids), language)
        for name, ids in (("won", found.won), ("lost", found.lost), ("tied", found.tied))
    }
    is_little = (found.won or found.lost) and found.p >= _CHANCE
    chance = f" {_said(language, 'by_chance')}" if is_little else ""
    return f'<p class="compared">{_said(language, "compared", **counts)}{chance}</p>'


def _versus(others: Sequence[KeptRun], against: str | None, language: str) -> str:
    if not others:
        return ""
    options = "".join(
        f'<option value="{escape(one.name)}"{" selected" if one.name == against else ""}>'
        f"{escape(_option(one, language))}</option>"
        for one in others
    )
    return (
        f'<label class="versus"><span>{_said(language, "versus")}</span>'
        f'<select name="versus"><option value="">{_said(language, "nothing")}</option>{options}'
        "</select></label>"
    )


def _option(run: KeptRun, language: str) -> str:
    right = share(run.headline.right if run.headline else None, language)
    return f"{moment(run.begun, language)} · {right}"


def _page(run: KeptRun, against: str | None, language: str) -> str:
    """The report in a frame that can reach nothing of this page, and its files to take along."""
    folder = f"evaluate/runs/{quote(run.order.questions, safe='')}/{quote(run.name, safe='')}"
    as_kept = against == run.order.against
    shown = f"{folder}/report.html" + (
        "" if as_kept else f"?against={quote(against or '', safe='')}"
    )
    links = "".join(
        f'<a href="{escape(folder)}/{file}?download=1" download>{_said(language, key)}</a>'
        for file, key in _FILES
    )
    return (
        f'<p class="downloads"><a href="{escape(shown)}" target="_blank" rel="noopener">'
        f"{_said(language, 'own_tab')}</a><span>{_said(language, 'download')}</span>{links}</p>"
        f'<iframe class="report" sandbox="allow-scripts" src="{escape(shown)}" '
        f'title="{_said(language, "report")}"></iframe>'
    )


def _lang(language: str | None) -> str:
    return f' lang="{escape(language)}"' if language else ""


def _said(language: str, key: str, **values: object) -> str:
    return escape(phrase(language, f"evaluate.{key}", **values))
