"""The page at /login, in the look of the chat; it works without a script."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from html import escape
from importlib.resources import files
from urllib.parse import urlencode

from qa.phrases import INTERFACE_LANGUAGES, phrase

#: Nothing but the page itself and its own form.
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)

_OWN_NAMES = {"en": "English", "fr": "Français", "it": "Italiano"}


@dataclass(frozen=True, slots=True)
class LoginPage:
    """What the page is to show.

    Attributes:
        next: path to go on to.
        user: who is logged in already; offered to log out.
        name: what was typed before, so that it need not be typed again.
        said: a sentence about what went wrong.
    """

    language: str
    next: str = "/"
    user: str | None = None
    name: str = ""
    said: str = ""

    def saying(self, key: str, **values: object) -> LoginPage:
        """The same page with a sentence on it."""
        return replace(self, said=phrase(self.language, f"login.{key}", **values))

    def html(self) -> str:
        title = escape(self._say("title"))
        return (
            f'<!doctype html><html lang="{self.language}"><head><meta charset="utf-8">'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">'
            f'<meta name="color-scheme" content="light dark"><title>{title} · citedesk</title>'
            f"<style>{_style()}</style></head><body>"
            f'<header><p class="wordmark"><span>cite</span>desk</p>{self._languages()}</header>'
            f"<main>{self._entrance() if self.user is None else self._exit(self.user)}</main>"
            f"</body></html>"
        )

    def _entrance(self) -> str:
        said = f'<p class="said" role="alert">{escape(self.said)}</p>' if self.said else ""
        return (
            f"<h1>{escape(self._say('title'))}</h1>"
            f'<p class="promise">{escape(self._say("promise"))}</p>{said}'
            f'<form method="post" action="/login">{self._hidden()}'
            f'<label for="name">{escape(self._say("name"))}</label>'
            f'<input id="name" name="name" autocomplete="username" autocapitalize="none" '
            f'spellcheck="false" value="{escape(self.name)}" required'
            f"{'' if self.name else ' autofocus'}>"
            f'<label for="password">{escape(self._say("password"))}</label>'
            f'<input id="password" name="password" type="password" '
            f'autocomplete="current-password" required{" autofocus" if self.name else ""}>'
            f"<button>{escape(self._say('enter'))}</button></form>"
            f'<p class="help">{escape(self._say("help"))}</p>'
        )

    def _exit(self, user: str) -> str:
        return (
            f"<h1>{escape(phrase(self.language, 'login.inside', name=user))}</h1>"
            f'<p><a href="/">{escape(self._say("to_archive"))}</a></p>'
            f'<form method="post" action="/logout">{self._hidden()}'
            f"<button>{escape(self._say('leave'))}</button></form>"
        )

    def _hidden(self) -> str:
        return (
            f'<input type="hidden" name="language" value="{self.language}">'
            f'<input type="hidden" name="next" value="{escape(self.next)}">'
        )

    def _languages(self) -> str:
        links = "".join(map(self._link, INTERFACE_LANGUAGES))
        return f'<nav aria-label="{escape(self._say("language"))}"><ul>{links}</ul></nav>'

    def _link(self, code: str) -> str:
        address = escape("/login?" + urlencode({"language": code, "next": self.next}))
        current = ' aria-current="true"' if code == self.language else ""
        return (
            f'<li><a href="{address}" lang="{code}" hreflang="{code}"{current}>'
            f"{_OWN_NAMES[code]}</a></li>"
        )

    def _say(self, key: str) -> str:
        return phrase(self.language, f"login.{key}")


@cache
def _style() -> str:
    return files("qa.web").joinpath("login.css").read_text(encoding="utf-8")
