"""The web chat: a Gradio page over the answerer.

Gradio carries the words to and fro and keeps each reader's conversation; how the page reads and
looks is in `qa/web/`. The page asks nothing of any other host.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import fastapi
import gradio as gr

from index_store.errors import IndexStoreError
from qa.access.roles import Role
from qa.http.access import caller, reader_name
from qa.phrases import INTERFACE_LANGUAGES, phrase
from qa.web import asset, evaluate, history, render, upload, wording
from qa.web.export.formats import exported
from qa.web.kept import kept, restored
from qa.web.session import Exchange, FilterForm, exchange_steps
from qa.web.source import source_missing, source_panel

if TYPE_CHECKING:
    from qa.answerer import Answerer

_OWN_NAMES = {"en": "English", "fr": "Français", "it": "Italiano"}

#: Questions that Gradio hands on at the same time; the line that they wait in is the server's.
_AT_ONCE = 40

#: The filters where nothing is chosen.
_CLEARED: tuple[Any, ...] = ([], [], "", "", "")

#: New values of components.
Updates = dict[gr.components.Component, Any]

#: Phrases of the interface that stay as they are until the language is switched.
LABELS = (
    "interface",
    "new_conversation",
    "question",
    "ask",
    "first",
    "next",
    "published_from",
    "published_to",
    "as_of",
    "clear",
)

#: The last has what is otherwise in small windows, and without motion.
_SHEETS = ("palette.css", "answers.css", "history.css", "source.css", "chat.css")

#: Gradio's own marks on the page that a newsroom has no use for are left out.
_MOUNTING: dict[str, Any] = {
    "path": "/",
    "footer_links": [],
    "run_history": False,
    "show_error": False,
    "enable_monitoring": False,
    "ssr_mode": False,
    "mcp_server": False,
}


def mount(
    app: fastapi.FastAPI,
    answerer: Answerer,
    samples: Sequence[str] = (),
    evaluates: bool = False,
    uploads: bool = False,
) -> fastapi.FastAPI:
    """The app with the chat at "/".

    To be mounted last: it takes every path that the app has no route for yet.

    Args:
        samples: questions that the empty page offers.
        evaluates: whether the page has a view that runs question sets; its routes are the app's.
        uploads: whether editors can add articles; the app has its routes, and the guard that says
            who asks.
    """
    page = _Page(answerer, tuple(samples), evaluates, uploads)
    # Not by `css_paths`: Gradio rewrites the selectors of what comes that way.
    extra = {"evaluate.css": evaluates, "upload.css": uploads}
    used = (name for name, is_used in extra.items() if is_used)
    style = f"<style>{''.join(map(asset, (*_SHEETS, *used)))}</style>"
    gr.mount_gradio_app(app, page.blocks, theme=_theme(), head=style, **_MOUNTING)
    return app


def _theme() -> gr.themes.Base:
    # A font that is named would be fetched; "system-ui" is on the reader's machine. The colours are
    # those of the first paint, before chat.css arrives.
    theme = gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["monospace"])
    return theme.set(
        body_background_fill="#ffffff",
        body_background_fill_dark="#161616",
        body_text_color="#1a1a1a",
        body_text_color_dark="#ececec",
    )


class _Page:
    """The components, top to bottom, and what happens when they are used."""

    def __init__(
        self, answerer: Answerer, samples: tuple[str, ...], evaluates: bool, uploads: bool
    ) -> None:
        self._answerer = answerer
        self._samples = samples
        self._evaluates = evaluates
        self._uploads = uploads
        with gr.Blocks(analytics_enabled=False, title="citedesk", fill_width=True) as self.blocks:
            self._build_top()
            self._build_conversation()
            self._build_evaluation()
            with gr.Column(elem_id="composer"):
                self._build_question()
                self._build_filters()
            self._offered = _html("samples")
            _html("source", value='<aside role="dialog" tabindex="-1"></aside>')
            self._wire()

    def _build_top(self) -> None:
        def export(asked: dict[str, Any]) -> dict[str, str]:
            return self._export(**asked)

        self._reader = gr.State("")
        with gr.Row(elem_id="top"):
            self._masthead = _html("masthead")
            self._corner = _html(
                "corner", js_on_load=asset("history.js"), server_functions=[export]
            )
            self._restart = gr.Button("", elem_id="restart", size="sm", visible=False)
            self._views = _html("views", visible=self._evaluates)
            script = asset("upload.js") if self._uploads else None
            self._upload = _html("upload", visible=self._uploads, js_on_load=script)
            self._language = gr.Radio(
                [(name, code) for code, name in _OWN_NAMES.items()],
                value=INTERFACE_LANGUAGES[0],
                elem_id="language",
                container=False,
            )

    def _build_conversation(self) -> None:
        def source(cited: dict[str, Any]) -> str:
            return self._source(**cited)

        self._past = gr.State(())
        self._kept = _html("kept", js_on_load=asset("kept.js"))
        self._conversation = _html(
            "conversation",
            js_on_load=asset("chat.js"),
            server_functions=[source],
        )

    def _build_evaluation(self) -> None:
        script = asset("evaluate.js") if self._evaluates else None
        self._evaluation = _html("evaluation", visible=self._evaluates, js_on_load=script)

    def _build_question(self) -> None:
        self._question = gr.Textbox(
            elem_id="question",
            container=False,
            autofocus=True,
            max_lines=6,
            submit_btn=True,
            html_attributes=gr.InputHTMLAttributes(autocomplete="off", enterkeyhint="send"),
        )

    def _build_filters(self) -> None:
        with gr.Accordion("", open=False, elem_id="filters") as self._filters:
            self._outlets = gr.Dropdown([], multiselect=True, elem_id="outlets")
            self._languages = gr.CheckboxGroup([], elem_id="languages")
            with gr.Row(elem_id="days"):
                self._first = gr.Textbox(elem_classes="day", max_lines=1, placeholder="2025-01-31")
                self._last = gr.Textbox(elem_classes="day", max_lines=1, placeholder="2025-01-31")
                self._as_of = gr.Textbox(elem_classes="day", max_lines=1, placeholder="2025-01-31")
            self._clear = gr.Button("", elem_id="clear", size="sm")
        days = [self._first, self._last, self._as_of]
        self._form: list[Any] = [self._outlets, self._languages, *days]

    def _wire(self) -> None:
        page = [self._past, self._language, *self._form]
        answered = [self._question, self._past, self._conversation, self._offered, self._restart]
        answered += [self._kept]
        labelled = [self._language, self._masthead, self._restart, self._conversation]
        labelled += [
            self._reader,
            self._corner,
            self._views,
            self._evaluation,
            self._upload,
            self._question,
            self._offered,
            self._filters,
            *self._form,
            self._clear,
        ]
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        turn: dict[str, Any] = {
            "concurrency_limit": _AT_ONCE,
            "concurrency_id": "ask",
            # A question sent while another is being answered waits, where Gradio would drop it.
            "trigger_mode": "always_last",
            **quiet,
        }
        asked = [
            self._question.submit(self._ask, [self._question, *page], answered, **turn),
            self._conversation.sample(self._ask_sample, page, answered, **turn),
            self._conversation.restate(self._ask_restated, page, answered, **turn),
            self._conversation.widen(self._ask_widened, page, [*answered, *self._form], **turn),
        ]
        self.blocks.load(self._greet, None, labelled, **quiet)
        self._language.input(self._label, [self._reader, *page], labelled, **quiet)
        self._corner.restore(self._restore, self._language, answered, cancels=asked, **quiet)
        self._restart.click(self._start_again, self._language, answered, cancels=asked, **quiet)
        for field in self._form:
            field.change(self._count_filters, [self._language, *self._form], self._filters, **quiet)
        if self._uploads:
            archive = [self._masthead, self._outlets, self._languages]
            self._upload.added(self._label_archive, self._language, archive, **quiet)
        self._clear.click(lambda: _CLEARED, None, self._form, **quiet)

    def _ask(
        self, question: str, past: Sequence[Exchange], language: str, *form: Any
    ) -> Iterator[Updates]:
        question = question.strip()
        if question:
            yield from self._answer(question, None, past, language, _form(*form))

    def _answer(
        self,
        question: str,
        standalone: str | None,
        past: Sequence[Exchange],
        language: str,
        form: FilterForm,
    ) -> Iterator[Updates]:
        exchange = Exchange(question)
        yield {
            self._question: gr.update(value="", placeholder=phrase(language, "chat.next")),
            self._conversation: render.conversation([*past, exchange], language),
            self._offered: "",
            self._restart: gr.update(visible=True),
        }
        for exchange in exchange_steps(self._answerer, question, past, form, language, standalone):
            yield {self._conversation: render.conversation([*past, exchange], language)}
        keep: Updates = {self._kept: render.kept(kept(exchange))} if exchange.answer else {}
        yield {self._past: (*past, exchange), **keep}

    def _ask_sample(
        self, asked: gr.EventData, past: Sequence[Exchange], language: str, *form: Any
    ) -> Iterator[Updates]:
        yield from self._ask(str(asked.question), past, language, *form)

    def _ask_restated(
        self, asked: gr.EventData, past: Sequence[Exchange], language: str, *form: Any
    ) -> Iterator[Updates]:
        question, standalone = str(asked.question), str(asked.standalone)
        yield from self._answer(question, standalone, past, language, _form(*form))

    def _ask_widened(
        self, asked: gr.EventData, past: Sequence[Exchange], language: str, *form: Any
    ) -> Iterator[Updates]:
        """The same question again, with the filters cleared."""
        yield dict(zip(self._form, _CLEARED, strict=True))
        question, standalone = str(asked.question), str(asked.standalone)
        understood = standalone if standalone != question else None
        yield from self._answer(question, understood, past, language, FilterForm())

    def _restore(self, asked: gr.EventData, language: str) -> Updates:
        """A conversation that the reader's browser has kept."""
        past = restored(list(asked.kept), self._answerer.index.article)
        if not past:
            return self._start_again(language)
        return {
            self._question: gr.update(placeholder=phrase(language, "chat.next")),
            self._past: past,
            self._conversation: render.conversation(past, language),
            self._offered: "",
            self._restart: gr.update(visible=True),
        }

    def _export(self, kept: list[Any], form: str, language: str) -> dict[str, str]:
        past = restored(kept, self._answerer.index.article)
        answers = [exchange.answer for exchange in past if exchange.answer]
        return exported(answers, form, language, date.today().isoformat())

    def _start_again(self, language: str) -> Updates:
        return {
            self._question: gr.update(value="", placeholder=phrase(language, "chat.first")),
            self._past: (),
            self._conversation: render.conversation((), language),
            self._offered: render.sample_buttons(self._samples, language),
            self._restart: gr.update(visible=False),
        }

    def _greet(self, request: gr.Request) -> Updates:
        language = wording.preferred_language(request.headers.get("accept-language"))
        label = phrase(language, "chat.interface")
        return {
            **self._label(reader := reader_name(request.request), (), language),
            self._reader: reader,
            self._language: gr.update(value=language, label=label),
            **self._offer_upload(request),
        }

    def _offer_upload(self, request: gr.Request) -> Updates:
        """Who may not add articles is not shown how; the routes would refuse them anyway."""
        if not self._uploads:
            return {}
        assert request.request is not None  # nobody calls it but over HTTP
        if caller(request.request.scope).role.covers(Role.EDITOR):
            return {}
        return {self._upload: gr.update(visible=False)}

    def _label(self, reader: str, past: Sequence[Exchange], language: str, *form: Any) -> Updates:
        """Every word of the interface in a language; what the reader has filled in stays."""
        said = {key: phrase(language, f"chat.{key}") for key in LABELS}
        return {
            self._language: gr.update(label=said["interface"]),
            self._restart: gr.update(value=said["new_conversation"]),
            self._conversation: render.conversation(past, language),
            self._corner: history.corner(language, reader),
            self._views: evaluate.views(language),
            self._evaluation: evaluate.view(language),
            self._upload: upload.view(language),
            self._question: gr.update(
                label=said["question"],
                placeholder=said["next" if past else "first"],
                submit_btn=said["ask"],
            ),
            self._offered: "" if past else render.sample_buttons(self._samples, language),
            self._first: gr.update(label=said["published_from"]),
            self._last: gr.update(label=said["published_to"]),
            self._as_of: gr.update(label=said["as_of"]),
            self._clear: gr.update(value=said["clear"]),
            self._filters: self._count_filters(language, *form),
            **self._label_archive(language),
        }

    def _label_archive(self, language: str) -> Updates:
        try:
            summary = self._answerer.index.summary()
        except IndexStoreError as error:
            return {self._masthead: render.masthead((str(error),))}
        outlets = [
            (f"{name} ({count})", name) for name, count in wording.most_frequent(summary.publishers)
        ]
        languages = [
            (f"{wording.language_name(code, language)} ({count})", code)
            for code, count in wording.most_frequent(summary.languages)
        ]
        freshness = wording.freshness(summary, language, datetime.now(UTC))
        return {
            self._masthead: render.masthead(freshness),
            self._outlets: gr.update(
                choices=outlets, visible=bool(outlets), label=phrase(language, "chat.outlets")
            ),
            self._languages: gr.update(choices=languages, label=phrase(language, "chat.languages")),
        }

    def _count_filters(self, language: str, *form: Any) -> dict[str, Any]:
        count = _form(*form).active if form else 0
        key = "chat.filters_active" if count else "chat.filters"
        return gr.update(label=phrase(language, key, count=count))

    def _source(self, article: str, start: int, end: int, language: str) -> str:
        try:
            found = self._answerer.index.article(article)
        except IndexStoreError as error:
            return source_missing(str(error))
        if found is None:
            return source_missing(phrase(language, "chat.gone"))
        return source_panel(found, start, end, language)


def _html(elem_id: str, **options: Any) -> gr.HTML:
    return gr.HTML(elem_id=elem_id, apply_default_css=False, **{"value": "", **options})


def _form(outlets: list[str] | None, languages: list[str] | None, *days: str | None) -> FilterForm:
    first, last, as_of = (day or "" for day in days)
    return FilterForm(tuple(outlets or ()), tuple(languages or ()), first, last, as_of)
