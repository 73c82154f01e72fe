"""A run and its right articles in the files of TREC, which every tool of retrieval reads.

Their fields are parted by white space, so what would part a field is percent-encoded (RFC 3986):
`urllib.parse.unquote` gives an id or a source back as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

#: The last field of a run: what made it.
TAG = "citedesk"

#: "#" parts a question's id from the number of its run.
_PARTING = re.compile(r"[\s%#\x00-\x1f\x7f]")


def run_trec(report: Mapping[str, Any]) -> str:
    """What was found for each question: `topic Q0 source rank score tag`, best first.

    The score only says the place: trec_eval sorts by it, and breaks ties by name.
    """
    return "".join(
        f"{topic(one)} Q0 {escaped(source)} {rank} {len(one['retrieved']) - rank + 1} {TAG}\n"
        for one in _with_sources(report)
        for rank, (source, _) in enumerate(one["retrieved"], start=1)
    )


def qrels_trec(report: Mapping[str, Any]) -> str:
    """The right articles of each question: `topic 0 source grade`; 1 where the set does not grade.

    The report's own nDCG takes all grades above 0 alike.
    """
    return "".join(
        f"{topic(one)} 0 {escaped(source)} {grade}\n"
        for one in _with_sources(report)
        for source, grade in (one["relevance"] or dict.fromkeys(one["sources"], 1)).items()
    )


def topic(outcome: Mapping[str, Any]) -> str:
    """A question's name; its second run and those after that are topics of their own."""
    name = escaped(outcome["id"])
    return f"{name}#{outcome['repeat'] + 1}" if outcome["repeat"] else name


def escaped(text: str) -> str:
    """An id or a source as one field."""
    return _PARTING.sub(lambda found: quote(found[0], safe=""), text)


def _with_sources(report: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The outcomes whose search is measured."""
    return (one for one in report["outcomes"] if one["sources"] and one["answerable"] is not False)
