"""What a reader waits for: the first sentence of a streamed answer, the page, the widget.

Everything is asked of the running demonstration, over loopback, and by a real browser.
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from time import perf_counter
from typing import Any

import fastapi
import httpx
from starlette.responses import HTMLResponse, Response

from tests.browser.chromium import CHROMIUM, FLAGS
from tests.browser.demo_server import running_demo
from tests.serving import served

_ROUNDS = 15
_PAGES = 7
_QUESTIONS = (
    "What did the court order LibGen to pay?",
    "What did Miriam Halvorsen say about judges?",
    "Quanti iscritti ha il Consorzio dei parolieri?",
)
# Resolves with the milliseconds from the load of the script to an answer to a keystroke.
_INTERACTIVE = """async () => {
  const began = performance.now();
  await new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src: SRC, onerror: reject });
    script.onload = () => { script.loaded = performance.now(); resolve(); };
    document.head.append(script);
    window.script = script;
  });
  const box = () => document.querySelector("cite-desk").shadowRoot?.querySelector("input");
  while (!box() || box().disabled) await new Promise(requestAnimationFrame);
  box().focus();
  box().value = "a";
  box().dispatchEvent(new Event("input", { bubbles: true, composed: true }));
  await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  return performance.now() - window.script.loaded;
}"""


def run() -> None:
    """Prints ratios of medians; rounds alternate, so that all sides see the same machine."""
    from playwright.sync_api import sync_playwright

    with running_demo() as (address, _):
        _answers(address)
        with sync_playwright() as playwright, _bare() as bare:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
            _page(browser, address, bare)
            _widget(browser, address, bare)
            browser.close()


def _answers(address: str) -> None:
    whole: list[float] = []
    first: dict[str, list[float]] = {"/v1/ask": [], "/v1/chat/completions": []}
    with httpx.Client(base_url=address, timeout=60) as client:
        for place in range(-1, _ROUNDS):
            for question in _QUESTIONS:
                asked = {"question": question}
                took = _seconds(partial(client.post, "/v1/ask", json=asked))
                streams = {
                    "/v1/ask": {**asked, "stream": True},
                    "/v1/chat/completions": {
                        "messages": [{"role": "user", "content": question}],
                        "stream": True,
                    },
                }
                began = {path: _first_words(client, path, body) for path, body in streams.items()}
                if place >= 0:  # the first round warms up
                    whole.append(took)
                    for path, seconds in began.items():
                        first[path].append(seconds)
    print(f"a whole answer in quotes takes {statistics.median(whole) * 1000:.0f} ms")
    for path, taken in first.items():
        ratio = statistics.median(taken) / statistics.median(whole)
        print(f"first words of a streamed answer, {path}: {ratio:.2f}× the whole answer")


def _first_words(client: httpx.Client, path: str, body: dict[str, Any]) -> float:
    """Seconds until the first event that holds words of the answer; the rest is read, too."""
    began, first = perf_counter(), None
    with client.stream("POST", path, json=body) as response:
        response.raise_for_status()
        for line in response.iter_lines():
            if first is None and line.startswith("data: {") and _says(json.loads(line[6:])):
                first = perf_counter() - began
    assert first is not None, path
    return first


def _says(event: dict[str, Any]) -> bool:
    if "choices" in event:
        return any(choice["delta"].get("content") for choice in event["choices"])
    return bool(event.get("text"))


@contextmanager
def _bare() -> Iterator[str]:
    """A Gradio page that is nothing but a text box, and a custom element that is one."""
    import gradio as gr

    script = (
        'customElements.define("cite-desk", class extends HTMLElement {'
        ' connectedCallback() { this.attachShadow({mode: "open"}).innerHTML = "<input>"; } });'
    )

    def make() -> fastapi.FastAPI:
        app = fastapi.FastAPI()

        @app.get("/host")
        def host() -> HTMLResponse:
            return HTMLResponse("<!doctype html><title>x</title><cite-desk></cite-desk>")

        @app.get("/widget.js")
        def widget() -> Response:
            return Response(script, media_type="text/javascript")

        with gr.Blocks(analytics_enabled=False) as blocks:
            gr.Textbox(elem_id="question")
        gr.mount_gradio_app(app, blocks, path="/", ssr_mode=False)
        return app

    with served(make) as address:
        yield address


def _page(browser: Any, address: str, bare: str) -> None:
    ours, theirs = _alternate(
        lambda: _seconds(lambda: _type_into(browser, address, ".sample")),
        lambda: _seconds(lambda: _type_into(browser, bare, "#question textarea")),
    )
    print(
        f"the page takes a question {ours:.2f} s after navigation: "
        f"{ours / theirs:.2f}× a Gradio page that is one text box"
    )


def _type_into(browser: Any, address: str, ready: str) -> None:
    context = browser.new_context()  # with an empty cache
    page = context.new_page()
    page.goto(address, wait_until="commit")
    page.locator(ready).first.wait_for()
    page.locator("#question textarea").fill("Who")
    context.close()


def _widget(browser: Any, address: str, bare: str) -> None:
    ours, theirs = _alternate(
        lambda: _interactive(browser, f"{address}/demo", f"{address}/widget.js"),
        lambda: _interactive(browser, f"{bare}/host", f"{bare}/widget.js"),
    )
    print(
        f"the widget takes a question {ours:.0f} ms after its script has loaded: "
        f"{ours / theirs:.1f}× a custom element that is one text box"
    )


def _interactive(browser: Any, host: str, script: str) -> float:
    page = browser.new_page()
    # The page's own script tag waits, so that the clock starts with ours.
    page.route("**/widget.js", lambda route: route.abort())
    page.goto(host)
    page.unroute("**/widget.js")
    took: float = page.evaluate(_INTERACTIVE.replace("SRC", json.dumps(script)))
    page.close()
    return took


def _alternate(ours: Callable[[], float], theirs: Callable[[], float]) -> tuple[float, float]:
    taken = [(ours(), theirs()) for _ in range(_PAGES)][1:]
    return statistics.median(one for one, _ in taken), statistics.median(two for _, two in taken)


def _seconds(act: Callable[[], Any]) -> float:
    began = perf_counter()
    act()
    return perf_counter() - began
