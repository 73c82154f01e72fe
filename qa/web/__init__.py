"""What browsers are served: the chat's pages and the widget."""

from functools import cache
from importlib.resources import files


@cache
def asset(name: str) -> str:
    """The text of a style or script here."""
    return (files(__package__) / name).read_text(encoding="utf-8")
