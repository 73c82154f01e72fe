"""One call of a language model, word for word."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Exchange:
    """What a model was sent and what it replied, before anything was made of it.

    Attributes:
        prompt: role and content of each message, in order.
    """

    prompt: tuple[tuple[str, str], ...]
    reply: str
