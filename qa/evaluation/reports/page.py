"""A run as one HTML page that needs nothing else: no network, no other file.

Its own script and style are the only ones that may run, by their hashes (Content Security Policy
level 3). All that comes from articles, questions and answers is escaped here, or handed to the
script as data, which puts it on the page as text and never as HTML.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import Any

from qa.evaluation.comparing import Comparison
from qa.evaluation.reports import headline, plots
from qa.evaluation.reports.filters import questions
from qa.evaluation.reports.lead import lead, top
from qa.evaluation.reports.rows import question_rows
from qa.evaluation.reports.telling import MEANINGS
from qa.web.wording import language_name

#: What would end the data's element, or begin a comment in it (HTML standard, 4.12.1.3), and what
#: ends a line in older scripts.
_UNSAFE = str.maketrans({one: f"\\u{ord(one):04x}" for one in "<>&\u2028\u2029"})


def page(report: Mapping[str, Any], comparison: Comparison | None = None) -> str:
    """The report's page."""
    title = f"{report['set']} · citedesk evaluation"
    style, script = asset("report.css"), asset("report.js")
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_policy(style, script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>{escape(title)}</title>
<style>{style}</style>
</head>
<body>
{top(report)}
<main>
{lead(report, comparison)}
{headline.groups(report, comparison)}
{headline.parts(report)}
{plots.figures(report)}
{questions(report, comparison)}
</main>
<script type="application/json" id="data">{_data(report, comparison)}</script>
<script>{script}</script>
</body>
</html>
"""


@cache
def asset(name: str) -> str:
    """The page's style or script."""
    return (files(__package__) / name).read_text(encoding="utf-8")


def as_data(value: object) -> str:
    """JSON that may stand in a script element, whatever its strings hold."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)


def _policy(style: str, script: str) -> str:
    allowed = (b64encode(sha256(one.encode()).digest()).decode() for one in (style, script))
    of_style, of_script = (f"'sha256-{one}'" for one in allowed)
    return (
        f"default-src 'none'; style-src {of_style}; script-src {of_script}; base-uri 'none'; "
        "form-action 'none'"
    )


def _data(report: Mapping[str, Any], comparison: Comparison | None) -> str:
    languages = sorted({code for code in _spoken(report["outcomes"]) if code})
    return as_data(
        {
            **question_rows(report, comparison),
            "languages": {code: language_name(code, "en") for code in languages},
            "reasons": {str(why): what for why, what in MEANINGS.items()},
        }
    )


def _spoken(outcomes: Sequence[Mapping[str, Any]]) -> Iterator[str | None]:
    """Every language of a question, an answer or an article, as often as it occurs."""
    for outcome in outcomes:
        yield outcome["language"]
        answer = outcome["answer"]
        if answer is not None:
            yield answer["language"]
            for citation in (*answer["citations"], *answer.get("nearest", ())):
                yield citation["article"]["language"]
