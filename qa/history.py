"""One turn of a conversation, as the chat and the API hand it over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Turn:
    """What the user asked or what was answered."""

    role: Literal["user", "assistant"]
    content: str
