"""Pages of one server that must be quiet and ask no other host."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit


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
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: self.complaints.append(f"dialog {dialog.message}"))
        page.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))
        page.goto(self._server + path)
        return page

    def _heard(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def close(self) -> None:
        """Closes all of them in any case, or the server would wait; then tells of complaints."""
        for context in self._contexts:
            context.close()
        assert self.complaints == []
        assert self.hosts - {""} == {urlsplit(self._server).netloc}
