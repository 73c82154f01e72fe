"""The questions of a report's page: what filters them, and the list that its script fills."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from qa.evaluation.comparing import Comparison
from qa.evaluation.metrics.languages import SAME
from qa.evaluation.reports.telling import failed
from qa.web.wording import language_name

#: By the names that the script knows.
_ORDERS = {
    "unsure": "least probable first",
    "sure": "most probable first",
    "slow": "slowest first",
}
_CHANGES = {"won": "won", "lost": "lost", "new": "new", "reworded": "worded otherwise"}


def questions(report: Mapping[str, Any], comparison: Comparison | None) -> str:
    """The filters, and a list that the script fills."""
    return (
        '<section class="questions" aria-labelledby="questions-title">'
        '<h2 id="questions-title" tabindex="-1">Questions</h2>'
        "<noscript><p>The list of questions needs JavaScript. Its content is also in report.json."
        f"</p></noscript>{_filters(report, comparison)}"
        '<div class="counted"><p id="count" role="status"></p>'
        "<p>p: the stated probability that the archive answers</p></div>"
        '<ol id="rows"></ol>'
        '<button type="button" id="more" hidden>Show more</button></section>'
    )


def _filters(report: Mapping[str, Any], comparison: Comparison | None) -> str:
    outcomes = report["outcomes"]
    languages = {code: language_name(code, "en") for code in report["by_language"]}
    tags = {tag: tag for one in outcomes for tag in one["tags"] if not tag.startswith(SAME)}
    reasons = {name: name for name, _, _ in failed(report["failures"])}
    selects = (
        _select("language", "Language", languages),
        _select("tag", "Tag", dict(sorted(tags.items()))),
        _select("outcome", "Outcome", {"right": "right", "wrong": "wrong", **reasons}),
        _select("change", "Since the baseline", _CHANGES) if comparison else "",
        _select("order", "Order", _ORDERS, otherwise="as in the set"),
    )
    return (
        '<search class="filters" hidden><label class="find">Find '
        '<input type="search" id="find" autocomplete="off" spellcheck="false" '
        f'placeholder="words of question or answer"></label>{"".join(selects)}'
        '<button type="button" id="clear">Clear</button></search>'
    )


def _select(name: str, label: str, options: Mapping[str, str], otherwise: str = "all") -> str:
    if not options:
        return ""
    listed = "".join(
        f'<option value="{escape(value)}">{escape(words)}</option>'
        for value, words in options.items()
    )
    return (
        f'<label>{label} <select id="{name}" autocomplete="off"><option value="">{otherwise}'
        f"</option>{listed}</select></label>"
    )
