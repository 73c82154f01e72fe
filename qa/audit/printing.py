"""The log of answers as it is printed in a terminal, and as JSON."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from corpus.characters import clean_text
from qa.audit.chain import Checked, Fault, Link
from qa.audit.entry import canonical
from qa.audit.logged import read_entry
from qa.audit.replay import NOTHING, Change, Replay, word_changes

_WIDTH = 88

_FAULTS = {
    Fault.CHANGED: "it was changed",
    Fault.REMOVED: "it was removed",
    Fault.INSERTED: "it and the entry before both follow on the same one: one was inserted",
    Fault.UNLINKED: "it does not follow on the entry before: one of them was replaced or moved, "
    "or others between them were removed",
    Fault.CUT: "the log had it, and ends before it: the end was cut off",
}


def link_json(link: Link) -> dict[str, Any]:
    """A row of the log with all that its hash is made of."""
    return {
        "number": link.number,
        "previous": link.previous,
        "hash": link.hash,
        "entry": read_entry(link),
    }


def export_line(link: Link) -> str:
    """A row on one line; what stands behind `"entry":` is what was hashed, byte for byte."""
    return canonical(link_json(link))


def list_line(link: Link) -> str:
    """A row on one line for the reader: number, time, the id's beginning, outcome, question."""
    entry = read_entry(link)
    answer = entry["answer"]
    time = entry["time"][:19].replace("T", " ")
    question = textwrap.shorten(clean_text(entry["question"]), _WIDTH, placeholder=" …")
    return f"{link.number:>6}  {time}  {answer['id'][:8]}  {_outcome(answer):<8} {question}"


def entry_lines(link: Link) -> Iterator[str]:
    """All of an entry that a reader can use; the rest is in its JSON."""
    entry = read_entry(link)
    answer = entry["answer"]
    yield from _fields(link, entry)
    yield ""
    for statement in answer["statements"]:
        numbers = "".join(f"[{number}]" for number in statement["citations"])
        yield from _wrap(f"{statement['text']} {numbers} ({statement['verdict']})")
    if answer["refused"]:
        yield from _wrap(answer["text"])
    yield ""
    for citation in (*answer["citations"], *answer["nearest"]):
        yield f"  [{citation['number']}] {_cited(citation)}"
    yield f"made from {len(entry['passages'])} passages"
    for passage in entry["passages"]:
        yield f"  {passage['id']}  {passage['source']}  sha256 {passage['sha256'][:12]}…"
    for number, exchange in enumerate(entry["exchanges"], start=1):
        for role, said in (*exchange["prompt"], ("reply", exchange["reply"])):
            yield f"model, call {number}, {role}"
            yield from textwrap.indent(clean_text(said), "  ").splitlines()


def _fields(link: Link, entry: Mapping[str, Any]) -> Iterator[str]:
    answer = entry["answer"]
    yield f"entry       {link.number}"
    yield f"hash        {link.hash}"
    yield f"answer      {answer['id']}"
    yield f"time        {entry['time']}"
    yield f"question    {clean_text(entry['question'])}"
    if answer["standalone_question"] != answer["question"]:
        yield f"searched    {answer['standalone_question']}"
    for language, text in entry["translations"].items():
        yield f"searched    {text} ({language})"
    for turn in entry["history"]:
        yield f"before      {turn['role']}: {clean_text(turn['content'])}"
    for name, value in entry["filters"].items():
        if value:
            yield f"filter      {name}: {', '.join(value) if isinstance(value, list) else value}"
    yield f"language    {answer['language']}"
    yield f"mode        {answer['mode']}{', refused' if answer['refused'] else ''}"
    models = filter(None, (entry["embedding_model"], entry["language_model"]))
    yield f"models      {', '.join(models)}"
    yield f"index       {entry['index_revision']}"
    yield f"took        {answer['timings_ms']['total']} ms"


def checked_lines(checked: Checked, noted: str | None = None) -> Iterator[str]:
    """What a walk along the chain found, and the hash to note elsewhere."""
    yield f"entries  {checked.entries:,} fit"
    yield f"head     {checked.head}"
    if checked.fault is Fault.UNKNOWN_HEAD:
        yield f"BROKEN   no entry has the noted hash {noted}: the log was cut or written anew"
    elif checked.fault is not None:
        yield f"BROKEN   at entry {checked.number} ({checked.fault}): {_FAULTS[checked.fault]}"
    elif checked.since is not None:
        yield f"noted    is in the chain; {checked.since:,} entries since"


def replay_lines(replay: Replay) -> Iterator[str]:
    """How an answer differs from today's: `[-then-]`, `{+now+}`."""
    then, now = (_outcome(answer) for answer in (replay.then, replay.now))
    if then != now:
        yield f"{then} then, {now} now"
    for change in replay.statements:
        yield from _wrap(_change_line(change), hanging="  ")
    for what, citations in (("gone", replay.citations_gone), ("new", replay.citations_new)):
        for citation in citations:
            yield f"citation {what}: [{citation['number']}] {_cited(citation)}"
    for passage in replay.passages_changed:
        yield f"passage {passage.id}: {passage.source} reads otherwise now"
    for passage in replay.passages_gone:
        yield f"passage {passage.id}: {passage.source} is not in the archive any more"
    yield "the same answer" if replay.is_same else "another answer"


def replay_json(replay: Replay) -> dict[str, Any]:
    """The public form of a replay."""
    return {
        "same": replay.is_same,
        "refused": {"then": replay.then["refused"], "now": replay.now["refused"]},
        "statements": [_change_json(change) for change in replay.statements],
        "citations": {"gone": list(replay.citations_gone), "new": list(replay.citations_new)},
        "passages": {
            "changed": [asdict(passage) for passage in replay.passages_changed],
            "gone": [asdict(passage) for passage in replay.passages_gone],
        },
        "answer": replay.now,
    }


def _change_json(change: Change) -> dict[str, Any]:
    then, now = change.then, change.now
    words = [{"kind": kind, "text": text} for kind, text in word_changes(then.text, now.text)]
    return {
        "same": then == now,
        "then": then.text or None,
        "now": now.text or None,
        "words": words,
    }


def _change_line(change: Change) -> str:
    then, now = change.then, change.now
    if then == now:
        return f"= {now.text}"
    if now is NOTHING:
        return f"- {then.text}"
    if then is NOTHING:
        return f"+ {now.text}"
    marked = " ".join(_MARKS[kind].format(text) for kind, text in word_changes(then.text, now.text))
    if then.verdict != now.verdict:
        marked += f" ({then.verdict} then, {now.verdict} now)"
    return f"~ {marked}"


_MARKS = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}


def _outcome(answer: Mapping[str, Any]) -> str:
    return "refused" if answer["refused"] else str(answer["mode"])


def _cited(citation: Mapping[str, Any]) -> str:
    article = citation["article"]
    place = f"{article['id']} {citation['start']}-{citation['end']}"
    quote = textwrap.shorten(citation["quote"], 60, placeholder=" …")
    return f"{article['source']} ({place}): {quote}"


def _wrap(text: str, hanging: str = "") -> Sequence[str]:
    return textwrap.wrap(text, _WIDTH, subsequent_indent=hanging)
