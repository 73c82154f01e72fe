"""The conversation as HTML: questions, statements with their citation chips, refusals.

Pure functions from the shared nouns to strings. Everything that comes from an article, a question
or an error goes through `escape`; nothing else may reach the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from qa.answer import Answer, Disagreement, Mode, Statement, Verdict, Version
from qa.phrases import phrase, phrases
from qa.provenance import provenance_line
from qa.understanding.question import MAX_CHARACTERS
from qa.web import wording
from qa.web.chips import chip
from qa.web.session import Exchange
from qa.web.tools import tools


def masthead(freshness: Sequence[str]) -> str:
    """The name of the tool and how fresh its archive is, in short parts."""
    parts = "".join(f"<span>{escape(part)}</span>" for part in freshness)
    return (
        '<header class="masthead"><h1 class="wordmark"><span>cite</span>desk</h1>'
        f'<p class="freshness">{parts}</p></header>'
    )


def sample_buttons(samples: Sequence[str], language: str) -> str:
    """Questions to start with, each a button that asks it."""
    if not samples:
        return ""
    buttons = "".join(
        f'<li><button type="button" class="sample" dir="auto">{escape(sample)}</button></li>'
        for sample in samples
    )
    title = escape(phrase(language, "chat.samples"))
    return f'<section class="samples"><h2>{title}</h2><ul>{buttons}</ul></section>'


def conversation(exchanges: Sequence[Exchange], language: str) -> str:
    """All exchanges, or the welcome where there is none yet.

    The root carries the language of the page and the words that the script needs.
    """
    body = "".join(
        _exchange(turn, exchange, language) for turn, exchange in enumerate(exchanges, 1)
    ) or _welcome(language)
    words = "".join(
        f' data-{key}="{escape(phrases(language)[f"chat.{key}"])}"'
        for key in ("source", "close", "unreachable", "previous", "following", "source_of")
    )
    label = escape(phrase(language, "chat.conversation"))
    return (
        f'<div class="conversation" lang="{escape(language)}" role="log" aria-label="{label}"'
        f"{words}>{body}</div>"
    )


def kept(exchange: str) -> str:
    """The latest exchange as the reader's browser is to keep it."""
    return f"<pre>{escape(exchange)}</pre>"


def _welcome(language: str) -> str:
    headline, promise = (phrase(language, f"chat.{key}") for key in ("headline", "promise"))
    return f'<section class="welcome"><h2>{escape(headline)}</h2><p>{escape(promise)}</p></section>'


def _exchange(turn: int, exchange: Exchange, language: str) -> str:
    question = f'<h2 class="question" dir="auto">{escape(exchange.question)}</h2>'
    if exchange.error is not None:
        reply = f'<p class="error" role="alert" dir="auto">{escape(exchange.error)}</p>'
    elif exchange.answer is None:
        reply = _arriving(exchange.statements, language)
    else:
        spoken = wording.spoken(exchange.answer, language)
        reply = _answer(f"{turn}", exchange.answer, spoken, exchange.filtered)
        reply += tools(f"{turn}", exchange.answer, language)
    return f'<article class="exchange" data-turn="{turn}">{question}{reply}</article>'


def _arriving(statements: Iterable[Statement], language: str) -> str:
    items = "".join(
        f'<li class="statement">{_lead(statement)}<blockquote class="words" dir="auto">'
        f"{escape(statement.text)}</blockquote></li>"
        for statement in statements
    )
    searching = escape(phrase(language, "chat.searching"))
    return f'<ol class="statements">{items}</ol><p class="searching">{searching}</p>'


def _answer(key: str, answer: Answer, language: str, filtered: bool) -> str:
    note = ""
    understood = _understood(key, answer, language)
    if answer.note is not None:
        note = f'<p class="note" dir="auto">{escape(answer.note)}</p>'
    if answer.small_talk:
        return f'<p class="small-talk" dir="auto">{escape(answer.text)}</p>'
    if answer.refused:
        return understood + _refusal(key, answer, language, filtered) + note
    looked = escape(wording.searched(answer.searched, language))
    return (
        understood
        + _statements(key, answer, language)
        + _disagreements(key, answer, language)
        + _newer(key, answer, language)
        + _provenance(answer, language)
        + f'{note}<p class="searched">{looked}</p>'
    )


def _understood(key: str, answer: Answer, language: str) -> str:
    """How a follow-up was understood, and a form to put it otherwise and ask again."""
    if answer.standalone_question == answer.question:
        return ""
    line = phrase(language, "chat.understood", question=answer.standalone_question)
    change, label, again = (
        escape(phrase(language, f"chat.{name}")) for name in ("restate", "restated", "ask_again")
    )
    return (
        f'<div class="understood"><p dir="auto">{escape(line)} <button type="button" '
        f'class="restate" aria-expanded="false" aria-controls="restating-{key}">{change}</button>'
        f'</p><form class="restating" id="restating-{key}" hidden '
        f'data-question="{escape(answer.question)}"><input type="text" name="standalone" '
        f'dir="auto" maxlength="{MAX_CHARACTERS}" autocomplete="off" required aria-label="{label}" '
        f'value="{escape(answer.standalone_question)}"><button type="submit">{again}</button>'
        "</form></div>"
    )


