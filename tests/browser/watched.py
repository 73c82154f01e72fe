"""Pages that must be quiet, ask no other host, and keep nobody out."""

from __future__ import annotations

from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

import pytest

#: What the chat's framework says when a page is left while it still listens.
_LEFT = ("AbortError: signal is aborted", "Connection errored out.")


def complains(text: str) -> bool:
    """Whether what a browser says is more than that its reader has gone on."""
    return not any(said in text for said in _LEFT)


class WatchedPages:
    """Opens pages, and keeps what the browser complains of and whom it asks."""

    def __init__(self, browser: Any, server: str) -> None:
        self._browser = browser
        self._server = server
        self._contexts: list[Any] = []
        self.complaints: list[str] = []
        self.hosts: set[str] = set()

    def page(self, path: str = "/", **options: Any) -> Any:
        """A page in a context of its own, as a new reader has it."""
        options = {"locale": "en-GB", "reduced_motion": "reduce", **options}
        context = self._browser.new_context(**options)
        self._contexts.append(context)
        page = context.new_page()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self._noted(str(error)))
        page.on("dialog", lambda dialog: self.complaints.append(f"dialog {dialog.message}"))
        page.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))
        page.goto(self._server + path)
        return page

    def _heard(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self._noted(message.text)

    def _noted(self, text: str) -> None:
        if complains(text):
            self.complaints.append(text)

    def close(self) -> None:
        """Closes all of them in any case, or the server would wait; then tells of complaints."""
        for context in self._contexts:
            context.close()
        assert self.complaints == [], self.complaints
        assert self.hosts - {""} == {urlsplit(self._server).netloc}


class Quiet:
    """A page, what its browser complained about, and all that it asked for."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.addresses: list[str] = []
        page.set_default_timeout(5000)
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.addresses.append(request.url))

    def strangers(self, *servers: str) -> list[str]:
        return [url for url in self.addresses if not url.startswith((*servers, "data:"))]


def serious_violations(page: Any) -> list[str]:
    """What axe-core finds that keeps people out: the rule and where, of WCAG 2.2 A and AA."""
    axe = pytest.importorskip("axe_playwright_python", reason="axe-core is not installed")
    # Evaluated, not put into a script tag, which the page's own policy would forbid.
    page.evaluate((files(axe) / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{violation['id']}: {violation['nodes'][0]['target']}"
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
    ]
