"""A run as Markdown for a pull request: its numbers, why questions failed, what has changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from qa.evaluation.comparing import Comparison, Delta
from qa.evaluation.metrics.table import BY_NAME
from qa.evaluation.printing import shown
from qa.evaluation.reports.groups import GROUPS
from qa.evaluation.reports.telling import failed, not_compared, signed

#: Bytes. A comment on GitHub holds 65,536 characters, and needs room for what stands around this.
MOST = 60_000

#: Characters of a question, an id or a name that are shown.
_LONGEST = 200

_PUNCTUATION = re.compile(r"([\\`*_{}\[\]<>()|~&!:])")
_CALLING = re.compile(r"([@#])(?=\w)")
_BLANK = re.compile(r"[\s\x00-\x1f\x7f]+")

#: Neither seen nor a place to break a line.
_WORD_JOINER = "\u2060"


def markdown(report: Mapping[str, Any], comparison: Comparison | None = None) -> str:
    """The report, at most `MOST` bytes; questions that have no room are counted."""
    head = "\n".join(_head(report, comparison))
    lists = _questions(report, comparison) if comparison else ()
    return _within(head, lists, MOST)


def escaped(text: str) -> str:
    """A text of somebody else's as one line that Markdown shows as it is, and links to nobody."""
    line = _BLANK.sub(" ", text).strip()
    if len(line) > _LONGEST:
        line = f"{line[:_LONGEST].rstrip()} …"
    return _CALLING.sub(rf"\1{_WORD_JOINER}", _PUNCTUATION.sub(r"\\\1", line))


def _head(report: Mapping[str, Any], comparison: Comparison | None) -> Iterator[str]:
    yield f"## Evaluation: {escaped(report['set'])}"
    yield ""
    asked = f"{report['questions']:,} questions asked of {escaped(report['desk'])}"
    yield f"{asked}, {report['made'][:10]}."
    if comparison:
        yield from _standing(comparison)
    yield ""
    yield from _figures(report, comparison)
    reasons = failed(report["failures"])
    if reasons:
        yield ""
        yield "| Why questions failed | |"
        yield "| --- | ---: |"
        yield from (f"| {reason} | {count:,} |" for reason, count, _ in reasons)
    yield ""


def _standing(comparison: Comparison) -> Iterator[str]:
    questions = comparison.questions
    yield ""
    yield (
        f"Since the baseline **{len(questions.won):,} questions won, {len(questions.lost):,} "
        f"lost**, {len(questions.tied):,} as before (p = {questions.p:.3f})."
    )
    yield from not_compared(comparison)


def _figures(report: Mapping[str, Any], comparison: Comparison | None) -> Iterator[str]:
    """The table of numbers: before, after and change are of the questions that both runs have."""
    deltas = {delta.name: delta for delta in comparison.deltas} if comparison else {}
    changed = " before | after | change (95 %) |" if comparison else ""
    yield f"| | value | 95 % interval | n |{changed}"
    yield "| --- | ---: | ---: | ---: |" + (" ---: | ---: | ---: |" if comparison else "")
    for name in (name for group in GROUPS for name in group.metrics):
        found = report["figures"][name]
        if found["value"] is not None:
            delta = _change(deltas.get(name)) if comparison else ""
            yield f"{_figure(name, found)}{delta}"


def _figure(name: str, found: Mapping[str, Any]) -> str:
    metric = BY_NAME[name]
    interval = ""
    if found["low"] is not None:
        interval = f"{shown(metric, found['low'])} to {shown(metric, found['high'])}"
    return f"| {metric.label} | {shown(metric, found['value'])} | {interval} | {found['n']:,} |"


def _change(delta: Delta | None) -> str:
    if delta is None:
        return " | | |"
    metric = BY_NAME[delta.name]
    change = signed(delta.name, delta.change)
    if delta.low is not None and delta.high is not None:
        change += f" ({signed(delta.name, delta.low)} to {signed(delta.name, delta.high)})"
    return f" {shown(metric, delta.before)} | {shown(metric, delta.after)} | {change} |"


def _questions(
    report: Mapping[str, Any], comparison: Comparison
) -> Iterator[tuple[str, Sequence[str]]]:
    """Lists with their headings; what was lost is what the reader must see first."""
    asked = {one["id"]: one for one in reversed(report["outcomes"])}
    for heading, ids in (("Lost", comparison.questions.lost), ("Won", comparison.questions.won)):
        if ids:
            yield f"### {heading}: {len(ids):,}", [_question(asked[name]) for name in ids]


def _question(outcome: Mapping[str, Any]) -> str:
    reason = f" — {outcome['why']}" if outcome["why"] else ""
    return f"- **{escaped(outcome['id'])}** {escaped(outcome['question'])}{reason}"


def _within(head: str, lists: Iterator[tuple[str, Sequence[str]]] | tuple[()], most: int) -> str:
    """Head and lists, with as many items as fit."""
    lines, left = [head], most - _size(head)
    for heading, items in lists:
        # Enough for the heading, and for the line that counts what has no room.
        left -= _size(heading) + 100
        shown_items = 0
        for item in items:
            if left < _size(item):
                break
            left -= _size(item)
            shown_items += 1
        lines += [heading, "", *items[:shown_items]]
        if shown_items < len(items):
            lines.append(f"- and {len(items) - shown_items:,} more, in report.html")
        lines.append("")
    return "\n".join(lines)


def _size(line: str) -> int:
    return len(line.encode("utf-8", "backslashreplace")) + 1