def _newer(key: str, answer: Answer, language: str) -> str:
    """Later articles of the story, each a chip that opens it."""
    if not answer.newer:
        return ""
    title = escape(phrase(language, "answer.newer"))
    sources = "".join(
        chip(f"{key}-later-{citation.number}", [citation], language) for citation in answer.newer
    )
    return f'<p class="sources newer"><span>{title}</span>{sources}</p>'


def _provenance(answer: Answer, language: str) -> str:
    said = provenance_line(answer.provenance, language)
    return f'<p class="provenance">{escape(said)}</p>' if said else ""


def _statements(key: str, answer: Answer, language: str) -> str:
    items = "".join(
        _statement(f"{key}-{place}", statement, answer, language)
        for place, statement in enumerate(answer.statements, 1)
    )
    return f'<ol class="statements in-{escape(answer.mode)}">{items}</ol>'


def _statement(key: str, statement: Statement, answer: Answer, language: str) -> str:
    citations = [answer.citation(number) for number in statement.citations]
    verdict = escape(phrase(language, f"answer.verdict_{statement.verdict}"))
    foot = (
        f'<p class="sources">{chip(key, citations, language)}'
        f'<span class="verdict {escape(statement.verdict)}">{verdict}</span></p>'
    )
    quoted = statement.verdict is Verdict.VERBATIM and answer.mode is Mode.QUOTES
    spoken = citations[0].article.language if quoted and citations else answer.language
    words = _lead(statement) + _words(statement.text, spoken, quoted)
    return f'<li class="statement">{words}{foot}</li>'


def _lead(statement: Statement) -> str:
    """Who says it, where a quotation is led in."""
    return f'<p class="lead" dir="auto">{escape(statement.lead)}</p>' if statement.lead else ""


def _words(text: str, spoken: str | None, quoted: bool) -> str:
    tag = "blockquote" if quoted else "p"
    lang = f' lang="{escape(spoken)}"' if spoken else ""
    return f'<{tag} class="words" dir="auto"{lang}>{escape(text)}</{tag}>'


def _disagreements(key: str, answer: Answer, language: str) -> str:
    return "".join(
        _disagreement(f"{key}-d{place}", disagreement, answer, language)
        for place, disagreement in enumerate(answer.disagreements, 1)
    )


def _disagreement(key: str, disagreement: Disagreement, answer: Answer, language: str) -> str:
    title = escape(phrase(language, f"answer.differ_{disagreement.kind}"))
    versions = []
    for place, version in enumerate(disagreement.versions, 1):
        citations = [answer.citation(number) for number in version.citations]
        spoken = citations[0].article.language if citations else None
        sources = chip(f"{key}-{place}", citations, language)
        words = _marked(version, spoken)
        versions.append(f'<li class="statement">{words}<p class="sources">{sources}</p></li>')
    about = f'<p class="about" dir="auto">{escape(disagreement.about)}</p>'
    return (
        f'<section class="disagreement"><h3>{title}</h3>{about if disagreement.about else ""}'
        f'<ol class="statements">{"".join(versions)}</ol></section>'
    )


def _marked(version: Version, spoken: str | None) -> str:
    """A quotation with what differs marked."""
    lang = f' lang="{escape(spoken)}"' if spoken else ""
    text = "".join(
        f"<mark>{escape(run.text)}</mark>" if run.differs else escape(run.text)
        for run in version.runs
    )
    return (
        f'<blockquote class="words" dir="auto"{lang}>{text or escape(version.quote)}</blockquote>'
    )


def _refusal(key: str, answer: Answer, language: str, filtered: bool) -> str:
    """What was searched, how to search more with one click, and what came close."""
    refused, nearest = (phrase(language, f"answer.{name}") for name in ("refused", "nearest"))
    items = "".join(
        f'<li class="statement">{_words(citation.quote, citation.article.language, quoted=True)}'
        f'<p class="sources">{chip(f"{key}-n{place}", [citation], language)}</p></li>'
        for place, citation in enumerate(answer.nearest, 1)
    )
    listed = f'<h3>{escape(nearest)}</h3><ol class="statements nearest">{items}</ol>'
    return (
        f'<section class="refusal"><p class="refused">{escape(refused)}</p>'
        f'<p class="searched">{escape(wording.searched(answer.searched, language))}</p>'
        f"{_wider(answer, language, filtered)}{listed if items else ''}</section>"
    )


def _wider(answer: Answer, language: str, filtered: bool) -> str:
    """Buttons that ask the same with less in the way: without filters, or without the dates of
    the question."""
    asked, standalone = answer.question, answer.standalone_question
    undated = " ".join(standalone.replace(answer.searched.period or "", " ").split())
    offers = []
    if filtered:
        offers.append(("wider", "filters", standalone))
    if answer.searched.period and undated and undated != standalone:
        offers.append(("wider_dates", "dates", undated))
    buttons = "".join(
        f'<button type="button" class="wider" data-drop="{drop}" data-question="{escape(asked)}" '
        f'data-standalone="{escape(put)}">{escape(phrase(language, f"widget.{key}"))}</button>'
        for key, drop, put in offers
    )
    return f'<p class="offers">{buttons}</p>' if buttons else ""
